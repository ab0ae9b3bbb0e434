/** The singular value decomposition in float64. */
import { binaryExponent, scale } from '../../model/transcendental/binary-exponent.js';
import type { Svd } from '../engine.js';
import { openKernels } from './kernels.js';
import { padded } from './network-memory.js';

/**
 * Thin SVD of a row-major rows x columns matrix: QR with column pivoting, then one-sided Jacobi (assembly/svd.ts).
 * Throws a RangeError when the size fits neither the numbers nor the memory or an entry is not finite.
 */
export function svd(module: WebAssembly.Module, matrix: Float64Array, rows: number, columns: number): Svd {
  if (matrix.length !== rows * columns) {
    throw new RangeError(`${matrix.length} numbers are not a ${rows}x${columns} matrix`);
  }
  if (!matrix.every(Number.isFinite)) throw new RangeError('a matrix with entries that are not finite has no SVD');
  if (matrix.length === 0) return { u: new Float64Array(), s: new Float64Array(), v: new Float64Array() };
  // The method is for tall matrices, given by columns: of a wide one the rows are the columns of the transpose.
  const wide = rows < columns;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const [short, long] = [padded(count), padded(length)];
  const bytes = 8 * (2 * count * long + 3 * count * short + long + 12 * short) + 2 ** 16;
  const kernels = openKernels(module, bytes);
  const vectors = kernels.reserve(8 * count * long);
  const values = kernels.reserve(8 * short);
  const right = kernels.reserve(8 * count * short);
  // Squares of entries neither overflow nor vanish once the largest entry is near 1; powers of two lose nothing.
  let largest = 0;
  for (const entry of matrix) largest = Math.max(largest, Math.abs(entry));
  const exponent = largest === 0 ? 0 : binaryExponent(largest);
  const into = kernels.doubles(vectors, count * long);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      into[wide ? i * long + j : j * long + i] = scale(matrix[i * columns + j]!, -exponent);
    }
  }
  kernels.decompose(count, length, vectors, values, right);
  const s = kernels.doubles(values, count).map((value) => scale(value, exponent));
  const ofLong = byRows(kernels.doubles(vectors, count * long), count, length, long);
  const ofShort = byRows(kernels.doubles(right, count * short), count, count, short);
  return wide ? { u: ofShort, s, v: ofLong } : { u: ofLong, s, v: ofShort };
}

/** `count` vectors of `length` numbers, `step` apart, as the columns of a row-major matrix. */
function byRows(vectors: Float64Array, count: number, length: number, step: number): Float64Array {
  const result = new Float64Array(length * count);
  for (let k = 0; k < count; k += 1) {
    for (let i = 0; i < length; i += 1) result[i * count + k] = vectors[k * step + i]!;
  }
  return result;
}
