import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { Svd } from '../engine.js';

/**
 * Thin SVD of a row-major rows x columns matrix by ml-matrix: Householder bidiagonalisation, then implicit QR (Golub and
 * Reinsch, as in LINPACK and JAMA). Singular values are within a small multiple of s[0] eps of the true ones. Throws a
 * RangeError when the size does not fit or an entry is not finite, on which the iteration would not end.
 */
export function svd(matrix: Float64Array, rows: number, columns: number): Svd {
  if (matrix.length !== rows * columns) {
    throw new RangeError(`${matrix.length} numbers are not a ${rows}x${columns} matrix`);
  }
  if (!matrix.every(Number.isFinite)) throw new RangeError('a matrix with entries that are not finite has no SVD');
  if (matrix.length === 0) return { u: new Float64Array(), s: new Float64Array(), v: new Float64Array() };
  // The method is for rows >= columns; of a wide matrix ml-matrix is to decompose the transpose.
  const decomposition = new SingularValueDecomposition(Matrix.from1DArray(rows, columns, matrix), {
    autoTranspose: true,
  });
  return {
    u: rowMajor(decomposition.leftSingularVectors),
    s: Float64Array.from(decomposition.diagonal),
    v: rowMajor(decomposition.rightSingularVectors),
  };
}

function rowMajor(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}
