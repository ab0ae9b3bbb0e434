/** Lines as rows of a figure's data. */
import { lone } from './line-names.js';
import type { Row } from './panels.js';
import { inPixels, type Scale } from './scale.js';
import { finiteRuns, type PixelLine, simplify } from './simplify.js';

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
  const near = withinReach(x, y, axes.y, inPixels(y, axes.y));
  const pixels = { x: inPixels(near.x, axes.x), y: inPixels(near.y, axes.y) };
  return finiteRuns(pixels).flatMap(([first, last], piece) => {
    const run = { x: pixels.x.subarray(first, last + 1), y: pixels.y.subarray(first, last + 1) };
    const kept = simplify(run, tolerance);
    const { part } = row;
    // Points that all stand in one place make no line.
    const alone = kept.length < 3 && isDot(run) && typeof part === 'string' ? { part: lone(part) } : {};
    return kept.slice(0, 'part' in alone ? 1 : kept.length).map((index) => ({
      ...row,
      ...alone,
      line: `${name}/${piece}`,
      x: near.x[first + index] ?? null,
      y: near.y[first + index] ?? null,
    }));
  });
}

/** A line that leaves its panel is drawn so many heights beyond it. */
const reach = 4;

/**
 * The same line without what lies far above or below its panel: it ends where it gets there, on the segment that leads
 * there. The axis of y is linear where that happens: any other holds all that is drawn.
 */
function withinReach(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { domain, length }: Scale,
  pixels: Float64Array,
): Line {
  const [low, high] = [-reach * length, (reach + 1) * length];
  const isNear = (pixel: number): boolean => pixel >= low && pixel <= high;
  if (pixels.every((pixel) => Number.isNaN(pixel) || isNear(pixel))) return { x, y };
  const valueAt = (pixel: number): number => domain[0] + (pixel / length) * (domain[1] - domain[0]);
  const kept: [number, number][] = [];
  for (let index = 0; index < pixels.length; index += 1) {
    const [here, next] = [pixels[index] ?? Number.NaN, pixels[index + 1] ?? Number.NaN];
    const [at, then] = [x[index] ?? Number.NaN, x[index + 1] ?? Number.NaN];
    kept.push(isNear(here) ? [at, y[index] ?? Number.NaN] : [at, Number.NaN]);
    // Where the segment to the next point comes into reach, and where it leaves.
    for (const edge of here < next ? [low, high] : [high, low]) {
      const share = (edge - here) / (next - here);
      if (share > 0 && share < 1) kept.push([at + (then - at) * share, valueAt(edge)]);
    }
  }
  return { x: kept.map(([one]) => one), y: kept.map(([, one]) => one) };
}

interface Line {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

function isDot({ x, y }: PixelLine): boolean {
  const last = x.length - 1;
  return Math.hypot((x[last] ?? 0) - (x[0] ?? 0), (y[last] ?? 0) - (y[0] ?? 0)) < 2 * tolerance;
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
