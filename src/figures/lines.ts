/** Lines as rows of a figure's data. */
import type { Row } from './panels.js';
import { type Scale, toPixels } from './scale.js';
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
  const [toX, toY] = [toPixels(axes.x), toPixels(axes.y)];
  const pixels = { x: Array.from(x, toX), y: Array.from(y, toY) };
  return finiteRuns(pixels).flatMap(([first, last], piece) => {
    const run = { x: pixels.x.slice(first, last + 1), y: pixels.y.slice(first, last + 1) };
    return simplify(run, tolerance).map((index) => ({
      ...row,
      line: `${name}/${piece}`,
      x: x[first + index] ?? null,
      y: y[first + index] ?? null,
    }));
  });
}
