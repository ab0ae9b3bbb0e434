/** The kernels' numbers (assembly/codes.ts) by the names of the lists that they stand for: the compiler asks for each name. */
import type { Loss } from '../../model/loss.js';
import type { Activation } from '../../model/network.js';
import type { Batches } from '../engine.js';
import type { ByRule } from '../update-rule.js';
import * as codes from './assembly/codes.js';

export const activationCodes: Readonly<Record<Activation, number>> = {
  relu: codes.RELU,
  'leaky-relu': codes.LEAKY_RELU,
  tanh: codes.TANH,
  gelu: codes.GELU,
  softplus: codes.SOFTPLUS,
  identity: codes.IDENTITY,
  sigmoid: codes.SIGMOID,
  silu: codes.SILU,
  erf: codes.ERF,
  sine: codes.SINE,
};

/** The rule and its two betas and epsilon, as `openOptimizer` takes them. */
export const rules: ByRule<readonly [code: number, beta1: number, beta2: number, epsilon: number]> = {
  sgd: ({ momentum, nesterov }) => {
    const rolling = nesterov === true ? codes.NESTEROV : codes.MOMENTUM;
    return [momentum === 0 ? codes.SGD : rolling, momentum, 0, 0];
  },
  adam: ({ betas, epsilon }) => [codes.ADAM, ...betas, epsilon],
  adamw: ({ betas, epsilon }) => [codes.ADAMW, ...betas, epsilon],
  // The momentum and alpha stand where the others have their betas.
  rmsprop: ({ momentum, alpha, epsilon, centered }) => [
    centered ? codes.CENTERED_RMSPROP : codes.RMSPROP,
    momentum,
    alpha,
    epsilon,
  ],
};

export const lossCodes: Readonly<Record<Loss, number>> = {
  mse: codes.MSE,
  'cross-entropy': codes.CROSS_ENTROPY,
  logistic: codes.LOGISTIC,
};

export const batchCodes: Readonly<Record<Batches['kind'], number>> = {
  full: codes.FULL,
  'torch-randperm': codes.TORCH_RANDPERM,
  'numpy-choice': codes.NUMPY_CHOICE,
};

/** What the network is for, which decides how much room a pass gets (assembly/network.ts). */
export const purposeCodes = { forward: codes.FORWARD, gradient: codes.GRADIENT, jacobian: codes.JACOBIAN } as const;
