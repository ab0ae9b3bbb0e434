/** Training in float32: from one checkpoint to the next without leaving the module. */
import { chosen, drawBatch, size } from './batches';
import { RELU } from './codes';
import { clearHinge, hingeBackward, hingeForward, hingeGradient, openHinge } from './hinge';
import { clearKinks, kinksBackward, kinksForward, kinksGradient, openKinks } from './kinks';
import { padded, reserve } from './memory';
import { lanes, total, transpose } from './multiply';
import { activation, columns, depth, hasKinks, layerAt, parameterBytes, parameters } from './network';
import { openMoments, update } from './optimizer';
import { addGradient, backward, forward } from './pass';
import { gatherSorted, openSorted } from './sorted-samples';

/** The training samples: inputs row-major, float32. */
let inputs: usize = 0;
let targets: usize = 0;
let width: i32 = 0;
/** The samples of one pass, feature-major, and their targets. */
let passInputs: usize = 0;
let passTargets: usize = 0;
let distance: usize = 0;
/** The first layer that moves. */
let first: i32 = 0;
let isHinge: bool = false;
let isKinks: bool = false;
let loss: f64 = 0;

/** The mean squared error of the last step's minibatch, before its update. */
export function batchLoss(): f64 {
  return loss;
}

export function openTraining(inputsAt: usize, targetsAt: usize, samples: i32, firstLayer: i32): void {
  inputs = inputsAt;
  targets = targetsAt;
  first = firstLayer;
  width = layerAt(0).inputs;
  passInputs = reserve(<usize>columns * <usize>width * 4);
  passTargets = reserve(<usize>columns * 4);
  const gradients = reserve(parameterBytes);
  distance = gradients - parameters;
  const moving = layerAt(first).weight;
  openMoments(moving, moving + distance, parameters + parameterBytes - moving);
  isHinge = depth === 2 && width === 1 && activation === RELU && first === 0;
  if (isHinge) openHinge();
  isKinks = hasKinks && first === 0;
  if (isKinks) {
    openKinks();
    openSorted(samples, inputs, targets);
  }
}

/**
 * Takes up to `steps` steps and returns how many it took: fewer when a loss is not finite in float32, whose step then
 * changed nothing.
 */
export function train(steps: i32): i32 {
  for (let step = 0; step < steps; step += 1) {
    drawBatch();
    if (!takeStep()) return step;
  }
  return steps;
}

function takeStep(): bool {
  let sum: f64 = 0;
  let bias: f32 = 0;
  const scale = <f32>(2.0 / <f64>size);
  if (isHinge) clearHinge();
  else if (isKinks) clearKinks();
  for (let start = 0; start < size; start += columns) {
    const count = min(columns, size - start);
    if (isKinks) gatherSorted(start, count, passInputs, passTargets);
    else gather(start, count);
    if (isHinge) hingeForward(passInputs, count);
    else if (isKinks) kinksForward(passInputs, count);
    else forward<f32>(passInputs, count);
    sum += residuals(count, scale);
    if (isHinge) {
      hingeBackward(passInputs, count);
      bias += total<f32>(<usize>padded(count) * 4, layerAt(1).delta);
    } else if (isKinks) {
      kinksBackward(passInputs, count, distance, start > 0);
      bias += total<f32>(<usize>padded(count) * 4, layerAt(2).delta);
    } else {
      backward<f32>(count, first);
      addGradient(passInputs, count, first, distance, start > 0);
    }
  }
  loss = sum / <f64>size;
  if (!isFinite<f32>(<f32>loss)) return false;
  if (isHinge) hingeGradient(distance, bias);
  else if (isKinks) kinksGradient(distance, bias);
  update();
  return true;
}

/** Copies the batch's samples from `start` on into the pass; beyond `count` they are zero. */
function gather(start: i32, count: i32): void {
  const wide = padded(count);
  const rows = layerAt(0).rows;
  const stride = layerAt(0).stride;
  for (let i = 0; i < count; i += 1) {
    const sample = load<i32>(chosen + ((<usize>(start + i)) << 2));
    store<f32>(passTargets + ((<usize>i) << 2), load<f32>(targets + ((<usize>sample) << 2)));
    if (width === 1) {
      store<f32>(passInputs + ((<usize>i) << 2), load<f32>(inputs + ((<usize>sample) << 2)));
    } else if (rows !== 0) {
      memory.copy(rows + ((<usize>i * <usize>stride) << 2), inputs + ((<usize>sample * <usize>width) << 2), <usize>width << 2);
    } else {
      for (let k = 0; k < width; k += 1) {
        const value = load<f32>(inputs + ((<usize>sample * <usize>width + <usize>k) << 2));
        store<f32>(passInputs + ((<usize>k * <usize>wide + <usize>i) << 2), value);
      }
    }
  }
  if (width > 1 && rows !== 0) transpose<f32>(count, width, rows, <usize>stride << 2, passInputs, <usize>wide << 2);
  for (let k = 0; k < width; k += 1) {
    for (let i = count; i < wide; i += 1) store<f32>(passInputs + ((<usize>k * <usize>wide + <usize>i) << 2), 0);
  }
}

/**
 * The sum of the squared residuals, in float64 and four running sums, added at the end; the deltas of the output become
 * their derivative. Beyond `count` outputs are set to their targets, zero, so that they count nothing.
 */
function residuals(count: i32, scale: f32): f64 {
  const last = layerAt(depth - 1);
  const wide = padded(count);
  for (let i = count; i < wide; i += 1) {
    store<f32>(last.after + ((<usize>i) << 2), 0);
    store<f32>(passTargets + ((<usize>i) << 2), 0);
  }
  const scales = f32x4.splat(scale);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let at: usize = 0; at < (<usize>wide) << 2; at += 16) {
    const residual = f32x4.sub(v128.load(last.after + at), v128.load(passTargets + at));
    v128.store(last.delta + at, f32x4.mul(residual, scales));
    const first = f64x2.promote_low_f32x4(residual);
    const second = f64x2.promote_low_f32x4(v128.shuffle<i64>(residual, residual, 1, 1));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  return lanes<f64>(f64x2.add(low, high));
}

/** The mean squared error over n samples, inputs row-major: float32 outputs, summed in float64. */
export function meanSquaredError(samples: usize, expected: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let start = 0; start < n; start += columns) {
    const count = min(columns, n - start);
    const wide = padded(count);
    transpose<f32>(count, width, samples + ((<usize>start * <usize>width) << 2), <usize>width << 2, passInputs, <usize>wide << 2);
    if (isHinge) hingeForward(passInputs, count);
    else forward<f32>(passInputs, count);
    memory.copy(passTargets, expected + ((<usize>start) << 2), (<usize>count) << 2);
    sum += residuals(count, 1);
  }
  return sum / <f64>n;
}
