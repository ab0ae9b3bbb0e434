/**
 * The singular value decomposition of c vectors of length n >= c (the columns of a tall matrix, each contiguous), in
 * float64: QR with column pivoting by Householder reflections, then one-sided Jacobi rotations of the rows of R
 * (Z. Drmac and K. Veselic, "New fast and accurate Jacobi SVD algorithm", SIAM J. Matrix Anal. Appl. 29, 2008), which
 * finds small singular values to high relative accuracy where the matrix determines them. T P = Q R and R = J S V' give
 * T = (Q J) S (P V)'.
 */
import { padded, reserve } from './memory';
import { dot } from './multiply';

/** Two vectors whose cosine is below this count as orthogonal. */
const ORTHOGONAL: f64 = 2.220446049250313e-16;
/** Squares below this have lost digits: such a vector counts as zero beside the largest, whose size is about 1. */
const TINY: f64 = 1e-280;
const MOST_SWEEPS = 60;

// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3);
}

/**
 * Decomposes the c vectors at `vectors`, padded(n) apart and padded with zeros, entries at most about 1; they are
 * overwritten by the left singular vectors, in the same form. `values` gets the c singular values, descending, and
 * `right` the c right singular vectors, padded(c) apart. Returns the number of sweeps.
 */
export function decompose(c: i32, n: i32, vectors: usize, values: usize, right: usize): i32 {
  const long = padded(n);
  const short = padded(c);
  const longBytes = <usize>long << 3;
  const shortBytes = <usize>short << 3;
  const taus = reserve(shortBytes);
  const diagonal = reserve(shortBytes);
  const order = reserve((<usize>c) << 2);
  factor(c, n, vectors, longBytes, taus, diagonal, order);

  // Rows of R, and the identity that gathers the rotations.
  const rows = reserve(<usize>c * shortBytes);
  const turned = reserve(<usize>c * shortBytes);
  for (let i = 0; i < c; i += 1) {
    const row = rows + <usize>i * shortBytes;
    store<f64>(at(row, i), load<f64>(at(diagonal, i)));
    for (let j = i + 1; j < c; j += 1) store<f64>(at(row, j), load<f64>(at(vectors + <usize>j * longBytes, i)));
    store<f64>(at(turned + <usize>i * shortBytes, i), 1);
  }
  const squares = reserve(shortBytes);
  const sweeps = rotate(c, shortBytes, rows, turned, squares);

  // Largest first.
  const places = reserve((<usize>c) << 2);
  for (let i = 0; i < c; i += 1) store<i32>(places + ((<usize>i) << 2), i);
  for (let i = 1; i < c; i += 1) {
    const place = load<i32>(places + ((<usize>i) << 2));
    const square = load<f64>(at(squares, place));
    let j = i;
    for (; j > 0; j -= 1) {
      const before = load<i32>(places + ((<usize>(j - 1)) << 2));
      if (load<f64>(at(squares, before)) >= square) break;
      store<i32>(places + ((<usize>j) << 2), before);
    }
    store<i32>(places + ((<usize>j) << 2), place);
  }

  const left = reserve(<usize>c * longBytes);
  const scaled = reserve(shortBytes);
  for (let k = 0; k < c; k += 1) {
    const place = load<i32>(places + ((<usize>k) << 2));
    const square = load<f64>(at(squares, place));
    const value = sqrt(square);
    store<f64>(at(values, k), value);
    memory.copy(left + <usize>k * longBytes, turned + <usize>place * shortBytes, (<usize>c) << 3);
    const to = right + <usize>k * shortBytes;
    const row = rows + <usize>place * shortBytes;
    if (square < TINY) completeBasis(k, c, shortBytes, right, scaled);
    else for (let j = 0; j < c; j += 1) store<f64>(at(to, load<i32>(order + ((<usize>j) << 2))), load<f64>(at(row, j)) / value);
  }
  for (let k = c - 1; k >= 0; k -= 1) {
    const v = vectors + <usize>k * longBytes;
    store<f64>(at(v, k), 1);
    reflect(v, k, long, load<f64>(at(taus, k)), left, longBytes, 0, c);
  }
  memory.copy(vectors, left, <usize>c * longBytes);
  return sweeps;
}

/**
 * Householder QR with pivoting. Vector k keeps, from entry k on, the reflection I - tau v v' (v_k = 1, stored as such);
 * before it the entries of R above the diagonal.
 */
function factor(c: i32, n: i32, vectors: usize, step: usize, taus: usize, diagonal: usize, order: usize): void {
  const long = <i32>(step >> 3);
  const norms = reserve((<usize>padded(c)) << 3);
  const fresh = reserve((<usize>padded(c)) << 3);
  for (let j = 0; j < c; j += 1) {
    const v = vectors + <usize>j * step;
    const square = dot<f64>(step, v, v);
    store<f64>(at(norms, j), square);
    store<f64>(at(fresh, j), square);
    store<i32>(order + ((<usize>j) << 2), j);
  }
  const swap = reserve(step);
  for (let k = 0; k < c; k += 1) {
    let pivot = k;
    for (let j = k + 1; j < c; j += 1) if (load<f64>(at(norms, j)) > load<f64>(at(norms, pivot))) pivot = j;
    const v = vectors + <usize>k * step;
    if (pivot !== k) {
      const other = vectors + <usize>pivot * step;
      memory.copy(swap, v, step);
      memory.copy(v, other, step);
      memory.copy(other, swap, step);
      exchange(norms, k, pivot);
      exchange(fresh, k, pivot);
      const index = load<i32>(order + ((<usize>k) << 2));
      store<i32>(order + ((<usize>k) << 2), load<i32>(order + ((<usize>pivot) << 2)));
      store<i32>(order + ((<usize>pivot) << 2), index);
    }
    const head = load<f64>(at(v, k));
    const rest = tailSquare(v, k + 1, long);
    if (rest === 0) {
      store<f64>(at(taus, k), 0);
      store<f64>(at(diagonal, k), head);
      store<f64>(at(v, k), 1);
    } else {
      const norm = sqrt(head * head + rest);
      const beta = head > 0 ? -norm : norm;
      store<f64>(at(taus, k), (beta - head) / beta);
      store<f64>(at(diagonal, k), beta);
      const scale = 1 / (head - beta);
      store<f64>(at(v, k), 1);
      for (let i = k + 1; i < n; i += 1) store<f64>(at(v, i), load<f64>(at(v, i)) * scale);
      reflect(v, k, long, (beta - head) / beta, vectors, step, k + 1, c);
    }
    for (let j = k + 1; j < c; j += 1) {
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
function tailSquare(v: usize, from: i32, long: i32): f64 {
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

/** Rotates the rows until every two are orthogonal; `turned` follows. Leaves the rows' squares. Returns the sweeps. */
function rotate(c: i32, step: usize, rows: usize, turned: usize, squares: usize): i32 {
  for (let sweep = 1; sweep <= MOST_SWEEPS; sweep += 1) {
    for (let i = 0; i < c; i += 1) {
      const row = rows + <usize>i * step;
      store<f64>(at(squares, i), dot<f64>(step, row, row));
    }
    let rotations = 0;
    for (let p = 0; p < c - 1; p += 1) {
      const rowP = rows + <usize>p * step;
      for (let q = p + 1; q < c; q += 1) {
        const a = load<f64>(at(squares, p));
        const b = load<f64>(at(squares, q));
        if (a < TINY || b < TINY) continue;
        const rowQ = rows + <usize>q * step;
        const g = dot<f64>(step, rowP, rowQ);
        if (abs(g) <= ORTHOGONAL * sqrt(a) * sqrt(b)) continue;
        rotations += 1;
        const zeta = (b - a) / (2 * g);
        // For a zeta whose square overflows this is 0, as it should be.
        const t = (zeta > 0 ? 1.0 : -1.0) / (abs(zeta) + sqrt(1 + zeta * zeta));
        const cosine = 1 / sqrt(1 + t * t);
        const sine = cosine * t;
        turn(rowP, rowQ, step, cosine, sine);
        turn(turned + <usize>p * step, turned + <usize>q * step, step, cosine, sine);
        store<f64>(at(squares, p), max<f64>(a - t * g, 0));
        store<f64>(at(squares, q), b + t * g);
      }
    }
    if (rotations === 0) return sweep;
  }
  return MOST_SWEEPS + 1;
}

/** x, y = cosine x - sine y, sine x + cosine y. */
// @ts-ignore: decorator
@inline
function turn(x: usize, y: usize, bytes: usize, cosine: f64, sine: f64): void {
  const c = f64x2.splat(cosine);
  const s = f64x2.splat(sine);
  for (let i: usize = 0; i < bytes; i += 32) {
    const x0 = v128.load(x + i);
    const y0 = v128.load(y + i);
    const x1 = v128.load(x + i, 16);
    const y1 = v128.load(y + i, 16);
    v128.store(x + i, f64x2.sub(f64x2.mul(c, x0), f64x2.mul(s, y0)));
    v128.store(y + i, f64x2.add(f64x2.mul(s, x0), f64x2.mul(c, y0)));
    v128.store(x + i, f64x2.sub(f64x2.mul(c, x1), f64x2.mul(s, y1)), 16);
    v128.store(y + i, f64x2.add(f64x2.mul(s, x1), f64x2.mul(c, y1)), 16);
  }
}

/** A unit vector orthogonal to the k right vectors before it: the unit vector of the axes they cover least, made so twice. */
function completeBasis(k: i32, c: i32, step: usize, right: usize, weight: usize): void {
  memory.fill(weight, 0, step);
  for (let i = 0; i < k; i += 1) {
    const v = right + <usize>i * step;
    for (let j = 0; j < c; j += 1) {
      const entry = load<f64>(at(v, j));
      store<f64>(at(weight, j), load<f64>(at(weight, j)) + entry * entry);
    }
  }
  let least = 0;
  for (let j = 1; j < c; j += 1) if (load<f64>(at(weight, j)) < load<f64>(at(weight, least))) least = j;
  const to = right + <usize>k * step;
  memory.fill(to, 0, step);
  store<f64>(at(to, least), 1);
  for (let pass = 0; pass < 2; pass += 1) {
    for (let i = 0; i < k; i += 1) {
      const v = right + <usize>i * step;
      const share = dot<f64>(step, v, to);
      for (let j = 0; j < c; j += 1) store<f64>(at(to, j), load<f64>(at(to, j)) - share * load<f64>(at(v, j)));
    }
    const norm = sqrt(dot<f64>(step, to, to));
    for (let j = 0; j < c; j += 1) store<f64>(at(to, j), load<f64>(at(to, j)) / norm);
  }
}
