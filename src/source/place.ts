/** From an offset in a text to a line and a column. */
import type { Place } from '../shared/problem.js';

/** Finds places in one file's text. Lines end at LF, CRLF or CR. */
export class LineIndex {
  readonly #file: string;
  readonly #starts: number[] = [0];

  constructor(file: string, text: string) {
    this.#file = file;
    for (const match of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(match.index + match[0].length);
  }

  /** The place at an offset, up to an end offset when one is given. */
  at(offset: number, end?: number): Place {
    const start = this.#point(offset);
    return end === undefined || end <= offset
      ? { file: this.#file, ...start }
      : { file: this.#file, ...start, end: this.#point(end) };
  }

  /** The offset at which a line (from 1) starts. */
  startOfLine(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }

  #point(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
