/** PyTorch's update rules (torch/optim/sgd.py, adam.py, adamw.py and rmsprop.py), with dampening 0 and without AMSGrad. */
import type { Optimizer } from '../engine.js';
import { type ByRule, byRule } from '../update-rule.js';

/** Changes the parameters by one step along a gradient, at the rate of this step. */
export type Update = (parameters: Float64Array, gradient: Float64Array, rate: number) => void;

interface Rule {
  /** What it remembers between steps of `count` parameters, as it is before the first. */
  memory(count: number): Float64Array;
  /** The rule for the parameters from index `first` up to `count`. */
  update(first: number, count: number, memory: Float64Array): Update;
}

const rules: ByRule<Rule> = {
  // Momentum's buffer.
  sgd: (optimizer) => ({
    memory: (count) => new Float64Array(optimizer.momentum === 0 ? 0 : count),
    update: (first, count, memory) =>
      optimizer.momentum === 0 ? plainSgd(optimizer, first, count) : momentumSgd(optimizer, first, count, memory),
  }),
  adam: (optimizer) => adam({ ...optimizer, decoupled: false }),
  adamw: (optimizer) => adam({ ...optimizer, decoupled: true }),
  // The mean square, momentum's buffer and the mean, as far as they are needed.
  rmsprop: (optimizer) => ({
    memory: (count) =>
      new Float64Array(count * (1 + (optimizer.momentum === 0 ? 0 : 1) + (optimizer.centered ? 1 : 0))),
    update: (first, count, memory) => rmsprop(optimizer, first, count, memory),
  }),
};

/** What the rule remembers between steps, as it is before the first. */
export function ruleMemory(optimizer: Optimizer, count: number): Float64Array {
  return byRule(rules, optimizer).memory(count);
}

/** The rule for the parameters from index `first` up to `count`; `memory` is its `ruleMemory`. */
export function updateRule(optimizer: Optimizer, first: number, count: number, memory: Float64Array): Update {
  return byRule(rules, optimizer).update(first, count, memory);
}

type Sgd = Optimizer<'sgd'>;
type Adam = Omit<Optimizer<'adam'>, 'kind'> & { readonly decoupled: boolean };

function plainSgd({ weightDecay }: Sgd, first: number, count: number): Update {
  return (parameters, gradient, rate) => {
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      parameters[i] = p - rate * (gradient[i]! + weightDecay * p);
    }
  };
}

// PyTorch starts the buffer as the first gradient; from zero the first step gives the same.
function momentumSgd(
  { momentum, nesterov = false, weightDecay }: Sgd,
  first: number,
  count: number,
  buffer: Float64Array,
): Update {
  return (parameters, gradient, rate) => {
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      const g = gradient[i]! + weightDecay * p;
      const velocity = momentum * buffer[i]! + g;
      buffer[i] = velocity;
      parameters[i] = p - rate * (nesterov ? g + momentum * velocity : velocity);
    }
  };
}

/** Its memory: two moments and the powers of the betas. */
function adam(optimizer: Adam): Rule {
  return {
    memory: (count) => new Float64Array(2 * count + 2).fill(1, 2 * count),
    update: (first, count, memory) => adamUpdate(optimizer, first, count, memory),
  };
}

function adamUpdate(
  { betas, epsilon, weightDecay, decoupled }: Adam,
  first: number,
  count: number,
  memory: Float64Array,
): Update {
  const [beta1, beta2] = betas;
  const coupled = decoupled ? 0 : weightDecay;
  const mean = memory.subarray(0, count);
  const square = memory.subarray(count, 2 * count);
  // beta^step, multiplied up, as the power function of a host may differ from another's.
  const powers = memory.subarray(2 * count);
  return (parameters, gradient, rate) => {
    const power1 = powers[0]! * beta1;
    const power2 = powers[1]! * beta2;
    powers[0] = power1;
    powers[1] = power2;
    const stepSize = rate / (1 - power1);
    const correction = Math.sqrt(1 - power2);
    const shrink = decoupled ? 1 - rate * weightDecay : 1;
    for (let i = first; i < count; i++) {
      const p = shrink * parameters[i]!;
      const g = gradient[i]! + coupled * p;
      const m = mean[i]! + (g - mean[i]!) * (1 - beta1);
      const v = beta2 * square[i]! + (1 - beta2) * g * g;
      mean[i] = m;
      square[i] = v;
      parameters[i] = p - (stepSize * m) / (Math.sqrt(v) / correction + epsilon);
    }
  };
}

function rmsprop(
  { alpha, epsilon, momentum, centered, weightDecay }: Optimizer<'rmsprop'>,
  first: number,
  count: number,
  memory: Float64Array,
): Update {
  const square = memory.subarray(0, count);
  const buffer = momentum === 0 ? undefined : memory.subarray(count, 2 * count);
  const mean = centered ? memory.subarray(memory.length - count) : undefined;
  return (parameters, gradient, rate) => {
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      const g = gradient[i]! + weightDecay * p;
      const v = alpha * square[i]! + (1 - alpha) * g * g;
      square[i] = v;
      let spread = v;
      if (mean !== undefined) {
        const m = mean[i]! + (g - mean[i]!) * (1 - alpha);
        mean[i] = m;
        spread = v - m * m;
      }
      let step = g / (Math.sqrt(spread) + epsilon);
      if (buffer !== undefined) {
        step = momentum * buffer[i]! + step;
        buffer[i] = step;
      }
      parameters[i] = p - rate * step;
    }
  };
}
