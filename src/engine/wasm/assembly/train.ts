/** Training in float32: from one checkpoint to the next without leaving the module. */
import { chosen, drawBatch, size } from './batches';
import { RELU } from './codes';
import { clearHinge, hingeBackward, hingeForward, hingeGradient, openHinge } from './hinge';
import { clearKinks, kinksBackward, kinksForward, kinksGradient, openKinks } from './kinks';
import { padded, reserve } from './memory';
import { countClasses, each, lossSum, openLoss, termsOf } from './loss';
import { total, transpose } from './multiply';
import { columns, depth, hasKinks, layerAt, parameterBytes, parameters } from './network';
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

/** The loss of the last step's minibatch, before its update. */
export function batchLoss(): f64 {
  return loss;
}

export function openTraining(inputsAt: usize, targetsAt: usize, samples: i32, firstLayer: i32, lossKind: i32): void {
  inputs = inputsAt;
  targets = targetsAt;
  first = firstLayer;
  width = layerAt(0).inputs;
  passInputs = reserve(<usize>columns * <usize>width * 4);
  openLoss(lossKind);
  passTargets = reserve(<usize>columns * <usize>each * 4);
  const gradients = reserve(parameterBytes);
  distance = gradients - parameters;
  const moving = layerAt(first).weight;
  openMoments(moving, moving + distance, parameters + parameterBytes - moving);
  isHinge = depth === 2 && width === 1 && layerAt(1).outputs === 1 && layerAt(0).activation === RELU && first === 0;
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
  const terms = termsOf(size);
  if (isHinge) clearHinge();
  else if (isKinks) clearKinks();
  for (let start = 0; start < size; start += columns) {
    const count = min(columns, size - start);
    if (isKinks) gatherSorted(start, count, passInputs, passTargets);
    else gather(start, count);
    if (isHinge) hingeForward(passInputs, count);
    else if (isKinks) kinksForward(passInputs, count);
    else forward<f32>(passInputs, count);
    sum += lossSum(count, passTargets, terms);
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
  loss = sum / terms;
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
    for (let k = 0; k < each; k += 1) {
      const target = load<f32>(targets + ((<usize>(sample * each + k)) << 2));
      store<f32>(passTargets + ((<usize>(k * wide + i)) << 2), target);
    }
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
 * The loss over n samples, inputs row-major: float32 outputs, everything else in float64. With `classes` they are counted in the
 * table, which must be zero.
 */
export function measure(samples: usize, expected: usize, n: i32, classes: i32, table: usize): f64 {
  let sum: f64 = 0;
  for (let start = 0; start < n; start += columns) {
    const count = min(columns, n - start);
    const wide = padded(count);
    transpose<f32>(count, width, samples + ((<usize>start * <usize>width) << 2), <usize>width << 2, passInputs, <usize>wide << 2);
    if (isHinge) hingeForward(passInputs, count);
    else forward<f32>(passInputs, count);
    const from = expected + ((<usize>start * <usize>each) << 2);
    if (each === 1) memory.copy(passTargets, from, (<usize>count) << 2);
    else transpose<f32>(count, each, from, (<usize>each) << 2, passTargets, (<usize>wide) << 2);
    sum += lossSum(count, passTargets, termsOf(n));
    if (classes > 0) countClasses(count, passTargets, classes, table);
  }
  return sum / termsOf(n);
}
