/** The reference engine: float64 in plain TypeScript, the oracle that every other engine is tested against. */
import { predict } from '../../model/forward.js';
import type { Engine } from '../engine.js';
import { jacobian } from './jacobian.js';
import { svd } from './svd.js';
import { train } from './train.js';

export const referenceEngine: Engine = {
  profile: 'reference-f64/1',
  device: 'CPU',
  train,
  predict: async (network, parameters, inputs) => Promise.resolve(predict(network, parameters, inputs)),
  jacobian: async (network, parameters, inputs) => Promise.resolve(jacobian(network, parameters, inputs)),
  svd: async (matrix, rows, columns) => Promise.resolve(svd(matrix, rows, columns)),
};
