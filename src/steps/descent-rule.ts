/** The optimizer whose steps on a linear model are the same linear map of the residuals at every step. */
import type { DescentRule } from '../model/linear-training.js';
import type { OptimizerOptions } from './optimizers.js';

/** Of gradient descent with a fixed rate, with momentum or without, at `factor` times its rate; undefined of anything else. */
export function descentRule(optimizer: OptimizerOptions, factor = 1): DescentRule | undefined {
  if (optimizer.kind !== 'sgd' || typeof optimizer.rate !== 'number') return undefined;
  if (optimizer['weight-decay'] > 0 || optimizer.nesterov === true) return undefined;
  return { rate: factor * optimizer.rate, momentum: optimizer.momentum };
}
