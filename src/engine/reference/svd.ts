import { createContext, runInContext } from 'node:vm';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { checkMatrix, NotConverged, scaling } from '../check-matrix.js';
import type { Svd } from '../engine.js';

/**
 * Entries below this share of the largest count as zero. What they could change is far below what the method can tell
 * from zero, s[0] eps; and its iteration divides by such numbers until they are subnormal, where it does not end.
 */
const negligible = 2 ** -200;

/** So large are the largest entries made, that rounding errors of rounding errors are not subnormal either. */
const exponent = 500;

/** What the iteration may take: many times what it does take, which is about 1e-7 seconds for each rows x columns x rank. */
function mostMilliseconds(rows: number, columns: number): number {
  return 60_000 + Math.ceil(rows * columns * Math.min(rows, columns) * 1e-3);
}

/**
 * Thin SVD of a row-major rows x columns matrix by ml-matrix: Householder bidiagonalisation, then implicit QR (Golub and
 * Reinsch, as in LINPACK and JAMA). Singular values are within a small multiple of s[0] eps of the true ones. Throws a
 * RangeError when the size does not fit or an entry is not finite, and NotConverged when the iteration, which has no bound
 * of its own, does not end within `milliseconds`.
 */
export function svd(
  matrix: Float64Array,
  rows: number,
  columns: number,
  milliseconds = mostMilliseconds(rows, columns),
): Svd {
  const largest = checkMatrix(matrix, rows, columns);
  if (matrix.length === 0) return { u: new Float64Array(), s: new Float64Array(), v: new Float64Array() };
  const { factors, back } = scaling(largest, exponent);
  const least = negligible * largest;
  const scaled = matrix.map((entry) => (Math.abs(entry) < least ? 0 : entry * factors[0] * factors[1]));
  // The method is for rows >= columns; of a wide matrix ml-matrix is to decompose the transpose.
  const decomposition = within(milliseconds, () => {
    return new SingularValueDecomposition(Matrix.from1DArray(rows, columns, scaled), { autoTranspose: true });
  });
  if (decomposition === undefined) throw new NotConverged(rows, columns, `${milliseconds / 1000} s`);
  return {
    u: rowMajor(decomposition.leftSingularVectors),
    s: Float64Array.from(decomposition.diagonal, back),
    v: rowMajor(decomposition.rightSingularVectors),
  };
}

/** What `work` gives; undefined when it takes longer. Node can interrupt a loop only when a script of its own called it. */
function within<Value>(milliseconds: number, work: () => Value): Value | undefined {
  const world: { work: () => void; found?: Value } = {
    work: () => {
      world.found = work();
    },
  };
  try {
    runInContext('work()', createContext(world), { timeout: milliseconds });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  }
  return world.found;
}

function rowMajor(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}
