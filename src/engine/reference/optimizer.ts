/** PyTorch's update rules (torch/optim/sgd.py and adam.py), with dampening 0 and neither Nesterov nor AMSGrad. */
import type { Optimizer } from '../engine.js';

/** Changes the parameters by one step along a gradient. */
export type Update = (parameters: Float64Array, gradient: Float64Array) => void;

/** The rule with its own memory, zero at first, for the parameters from index `first` up to `count`. */
export function updateRule(optimizer: Optimizer, first: number, count: number): Update {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.momentum === 0 ? plainSgd(optimizer, first, count) : momentumSgd(optimizer, first, count);
    case 'adam':
      return adam(optimizer, first, count);
  }
}

type Sgd = Extract<Optimizer, { kind: 'sgd' }>;
type Adam = Extract<Optimizer, { kind: 'adam' }>;

function plainSgd({ rate, weightDecay }: Sgd, first: number, count: number): Update {
  return (parameters, gradient) => {
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      parameters[i] = p - rate * (gradient[i]! + weightDecay * p);
    }
  };
}

function momentumSgd({ rate, momentum, weightDecay }: Sgd, first: number, count: number): Update {
  // PyTorch starts the buffer as the first gradient; from zero the first step gives the same.
  const buffer = new Float64Array(count);
  return (parameters, gradient) => {
    for (let i = first; i < count; i++) {
      const p = parameters[i]!;
      const velocity = momentum * buffer[i]! + (gradient[i]! + weightDecay * p);
      buffer[i] = velocity;
      parameters[i] = p - rate * velocity;
    }
  };
}

function adam({ rate, betas, epsilon, weightDecay }: Adam, first: number, count: number): Update {
  const [beta1, beta2] = betas;
  const mean = new Float64Array(count);
  const square = new Float64Array(count);
  // beta^step, multiplied up, as the power function of a host may differ from another's.
  let power1 = 1;
  let power2 = 1;
  return (parameters, gradient) => {
    power1 *= beta1;
    power2 *= beta2;
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
