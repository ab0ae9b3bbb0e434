/**
 * The singular value decomposition of c vectors of length n >= c (the columns of a tall matrix, each contiguous), in
 * float64. Many vectors that are much longer than they are many are made square first (tall.ts). QR with column pivoting:
 * T P = Q R. Then one-sided Jacobi rotations of R's columns, R V = J S, which find small singular values to high relative
 * accuracy where the matrix determines them (Z. Drmac and K. Veselic, "New fast and accurate Jacobi SVD algorithm", SIAM
 * J. Matrix Anal. Appl. 29, 2008): T = (Q J) S (P V)'. Eigenvectors of R'R do most of the turning before rotations do the
 * rest (as W. Gao, Y. Ma and M. Shao, "A mixed precision Jacobi SVD algorithm", 2022, do it with float32): they are fast,
 * and their inaccuracy costs nothing but sweeps.
 */
import { eigenvectors } from './eigenvectors';
import { applyReflections, CHUNK, factor } from './householder';
import { at, padded, reserve } from './memory';
import { dot, FROM_ZERO, multiply, openPanel, transpose } from './multiply';
import { sweep, TINY } from './rotations';
import { expand, isTall, reduce } from './tall';

/** Before how many sweeps eigenvectors turn what they have not yet: each time they settle five decades. */
const SEPARATIONS = 4;
/** Squares that small beside the largest are too small for eigenvectors of the inner products. */
const NEGLIGIBLE: f64 = 1e-10;

/** Room for `separate`: a block of rows, their inner products, the eigenvectors. */
let spare: usize = 0;
let products: usize = 0;
let axes: usize = 0;

/**
 * Decomposes the c vectors at `vectors`, padded(n) apart and padded with zeros, entries at most about 1; they are
 * overwritten by the left singular vectors, in the same form. `values` gets the c singular values, descending, and
 * `right` the c right singular vectors, padded(c) apart. Returns the number of sweeps, the last of which turned nothing;
 * 0 when `most` were not enough.
 */
export function decompose(c: i32, n: i32, vectors: usize, values: usize, right: usize, most: i32): i32 {
  if (!isTall(c, n)) return decomposeVectors(c, n, vectors, values, right, most);
  const longBytes = (<usize>padded(n)) << 3;
  const square = reserve((<usize>c * <usize>padded(c)) << 3);
  reduce(c, n, vectors, longBytes, square);
  const sweeps = decomposeVectors(c, c, square, values, right, most);
  if (sweeps > 0) expand(c, n, vectors, longBytes, square);
  return sweeps;
}

/** The same, whatever the shape. */
function decomposeVectors(c: i32, n: i32, vectors: usize, values: usize, right: usize, most: i32): i32 {
  const longBytes = <usize>padded(n) << 3;
  const shortBytes = <usize>padded(c) << 3;
  const taus = reserve(shortBytes);
  const diagonal = reserve(shortBytes);
  const order = reserve((<usize>c) << 2);
  factor(c, n, padded(n), vectors, longBytes, taus, diagonal, order);

  // The columns of R, as rows, and room for what turns them.
  const block = <usize>c * shortBytes;
  const rows = reserve(block);
  const turned = reserve(block);
  for (let j = 0; j < c; j += 1) {
    const row = rows + <usize>j * shortBytes;
    memory.copy(row, vectors + <usize>j * longBytes, (<usize>j) << 3);
    store<f64>(at(row, j), load<f64>(at(diagonal, j)));
  }
  openPanel<f64>(max(c, CHUNK));
  spare = reserve(block);
  products = reserve(block);
  axes = reserve(block);
  const squares = reserve(shortBytes);
  let sweeps = 0;
  for (let first = 0, pairs = 1; pairs > 0; sweeps += 1) {
    if (sweeps === most) return 0;
    if (sweeps < SEPARATIONS) first = separate(first, c, shortBytes, rows, turned);
    pairs = sweep(c, shortBytes, rows, turned, squares);
  }

  const places = largestFirst(c, squares);
  const left = reserve(<usize>c * longBytes);
  const weight = reserve(longBytes);
  for (let k = 0; k < c; k += 1) {
    const place = load<i32>(places + ((<usize>k) << 2));
    const square = load<f64>(at(squares, place));
    const value = sqrt(square);
    store<f64>(at(values, k), value);
    const to = left + <usize>k * longBytes;
    const row = rows + <usize>place * shortBytes;
    if (square < TINY) completeBasis(k, c, longBytes, left, weight);
    else for (let j = 0; j < c; j += 1) store<f64>(at(to, j), load<f64>(at(row, j)) / value);
    const axis = turned + <usize>place * shortBytes;
    for (let j = 0; j < c; j += 1) {
      store<f64>(at(right + <usize>k * shortBytes, load<i32>(order + ((<usize>j) << 2))), load<f64>(at(axis, j)));
    }
  }
  applyReflections(c, padded(n), vectors, longBytes, taus, c, left, longBytes);
  memory.copy(vectors, left, <usize>c * longBytes);
  return sweeps;
}

/**
 * Turns the rows from `first` on by the eigenvectors of their inner products, so that they are nearly orthogonal, the
 * largest first; `turned` follows. Returns the first row whose square is lost beside the largest one's.
 */
function separate(first: i32, c: i32, step: usize, rows: usize, turned: usize): i32 {
  const count = c - first;
  if (count === 0) return first;
  const wide = padded(count);
  const width = (<usize>wide) << 3;
  const some = rows + <usize>first * step;
  memory.fill(spare, 0, <usize>c * width);
  transpose<f64>(count, c, some, step, spare, width);
  multiply<f64>(count, wide, c, some, step, 8, spare, width, products, width, FROM_ZERO, 0);
  eigenvectors(count, width, products, axes);
  combine(count, width, axes, step, some);
  if (count === c) memory.copy(turned, axes, <usize>c * step);
  else combine(count, width, axes, step, turned + <usize>first * step);
  const least = NEGLIGIBLE * dot<f64>(step, some, some);
  while (first < c) {
    const row = rows + <usize>first * step;
    if (dot<f64>(step, row, row) <= least) break;
    first += 1;
  }
  return first;
}

/** Replaces `count` rows by as many combinations of them, whose coefficients are the rows of `by`. */
function combine(count: i32, width: usize, by: usize, step: usize, rows: usize): void {
  memory.copy(spare, rows, <usize>count * step);
  multiply<f64>(count, <i32>(step >> 3), count, by, width, 8, spare, step, rows, step, FROM_ZERO, 0);
}

/** The places of the c squares, as i32, the largest first. */
function largestFirst(c: i32, squares: usize): usize {
  const places = reserve((<usize>c) << 2);
  for (let i = 0; i < c; i += 1) {
    const square = load<f64>(at(squares, i));
    let j = i;
    for (; j > 0; j -= 1) {
      const before = load<i32>(places + ((<usize>(j - 1)) << 2));
      if (load<f64>(at(squares, before)) >= square) break;
      store<i32>(places + ((<usize>j) << 2), before);
    }
    store<i32>(places + ((<usize>j) << 2), i);
  }
  return places;
}

/** A unit vector orthogonal to the k left vectors before it: the unit vector of the axes they cover least, made so twice. */
function completeBasis(k: i32, c: i32, step: usize, left: usize, weight: usize): void {
  memory.fill(weight, 0, step);
  for (let i = 0; i < k; i += 1) {
    const v = left + <usize>i * step;
    for (let j = 0; j < c; j += 1) {
      const entry = load<f64>(at(v, j));
      store<f64>(at(weight, j), load<f64>(at(weight, j)) + entry * entry);
    }
  }
  let least = 0;
  for (let j = 1; j < c; j += 1) if (load<f64>(at(weight, j)) < load<f64>(at(weight, least))) least = j;
  const to = left + <usize>k * step;
  memory.fill(to, 0, step);
  store<f64>(at(to, least), 1);
  const bytes = (<usize>padded(c)) << 3;
  for (let pass = 0; pass < 2; pass += 1) {
    for (let i = 0; i < k; i += 1) {
      const v = left + <usize>i * step;
      const share = dot<f64>(bytes, v, to);
      for (let j = 0; j < c; j += 1) store<f64>(at(to, j), load<f64>(at(to, j)) - share * load<f64>(at(v, j)));
    }
    const norm = sqrt(dot<f64>(bytes, to, to));
    for (let j = 0; j < c; j += 1) store<f64>(at(to, j), load<f64>(at(to, j)) / norm);
  }
}
