/** PyTorch's update rules (torch/optim/sgd.py and adam.py), with dampening 0 and neither Nesterov nor AMSGrad. */
import type { Optimizer } from '../engine.js';
import { type ByRule, byRule } from '../update-rule.js';

/** Changes the parameters by one step along a gradient. */
export type Update = (parameters: Float64Array, gradient: Float64Array) => void;

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
  // Its moments and the powers of its betas.
  adam: (optimizer) => ({
    memory: (count) => new Float64Array(2 * count + 2).fill(1, 2 * count),
    update: (first, count, memory) => adam(optimizer, first, count, memory),
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
type Adam = Optimizer<'adam'>;

function plainSgd({ rate, weightDecay }: Sgd, first: number, count: number): Update {
  return (parameters, gradient) => {
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      parameters[i] = p - rate * (gradient[i]! + weightDecay * p);
    }
  };
}

// PyTorch starts the buffer as the first gradient; from zero the first step gives the same.
function momentumSgd({ rate, momentum, weightDecay }: Sgd, first: number, count: number, buffer: Float64Array): Update {
  return (parameters, gradient) => {
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      const velocity = momentum * buffer[i]! + (gradient[i]! + weightDecay * p);
      buffer[i] = velocity;
      parameters[i] = p - rate * velocity;
    }
  };
}

function adam({ rate, betas, epsilon, weightDecay }: Adam, first: number, count: number, memory: Float64Array): Update {
  const [beta1, beta2] = betas;
  const mean = memory.subarray(0, count);
  const square = memory.subarray(count, 2 * count);
  // beta^step, multiplied up, as the power function of a host may differ from another's.
  const powers = memory.subarray(2 * count);
  return (parameters, gradient) => {
    const power1 = powers[0]! * beta1;
    const power2 = powers[1]! * beta2;
    powers[0] = power1;
    powers[1] = power2;
    const stepSize = rate / (1 - power1);
    const correction = Math.sqrt(1 - power2);
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      const g = gradient[i]! + weightDecay * p;
      const m = mean[i]! + (g - mean[i]!) * (1 - beta1);
      const v = beta2 * square[i]! + (1 - beta2) * g * g;
      mean[i] = m;
      square[i] = v;
      parameters[i] = p - (stepSize * m) / (Math.sqrt(v) / correction + epsilon);
    }
  };
}
