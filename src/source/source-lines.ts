/** Which file and line the lines of a page with includes were written in. */
import type { Place } from '../shared/problem.js';

/** From a line of a page on, up to the next of these, its lines are those of a file from one of its lines on. */
export interface SourceLines {
  readonly from: number;
  readonly file: string;
  readonly line: number;
}

/** Where something of a page with includes was written. */
export function sourcePlace(place: Place, file: string, sources: readonly SourceLines[] | undefined): Place {
  if (sources === undefined || place.file !== file) return place;
  const part = sources.findLast(({ from }) => from <= place.line);
  if (part === undefined) return place;
  const shift = part.line - part.from;
  const { end } = place;
  const next = sources.find(({ from }) => from > place.line)?.from ?? Number.POSITIVE_INFINITY;
  return {
    ...{ file: part.file, line: place.line + shift, column: place.column },
    ...(end !== undefined && end.line < next && { end: { line: end.line + shift, column: end.column } }),
  };
}
