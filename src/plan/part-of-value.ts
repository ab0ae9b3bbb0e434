/** Where a part of an option's value stands. */
import type { Place } from '../shared/problem.js';

/** A part of a value that stands on one line, with or without quotes; else the value. */
export function partOfValue(value: Place, text: string, start: number, end: number): Place {
  const length = value.end?.line === value.line ? value.end.column - value.column : text.length;
  const quote = length === text.length + 2 ? 1 : 0;
  if (length !== text.length + 2 * quote) return value;
  const from = value.column + quote + start;
  return { file: value.file, line: value.line, column: from, end: { line: value.line, column: from + end - start } };
}
