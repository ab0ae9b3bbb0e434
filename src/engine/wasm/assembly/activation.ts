/** The activations of src/model/activation.ts and their derivatives over whole arrays. */
import { ERF, GELU, IDENTITY, LEAKY_RELU, RELU, SIGMOID, SILU, SINE, SOFTPLUS, TANH } from './codes';
import { cosine, erf, exp, gauss, logOnePlus, normalDistribution, sine, tanh } from './transcendental';

/** The derivative at the place where `valueAt` was last asked for. */
let slope: v128 = f64x2.splat(0);

/** The activation of two float64; leaves the derivative in `slope`. Traps for one that it does not know. */
// @ts-ignore: decorator
@inline
function valueAt(kind: i32, x: v128): v128 {
  const one = f64x2.splat(1);
  if (kind === TANH) {
    const value = tanh(x);
    slope = f64x2.sub(one, f64x2.mul(value, value));
    return value;
  }
  if (kind === GELU) {
    const bell = gauss(x);
    const below = normalDistribution(x, bell);
    slope = f64x2.add(below, f64x2.mul(x, f64x2.mul(f64x2.splat(0.3989422804014327), bell)));
    return f64x2.mul(x, below);
  }
  if (kind === SIGMOID || kind === SILU) {
    const logistic = f64x2.div(one, f64x2.add(one, exp(f64x2.neg(x))));
    const rest = f64x2.sub(one, logistic);
    if (kind === SIGMOID) {
      slope = f64x2.mul(logistic, rest);
      return logistic;
    }
    const value = f64x2.mul(x, logistic);
    slope = f64x2.add(logistic, f64x2.mul(value, rest));
    return value;
  }
  if (kind === ERF) {
    const bell = exp(f64x2.neg(f64x2.mul(x, x)));
    slope = f64x2.mul(f64x2.splat(1.1283791670955126), bell);
    return erf(x, bell);
  }
  if (kind === SINE) {
    slope = cosine(x);
    return sine(x);
  }
  if (kind !== SOFTPLUS) unreachable();
  // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), above 20 the identity as in PyTorch.
  const far = f64x2.gt(x, f64x2.splat(20));
  const e = exp(f64x2.neg(f64x2.abs(x)));
  const logistic = f64x2.div(v128.bitselect(e, one, f64x2.lt(x, f64x2.splat(0))), f64x2.add(one, e));
  slope = v128.bitselect(one, logistic, far);
  return v128.bitselect(x, f64x2.add(f64x2.pmax(x, f64x2.splat(0)), logOnePlus(e)), far);
}

/**
 * Replaces `bytes` bytes of numbers at `values`, whole vectors, by their activations, and puts the derivatives at
 * `slopes` unless that is 0. The derivative of relu at 0 is 0, as in PyTorch.
 */
export function activate<T>(kind: i32, bytes: usize, values: usize, slopes: usize): void {
  if (kind === IDENTITY) {
    if (slopes !== 0) for (let at: usize = 0; at < bytes; at += 16) v128.store(slopes + at, v128.splat<T>(<T>1));
    return;
  }
  const zero = v128.splat<T>(<T>0);
  if (kind === RELU || kind === LEAKY_RELU) {
    const off = v128.splat<T>(kind === RELU ? <T>0 : <T>0.01);
    const on = v128.splat<T>(<T>1);
    for (let at: usize = 0; at < bytes; at += 16) {
      const x = v128.load(values + at);
      if (slopes !== 0) v128.store(slopes + at, v128.bitselect(on, off, v128.gt<T>(x, zero)));
      // The pseudo-minimum and -maximum keep a NaN in their first place.
      v128.store(values + at, kind === RELU ? v128.pmax<T>(x, zero) : v128.bitselect(x, v128.mul<T>(x, off), v128.gt<T>(x, zero)));
    }
    return;
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(values + at);
    if (sizeof<T>() === 8) {
      v128.store(values + at, valueAt(kind, x));
      if (slopes !== 0) v128.store(slopes + at, slope);
    } else {
      const low = f32x4.demote_f64x2_zero(valueAt(kind, f64x2.promote_low_f32x4(x)));
      const lowSlope = f32x4.demote_f64x2_zero(slope);
      const high = f32x4.demote_f64x2_zero(valueAt(kind, f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1))));
      const highSlope = f32x4.demote_f64x2_zero(slope);
      v128.store(values + at, v128.shuffle<i64>(low, high, 0, 2));
      if (slopes !== 0) v128.store(slopes + at, v128.shuffle<i64>(lowSlope, highSlope, 0, 2));
    }
  }
}
