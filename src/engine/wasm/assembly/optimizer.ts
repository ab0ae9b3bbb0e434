/**
 * PyTorch's update rules in float32 (torch/optim/sgd.py and adam.py), as in src/engine/reference/optimizer.ts, with one
 * difference: what rounding takes from a parameter is carried to its next update (W. Kahan, "Further remarks on reducing
 * truncation errors", Communications of the ACM 8, 1965). Without it equal small updates are all rounded the same way;
 * 1,000 steps of Adam then drift by 3e-5.
 */
import { ADAM, MOMENTUM, SGD } from './codes';
import { reserve } from './memory';

let kind: i32 = SGD;
let rate: f64 = 0;
let weightDecay: f64 = 0;
/** Momentum, or Adam's two. */
let beta1: f64 = 0;
let beta2: f64 = 0;
let epsilon: f64 = 0;
/** beta1^step and beta2^step. */
let power1: f64 = 1;
let power2: f64 = 1;
/** What moves: parameters, and as many bytes of gradient and of moments. */
let parameters: usize = 0;
let gradients: usize = 0;
let bytes: usize = 0;
let first: usize = 0;
let second: usize = 0;
/** What rounding has taken from each parameter. */
let carried: usize = 0;

export function openOptimizer(rule: i32, learningRate: f64, decay: f64, b1: f64, b2: f64, eps: f64): void {
  kind = rule;
  rate = learningRate;
  weightDecay = decay;
  beta1 = b1;
  beta2 = b2;
  epsilon = eps;
}

export function openMoments(moving: usize, along: usize, size: usize): void {
  parameters = moving;
  gradients = along;
  bytes = size;
  carried = reserve(size);
  if (kind !== SGD) first = reserve(size);
  if (kind === ADAM) second = reserve(size);
}

/** Adds `by` to the parameters p at `at`; what rounding has taken from them is at `lost`. */
// @ts-ignore: decorator
@inline
function move(at: usize, lost: usize, p: v128, by: v128): void {
  const whole = f32x4.sub(by, v128.load(lost));
  const moved = f32x4.add(p, whole);
  v128.store(lost, f32x4.sub(f32x4.sub(moved, p), whole));
  v128.store(at, moved);
}

/** One step along the gradient. Traps for a rule that it does not know. */
export function update(): void {
  if (kind === ADAM) adam();
  else if (kind === MOMENTUM) roll();
  else if (kind === SGD) descend();
  else unreachable();
}

// In the loops addresses are locals: a global would be read again after every store.

function descend(): void {
  const down = f32x4.splat(<f32>-rate);
  const decay = f32x4.splat(<f32>weightDecay);
  const decays = weightDecay !== 0;
  let at = parameters;
  let along = gradients;
  let lost = carried;
  for (let left = bytes; left > 0; left -= 16) {
    const p = v128.load(at);
    let g = v128.load(along);
    if (decays) g = f32x4.add(g, f32x4.mul(decay, p));
    move(at, lost, p, f32x4.mul(down, g));
    at += 16;
    along += 16;
    lost += 16;
  }
}

function roll(): void {
  const down = f32x4.splat(<f32>-rate);
  const decay = f32x4.splat(<f32>weightDecay);
  const decays = weightDecay !== 0;
  const keep = f32x4.splat(<f32>beta1);
  let at = parameters;
  let along = gradients;
  let lost = carried;
  let moment = first;
  for (let left = bytes; left > 0; left -= 16) {
    const p = v128.load(at);
    let g = v128.load(along);
    if (decays) g = f32x4.add(g, f32x4.mul(decay, p));
    g = f32x4.add(f32x4.mul(keep, v128.load(moment)), g);
    v128.store(moment, g);
    move(at, lost, p, f32x4.mul(down, g));
    at += 16;
    along += 16;
    lost += 16;
    moment += 16;
  }
}

function adam(): void {
  const decay = f32x4.splat(<f32>weightDecay);
  const decays = weightDecay !== 0;
  power1 *= beta1;
  power2 *= beta2;
  const step = f32x4.splat(<f32>(-rate / (1 - power1)));
  const correction = f32x4.splat(<f32>sqrt(1 - power2));
  const toMean = f32x4.splat(<f32>(1 - beta1));
  const keep = f32x4.splat(<f32>beta2);
  const toSquare = f32x4.splat(<f32>(1 - beta2));
  const eps = f32x4.splat(<f32>epsilon);
  let at = parameters;
  let along = gradients;
  let lost = carried;
  let mean = first;
  let square = second;
  for (let left = bytes; left > 0; left -= 16) {
    const p = v128.load(at);
    let g = v128.load(along);
    if (decays) g = f32x4.add(g, f32x4.mul(decay, p));
    let m = v128.load(mean);
    m = f32x4.add(m, f32x4.mul(f32x4.sub(g, m), toMean));
    const v = f32x4.add(f32x4.mul(v128.load(square), keep), f32x4.mul(f32x4.mul(g, g), toSquare));
    v128.store(mean, m);
    v128.store(square, v);
    const scale = f32x4.add(f32x4.div(f32x4.sqrt(v), correction), eps);
    move(at, lost, p, f32x4.div(f32x4.mul(step, m), scale));
    at += 16;
    along += 16;
    lost += 16;
    mean += 16;
    square += 16;
  }
}

/** Bytes of each of the rule's memories, which hold all that the next updates need besides the parameters. */
export function memoryBytes(): usize {
  return bytes;
}

/** What rounding has taken (0), the first (1) and the second (2) moments; 0 for one that this rule does not have. */
export function memoryAt(which: i32): usize {
  return which === 0 ? carried : which === 1 ? first : second;
}

export function powerOf(beta: i32): f64 {
  return beta === 1 ? power1 : power2;
}

export function setPowers(first: f64, second: f64): void {
  power1 = first;
  power2 = second;
}
