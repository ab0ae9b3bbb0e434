/** The reference engine: float64 in plain TypeScript, the oracle that every other engine is tested against. */
import { predict } from '../../model/forward.js';
import { curvature } from '../curvature.js';
import type { Engine } from '../engine.js';
import { traits } from '../traits.js';
import { gram, jacobian } from './jacobian.js';
import { product } from './product.js';
import { svd } from './svd.js';
import { train } from './train.js';

export const referenceEngine: Engine = {
  ...traits.reference,
  train,
  predict: async (network, parameters, inputs) => Promise.resolve(predict(network, parameters, inputs)),
  jacobian: async (network, parameters, inputs) => Promise.resolve(jacobian(network, parameters, inputs)),
  curvature: async (network, parameters, samples, moving, eigenvalues) =>
    Promise.resolve(curvature(network, parameters, samples, moving, eigenvalues)),
  gram: async (network, parameters, inputs) => Promise.resolve(gram(network, parameters, inputs)),
  product: async (a, b, rows, inner, columns) => Promise.resolve(product(a, b, rows, inner, columns)),
  svd: async (matrix, rows, columns, signal) => {
    signal?.throwIfAborted();
    return Promise.resolve(svd(matrix, rows, columns));
  },
};
