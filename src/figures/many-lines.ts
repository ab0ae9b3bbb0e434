/**
 * Very many lines in one panel. Up to a few dozen are drawn as they are. Beyond that the eye cannot follow them and the
 * page would grow with their number, so a band shows where all of them lie, a darker one where the middle half lies,
 * and some, evenly chosen from the weakest to the strongest, are drawn on top.
 */
import { type Axes, lineRows } from './lines.js';
import type { Row } from './panels.js';
import { toPixels } from './scale.js';
import { finiteRuns, simplify } from './simplify.js';

export const mostLines = 60;

export interface ManyLines {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly drawn: number;
}

/** Rows of parts `line`, and when there are too many lines `range` and `half`, all along the ascending `x`. */
export function manyLines(
  x: ArrayLike<number>,
  lines: readonly Float64Array[],
  axes: Axes,
  row: Row,
  sample = 40,
): ManyLines {
  const crowded = lines.length > mostLines;
  const chosen = crowded ? representatives(lines, sample) : lines.map((_, index) => index);
  const drawn = chosen.flatMap((index) =>
    lineRows(x, lines[index] ?? [], axes, String(index), { ...row, part: crowded ? 'faint-line' : 'line' }),
  );
  const bands = crowded ? bandRows(x, lines, axes, row) : [];
  return { rows: [...bands, ...drawn], total: lines.length, drawn: chosen.length };
}

/** Positions of so many lines, evenly from the one with the smallest norm to the one with the largest. */
export function representatives(lines: readonly Float64Array[], sample: number): number[] {
  const norms = lines.map((line) => line.reduce((sum, value) => sum + (Number.isFinite(value) ? value * value : 0), 0));
  const order = lines.map((_, index) => index).sort((a, b) => (norms[a] ?? 0) - (norms[b] ?? 0) || a - b);
  const count = Math.min(sample, order.length);
  const stride = count < 2 ? 0 : (order.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => order[Math.round(index * stride)] ?? 0);
}

function bandRows(x: ArrayLike<number>, lines: readonly Float64Array[], axes: Axes, row: Row): Row[] {
  const quantiles = Array.from({ length: x.length }, (_, index) => quantilesOf(lines, index));
  const at = (place: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(quantiles, (found) => found[place]);
  return [
    ...outline(x, at(0), at(3), axes, { ...row, part: 'range' }),
    ...outline(x, at(1), at(2), axes, { ...row, part: 'half' }),
  ];
}

/** The least, the lower and upper quartile, and the most of all lines at one position. */
function quantilesOf(lines: readonly Float64Array[], index: number): [number, number, number, number] {
  const values = Float64Array.from(lines, (line) => line[index] ?? Number.NaN)
    .filter(Number.isFinite)
    .sort();
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
  return [at(0), at(0.25), at(0.75), at(1)];
}

/** Once around a band: along its upper edge and back along its lower one, each simplified by itself. */
function outline(x: ArrayLike<number>, lower: Float64Array, upper: Float64Array, axes: Axes, row: Row): Row[] {
  const [toX, toY] = [toPixels(axes.x), toPixels(axes.y)];
  const edge = (y: Float64Array, first: number, last: number): Row[] => {
    const run = { x: Array.from(x, toX).slice(first, last + 1), y: Array.from(y, toY).slice(first, last + 1) };
    return simplify(run, 0.25).map((index) => ({ ...row, x: x[first + index] ?? null, y: y[first + index] ?? null }));
  };
  return finiteRuns({ x, y: upper }).flatMap(([first, last], piece) =>
    [...edge(upper, first, last), ...edge(lower, first, last).reverse()].map((point) => ({
      ...point,
      line: `${String(row['part'])}/${piece}`,
    })),
  );
}
