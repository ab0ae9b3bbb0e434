/** Eigenvalues of a symmetric matrix whose spectrum falls off fast, by Lanczos with full reorthogonalisation. */

import { dot, sumOfRows, timesRows } from './dot.js';

export interface Eigen {
  /** Descending; the rest is zero to rounding. */
  readonly values: Float64Array;
  /** Unit eigenvectors of the first few. */
  readonly vectors: readonly Float64Array[];
}

/** When to stop before all eigenvalues are there: after so many products, or once this much of the tridiagonal matrix is enough. */
export interface Stop {
  readonly most: number;
  readonly isEnough: (alpha: readonly number[], beta: readonly number[], size: number) => boolean;
}

/**
 * Of an n x n symmetric positive semidefinite matrix, given as what it makes of a vector; with `stop` of
 * any symmetric matrix, as far as that lets it go: its memory grows with n times the products that this takes.
 */
export function krylovEigen(
  times: (vector: Float64Array) => Float64Array,
  n: number,
  wanted: number,
  stop?: Stop,
): Eigen {
  const steps = Math.min(n, stop?.most ?? n);
  /** Row after row; those that are there. */
  let basis: Float64Array = new Float64Array(n * Math.min(steps, 64));
  let m = 0;
  const [alpha, beta]: [number[], number[]] = [[], []];
  // Any start will do that is at right angles to no eigenvector; this one is the same every time.
  let q: Float64Array = Float64Array.from({ length: n }, (_, i) => ((i * 0.6180339887498949 + 0.1) % 1) - 0.45);
  let norm = Math.sqrt(dot(q, 0, q, 0, n));
  let largest = 0;
  while (m < steps) {
    if (basis.length < (m + 1) * n) basis = grown(basis, Math.min(2 * m, steps) * n);
    const unit = basis.subarray(m * n, (m + 1) * n);
    for (let i = 0; i < n; i++) unit[i] = q[i]! / norm;
    m++;
    q = times(unit);
    const a = dot(q, 0, unit, 0, n);
    alpha.push(a);
    largest = Math.max(largest, Math.abs(a) + norm);
    // Twice is enough (Kahan, Parlett): once leaves what rounding put back.
    for (let turn = 0; turn < 2; turn++) {
      const along = sumOfRows(basis, m, n, timesRows(basis, m, n, q));
      for (let i = 0; i < n; i++) q[i] = q[i]! - along[i]!;
    }
    norm = Math.sqrt(dot(q, 0, q, 0, n));
    if (norm <= 1e-15 * largest) break;
    beta.push(norm);
    if (stop?.isEnough(alpha, beta, m) === true) break;
  }
  const { values, vectors } = tridiagonalEigen(alpha, beta, m);
  const order = Array.from(values.keys()).sort((i, j) => values[j]! - values[i]!);
  return {
    values: Float64Array.from(order, (index) => values[index]!),
    vectors: order
      .slice(0, wanted)
      .map((index) => sumOfRows(basis, m, n, vectors.subarray(index * m, (index + 1) * m))),
  };
}

function grown(array: Float64Array, length: number): Float64Array {
  const longer = new Float64Array(length);
  longer.set(array);
  return longer;
}

/** Implicit QL on a symmetric tridiagonal matrix (EISPACK's tql2): eigenvalues, and eigenvectors as rows. */
export function tridiagonalEigen(
  alpha: readonly number[],
  beta: readonly number[],
  m: number,
): { values: Float64Array; vectors: Float64Array } {
  const d = Float64Array.from(alpha);
  const e = Float64Array.from({ length: m }, (_, i) => (i < m - 1 ? beta[i]! : 0));
  const z = new Float64Array(m * m);
  for (let i = 0; i < m; i++) z[i * m + i] = 1;
  for (let l = 0; l < m; l++) {
    for (let turn = 0; turn < 60; turn++) {
      let split = l;
      while (split < m - 1 && Math.abs(e[split]!) > Number.EPSILON * (Math.abs(d[split]!) + Math.abs(d[split + 1]!)))
        split++;
      if (split === l) break;
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.sqrt(g * g + 1);
      g = d[split]! - d[l]! + e[l]! / (g + (g >= 0 ? r : -r));
      let [s, c, p] = [1, 1, 0];
      let i = split - 1;
      for (; i >= l; i--) {
        const f = s * e[i]!;
        const b = c * e[i]!;
        r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] = d[i + 1]! - p;
          e[split] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        for (let own = i * m, next = own + m, end = next; own < end; own++, next++) {
          const here = z[own]!;
          const there = z[next]!;
          z[next] = s * here + c * there;
          z[own] = c * here - s * there;
        }
      }
      if (r === 0 && i >= l) continue;
      d[l] = d[l]! - p;
      e[l] = g;
      e[split] = 0;
    }
  }
  return { values: d, vectors: z };
}
