/**
 * The activations and their derivatives, as PyTorch defines them: relu'(0) = 0, leaky-relu has slope 0.01, gelu is the
 * exact x (1 + erf(x / sqrt 2)) / 2, softplus has beta 1 and is the identity above 20.
 */
import type { Activation } from './network.js';
import { erf } from './transcendental/erf.js';
import { exp } from './transcendental/exp.js';
import { softplus } from './transcendental/softplus.js';
import { tanh } from './transcendental/tanh.js';

const leakySlope = 0.01;
const rootHalf = 0.7071067811865476;
/** 1 / sqrt(2 pi) */
const gaussPeak = 0.3989422804014327;

/** The distribution function of the standard normal, to about 1e-16 absolute. */
const normalDistribution = (x: number): number => 0.5 * (1 + erf(x * rootHalf));

/** The derivative of softplus at x: the logistic function, and 1 above PyTorch's threshold. */
function softplusSlope(x: number): number {
  if (x > 20) return 1;
  const e = exp(x);
  return e / (1 + e);
}

/** The activation of one number. */
export function activate(activation: Activation, x: number): number {
  switch (activation) {
    case 'relu':
      return x > 0 || Number.isNaN(x) ? x : 0;
    case 'leaky-relu':
      return x > 0 ? x : leakySlope * x;
    case 'tanh':
      return tanh(x);
    case 'gelu':
      return x * normalDistribution(x);
    case 'softplus':
      return softplus(x);
    case 'identity':
      return x;
  }
}

/** The derivative of the activation at one number. */
export function activationDerivative(activation: Activation, x: number): number {
  switch (activation) {
    case 'relu':
      return x > 0 ? 1 : 0;
    case 'leaky-relu':
      return x > 0 ? 1 : leakySlope;
    case 'tanh': {
      const value = tanh(x);
      return 1 - value * value;
    }
    case 'gelu':
      return normalDistribution(x) + x * gaussPeak * exp(-0.5 * x * x);
    case 'softplus':
      return softplusSlope(x);
    case 'identity':
      return 1;
  }
}

/** after[i] = activation(before[i]) for the first `count` numbers. */
export function activateAll(activation: Activation, before: Float64Array, after: Float64Array, count: number): void {
  if (activation === 'relu') {
    // Math.max keeps NaN, so that a run that diverges shows it, and unlike a comparison costs no mispredicted branch.
    for (let i = 0; i < count; i++) after[i] = Math.max(0, before[i]!);
    return;
  }
  for (let i = 0; i < count; i++) after[i] = activate(activation, before[i]!);
}

/** delta[i] *= activation'(before[i]) for the first `count` numbers; `after` are the activations, for tanh' = 1 - tanh^2. */
export function timesDerivative(
  activation: Activation,
  before: Float64Array,
  after: Float64Array,
  delta: Float64Array,
  count: number,
): void {
  if (activation === 'relu') {
    for (let i = 0; i < count; i++) if (before[i]! <= 0) delta[i] = 0;
  } else if (activation === 'tanh') {
    for (let i = 0; i < count; i++) delta[i] = delta[i]! * (1 - after[i]! * after[i]!);
  } else {
    for (let i = 0; i < count; i++) delta[i] = delta[i]! * activationDerivative(activation, before[i]!);
  }
}
