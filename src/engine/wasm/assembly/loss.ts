/**
 * The losses of src/model/loss.ts over the samples of a pass: outputs lie output by output, samples side by side, and so do the
 * targets of mse; a loss of classes has one target a sample. Outputs are float32, everything about them is in float64.
 */
import { CROSS_ENTROPY, LOGISTIC, MSE } from './codes';
import { padded, reserve } from './memory';
import { lanes } from './multiply';
import { depth, Layer, layerAt } from './network';
import { exp, logFromOne, logOnePlus } from './transcendental';

let kind: i32 = MSE;
/** Numbers of a sample's target. */
export let each: i32 = 1;
/** Of four samples, e to each output less the largest, in float64. */
let powers: usize = 0;

export function openLoss(which: i32): void {
  const outputs = layerAt(depth - 1).outputs;
  kind = which;
  each = kind === MSE ? outputs : 1;
  powers = reserve(<usize>outputs << 5);
}

/** How many terms the mean over so many samples has. */
export function termsOf(samples: i32): f64 {
  return <f64>samples * <f64>each;
}

/**
 * The sum over `count` samples, in float64 and four running sums, added at the end; the deltas of the output become the
 * derivatives of the mean over `terms` terms, and zero beyond `count`. Traps for a loss that it does not know.
 */
export function lossSum(count: i32, targets: usize, terms: f64): f64 {
  const last = layerAt(depth - 1);
  if (kind === MSE) return squares(last, count, targets, <f32>(2.0 / terms));
  if (kind === CROSS_ENTROPY) return crossEntropy(last, count, targets, 1 / terms);
  if (kind !== LOGISTIC) unreachable();
  return logistic(last, count, targets, 1 / terms);
}

/** Beyond `count` outputs are set to their targets, zero, so that they count nothing. */
function squares(last: Layer, count: i32, targets: usize, scale: f32): f64 {
  const wide = padded(count);
  for (let k = 0; k < last.outputs; k += 1) {
    for (let i = k * wide + count; i < (k + 1) * wide; i += 1) {
      store<f32>(last.after + ((<usize>i) << 2), 0);
      store<f32>(targets + ((<usize>i) << 2), 0);
    }
  }
  const scales = f32x4.splat(scale);
  const bytes = (<usize>last.outputs * <usize>wide) << 2;
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const residual = f32x4.sub(v128.load(last.after + at), v128.load(targets + at));
    v128.store(last.delta + at, f32x4.mul(residual, scales));
    const first = firstTwo(residual);
    const second = lastTwo(residual);
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  return lanes<f64>(f64x2.add(low, high));
}

/** log(sum of e^z) - z of the own class, from the largest z; the derivative is the share of e^z, less 1 for the own class. */
function crossEntropy(last: Layer, count: i32, targets: usize, scale: f64): f64 {
  const row = (<usize>padded(count)) << 2;
  const end = <usize>last.outputs * row;
  const scales = f64x2.splat(scale);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let at: usize = 0; at < row; at += 16) {
    const own = v128.load(targets + at);
    let most = v128.load(last.after + at);
    for (let k = row; k < end; k += row) most = f32x4.max(most, v128.load(last.after + k + at));
    const mostLow = firstTwo(most);
    const mostHigh = lastTwo(most);
    let sumLow = f64x2.splat(0);
    let sumHigh = f64x2.splat(0);
    let ownOutput = most;
    let to = powers;
    let name: f32 = 0;
    for (let k: usize = 0; k < end; k += row) {
      const z = v128.load(last.after + k + at);
      ownOutput = v128.bitselect(z, ownOutput, f32x4.eq(own, f32x4.splat(name)));
      const first = exp(f64x2.sub(firstTwo(z), mostLow));
      const second = exp(f64x2.sub(lastTwo(z), mostHigh));
      v128.store(to, first);
      v128.store(to, second, 16);
      sumLow = f64x2.add(sumLow, first);
      sumHigh = f64x2.add(sumHigh, second);
      to += 32;
      name += 1;
    }
    const thereLow = within(at, 0, count);
    const thereHigh = within(at, 2, count);
    const lossLow = f64x2.add(logFromOne(sumLow), f64x2.sub(mostLow, firstTwo(ownOutput)));
    const lossHigh = f64x2.add(logFromOne(sumHigh), f64x2.sub(mostHigh, lastTwo(ownOutput)));
    low = f64x2.add(low, v128.and(lossLow, thereLow));
    high = f64x2.add(high, v128.and(lossHigh, thereHigh));
    const ownLow = firstTwo(own);
    const ownHigh = lastTwo(own);
    const one = f64x2.splat(1);
    let from = powers;
    let number: f64 = 0;
    for (let k: usize = 0; k < end; k += row) {
      const class_ = f64x2.splat(number);
      const first = f64x2.sub(f64x2.div(v128.load(from), sumLow), v128.and(one, f64x2.eq(ownLow, class_)));
      const second = f64x2.sub(f64x2.div(v128.load(from, 16), sumHigh), v128.and(one, f64x2.eq(ownHigh, class_)));
      const a = v128.and(f64x2.mul(first, scales), thereLow);
      const b = v128.and(f64x2.mul(second, scales), thereHigh);
      v128.store(last.delta + k + at, inFour(a, b));
      from += 32;
      number += 1;
    }
  }
  return lanes<f64>(f64x2.add(low, high));
}

/** max(z, 0) - z t + log(1 + e^-|z|), where t is the class; the derivative is the logistic function of z, less t. */
function logistic(last: Layer, count: i32, targets: usize, scale: f64): f64 {
  const row = (<usize>padded(count)) << 2;
  const scales = f64x2.splat(scale);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let at: usize = 0; at < row; at += 16) {
    const z = v128.load(last.after + at);
    const own = v128.load(targets + at);
    const thereLow = within(at, 0, count);
    const thereHigh = within(at, 2, count);
    low = f64x2.add(low, v128.and(logisticLoss(firstTwo(z), firstTwo(own)), thereLow));
    const a = v128.and(f64x2.mul(slope, scales), thereLow);
    high = f64x2.add(high, v128.and(logisticLoss(lastTwo(z), lastTwo(own)), thereHigh));
    const b = v128.and(f64x2.mul(slope, scales), thereHigh);
    v128.store(last.delta + at, inFour(a, b));
  }
  return lanes<f64>(f64x2.add(low, high));
}

/** The derivative where `logisticLoss` was last asked for. */
let slope: v128 = f64x2.splat(0);

// @ts-ignore: decorator
@inline
function logisticLoss(z: v128, target: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const e = exp(f64x2.neg(f64x2.abs(z)));
  const share = f64x2.div(v128.bitselect(e, one, f64x2.lt(z, zero)), f64x2.add(one, e));
  slope = f64x2.sub(share, target);
  return f64x2.add(f64x2.sub(f64x2.pmax(z, zero), f64x2.mul(z, target)), logOnePlus(e));
}

// @ts-ignore: decorator
@inline
function firstTwo(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

// @ts-ignore: decorator
@inline
function lastTwo(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1));
}

// @ts-ignore: decorator
@inline
function inFour(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** All bits of a lane where its sample, two of them from `first` on behind the byte `at`, is one of `count`. */
// @ts-ignore: decorator
@inline
function within(at: usize, first: i32, count: i32): v128 {
  const sample = <i64>(at >> 2) + <i64>first;
  return i64x2.lt_s(i64x2.add(i64x2.splat(sample), i64x2(0, 1)), i64x2.splat(<i64>count));
}

/**
 * Adds the samples of a pass to a table of `classes` by `classes` numbers, i32: along the rows their own class, across the one
 * that the outputs stand for, of several the first of the largest, of one the second where it is positive.
 */
export function countClasses(count: i32, targets: usize, classes: i32, table: usize): void {
  const last = layerAt(depth - 1);
  const wide = padded(count);
  for (let i = 0; i < count; i += 1) {
    const own = each > 1 ? largest(targets, i, wide, each) : <i32>load<f32>(targets + ((<usize>i) << 2));
    const told = largest(last.after, i, wide, last.outputs);
    const at = table + ((<usize>(own * classes + told)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

function largest(numbers: usize, i: i32, wide: i32, count: i32): i32 {
  const at = numbers + ((<usize>i) << 2);
  let most = load<f32>(at);
  if (count === 1) return most > 0 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < count; k += 1) {
    const value = load<f32>(at + ((<usize>(k * wide)) << 2));
    if (value > most) {
      most = value;
      best = k;
    }
  }
  return best;
}
