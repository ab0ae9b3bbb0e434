/**
 * Matrix products, for float32 and float64 alike. Every entry of a product is one sum in the order of the inner index,
 * whatever the blocking, so that blocks may be tuned without changing a bit.
 */

import { padded, reserve } from './memory';

/** What the sums start from: zero, a number for each row at `bias`, or the entries of C. */
export const FROM_ZERO = 0;
export const FROM_BIAS = 1;
export const FROM_C = 2;

/** Bytes of the part of B that all rows of A go over at once, and of one of its rows where B's are longer than twice that. */
const PART: usize = 20480;
const PART_WIDTH: usize = 256;

/** Four rows of A side by side, as the blocks read them; room for `openPanel`'s inner lengths. */
let panel: usize = 0;
/** Where sums that start from zero find it. */
const zeros: usize = reserve(16);

/** Makes room for products with inner lengths up to `longest`. */
export function openPanel<T>(longest: i32): void {
  panel = reserve(<usize>padded(longest) * 4 * sizeof<T>());
}

/**
 * C = start + A B. A is m x k with entry (i, t) at a + i aRow + t aStep, one of the two strides being a single number;
 * B is k x n, its rows bStep apart; C is m x n, its rows cRow apart; all strides in bytes. The rows of B and C are whole
 * vectors: n is a multiple of 16 bytes. Where A's rows are contiguous they are readable in whole groups of four numbers.
 *
 * All rows of A go over one part of B, small enough for a processor's first cache, before the next part is fetched.
 */
export function multiply<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cRow: usize,
  start: i32,
  bias: usize,
): void {
  const width = <usize>n * sizeof<T>();
  const across = width <= 2 * PART_WIDTH ? width : PART_WIDTH;
  const down = max(32, <i32>(PART / max<usize>(across, 16)) & ~3);
  for (let at: usize = 0; at < width; at += across) {
    const some = min(across, width - at);
    multiplyPart<T>(m, some, min(down, k), a, aRow, aStep, b + at, bStep, c + at, cRow, start, bias);
    for (let t = down; t < k; t += down) {
      const step = <usize>t;
      multiplyPart<T>(m, some, min(down, k - t), a + step * aStep, aRow, aStep, b + step * bStep + at, bStep, c + at, cRow, FROM_C, 0);
    }
  }
}

/** The same for so many rows of B and so many bytes of each. */
function multiplyPart<T>(
  m: i32,
  width: usize,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cRow: usize,
  start: i32,
  bias: usize,
): void {
  const more = start === FROM_C;
  const biasStep: usize = start === FROM_BIAS ? sizeof<T>() : 0;
  const biasAt = start === FROM_BIAS ? bias : zeros;
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const cHere = c + <usize>i * cRow;
    const biasHere = biasAt + <usize>i * biasStep;
    pack<T>(k, a + <usize>i * aRow, aRow, aStep);
    let at: usize = 0;
    for (; at + 32 <= width; at += 32) block4x2<T>(k, b + at, bStep, cHere + at, cRow, more, biasHere, biasStep);
    if (at < width) block4x1<T>(k, b + at, bStep, cHere + at, cRow, more, biasHere, biasStep);
  }
  for (; i < m; i += 1) {
    const aHere = a + <usize>i * aRow;
    const cHere = c + <usize>i * cRow;
    const biasHere = biasAt + <usize>i * biasStep;
    let at: usize = 0;
    for (; at + 64 <= width; at += 64) {
      block1x4<T>(k, aHere, aStep, b + at, bStep, cHere + at, more, biasHere);
    }
    for (; at < width; at += 16) {
      block1x1<T>(k, aHere, aStep, b + at, bStep, cHere + at, more, biasHere);
    }
  }
}

/** Copies four rows of A to the panel: entry t of each, then entry t + 1 of each. */
function pack<T>(k: i32, a: usize, aRow: usize, aStep: usize): void {
  const s: usize = sizeof<T>();
  const step = 4 * s;
  let to = panel;
  let from = a;
  if (aRow === s) {
    for (let t = 0; t < k; t += 1) {
      v128.store(to, v128.load(from));
      if (sizeof<T>() === 8) v128.store(to, v128.load(from, 16), 16);
      to += step;
      from += aStep;
    }
    return;
  }
  if (sizeof<T>() === 4) {
    for (let t = 0; t < k; t += 4) {
      transposeFour(from, aRow, to, 16);
      from += 16;
      to += 64;
    }
    return;
  }
  for (let t = 0; t < k; t += 1) {
    store<T>(to, load<T>(from));
    store<T>(to + s, load<T>(from + aRow));
    store<T>(to + 2 * s, load<T>(from + 2 * aRow));
    store<T>(to + 3 * s, load<T>(from + 3 * aRow));
    to += step;
    from += s;
  }
}

// @ts-ignore: decorator
@inline
function first<T>(more: bool, c: usize, bias: usize): v128 {
  return more ? v128.load(c) : v128.load_splat<T>(bias);
}

// @ts-ignore: decorator
@inline
function plusProduct<T>(sum: v128, x: v128, y: v128): v128 {
  return v128.add<T>(sum, v128.mul<T>(x, y));
}

/** Four rows of two vectors: eight sums, so that additions need not wait for each other, in the sixteen registers. */
function block4x2<T>(k: i32, b: usize, bStep: usize, c: usize, cRow: usize, more: bool, bias: usize, biasStep: usize): void {
  const s: usize = sizeof<T>();
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s00: v128;
  let s01: v128;
  let s10: v128;
  let s11: v128;
  let s20: v128;
  let s21: v128;
  let s30: v128;
  let s31: v128;
  if (more) {
    s00 = v128.load(c);
    s01 = v128.load(c, 16);
    s10 = v128.load(c1);
    s11 = v128.load(c1, 16);
    s20 = v128.load(c2);
    s21 = v128.load(c2, 16);
    s30 = v128.load(c3);
    s31 = v128.load(c3, 16);
  } else {
    s00 = s01 = v128.load_splat<T>(bias);
    s10 = s11 = v128.load_splat<T>(bias + biasStep);
    s20 = s21 = v128.load_splat<T>(bias + 2 * biasStep);
    s30 = s31 = v128.load_splat<T>(bias + 3 * biasStep);
  }
  let p = panel;
  let q = b;
  // Not unrolled: V8 then keeps fewer of the sums in registers (measured: a quarter slower).
  for (let t = k; t > 0; t -= 1) {
    const x0 = v128.load(q);
    const x1 = v128.load(q, 16);
    let w = v128.load_splat<T>(p);
    s00 = plusProduct<T>(s00, w, x0);
    s01 = plusProduct<T>(s01, w, x1);
    w = v128.load_splat<T>(p, sizeof<T>());
    s10 = plusProduct<T>(s10, w, x0);
    s11 = plusProduct<T>(s11, w, x1);
    w = v128.load_splat<T>(p, 2 * sizeof<T>());
    s20 = plusProduct<T>(s20, w, x0);
    s21 = plusProduct<T>(s21, w, x1);
    w = v128.load_splat<T>(p, 3 * sizeof<T>());
    s30 = plusProduct<T>(s30, w, x0);
    s31 = plusProduct<T>(s31, w, x1);
    q += bStep;
    p += 4 * s;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** Four rows of one vector. */
function block4x1<T>(k: i32, b: usize, bStep: usize, c: usize, cRow: usize, more: bool, bias: usize, biasStep: usize): void {
  const s: usize = sizeof<T>();
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s0 = first<T>(more, c, bias);
  let s1 = first<T>(more, c1, bias + biasStep);
  let s2 = first<T>(more, c2, bias + 2 * biasStep);
  let s3 = first<T>(more, c3, bias + 3 * biasStep);
  let p = panel;
  let q = b;
  for (let t = k; t > 0; t -= 1) {
    const x = v128.load(q);
    s0 = plusProduct<T>(s0, v128.load_splat<T>(p), x);
    s1 = plusProduct<T>(s1, v128.load_splat<T>(p, sizeof<T>()), x);
    s2 = plusProduct<T>(s2, v128.load_splat<T>(p, 2 * sizeof<T>()), x);
    s3 = plusProduct<T>(s3, v128.load_splat<T>(p, 3 * sizeof<T>()), x);
    p += 4 * s;
    q += bStep;
  }
  v128.store(c, s0);
  v128.store(c1, s1);
  v128.store(c2, s2);
  v128.store(c3, s3);
}

// @ts-ignore: decorator
@inline
function block1x4<T>(
  k: i32,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  more: bool,
  bias: usize,
): void {
  let s0 = first<T>(more, c, bias);
  let s1 = first<T>(more, c + 16, bias);
  let s2 = first<T>(more, c + 32, bias);
  let s3 = first<T>(more, c + 48, bias);
  let p = a;
  let q = b;
  for (let t = k; t > 0; t -= 1) {
    const w = v128.load_splat<T>(p);
    s0 = plusProduct<T>(s0, w, v128.load(q));
    s1 = plusProduct<T>(s1, w, v128.load(q, 16));
    s2 = plusProduct<T>(s2, w, v128.load(q, 32));
    s3 = plusProduct<T>(s3, w, v128.load(q, 48));
    p += aStep;
    q += bStep;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
}

// @ts-ignore: decorator
@inline
function block1x1<T>(
  k: i32,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  more: bool,
  bias: usize,
): void {
  let sum = first<T>(more, c, bias);
  let p = a;
  let q = b;
  for (let t = k; t > 0; t -= 1) {
    sum = plusProduct<T>(sum, v128.load_splat<T>(p), v128.load(q));
    p += aStep;
    q += bStep;
  }
  v128.store(c, sum);
}

/** The lanes of a vector, added from left to right. */
// @ts-ignore: decorator
@inline
export function lanes<T>(sum: v128): T {
  if (sizeof<T>() === 8) return <T>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  return <T>(
    (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/** The sum of x y over `bytes` bytes of each, whole vectors, lane by lane and then over the lanes. */
export function dot<T>(bytes: usize, x: usize, y: usize): T {
  let even = v128.splat<T>(<T>0);
  let odd = v128.splat<T>(<T>0);
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    even = plusProduct<T>(even, v128.load(x + at), v128.load(y + at));
    odd = plusProduct<T>(odd, v128.load(x + at, 16), v128.load(y + at, 16));
  }
  if (at < bytes) even = plusProduct<T>(even, v128.load(x + at), v128.load(y + at));
  return lanes<T>(v128.add<T>(even, odd));
}

/** The sum of x over `bytes` bytes, whole vectors, in the order of `dot`. */
export function total<T>(bytes: usize, x: usize): T {
  let even = v128.splat<T>(<T>0);
  let odd = v128.splat<T>(<T>0);
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    even = v128.add<T>(even, v128.load(x + at));
    odd = v128.add<T>(odd, v128.load(x + at, 16));
  }
  if (at < bytes) even = v128.add<T>(even, v128.load(x + at));
  return lanes<T>(v128.add<T>(even, odd));
}

/** The transpose of rows x columns numbers, their rows fromRow bytes apart, to rows toRow bytes apart. */
export function transpose<T>(rows: i32, columns: i32, from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const s: usize = sizeof<T>();
  let i = 0;
  if (sizeof<T>() === 4) {
    for (; i + 4 <= rows; i += 4) {
      const f = from + <usize>i * fromRow;
      let j = 0;
      for (; j + 4 <= columns; j += 4) {
        transposeFour(f + ((<usize>j) << 2), fromRow, to + <usize>j * toRow + ((<usize>i) << 2), toRow);
      }
      for (; j < columns; j += 1) {
        for (let r = 0; r < 4; r += 1) {
          store<T>(to + <usize>j * toRow + <usize>(i + r) * s, load<T>(f + <usize>r * fromRow + <usize>j * s));
        }
      }
    }
  }
  for (; i < rows; i += 1) {
    const f = from + <usize>i * fromRow;
    const t = to + <usize>i * s;
    for (let j = 0; j < columns; j += 1) store<T>(t + <usize>j * toRow, load<T>(f + <usize>j * s));
  }
}

/** Of four by four float32 numbers. */
// @ts-ignore: decorator
@inline
function transposeFour(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromRow);
  const r2 = v128.load(from + 2 * fromRow);
  const r3 = v128.load(from + 3 * fromRow);
  const a = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const d = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(a, b, 0, 2));
  v128.store(to + toRow, v128.shuffle<i64>(a, b, 1, 3));
  v128.store(to + 2 * toRow, v128.shuffle<i64>(c, d, 0, 2));
  v128.store(to + 3 * toRow, v128.shuffle<i64>(c, d, 1, 3));
}

/** The sums of four vectors' lanes, side by side: of each vector (0 + 2) + (1 + 3). */
// @ts-ignore: decorator
@inline
export function lanesOfFour(s0: v128, s1: v128, s2: v128, s3: v128): v128 {
  const u = f32x4.add(v128.shuffle<i32>(s0, s1, 0, 4, 1, 5), v128.shuffle<i32>(s0, s1, 2, 6, 3, 7));
  const v = f32x4.add(v128.shuffle<i32>(s2, s3, 0, 4, 1, 5), v128.shuffle<i32>(s2, s3, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i64>(u, v, 0, 2), v128.shuffle<i64>(u, v, 1, 3));
}

/** The sums of the products of x with four rows, which lie `row` bytes apart: float32. */
export function dotFour(bytes: usize, x: usize, rows: usize, row: usize): v128 {
  const b = rows + row;
  const c = b + row;
  const d = c + row;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const factor = v128.load(x + at);
    s0 = f32x4.add(s0, f32x4.mul(factor, v128.load(rows + at)));
    s1 = f32x4.add(s1, f32x4.mul(factor, v128.load(b + at)));
    s2 = f32x4.add(s2, f32x4.mul(factor, v128.load(c + at)));
    s3 = f32x4.add(s3, f32x4.mul(factor, v128.load(d + at)));
  }
  return lanesOfFour(s0, s1, s2, s3);
}

/** The sums of four rows. */
export function totalOfFour(bytes: usize, rows: usize, row: usize): v128 {
  const b = rows + row;
  const c = b + row;
  const d = c + row;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    s0 = f32x4.add(s0, v128.load(rows + at));
    s1 = f32x4.add(s1, v128.load(b + at));
    s2 = f32x4.add(s2, v128.load(c + at));
    s3 = f32x4.add(s3, v128.load(d + at));
  }
  return lanesOfFour(s0, s1, s2, s3);
}
