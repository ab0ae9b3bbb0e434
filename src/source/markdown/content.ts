/** The text of a paragraph, heading or cell without what its containers put before each line, and where it was written. */
import type { Point } from 'unist';

/** A part of one line. */
export interface Segment {
  readonly text: string;
  /** In the page's text. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Lines joined with \n; every index of the text has a place in the page. */
export class Content {
  readonly text: string;
  readonly #segments: readonly Segment[];
  readonly #starts: readonly number[];

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
    const starts: number[] = [];
    let at = 0;
    for (const { text } of segments) {
      starts.push(at);
      at += text.length + 1;
    }
    this.#starts = starts;
    this.text = segments.length === 1 ? (segments[0]?.text ?? '') : segments.map(({ text }) => text).join('\n');
  }

  /** The place of an index into the text. */
  point(index: number): Point {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const segment = this.#segments[low];
    if (segment === undefined) return { line: 1, column: 1, offset: 0 };
    const into = index - (this.#starts[low] ?? 0);
    return { line: segment.line, column: segment.column + into, offset: segment.offset + into };
  }

  /** The segments from an index on, for what is left of a paragraph after its definitions. */
  from(index: number): Segment[] {
    const rest: Segment[] = [];
    for (const [position, segment] of this.#segments.entries()) {
      const start = this.#starts[position] ?? 0;
      if (start + segment.text.length < index) continue;
      rest.push(start >= index ? segment : cut(segment, index - start));
    }
    return rest;
  }
}

/** A segment without its first characters. */
export function cut(segment: Segment, characters: number): Segment {
  return {
    text: segment.text.slice(characters),
    offset: segment.offset + characters,
    line: segment.line,
    column: segment.column + characters,
  };
}
