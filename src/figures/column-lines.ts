/** Very many lines as columns of one matrix, read row by row as it lies in memory: copying each column out takes far longer. */
import type { NdArray } from '../shared/artifact.js';

/** Lines, and what one reading of all their points tells. */
export interface ColumnLines {
  /** A row for every point; a line is one of the columns. */
  readonly matrix: NdArray;
  /** Which columns are lines, in order. */
  readonly columns: readonly number[];
  /** The smallest and the largest of the lines at every point. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Of every line the sum of its squares. */
  readonly sizes: Float64Array;
  /** The smallest and the largest finite value of all; [0, 1] when there is none. */
  readonly extent: readonly [number, number];
}

/** These columns of a matrix as lines. */
export function columnLines(matrix: NdArray, columns: readonly number[]): ColumnLines {
  const { data } = matrix;
  const points = columns.length === 0 ? 0 : (matrix.shape[0] ?? 0);
  const width = matrix.shape[1] ?? 1;
  const low = new Float64Array(points).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(points).fill(Number.NEGATIVE_INFINITY);
  const sizes = new Float64Array(columns.length);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let point = 0; point < points; point += 1) {
    let [below, above] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let line = 0; line < sizes.length; line += 1) {
      const value = data[point * width + (columns[line] ?? 0)] ?? Number.NaN;
      if (value < below) below = value;
      if (value > above) above = value;
      sizes[line] = (sizes[line] ?? 0) + value * value;
      if (!Number.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    low[point] = below;
    high[point] = above;
  }
  return { matrix, columns, low, high, sizes, extent: least <= most ? [least, most] : [0, 1] };
}

/** The values of all lines at one point, in their order, into `values`. */
export function valuesAt({ matrix, columns }: ColumnLines, point: number, values: Float64Array): void {
  const first = point * (matrix.shape[1] ?? 1);
  for (let line = 0; line < values.length; line += 1) {
    values[line] = matrix.data[first + (columns[line] ?? 0)] ?? Number.NaN;
  }
}
