/**
 * Tall matrices made square, T = Q R, a chunk of the vectors at a time, small enough to stay in a processor's cache while it
 * is worked on (J. Demmel, L. Grigori, M. Hoemmen and J. Langou, "Communication-optimal parallel and sequential QR and LU
 * factorizations", SIAM J. Sci. Comput. 34, 2012). R of the first chunk is found first; each further chunk changes it to R
 * of itself below the R so far. There a reflection's vector is a unit vector above and some vector in the chunk, which
 * takes the chunk's place; all c of them together are I - Y T Y', T upper triangular, which is kept.
 *
 * R's columns are the rows of `square`. Rounding is relative to each of the vectors, however small it is beside others.
 */
import { applyReflections, CHUNK, dots, factor } from './householder';
import { at, padded, reserve } from './memory';
import { dot, FROM_C, FROM_ZERO, multiply, openPanel, transpose } from './multiply';
import { TINY } from './rotations';

/** Reflections found before the vectors after them are turned. */
const BLOCK = 32;
const WIDE: usize = BLOCK << 3;
/** Numbers below which nothing is gained, and how much longer than their number the vectors must be. */
const FEW: i64 = 1 << 18;
const TALL = 4;

/** Entries of a chunk; the reflections of the first; T of each further one, c rows each. */
let size: i32 = 0;
let taus: usize = 0;
let triangles: usize = 0;
/** Room: a block's vectors across, and for products. */
let across: usize = 0;
let shares: usize = 0;
let turned: usize = 0;

/** Whether c vectors of length n are reduced first. */
export function isTall(c: i32, n: i32): bool {
  return n >= TALL * c && <i64>c * <i64>n >= FEW;
}

/** Leaves Q in the vectors, and in `square`, which is zero and whose rows are padded(c) apart, R. */
export function reduce(c: i32, n: i32, vectors: usize, step: usize, square: usize): void {
  const long = padded(n);
  const shortBytes = (<usize>padded(c)) << 3;
  size = max(TALL * padded(c), 512);
  taus = reserve(shortBytes);
  const diagonal = reserve(shortBytes);
  const first = min(n, size);
  factor(c, first, padded(first), vectors, step, taus, diagonal, 0);
  for (let j = 0; j < c; j += 1) {
    const row = square + <usize>j * shortBytes;
    memory.copy(row, vectors + <usize>j * step, (<usize>j) << 3);
    store<f64>(at(row, j), load<f64>(at(diagonal, j)));
  }
  const further = (max(0, long - size) + size - 1) / size;
  triangles = reserve(<usize>further * <usize>c * shortBytes);
  across = reserve(<usize>size * WIDE);
  shares = reserve(<usize>c * WIDE);
  turned = reserve(<usize>c * WIDE);
  openPanel<f64>(max(c, CHUNK));
  for (let i = 0; i < further; i += 1) {
    const start = (i + 1) * size;
    reduceChunk(c, min(size, long - start), at(vectors, start), step, square, shortBytes, triangleOf(i, c, shortBytes));
  }
}

function triangleOf(i: i32, c: i32, shortBytes: usize): usize {
  return triangles + <usize>i * <usize>c * shortBytes;
}

/** Changes R to that of the chunk below it; the chunk becomes Y, and `t`, which is zero, T. */
function reduceChunk(c: i32, length: i32, chunk: usize, step: usize, square: usize, shortBytes: usize, t: usize): void {
  for (let k = 0; k < c; k += BLOCK) {
    const count = min(BLOCK, c - k);
    const end = k + count;
    const block = chunk + <usize>k * step;
    for (let j = k; j < end; j += 1) reflectBelow(j, end, length, chunk, step, square, shortBytes, t);
    if (count < BLOCK) memory.fill(across, 0, <usize>length * WIDE);
    transpose<f64>(count, length, block, step, across, WIDE);
    // Inner products of the block's vectors with those before and its own: T's columns. The unit vectors are orthogonal.
    dots(end, length, chunk, step, across, WIDE, shares, FROM_ZERO);
    const corner = at(t + <usize>k * shortBytes, k);
    for (let m = 1; m < count; m += 1) {
      const tau = load<f64>(at(corner + <usize>m * shortBytes, m));
      for (let i = 0; i < m; i += 1) {
        let sum: f64 = 0;
        for (let l = i; l < m; l += 1) {
          sum += load<f64>(at(corner + <usize>i * shortBytes, l)) * load<f64>(at(shares + <usize>(k + l) * WIDE, m));
        }
        store<f64>(at(corner + <usize>i * shortBytes, m), -tau * sum);
      }
    }
    if (k > 0) {
      multiply<f64>(k, padded(count), count, shares, WIDE, 8, corner, shortBytes, turned, WIDE, FROM_ZERO, 0);
      negate(k, WIDE, turned);
      multiply<f64>(k, padded(count), k, t, shortBytes, 8, turned, WIDE, at(t, k), shortBytes, FROM_ZERO, 0);
    }
    const rest = c - end;
    if (rest === 0) return;
    // The vectors after it: R - (R + A Y) T above, A - (R + A Y) T Y' in the chunk, all of them as rows.
    const after = chunk + <usize>end * step;
    for (let l = 0; l < rest; l += 1) {
      memory.copy(shares + <usize>l * WIDE, at(square + <usize>(end + l) * shortBytes, k), WIDE);
    }
    dots(rest, length, after, step, across, WIDE, shares, FROM_C);
    multiply<f64>(rest, BLOCK, BLOCK, shares, WIDE, 8, corner, shortBytes, turned, WIDE, FROM_ZERO, 0);
    negate(rest, WIDE, turned);
    for (let l = 0; l < rest; l += 1) {
      add(WIDE, turned + <usize>l * WIDE, at(square + <usize>(end + l) * shortBytes, k));
    }
    for (let i = 0; i < length; i += CHUNK) {
      const some = min(CHUNK, length - i);
      multiply<f64>(rest, some, BLOCK, turned, WIDE, 8, at(block, i), step, at(after, i), step, FROM_C, 0);
    }
  }
}

/** Makes vector j of the chunk zero by a reflection with R's entry above it, and turns the vectors after it up to `end`. */
function reflectBelow(j: i32, end: i32, length: i32, chunk: usize, step: usize, square: usize, shortBytes: usize, t: usize): void {
  const bytes = (<usize>length) << 3;
  const v = chunk + <usize>j * step;
  const entry = at(square + <usize>j * shortBytes, j);
  const head = load<f64>(entry);
  const rest = dot<f64>(bytes, v, v);
  // Of a square that has lost digits there would come no reflection.
  if (rest < TINY) return;
  const norm = sqrt(head * head + rest);
  const beta = head > 0 ? -norm : norm;
  const tau = (beta - head) / beta;
  store<f64>(at(t + <usize>j * shortBytes, j), tau);
  store<f64>(entry, beta);
  const scale = 1 / (head - beta);
  const scales = f64x2.splat(scale);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(v + i, f64x2.mul(v128.load(v + i), scales));
  for (let l = j + 1; l < end; l += 1) {
    const other = chunk + <usize>l * step;
    const above = at(square + <usize>l * shortBytes, j);
    const factor = tau * (load<f64>(above) + dot<f64>(bytes, v, other));
    store<f64>(above, load<f64>(above) - factor);
    const factors = f64x2.splat(factor);
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(other + i, f64x2.sub(v128.load(other + i), f64x2.mul(factors, v128.load(v + i))));
    }
  }
}

/** Of what `reduce` left, the vectors Q X: the rows of `x` are X's columns, padded(c) apart, and are overwritten. */
export function expand(c: i32, n: i32, vectors: usize, step: usize, x: usize): void {
  const long = padded(n);
  const wide = padded(c);
  const shortBytes = (<usize>wide) << 3;
  const square = <usize>c * shortBytes;
  const flipped = reserve(square);
  const by = reserve(square);
  const longest = (<usize>size) << 3;
  const room = reserve(<usize>c * longest);
  for (let i = (long - 1) / size - 1; i >= 0; i -= 1) {
    const start = (i + 1) * size;
    const length = min(size, long - start);
    const chunk = at(vectors, start);
    transpose<f64>(c, c, triangleOf(i, c, shortBytes), shortBytes, flipped, shortBytes);
    multiply<f64>(c, wide, c, x, shortBytes, 8, flipped, shortBytes, by, shortBytes, FROM_ZERO, 0);
    negate(c, shortBytes, by);
    add(square, by, x);
    for (let k = 0; k < length; k += CHUNK) {
      const some = min(CHUNK, length - k);
      multiply<f64>(c, some, c, by, shortBytes, 8, at(chunk, k), step, at(room, k), longest, FROM_ZERO, 0);
    }
    for (let j = 0; j < c; j += 1) {
      memory.copy(chunk + <usize>j * step, room + <usize>j * longest, (<usize>length) << 3);
    }
  }
  const length = min(size, long);
  memory.fill(room, 0, <usize>c * longest);
  for (let j = 0; j < c; j += 1) memory.copy(room + <usize>j * longest, x + <usize>j * shortBytes, (<usize>c) << 3);
  applyReflections(c, length, vectors, step, taus, c, room, longest);
  for (let j = 0; j < c; j += 1) memory.copy(vectors + <usize>j * step, room + <usize>j * longest, (<usize>length) << 3);
}

/** Changes the sign of `bytes` bytes in each of so many rows, which lie as far apart. */
function negate(rows: i32, bytes: usize, numbers: usize): void {
  const end = numbers + <usize>rows * bytes;
  for (let i = numbers; i < end; i += 16) v128.store(i, f64x2.neg(v128.load(i)));
}

/** Adds `bytes` bytes of numbers to others. */
function add(bytes: usize, numbers: usize, to: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f64x2.add(v128.load(to + i), v128.load(numbers + i)));
}
