/**
 * The activations and their derivatives, as PyTorch defines them: relu'(0) = 0, leaky-relu has slope 0.01, gelu is the
 * exact x (1 + erf(x / sqrt 2)) / 2, softplus has beta 1 and is the identity above 20.
 */
import { entryOf } from '../shared/entry-of.js';
import { type Activation, activationsOf, type Network } from './network.js';
import { erf } from './transcendental/erf.js';
import { exp } from './transcendental/exp.js';
import { cos, sin } from './transcendental/sin.js';
import { softplus } from './transcendental/softplus.js';
import { tanh } from './transcendental/tanh.js';

interface Definition {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  /** Of an activation that is x above 0 and bends there: its slope below. */
  readonly slopeBelow?: number;
}

const leakySlope = 0.01;
const rootHalf = 0.7071067811865476;
/** 1 / sqrt(2 pi) */
const gaussPeak = 0.3989422804014327;
/** 2 / sqrt(pi) */
const erfSlope = 1.1283791670955126;

/** The distribution function of the standard normal, to about 1e-16 absolute. */
const normalDistribution = (x: number): number => 0.5 * (1 + erf(x * rootHalf));

/** 1 / (1 + e^-x), by whichever exponential is at most 1. */
function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

const definitions: Readonly<Record<Activation, Definition>> = {
  relu: {
    value: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
    derivative: (x) => (x > 0 ? 1 : 0),
    slopeBelow: 0,
  },
  'leaky-relu': {
    value: (x) => (x > 0 ? x : leakySlope * x),
    derivative: (x) => (x > 0 ? 1 : leakySlope),
    slopeBelow: leakySlope,
  },
  tanh: {
    value: tanh,
    derivative: (x) => {
      const value = tanh(x);
      return 1 - value * value;
    },
  },
  gelu: {
    value: (x) => x * normalDistribution(x),
    derivative: (x) => normalDistribution(x) + x * gaussPeak * exp(-0.5 * x * x),
  },
  softplus: {
    value: softplus,
    // The logistic function, and 1 above PyTorch's threshold.
    derivative: (x) => {
      if (x > 20) return 1;
      const e = exp(x);
      return e / (1 + e);
    },
  },
  identity: { value: (x) => x, derivative: () => 1 },
  sigmoid: {
    value: logistic,
    derivative: (x) => {
      const value = logistic(x);
      return value * (1 - value);
    },
  },
  silu: {
    value: (x) => x * logistic(x),
    derivative: (x) => {
      const value = logistic(x);
      return value * (1 + x * (1 - value));
    },
  },
  erf: {
    value: erf,
    derivative: (x) => erfSlope * exp(-x * x),
  },
  sine: { value: sin, derivative: cos },
};

/** Apart from the others: no page needs them. */
const secondDerivatives: Readonly<Record<Activation, (x: number) => number>> = {
  relu: () => 0,
  'leaky-relu': () => 0,
  tanh: (x) => {
    const value = tanh(x);
    return -2 * value * (1 - value * value);
  },
  gelu: (x) => (2 - x * x) * gaussPeak * exp(-0.5 * x * x),
  softplus: (x) => {
    if (x > 20) return 0;
    const value = logistic(x);
    return value * (1 - value);
  },
  identity: () => 0,
  sigmoid: (x) => {
    const value = logistic(x);
    return value * (1 - value) * (1 - 2 * value);
  },
  silu: (x) => {
    const value = logistic(x);
    return value * (1 - value) * (2 + x * (1 - 2 * value));
  },
  erf: (x) => -2 * x * erfSlope * exp(-x * x),
  sine: (x) => -sin(x),
};

const definitionOf = (activation: Activation): Definition => entryOf(definitions, activation, 'activation');

/** Throws a RangeError when a network that no compiler has checked has activations that are not there, or too many or few. */
export function checkActivations({ hidden, activation }: Pick<Network, 'hidden' | 'activation'>): void {
  if (typeof activation === 'string') definitionOf(activation);
  else activationsOf({ hidden, activation }).forEach(definitionOf);
}

/** The activation of one number. */
export function activate(activation: Activation, x: number): number {
  return definitionOf(activation).value(x);
}

/** The derivative of the activation at one number. */
export function activationDerivative(activation: Activation, x: number): number {
  return definitionOf(activation).derivative(x);
}

/**
 * Of each hidden layer the slope below 0 of its units; undefined unless those of every layer bend there, so that the
 * network is piecewise linear.
 */
export function slopesBelowZero(network: Network): readonly number[] | undefined {
  const slopes = activationsOf(network).map((activation) => definitionOf(activation).slopeBelow);
  return slopes.every((slope) => slope !== undefined) ? slopes : undefined;
}

/** after[i] = activation(before[i]) for the first `count` numbers. */
export function activateAll(activation: Activation, before: Float64Array, after: Float64Array, count: number): void {
  if (activation === 'relu') {
    // Math.max keeps NaN, so that a run that diverges shows it, and unlike a comparison costs no mispredicted branch.
    for (let i = 0; i < count; i++) after[i] = Math.max(0, before[i]!);
    return;
  }
  const { value } = definitionOf(activation);
  for (let i = 0; i < count; i++) after[i] = value(before[i]!);
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
    const { derivative } = definitionOf(activation);
    for (let i = 0; i < count; i++) delta[i] = delta[i]! * derivative(before[i]!);
  }
}

/** delta[i] *= activation''(before[i]) for the first `count` numbers; 0 where the first derivative jumps. */
export function timesSecondDerivative(
  activation: Activation,
  before: Float64Array,
  delta: Float64Array,
  count: number,
): void {
  const secondDerivative = entryOf(secondDerivatives, activation, 'activation');
  for (let i = 0; i < count; i++) delta[i] = delta[i]! * secondDerivative(before[i]!);
}
