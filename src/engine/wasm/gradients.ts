/** Outputs and gradients in float64, a block of inputs at a time. */
import { checkOneOutput, checkShapes } from '../../model/forward.js';
import { type Network, outputsOf, parameterCount } from '../../model/network.js';
import { openKernels } from './kernels.js';
import { networkBytes, openNetwork, padded } from './network-memory.js';
import { padRows, unpadRows } from './padded-rows.js';

/** Inputs of one pass. */
const mostColumns = 64;

/** Of n inputs, as many as one pass takes whose gradients of d numbers lie in the module's memory too. */
function inputsAtOnce(n: number, d: number): number {
  return padded(Math.max(1, Math.min(n, mostColumns, Math.floor(2 ** 25 / d))));
}

/** Inputs row-major -> feature-major, samples padded. */
function turned(inputs: Float64Array, width: number, first: number, count: number): Float64Array {
  const wide = padded(count);
  const result = new Float64Array(wide * width);
  for (let i = 0; i < count; i += 1) {
    for (let k = 0; k < width; k += 1) result[k * wide + i] = inputs[(first + i) * width + k]!;
  }
  return result;
}

/** The outputs at each input, n x outputs. Throws a RangeError when sizes fit neither each other nor the memory. */
export function predict(
  module: WebAssembly.Module,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Float64Array {
  checkShapes(network, parameters, inputs);
  const n = inputs.length / network.inputs;
  const columns = padded(Math.min(n, mostColumns));
  const kernels = openKernels(module, networkBytes(network, 64, columns) + 8 * columns * network.inputs + 2 ** 16);
  openNetwork(kernels, network, 64, columns, 'forward').write(parameters);
  const from = kernels.reserve(8 * columns * network.inputs);
  const outputs = outputsOf(network);
  const result = new Float64Array(n * outputs);
  for (let first = 0; first < n; first += columns) {
    const count = Math.min(columns, n - first);
    const block = turned(inputs, network.inputs, first, count);
    kernels.doubles(from, block.length).set(block);
    // Output by output, samples side by side.
    const wide = outputs === 1 ? count : padded(count);
    const found = kernels.doubles(kernels.outputs(from, count), outputs * wide);
    for (let k = 0; k < outputs; k += 1)
      for (let i = 0; i < count; i += 1) result[(first + i) * outputs + k] = found[k * wide + i]!;
  }
  return result;
}

/** The gradient at each input, n x d. Throws a RangeError when sizes fit neither each other nor the memory. */
export function jacobian(
  module: WebAssembly.Module,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Float64Array {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const n = inputs.length / network.inputs;
  const d = parameterCount(network);
  const columns = inputsAtOnce(n, d);
  const bytes = networkBytes(network, 64, columns) + 8 * columns * (d + network.inputs) + 2 ** 16;
  const kernels = openKernels(module, bytes);
  openNetwork(kernels, network, 64, columns, 'jacobian').write(parameters);
  const from = kernels.reserve(8 * columns * network.inputs);
  const to = kernels.reserve(8 * columns * d);
  const result = new Float64Array(n * d);
  for (let first = 0; first < n; first += columns) {
    const count = Math.min(columns, n - first);
    const block = turned(inputs, network.inputs, first, count);
    kernels.doubles(from, block.length).set(block);
    kernels.jacobian(from, count, to, d);
    result.set(kernels.doubles(to, count * d), first * d);
  }
  return result;
}

/**
 * The gradient at each input times a d x columns matrix: n x columns, to the bit what `product` makes of `jacobian`.
 * Throws a RangeError when sizes fit neither each other nor the memory.
 */
export function jacobianProduct(
  module: WebAssembly.Module,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
  matrix: Float64Array,
  columns: number,
): Float64Array {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const n = inputs.length / network.inputs;
  const d = parameterCount(network);
  if (matrix.length !== d * columns) throw new RangeError(`${matrix.length} numbers are not ${d}x${columns}`);
  const [most, wide] = [inputsAtOnce(n, d), padded(columns)];
  const bytes = 8 * (most * (d + network.inputs + wide) + d * wide + 5 * padded(d)) + 2 ** 16;
  const kernels = openKernels(module, networkBytes(network, 64, most) + bytes);
  openNetwork(kernels, network, 64, most, 'jacobian').write(parameters);
  const from = kernels.reserve(8 * most * network.inputs);
  const rows = kernels.reserve(8 * most * d + 32);
  const right = kernels.reserve(8 * d * wide);
  const to = kernels.reserve(8 * most * wide);
  padRows(matrix, columns, kernels.doubles(right, d * wide), wide);
  const result = new Float64Array(n * columns);
  for (let first = 0; first < n; first += most) {
    const count = Math.min(most, n - first);
    const block = turned(inputs, network.inputs, first, count);
    kernels.doubles(from, block.length).set(block);
    kernels.jacobian(from, count, rows, d);
    kernels.product(count, wide, d, rows, right, to);
    unpadRows(kernels.doubles(to, count * wide), wide, result, columns, first);
  }
  return result;
}

/** The inner products of the gradients at n inputs, n x n, without the gradients. Throws as `jacobian`. */
export function gram(
  module: WebAssembly.Module,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Float64Array {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const n = inputs.length / network.inputs;
  const wide = padded(n);
  const bytes = networkBytes(network, 64, wide) + 8 * wide * (3 * n + network.inputs) + 2 ** 16;
  const kernels = openKernels(module, bytes);
  openNetwork(kernels, network, 64, wide, 'gradient').write(parameters);
  const block = turned(inputs, network.inputs, 0, n);
  const from = kernels.reserve(8 * block.length);
  const to = kernels.reserve(8 * n * wide);
  kernels.doubles(from, block.length).set(block);
  kernels.gram(from, n, to);
  const result = new Float64Array(n * n);
  unpadRows(kernels.doubles(to, n * wide), wide, result, n, 0);
  return result;
}
