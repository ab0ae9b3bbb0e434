/** The largest eigenvalues of a symmetric matrix that is known by what it makes of vectors. */
import { krylovEigen, tridiagonalEigen } from './krylov.js';

/** So far may a value that has converged be off, in parts of the largest, were it not for the gap to the next. */
const converged = 1e-10;

/** Products between two looks at how far it is. */
const between = 8;

/**
 * By Lanczos, found as soon as their residuals are small, of an n x n matrix: descending, at least `count` where there are so many
 * different ones, of equal ones one. After `most` products it ends with what is known then.
 */
export function largestEigenvalues(
  times: (vector: Float64Array) => Float64Array,
  n: number,
  count: number,
  most: number,
): Float64Array {
  const isEnough = (alpha: readonly number[], beta: readonly number[], size: number): boolean =>
    size % between === 0 && areConverged(alpha, beta, size, count);
  return krylovEigen(times, n, 0, { most, isEnough }).values;
}

/** Whether so many of the largest eigenvalues of the whole are those of the part that is known, by their residuals. */
function areConverged(alpha: readonly number[], beta: readonly number[], size: number, count: number): boolean {
  if (size < count) return false;
  const { values, vectors } = tridiagonalEigen(alpha, beta, size);
  const order = Array.from(values.keys()).sort((i, j) => values[j]! - values[i]!);
  const scale = Math.max(...values.map(Math.abs));
  return order
    .slice(0, count)
    .every((index) => Math.abs(beta[size - 1]! * vectors[index * size + size - 1]!) <= converged * scale);
}
