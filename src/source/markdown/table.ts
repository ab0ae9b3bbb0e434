/** Rows of GitHub's tables. */
import { cut, type Segment } from './content.js';

const delimiter = /^:?-+:?$/;

/** The alignments that a delimiter row gives; undefined when the line is none. */
export function delimiterRow(line: string): ('left' | 'center' | 'right' | null)[] | undefined {
  if (!line.includes('|') && !line.includes(':')) return undefined;
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());
  if (!cells.every((cell) => delimiter.test(cell))) return undefined;
  return cells.map((cell) => {
    const [left, right] = [cell.startsWith(':'), cell.endsWith(':')];
    return left && right ? 'center' : left ? 'left' : right ? 'right' : null;
  });
}

/** The cells of a row, trimmed: what stands between the bars that no backslash escapes. */
export function cellsOf(line: Segment): Segment[] {
  const { text } = line;
  const cells: Segment[] = [];
  let from = text.length - text.trimStart().length;
  if (text[from] === '|') from += 1;
  const end = text.trimEnd().length;
  let start = from;
  for (let index = from; index <= end; index += 1) {
    const character = text[index];
    if (character === '\\' && index + 1 < end) {
      index += 1;
      continue;
    }
    if (index < end && character !== '|') continue;
    // What follows the last bar is a cell only if there is something.
    if (index >= end && start >= end && cells.length > 0) break;
    const cell = cut({ ...line, text: text.slice(0, Math.min(index, end)) }, start);
    const blanks = cell.text.length - cell.text.trimStart().length;
    const trimmed = cut(cell, blanks);
    cells.push({ ...trimmed, text: trimmed.text.trimEnd() });
    start = index + 1;
  }
  return cells;
}
