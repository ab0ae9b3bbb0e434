/** Lines as rows of a figure's data. */
import type { Row } from './panels.js';
import { inPixels, type Scale } from './scale.js';
import { finiteRuns, simplify } from './simplify.js';

/** How far, in pixels, a drawn line may be from the one that was computed. */
const tolerance = 0.25;

export interface Axes {
  readonly x: Scale;
  readonly y: Scale;
}

/**
 * The points of one line that show, each with the fields of `row` and the number of its unbroken piece in `line`:
 * numbers that are not finite, or that a log scale cannot show, break it.
 */
export function lineRows(x: ArrayLike<number>, y: ArrayLike<number>, axes: Axes, name: string, row: Row): Row[] {
  const pixels = { x: inPixels(x, axes.x), y: inPixels(y, axes.y) };
  return finiteRuns(pixels).flatMap(([first, last], piece) => {
    const run = { x: pixels.x.subarray(first, last + 1), y: pixels.y.subarray(first, last + 1) };
    return simplify(run, tolerance).map((index) => ({
      ...row,
      line: `${name}/${piece}`,
      x: x[first + index] ?? null,
      y: y[first + index] ?? null,
    }));
  });
}

/**
 * The points of a band that show, between `low` (in `y`) and `high` (in `y2`), like those of `lineRows`: it is broken where
 * either of the two is.
 */
export function bandRows(
  x: ArrayLike<number>,
  { low, high }: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> },
  axes: Axes,
  name: string,
  row: Row,
): Row[] {
  const pixelX = inPixels(x, axes.x);
  const [below, above] = [inPixels(low, axes.y), inPixels(high, axes.y)];
  const whole = below.map((y, index) => (Number.isFinite(y) ? (above[index] ?? Number.NaN) : Number.NaN));
  return finiteRuns({ x: pixelX, y: whole }).flatMap(([first, last], piece) => {
    const edge = (y: Float64Array): number[] =>
      simplify({ x: pixelX.subarray(first, last + 1), y: y.subarray(first, last + 1) }, tolerance);
    const kept = [...new Set([...edge(below), ...edge(above)])].sort((a, b) => a - b);
    return kept.map((index) => ({
      ...row,
      line: `${name}/${piece}`,
      x: x[first + index] ?? null,
      y: low[first + index] ?? null,
      y2: high[first + index] ?? null,
    }));
  });
}
