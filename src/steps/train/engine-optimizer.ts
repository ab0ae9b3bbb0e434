/** The optimizer of a training's options as engines take it. */
import type { Optimizer } from '../../engine/engine.js';
import type { OptimizerOptions } from '../optimizers.js';

/**
 * The optimizer as the engines have it. Where gradients are multiplied by `factor` in place of the rate, so is the weight decay.
 */
export function toEngine(optimizer: Exclude<OptimizerOptions, { kind: 'ridge' }>, factor = 1): Optimizer {
  const { 'weight-decay': weightDecay, ...rest } = optimizer;
  return { ...rest, weightDecay: factor * weightDecay };
}
