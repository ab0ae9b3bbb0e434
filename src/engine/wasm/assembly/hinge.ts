/**
 * The gradient of a network with one input, one hidden layer of relu units and one output, in two passes over the
 * samples that keep everything in registers. Unit j is max(0, w_j x + b_j) with output weight v_j. With d_i the
 * derivative of the loss with respect to output i, and sums over the samples where the unit is on,
 *
 *   S0_j = sum d_i,  S1_j = sum d_i x_i:   dw_j = v_j S1_j,  db_j = v_j S0_j,  dv_j = w_j S1_j + b_j S0_j.
 */
import { padded, reserve } from './memory';
import { layerAt } from './network';

let sums0: usize = 0;
let sums1: usize = 0;

export function openHinge(): void {
  const bytes = <usize>padded(layerAt(0).outputs) * 4;
  sums0 = reserve(bytes);
  sums1 = reserve(bytes);
}

export function clearHinge(): void {
  const bytes = <usize>padded(layerAt(0).outputs) * 4;
  memory.fill(sums0, 0, bytes);
  memory.fill(sums1, 0, bytes);
}

// @ts-ignore: decorator
@inline
function plusUnit(sum: v128, x: v128, w: v128, b: v128, v: v128): v128 {
  const z = f32x4.add(f32x4.mul(w, x), b);
  return f32x4.add(sum, f32x4.mul(v, f32x4.pmax(z, f32x4.splat(0))));
}

/** The outputs at `count` inputs, which lie at `input`, into the last layer's `after`. */
export function hingeForward(input: usize, count: i32): void {
  const hidden = layerAt(0);
  const last = layerAt(1);
  const end = <usize>hidden.outputs * 4;
  const weight = hidden.weight;
  const bias = hidden.bias;
  const out = last.weight;
  const start = v128.load32_splat(last.bias);
  const bytes = <usize>padded(count) * 4;
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    const x0 = v128.load(input + at);
    const x1 = v128.load(input + at, 16);
    const x2 = v128.load(input + at, 32);
    const x3 = v128.load(input + at, 48);
    let s0 = start;
    let s1 = start;
    let s2 = start;
    let s3 = start;
    for (let j: usize = 0; j < end; j += 4) {
      const w = v128.load32_splat(weight + j);
      const b = v128.load32_splat(bias + j);
      const v = v128.load32_splat(out + j);
      s0 = plusUnit(s0, x0, w, b, v);
      s1 = plusUnit(s1, x1, w, b, v);
      s2 = plusUnit(s2, x2, w, b, v);
      s3 = plusUnit(s3, x3, w, b, v);
    }
    const to = last.after + at;
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  for (; at + 32 <= bytes; at += 32) {
    const x0 = v128.load(input + at);
    const x1 = v128.load(input + at, 16);
    let s0 = start;
    let s1 = start;
    for (let j: usize = 0; j < end; j += 4) {
      const w = v128.load32_splat(weight + j);
      const b = v128.load32_splat(bias + j);
      const v = v128.load32_splat(out + j);
      s0 = plusUnit(s0, x0, w, b, v);
      s1 = plusUnit(s1, x1, w, b, v);
    }
    v128.store(last.after + at, s0);
    v128.store(last.after + at, s1, 16);
  }
  for (; at < bytes; at += 16) {
    const x = v128.load(input + at);
    let sum = start;
    for (let j: usize = 0; j < end; j += 4) {
      sum = plusUnit(sum, x, v128.load32_splat(weight + j), v128.load32_splat(bias + j), v128.load32_splat(out + j));
    }
    v128.store(last.after + at, sum);
  }
}

/** Adds the samples' parts to S0 and S1, sample by sample; vectors run along the units. */
export function hingeBackward(input: usize, count: i32): void {
  const hidden = layerAt(0);
  const delta = layerAt(1).delta;
  const bytes = <usize>padded(hidden.outputs) * 4;
  const samples = <usize>count * 4;
  const zero = f32x4.splat(0);
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    const w0 = v128.load(hidden.weight + at);
    const w1 = v128.load(hidden.weight + at, 16);
    const b0 = v128.load(hidden.bias + at);
    const b1 = v128.load(hidden.bias + at, 16);
    let p0 = v128.load(sums0 + at);
    let p1 = v128.load(sums0 + at, 16);
    let q0 = v128.load(sums1 + at);
    let q1 = v128.load(sums1 + at, 16);
    for (let i: usize = 0; i < samples; i += 4) {
      const x = v128.load32_splat(input + i);
      const d = v128.load32_splat(delta + i);
      const on0 = v128.and(d, f32x4.gt(f32x4.add(f32x4.mul(w0, x), b0), zero));
      const on1 = v128.and(d, f32x4.gt(f32x4.add(f32x4.mul(w1, x), b1), zero));
      p0 = f32x4.add(p0, on0);
      p1 = f32x4.add(p1, on1);
      q0 = f32x4.add(q0, f32x4.mul(on0, x));
      q1 = f32x4.add(q1, f32x4.mul(on1, x));
    }
    v128.store(sums0 + at, p0);
    v128.store(sums0 + at, p1, 16);
    v128.store(sums1 + at, q0);
    v128.store(sums1 + at, q1, 16);
  }
  for (; at < bytes; at += 16) {
    const w = v128.load(hidden.weight + at);
    const b = v128.load(hidden.bias + at);
    let p = v128.load(sums0 + at);
    let q = v128.load(sums1 + at);
    for (let i: usize = 0; i < samples; i += 4) {
      const x = v128.load32_splat(input + i);
      const on = v128.and(v128.load32_splat(delta + i), f32x4.gt(f32x4.add(f32x4.mul(w, x), b), zero));
      p = f32x4.add(p, on);
      q = f32x4.add(q, f32x4.mul(on, x));
    }
    v128.store(sums0 + at, p);
    v128.store(sums1 + at, q);
  }
}

/** The gradient from S0 and S1, as far behind the parameters as `distance` says; `bias` is the output bias's. */
export function hingeGradient(distance: usize, bias: f32): void {
  const hidden = layerAt(0);
  const last = layerAt(1);
  const bytes = <usize>padded(hidden.outputs) * 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    const v = v128.load(last.weight + at);
    const p = v128.load(sums0 + at);
    const q = v128.load(sums1 + at);
    v128.store(hidden.weight + distance + at, f32x4.mul(v, q));
    v128.store(hidden.bias + distance + at, f32x4.mul(v, p));
    const own = f32x4.add(f32x4.mul(v128.load(hidden.weight + at), q), f32x4.mul(v128.load(hidden.bias + at), p));
    v128.store(last.weight + distance + at, own);
  }
  store<f32>(last.bias + distance, bias);
}
