/** What is read off a singular value decomposition A = U diag(s) V' once an engine has computed it. */

/** A thin decomposition, with r = min(rows, columns): u is rows x r, v is columns x r, both row-major; s descends. */
export interface SingularVectors {
  readonly u: Float64Array;
  readonly s: Float64Array;
  readonly v: Float64Array;
}

/**
 * The same decomposition with the signs settled, which no decomposition determines: in each column of U the entry
 * largest in size is positive, the first of equals. The column of V turns with it.
 */
export function fixSigns(svd: SingularVectors, rows: number, columns: number): SingularVectors {
  const u = svd.u.slice();
  const v = svd.v.slice();
  const width = svd.s.length;
  for (let k = 0; k < width; k++) {
    let largest = 0;
    for (let i = 0; i < rows; i++) {
      const entry = u[i * width + k]!;
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    if (largest >= 0) continue;
    for (let i = 0; i < rows; i++) u[i * width + k] = -u[i * width + k]!;
    for (let i = 0; i < columns; i++) v[i * width + k] = -v[i * width + k]!;
  }
  return { u, s: svd.s.slice(), v };
}

/**
 * What singular values taken from a Gram matrix A A' of n rows can tell apart from zero, as a share of the largest: its
 * eigenvalues, their squares, carry an error of about n eps times the largest, where eps is the machine epsilon of the
 * inner products.
 */
export function gramFloor(rows: number, epsilon: number): number {
  return Math.sqrt(rows * epsilon);
}

/**
 * Up to which size singular values count as zero: s[0] max(rows, columns) eps, the tolerance of numpy.linalg.matrix_rank,
 * with the machine epsilon of the precision in which the matrix was computed. `s` descends.
 */
export function rankTolerance(s: Float64Array, rows: number, columns: number, epsilon: number): number {
  return (s[0] ?? 0) * Math.max(rows, columns) * epsilon;
}

/** How many singular values exceed the tolerance. */
export function rankAbove(s: Float64Array, tolerance: number): number {
  return s.filter((value) => value > tolerance).length;
}

/**
 * The effective dimension of n rows with these singular values under ridge regression, sum of s^2 / (s^2 + n penalty): how
 * many directions the penalty leaves (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 3.4.1). The
 * penalty is that beside the mean squared error, and above 0.
 */
export function effectiveDimension(s: Float64Array, rows: number, penalty: number): number {
  return s.reduce((sum, value) => sum + 1 / (1 + (rows * penalty) / (value * value)), 0);
}
