/** What is read off the inner products of vectors: of n of them n x n, row-major. */
import { timesRows } from './dot.js';
import { krylovEigen } from './krylov.js';

/**
 * The cosines of the angles between n vectors, n x n, from their inner products, n x n, both row-major. NaN where one of the
 * two is zero.
 */
export function cosines(products: Float64Array, n: number): Float64Array {
  const lengths = Array.from({ length: n }, (_, i) => Math.sqrt(products[i * n + i] ?? 0));
  return products.map((value, index) => value / ((lengths[Math.floor(index / n)] ?? 0) * (lengths[index % n] ?? 0)));
}

/** How large a kernel is, and in how many directions. */
export interface KernelMeasures {
  /** The sum of its eigenvalues, the squares of the singular values of the features. */
  readonly trace: number;
  /** The root of the sum of their squares. */
  readonly frobenius: number;
  /** The trace over the largest eigenvalue. */
  readonly stableRank: number;
  /** The square of the trace over the sum of the squares of the eigenvalues. */
  readonly participation: number;
}

/** The measures of a symmetric kernel; NaN where one of its entries is. */
export function kernelMeasures(kernel: Float64Array, n: number): KernelMeasures {
  let [trace, squares] = [0, 0];
  for (let i = 0; i < n; i++) trace += kernel[i * n + i] ?? 0;
  for (const value of kernel) squares += value * value;
  const isWhole = Number.isFinite(squares) && squares > 0;
  const largest = isWhole ? krylovEigen((vector) => timesRows(kernel, n, n, vector), n, 0).values[0] : undefined;
  return {
    trace,
    frobenius: Math.sqrt(squares),
    stableRank: trace / (largest ?? Number.NaN),
    participation: (trace * trace) / squares,
  };
}

/** How one kernel differs from another at the same points. */
export interface KernelDifference {
  /** The Frobenius norm of the difference over that of the other. */
  readonly relativeDrift: number;
  /** Centred kernel alignment (Kornblith et al. 2019, linear): the cosine after the means of rows and columns are taken away. */
  readonly cka: number;
  /** The sum of products of entries over the product of the Frobenius norms. */
  readonly cosine: number;
}

/** The difference of a symmetric kernel from `other`; NaN where a norm is zero. */
export function kernelDifference(kernel: Float64Array, other: Float64Array, n: number): KernelDifference {
  let [apart, squares] = [0, 0];
  for (let i = 0; i < other.length; i++) {
    const [one, two] = [kernel[i] ?? 0, other[i] ?? 0];
    apart += (one - two) * (one - two);
    squares += two * two;
  }
  return {
    relativeDrift: Math.sqrt(apart) / Math.sqrt(squares),
    cka: cosineOf(centred(kernel, n), centred(other, n)),
    cosine: cosineOf(kernel, other),
  };
}

/** Of two matrices taken as vectors. */
function cosineOf(a: Float64Array, b: Float64Array): number {
  let [both, first, second] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [one, two] = [a[i] ?? 0, b[i] ?? 0];
    both += one * two;
    first += one * one;
    second += two * two;
  }
  return both / (Math.sqrt(first) * Math.sqrt(second));
}

/** H K H with H = I - 1/n, of a symmetric K. */
function centred(kernel: Float64Array, n: number): Float64Array {
  const means = new Float64Array(n);
  kernel.forEach((value, index) => {
    const row = Math.floor(index / n);
    means[row] = (means[row] ?? 0) + value / n;
  });
  const mean = means.reduce((sum, value) => sum + value / n, 0);
  return kernel.map((value, index) => value - (means[Math.floor(index / n)] ?? 0) - (means[index % n] ?? 0) + mean);
}
