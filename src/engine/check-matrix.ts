/** What every decomposition does with a matrix first: look at its size, and bring its numbers to a size of their own. */
import { binaryExponent, scale } from '../model/transcendental/binary-exponent.js';

/** The largest entry in size. Throws a RangeError when the size does not fit or an entry is not finite. */
export function checkMatrix(matrix: Float64Array, rows: number, columns: number): number {
  if (matrix.length !== rows * columns) {
    throw new RangeError(`${matrix.length} numbers are not a ${rows}x${columns} matrix`);
  }
  let largest = 0;
  for (let i = 0; i < matrix.length; i += 1) {
    const size = Math.abs(matrix[i]!);
    if (!Number.isFinite(size)) throw new RangeError('a matrix with entries that are not finite has no SVD');
    if (size > largest) largest = size;
  }
  return largest;
}

/**
 * The power of two that brings the largest entry near 2^to, as two factors: one alone may have no float64. Multiplied by
 * both, numbers lose nothing unless they become subnormal. `back` undoes it.
 */
export function scaling(
  largest: number,
  to: number,
): { factors: readonly [number, number]; back: (x: number) => number } {
  const exponent = largest === 0 ? 0 : binaryExponent(largest) - to;
  const half = Math.trunc(exponent / 2);
  return { factors: [scale(1, -half), scale(1, half - exponent)], back: (x) => scale(x, exponent) };
}

/** A method that goes on until it has converged did not do so in the time that the size of the matrix allows. */
export class NotConverged extends Error {
  constructor(rows: number, columns: number, bound: string) {
    super(`the singular value decomposition of a ${rows}x${columns} matrix did not end within ${bound}`);
    this.name = 'NotConverged';
  }
}
