/**
 * The engine of every processor: WebAssembly with 128-bit SIMD, the same bits in Node and browsers on any machine.
 * Training is in float32, everything else in float64. Knows nothing of files: the compiled module is passed in.
 */
import { curvature } from '../curvature.js';
import type { Engine } from '../engine.js';
import { traits } from '../traits.js';
import { gram, jacobian, jacobianProduct, predict } from './gradients.js';
import { product } from './product.js';
import { svd } from './svd.js';
import { train } from './train.js';

/** The engine over the compiled module (assembly/); `turnMilliseconds` is how long a training computes before the event loop turns. */
export function wasmEngine(module: WebAssembly.Module, turnMilliseconds = 50): Engine {
  return {
    ...traits.wasm,
    train: (training, watch) => train(module, training, watch, turnMilliseconds),
    predict: async (network, parameters, inputs) => Promise.resolve(predict(module, network, parameters, inputs)),
    jacobian: async (network, parameters, inputs) => Promise.resolve(jacobian(module, network, parameters, inputs)),
    jacobianProduct: async (network, parameters, inputs, matrix, columns) =>
      Promise.resolve(jacobianProduct(module, network, parameters, inputs, matrix, columns)),
    curvature: async (network, parameters, samples, moving, eigenvalues) =>
      Promise.resolve(curvature(network, parameters, samples, moving, eigenvalues)),
    gram: async (network, parameters, inputs) => Promise.resolve(gram(module, network, parameters, inputs)),
    product: async (a, b, rows, inner, columns) => Promise.resolve(product(module, a, b, rows, inner, columns)),
    svd: async (matrix, rows, columns, signal) => {
      signal?.throwIfAborted();
      return Promise.resolve(svd(module, matrix, rows, columns));
    },
  };
}
