/**
 * QR with column pivoting by Householder reflections, and the reflections applied to other vectors block by block.
 * Vectors are contiguous, `step` bytes apart, and padded with zeros.
 */
import { at, padded, reserve } from './memory';
import { dot, FROM_C, FROM_ZERO, multiply, transpose } from './multiply';
import { TINY } from './rotations';

/** Reflections applied at a time: as many as let a block of theirs stay in a processor's cache. */
const BLOCK = 32;
/** Entries of the vectors gone through at a time, for the same reason. */
export const CHUNK = 128;

/**
 * Of c vectors of length n >= c, `long` with their padding. Vector k keeps, from entry k on, the reflection I - tau v v' (v_k = 1, stored as such);
 * before it the entries of R above the diagonal. `order` gets the place where each vector was; where it is 0 all stay in place.
 */
export function factor(c: i32, n: i32, long: i32, vectors: usize, step: usize, taus: usize, diagonal: usize, order: usize): void {
  const pivoting = order !== 0;
  const bytes = (<usize>long) << 3;
  const norms = reserve((<usize>padded(c)) << 3);
  const fresh = reserve((<usize>padded(c)) << 3);
  for (let j = 0; pivoting && j < c; j += 1) {
    const v = vectors + <usize>j * step;
    const square = dot<f64>(bytes, v, v);
    store<f64>(at(norms, j), square);
    store<f64>(at(fresh, j), square);
    store<i32>(order + ((<usize>j) << 2), j);
  }
  const swap = reserve(bytes);
  for (let k = 0; k < c; k += 1) {
    let pivot = k;
    for (let j = k + 1; pivoting && j < c; j += 1) if (load<f64>(at(norms, j)) > load<f64>(at(norms, pivot))) pivot = j;
    const v = vectors + <usize>k * step;
    if (pivot !== k) {
      const other = vectors + <usize>pivot * step;
      memory.copy(swap, v, bytes);
      memory.copy(v, other, bytes);
      memory.copy(other, swap, bytes);
      exchange(norms, k, pivot);
      exchange(fresh, k, pivot);
      const index = load<i32>(order + ((<usize>k) << 2));
      store<i32>(order + ((<usize>k) << 2), load<i32>(order + ((<usize>pivot) << 2)));
      store<i32>(order + ((<usize>pivot) << 2), index);
    }
    const head = load<f64>(at(v, k));
    const rest = tailSquare(v, k + 1, long);
    // Of a square that has lost digits there would come no reflection.
    if (rest < TINY) {
      store<f64>(at(taus, k), 0);
      store<f64>(at(diagonal, k), head);
      store<f64>(at(v, k), 1);
    } else {
      const norm = sqrt(head * head + rest);
      const beta = head > 0 ? -norm : norm;
      const tau = (beta - head) / beta;
      store<f64>(at(taus, k), tau);
      store<f64>(at(diagonal, k), beta);
      const scale = 1 / (head - beta);
      store<f64>(at(v, k), 1);
      for (let i = k + 1; i < n; i += 1) store<f64>(at(v, i), load<f64>(at(v, i)) * scale);
      reflect(v, k, long, tau, vectors, step, k + 1, c);
    }
    for (let j = k + 1; pivoting && j < c; j += 1) {
      const other = vectors + <usize>j * step;
      const entry = load<f64>(at(other, k));
      let square = load<f64>(at(norms, j)) - entry * entry;
      // The difference has lost too many digits: measured again.
      if (square < 1e-8 * load<f64>(at(fresh, j))) {
        square = tailSquare(other, k + 1, long);
        store<f64>(at(fresh, j), square);
      }
      store<f64>(at(norms, j), square);
    }
  }
}

function exchange(list: usize, i: i32, j: i32): void {
  const kept = load<f64>(at(list, i));
  store<f64>(at(list, i), load<f64>(at(list, j)));
  store<f64>(at(list, j), kept);
}

/** The sum of squares of v from entry `from` to the end `long`, which is even. */
export function tailSquare(v: usize, from: i32, long: i32): f64 {
  let i = from;
  let sum: f64 = 0;
  if (i & 1) {
    const entry = load<f64>(at(v, i));
    sum = entry * entry;
    i += 1;
  }
  return i < long ? sum + dot<f64>((<usize>(long - i)) << 3, at(v, i), at(v, i)) : sum;
}

/** Applies I - tau v v', v from entry k on, to the vectors from `first` up to `end`; four at a time, as v is then read once. */
function reflect(v: usize, k: i32, long: i32, tau: f64, vectors: usize, step: usize, first: i32, end: i32): void {
  if (tau === 0) return;
  // Entry k-1 of the vectors is not v's to change, so an odd k starts with a single entry.
  const odd = k & 1;
  const from = k + odd;
  const bytes = (<usize>(long - from)) << 3;
  const tail = at(v, from);
  let j = first;
  for (; j + 4 <= end; j += 4) {
    const a = at(vectors + <usize>j * step, from);
    const b = a + step;
    const c = b + step;
    const d = c + step;
    let sa = f64x2.splat(0);
    let sb = f64x2.splat(0);
    let sc = f64x2.splat(0);
    let sd = f64x2.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const x = v128.load(tail + i);
      sa = f64x2.add(sa, f64x2.mul(x, v128.load(a + i)));
      sb = f64x2.add(sb, f64x2.mul(x, v128.load(b + i)));
      sc = f64x2.add(sc, f64x2.mul(x, v128.load(c + i)));
      sd = f64x2.add(sd, f64x2.mul(x, v128.load(d + i)));
    }
    const fa = share(a, sa, tau, odd);
    const fb = share(b, sb, tau, odd);
    const fc = share(c, sc, tau, odd);
    const fd = share(d, sd, tau, odd);
    for (let i: usize = 0; i < bytes; i += 16) {
      const x = v128.load(tail + i);
      v128.store(a + i, f64x2.sub(v128.load(a + i), f64x2.mul(fa, x)));
      v128.store(b + i, f64x2.sub(v128.load(b + i), f64x2.mul(fb, x)));
      v128.store(c + i, f64x2.sub(v128.load(c + i), f64x2.mul(fc, x)));
      v128.store(d + i, f64x2.sub(v128.load(d + i), f64x2.mul(fd, x)));
    }
  }
  for (; j < end; j += 1) {
    const a = at(vectors + <usize>j * step, from);
    let sum = f64x2.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) sum = f64x2.add(sum, f64x2.mul(v128.load(tail + i), v128.load(a + i)));
    const factor = share(a, sum, tau, odd);
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(a + i, f64x2.sub(v128.load(a + i), f64x2.mul(factor, v128.load(tail + i))));
    }
  }
}

/** tau v'x in both lanes; with an odd start also settles the single entry before `a`, where v is 1. */
// @ts-ignore: decorator
@inline
function share(a: usize, sum: v128, tau: f64, odd: i32): v128 {
  let whole = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (odd) whole += load<f64>(a - 8);
  const factor = tau * whole;
  if (odd) store<f64>(a - 8, load<f64>(a - 8) - factor);
  return f64x2.splat(factor);
}

/**
 * Applies Q, the product of the c reflections that `factor` left in the vectors, to `count` other vectors as long, which lie
 * `toStep` apart. A block
 * of reflections together is I - V' T V, T upper triangular (R. Schreiber and C. Van Loan, "A storage-efficient WY
 * representation for products of Householder transformations", SIAM J. Sci. Stat. Comput. 10, 1989), so that the work is
 * matrix products. What `factor` left of R is overwritten by the zeros that V has there.
 */
export function applyReflections(c: i32, long: i32, vectors: usize, step: usize, taus: usize, count: i32, to: usize, toStep: usize): void {
  const most = min(BLOCK, padded(c));
  const wide = <usize>most << 3;
  const across = reserve(<usize>long * wide);
  const products = reserve(<usize>most * wide);
  const triangle = reserve(<usize>most * wide);
  const shares = reserve(<usize>count * wide);
  const turned = reserve(<usize>count * wide);
  for (let j = 1; j < c; j += 1) memory.fill(vectors + <usize>j * step, 0, (<usize>j) << 3);
  for (let k = ((c - 1) / most) * most; k >= 0; k -= most) {
    const size = min(most, c - k);
    const block = at(vectors + <usize>k * step, k);
    const length = long - k;
    // Columns beyond the last reflection are zero, as are those of T.
    if (size < most) memory.fill(across, 0, <usize>long * wide);
    transpose<f64>(size, length, block, step, across, wide);
    dots(size, length, block, step, across, wide, products, FROM_ZERO);
    memory.fill(triangle, 0, <usize>most * wide);
    for (let j = 0; j < size; j += 1) {
      const tau = load<f64>(at(taus, k + j));
      // T' row by row: its row j is column j of T.
      const row = triangle + <usize>j * wide;
      store<f64>(at(row, j), tau);
      for (let i = 0; i < j; i += 1) {
        let sum: f64 = 0;
        for (let l = i; l < j; l += 1) {
          sum += load<f64>(at(triangle + <usize>l * wide, i)) * load<f64>(at(products + <usize>l * wide, j));
        }
        store<f64>(at(row, i), -tau * sum);
      }
    }
    for (let j = 0; j < size; j += 1) {
      for (let i = 0; i <= j; i += 1) {
        const entry = at(triangle + <usize>j * wide, i);
        store<f64>(entry, -load<f64>(entry));
      }
    }
    dots(count, length, at(to, k), toStep, across, wide, shares, FROM_ZERO);
    multiply<f64>(count, most, most, shares, wide, 8, triangle, wide, turned, wide, FROM_ZERO, 0);
    for (let i = 0; i < length; i += CHUNK) {
      const some = min(CHUNK, length - i);
      multiply<f64>(count, some, size, turned, wide, 8, at(block, i), step, at(to, k + i), toStep, FROM_C, 0);
    }
  }
}

/** The inner products of `count` vectors with a block's, chunk by chunk; added to what is there where they start FROM_C. */
export function dots(count: i32, length: i32, vectors: usize, step: usize, across: usize, wide: usize, to: usize, start: i32): void {
  for (let i = 0; i < length; i += CHUNK) {
    const size = min(CHUNK, length - i);
    multiply<f64>(count, <i32>(wide >> 3), size, at(vectors, i), step, 8, across + <usize>i * wide, wide, to, wide, i > 0 ? FROM_C : start, 0);
  }
}
