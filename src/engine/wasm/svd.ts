/** The singular value decomposition in float64. */
import { checkMatrix, NotConverged, scaling } from '../check-matrix.js';
import type { Svd } from '../engine.js';
import { openKernels } from './kernels.js';
import { padded } from './network-memory.js';

/** Sweeps after which all pairs are at right angles: four or five as a rule. */
const mostSweeps = 60;

/**
 * Thin SVD of a row-major rows x columns matrix: QR, of a square one with column pivoting, then eigenvectors and one-sided
 * Jacobi (assembly/svd.ts).
 * Throws a RangeError when the size fits neither the numbers nor the memory or an entry is not finite, and NotConverged
 * when `sweeps` were not enough.
 */
export function svd(
  module: WebAssembly.Module,
  matrix: Float64Array,
  rows: number,
  columns: number,
  sweeps = mostSweeps,
): Svd {
  const largest = checkMatrix(matrix, rows, columns);
  if (matrix.length === 0) return { u: new Float64Array(), s: new Float64Array(), v: new Float64Array() };
  // The method is for tall matrices, given by columns: of a wide one the rows are the columns of the transpose.
  const wide = rows < columns;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const [short, long] = [padded(count), padded(length)];
  const kernels = openKernels(module, svdBytes(count, length));
  const vectors = kernels.reserve(8 * count * long);
  const values = kernels.reserve(8 * short);
  const right = kernels.reserve(8 * count * short);
  // Squares of entries neither overflow nor vanish once the largest entry is near 1; powers of two lose nothing.
  const { factors, back } = scaling(largest, 0);
  const into = kernels.doubles(vectors, count * long);
  if (wide) for (let i = 0; i < rows; i += 1) into.set(matrix.subarray(i * columns, (i + 1) * columns), i * long);
  else transpose(matrix, rows, columns, columns, into, long);
  for (let i = 0; i < into.length; i += 1) into[i] = into[i]! * factors[0] * factors[1];
  if (kernels.decompose(count, length, vectors, values, right, sweeps) === 0) {
    throw new NotConverged(rows, columns, `${sweeps} sweeps`);
  }
  const s = kernels.doubles(values, count).map(back);
  const ofLong = byRows(kernels.doubles(vectors, count * long), count, length, long);
  const ofShort = byRows(kernels.doubles(right, count * short), count, count, short);
  return wide ? { u: ofShort, s, v: ofLong } : { u: ofLong, s, v: ofShort };
}

/** Bytes that a decomposition needs inside the module, at most. */
function svdBytes(count: number, length: number): number {
  const [short, long] = [padded(count), padded(length)];
  // Of vectors that are made square first also a fourth of them, R and room for a chunk; of others the left ones.
  const more = length >= 4 * count ? count * (long / 4 + 7 * short + 512) : count * long;
  // The vectors; the right ones, R's columns, what turns them and three blocks of room; then, of each time that
  // reflections are applied, 32 at a time: across, and the shares of as many vectors.
  const room = 5 * 32 * (long + 2 * count + 64) + 4 * (long + 20 * short);
  return 8 * (count * long + more + 6 * count * short + room) + 2 ** 20;
}

/** Rows that are turned over at a time, so that what is written lies close together. */
const tile = 16;

/** The transpose of rows x columns numbers, whose rows start `step` apart, to rows that start `toStep` apart. */
function transpose(
  from: Float64Array,
  rows: number,
  columns: number,
  step: number,
  to: Float64Array,
  toStep: number,
): void {
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(top + tile, rows);
    for (let j = 0; j < columns; j += 1) {
      for (let i = top; i < bottom; i += 1) to[j * toStep + i] = from[i * step + j]!;
    }
  }
}

/** `count` vectors of `length` numbers, `step` apart, as the columns of a row-major matrix. */
function byRows(vectors: Float64Array, count: number, length: number, step: number): Float64Array {
  const result = new Float64Array(length * count);
  transpose(vectors, count, length, step, result, count);
  return result;
}
