/**
 * Eigenvectors of a symmetric matrix in float64: tridiagonal by Householder reflections, then QR steps with Wilkinson's
 * shift (G. Golub and C. Van Loan, "Matrix Computations", 8.3). They are orthonormal to rounding whatever the matrix; how
 * well they belong to small eigenvalues depends on the largest.
 */
import { applyReflections, tailSquare } from './householder';
import { at, reserve } from './memory';
import { dot } from './multiply';
import { TINY, turn } from './rotations';

/** Rotations put off and then applied together. */
const MOST_PENDING = 4096;
/** Numbers of each vector that they are applied to at a time, few enough for those of all vectors to stay in cache. */
const STRIP: usize = 128;

/** Of each that was put off: which vector is turned with its next, cosine and sine. */
let rotations: usize = 0;
let pending: i32 = 0;

/** Of the c x c matrix, rows `step` bytes apart and padded with zeros, which is overwritten; as rows at `to`, largest eigenvalue first. */
export function eigenvectors(c: i32, step: usize, matrix: usize, to: usize): void {
  const diagonal = reserve(step);
  const beside = reserve(step);
  const taus = reserve(step);
  tridiagonalise(c, step, matrix, diagonal, beside, taus);
  for (let i = 0; i < c; i += 1) {
    memory.fill(to + <usize>i * step, 0, step);
    store<f64>(at(to + <usize>i * step, i), 1);
  }
  // Reflection k changes entries from k + 1 on.
  if (c > 2) applyReflections(c - 2, <i32>(step >> 3), matrix + 8, step, taus, c, to + 8, step);
  rotations = reserve(MOST_PENDING * 24);
  pending = 0;
  diagonalise(c, step, diagonal, beside, to);
  turnVectors(c, step, to);
  const swap = reserve(step);
  for (let i = 0; i < c; i += 1) {
    let largest = i;
    for (let j = i + 1; j < c; j += 1) if (load<f64>(at(diagonal, j)) > load<f64>(at(diagonal, largest))) largest = j;
    if (largest === i) continue;
    store<f64>(at(diagonal, largest), load<f64>(at(diagonal, i)));
    memory.copy(swap, to + <usize>i * step, step);
    memory.copy(to + <usize>i * step, to + <usize>largest * step, step);
    memory.copy(to + <usize>largest * step, swap, step);
  }
}

/**
 * Leaves the tridiagonal matrix's diagonal and the numbers beside it, and in row k, from entry k + 1 on, the vector v of
 * the reflection I - tau v v'.
 */
function tridiagonalise(c: i32, step: usize, matrix: usize, diagonal: usize, beside: usize, taus: usize): void {
  const shares = reserve(step);
  const long = <i32>(step >> 3);
  for (let k = 0; k < c - 2; k += 1) {
    const v = matrix + <usize>k * step;
    store<f64>(at(diagonal, k), load<f64>(at(v, k)));
    const head = load<f64>(at(v, k + 1));
    const rest = tailSquare(v, k + 2, long);
    // Of a square that has lost digits there would come no reflection.
    if (rest < TINY) {
      store<f64>(at(taus, k), 0);
      store<f64>(at(beside, k), head);
      store<f64>(at(v, k + 1), 1);
      continue;
    }
    const norm = sqrt(head * head + rest);
    const beta = head > 0 ? -norm : norm;
    const tau = (beta - head) / beta;
    const scale = 1 / (head - beta);
    store<f64>(at(taus, k), tau);
    store<f64>(at(beside, k), beta);
    store<f64>(at(v, k), 0);
    store<f64>(at(v, k + 1), 1);
    for (let i = k + 2; i < c; i += 1) store<f64>(at(v, i), load<f64>(at(v, i)) * scale);
    // Whole vectors: where k + 1 is odd they start at k, where v is 0.
    const from = (k + 1) & ~1;
    const bytes = (<usize>(long - from)) << 3;
    store<f64>(at(shares, k), 0);
    for (let i = k + 1; i < c; i += 1) {
      store<f64>(at(shares, i), tau * dot<f64>(bytes, at(matrix + <usize>i * step, from), at(v, from)));
    }
    const half = -0.5 * tau * dot<f64>(bytes, at(shares, from), at(v, from));
    for (let i = k + 1; i < c; i += 1) store<f64>(at(shares, i), load<f64>(at(shares, i)) + half * load<f64>(at(v, i)));
    for (let i = k + 1; i < c; i += 1) {
      const ofShares = f64x2.splat(load<f64>(at(v, i)));
      const ofV = f64x2.splat(load<f64>(at(shares, i)));
      const row = at(matrix + <usize>i * step, from);
      for (let b: usize = 0; b < bytes; b += 16) {
        const change = f64x2.add(
          f64x2.mul(ofShares, v128.load(at(shares, from) + b)),
          f64x2.mul(ofV, v128.load(at(v, from) + b)),
        );
        v128.store(row + b, f64x2.sub(v128.load(row + b), change));
      }
    }
  }
  for (let k = max(0, c - 2); k < c; k += 1) {
    const row = matrix + <usize>k * step;
    store<f64>(at(diagonal, k), load<f64>(at(row, k)));
    if (k + 1 < c) store<f64>(at(beside, k), load<f64>(at(row, k + 1)));
  }
  // The reflections' vectors, seen from entry 1 on, end with the next one's entry 0.
  for (let k = 0; k < c; k += 1) store<f64>(matrix + <usize>k * step, 0);
}

/** QR steps until nothing is left beside the diagonal; the rows of `vectors` follow. */
function diagonalise(c: i32, step: usize, diagonal: usize, beside: usize, vectors: usize): void {
  let norm: f64 = 0;
  for (let i = 0; i < c; i += 1) norm = max(norm, abs(load<f64>(at(diagonal, i))));
  const negligible = f64.EPSILON * norm;
  let last = c - 1;
  // Convergence is cubic; the bound only ends what is not a number.
  for (let left = 30 * c; left > 0 && last > 0; left -= 1) {
    if (abs(load<f64>(at(beside, last - 1))) <= negligible) {
      last -= 1;
      continue;
    }
    let first = last - 1;
    while (first > 0 && abs(load<f64>(at(beside, first - 1))) > negligible) first -= 1;
    qrStep(first, last, diagonal, beside);
    if (pending + c > MOST_PENDING) turnVectors(c, step, vectors);
  }
}

/** One implicit step on the block from `first` to `last`. */
function qrStep(first: i32, last: i32, diagonal: usize, beside: usize): void {
  const end = load<f64>(at(diagonal, last));
  const e = load<f64>(at(beside, last - 1));
  const half = 0.5 * (load<f64>(at(diagonal, last - 1)) - end);
  const root = sqrt(half * half + e * e);
  const fall = half + (half >= 0 ? root : -root);
  // Squares of numbers that are almost nothing are 0.
  const shift = fall === 0 ? end : end - (e * e) / fall;
  let x = load<f64>(at(diagonal, first)) - shift;
  let z = load<f64>(at(beside, first));
  for (let k = first; k < last; k += 1) {
    const square = x * x + z * z;
    const r = square < TINY ? 0 : sqrt(square);
    const cosine = r === 0 ? 1 : x / r;
    const sine = r === 0 ? 0 : z / r;
    if (k > first) store<f64>(at(beside, k - 1), r);
    const a = load<f64>(at(diagonal, k));
    const b = load<f64>(at(beside, k));
    const d = load<f64>(at(diagonal, k + 1));
    const cc = cosine * cosine;
    const ss = sine * sine;
    const cross = 2 * cosine * sine * b;
    store<f64>(at(diagonal, k), cc * a + cross + ss * d);
    store<f64>(at(diagonal, k + 1), ss * a - cross + cc * d);
    x = cosine * sine * (d - a) + (cc - ss) * b;
    store<f64>(at(beside, k), x);
    if (k + 1 < last) {
      const next = load<f64>(at(beside, k + 1));
      z = sine * next;
      store<f64>(at(beside, k + 1), cosine * next);
    }
    const rotation = rotations + <usize>pending * 24;
    store<i32>(rotation, k);
    store<f64>(rotation, cosine, 8);
    store<f64>(rotation, -sine, 16);
    pending += 1;
  }
}

/** Applies the rotations that were put off. */
function turnVectors(c: i32, step: usize, vectors: usize): void {
  for (let start: usize = 0; start < step; start += STRIP) {
    const end = min(start + STRIP, step);
    for (let r = 0; r < pending; r += 1) {
      const rotation = rotations + <usize>r * 24;
      const row = vectors + <usize>load<i32>(rotation) * step;
      turn(row + start, row + step + start, end - start, load<f64>(rotation, 8), load<f64>(rotation, 16));
    }
  }
  pending = 0;
}
