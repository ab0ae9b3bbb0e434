/**
 * PyTorch's update rules in float32 (torch/optim/sgd.py, adam.py, adamw.py and rmsprop.py), as in src/engine/reference/optimizer.ts, with one
 * difference: what rounding takes from a parameter is carried to its next update (W. Kahan, "Further remarks on reducing
 * truncation errors", Communications of the ACM 8, 1965). Without it equal small updates are all rounded the same way;
 * 1,000 steps of Adam then drift by 3e-5.
 */
import { ADAM, ADAMW, CENTERED_RMSPROP, MOMENTUM, NESTEROV, RMSPROP, SGD } from './codes';
import { reserve } from './memory';

let kind: i32 = SGD;
let rate: f64 = 0;
/** Where the rates of the next steps are, float64; 0 where the rate never changes. */
let rates: usize = 0;
let weightDecay: f64 = 0;
/** Momentum, or Adam's two; RMSprop has its alpha in the second. */
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
let third: usize = 0;
/** What rounding has taken from each parameter. */
let carried: usize = 0;
/** What each gradient is multiplied by; 0 where that is 1. */
let factors: usize = 0;

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
  const isRmsprop = kind === RMSPROP || kind === CENTERED_RMSPROP;
  if (kind !== SGD && (!isRmsprop || beta1 !== 0)) first = reserve(size);
  if (kind === ADAM || kind === ADAMW || isRmsprop) second = reserve(size);
  if (kind === CENTERED_RMSPROP) third = reserve(size);
}

/** The rates of the steps to come lie at this place. */
export function setRates(at: usize): void {
  rates = at;
}

/** What stands in place of the parameters is from now on what each gradient is multiplied by. */
export function keepFactors(): void {
  factors = reserve(bytes);
  memory.copy(factors, parameters, bytes);
}

function multiplyGradients(): void {
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const at = gradients + offset;
    v128.store(at, f32x4.mul(v128.load(at), v128.load(factors + offset)));
  }
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
  if (rates !== 0) {
    rate = load<f64>(rates);
    rates += 8;
  }
  if (factors !== 0) multiplyGradients();
  if (kind === ADAM || kind === ADAMW) adam();
  else if (kind === MOMENTUM || kind === NESTEROV) roll();
  else if (kind === RMSPROP || kind === CENTERED_RMSPROP) rmsprop();
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
  const ahead = kind === NESTEROV;
  let moment = first;
  for (let left = bytes; left > 0; left -= 16) {
    const p = v128.load(at);
    let g = v128.load(along);
    if (decays) g = f32x4.add(g, f32x4.mul(decay, p));
    const velocity = f32x4.add(f32x4.mul(keep, v128.load(moment)), g);
    v128.store(moment, velocity);
    move(at, lost, p, f32x4.mul(down, ahead ? f32x4.add(g, f32x4.mul(keep, velocity)) : velocity));
    at += 16;
    along += 16;
    lost += 16;
    moment += 16;
  }
}

function adam(): void {
  const decay = f32x4.splat(<f32>weightDecay);
  const decays = kind === ADAM && weightDecay !== 0;
  const shrinks = kind === ADAMW && weightDecay !== 0;
  const shrink = f32x4.splat(<f32>(-rate * weightDecay));
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
    let by = f32x4.div(f32x4.mul(step, m), scale);
    if (shrinks) by = f32x4.add(f32x4.mul(shrink, p), by);
    move(at, lost, p, by);
    at += 16;
    along += 16;
    lost += 16;
    mean += 16;
    square += 16;
  }
}

function rmsprop(): void {
  const decay = f32x4.splat(<f32>weightDecay);
  const decays = weightDecay !== 0;
  const down = f32x4.splat(<f32>-rate);
  const roll = f32x4.splat(<f32>beta1);
  const keep = f32x4.splat(<f32>beta2);
  const rest = f32x4.splat(<f32>(1 - beta2));
  const eps = f32x4.splat(<f32>epsilon);
  let lost = carried;
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const p = v128.load(parameters + offset);
    let g = v128.load(gradients + offset);
    if (decays) g = f32x4.add(g, f32x4.mul(decay, p));
    const v = f32x4.add(f32x4.mul(v128.load(second + offset), keep), f32x4.mul(f32x4.mul(g, g), rest));
    v128.store(second + offset, v);
    let spread = v;
    if (third !== 0) {
      let m = v128.load(third + offset);
      m = f32x4.add(m, f32x4.mul(f32x4.sub(g, m), rest));
      v128.store(third + offset, m);
      spread = f32x4.sub(v, f32x4.mul(m, m));
    }
    let along = f32x4.div(g, f32x4.add(f32x4.sqrt(spread), eps));
    if (first !== 0) {
      along = f32x4.add(f32x4.mul(roll, v128.load(first + offset)), along);
      v128.store(first + offset, along);
    }
    move(parameters + offset, lost, p, f32x4.mul(down, along));
    lost += 16;
  }
}

/** Bytes of each of the rule's memories, which hold all that the next updates need besides the parameters. */
export function memoryBytes(): usize {
  return bytes;
}

/** What rounding has taken (0), and the first, second and third moments; 0 for one that this rule does not have. */
export function memoryAt(which: i32): usize {
  return which === 0 ? carried : which === 1 ? first : which === 2 ? second : third;
}

export function powerOf(beta: i32): f64 {
  return beta === 1 ? power1 : power2;
}

export function setPowers(first: f64, second: f64): void {
  power1 = first;
  power2 = second;
}
