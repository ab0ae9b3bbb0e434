/** Singular values and left vectors of a network's gradient features, from the kernel of its training inputs. */
import { BackwardPass } from '../../engine/reference/backward.js';
import { jacobian } from '../../engine/reference/jacobian.js';
import { ForwardPass } from '../../model/forward.js';
import { machineEpsilon } from '../../model/machine-epsilon.js';
import { type Network, parameterCount } from '../../model/network.js';
import { innerProducts, strideOf, sumOfRows, timesRows } from '../../model/dot.js';
import { krylovEigen } from '../../model/krylov.js';

export interface Spectrum {
  /** Descending, only those above what the kernel, whose eigenvalues are their squares, can tell from zero. */
  readonly values: Float64Array;
  /** The first few, unit vectors over the inputs; the entry of each that is largest in size is positive. */
  readonly vectors: readonly Float64Array[];
  /** How many exceed the tolerance of the float32 rank, and that tolerance. */
  readonly rank: number;
  readonly tolerance: number;
}

/** Of how many the vectors are found. */
export const mostVectors = 12;

export function spectrumOf(network: Network, parameters: Float64Array, inputs: Float64Array): Spectrum {
  const n = inputs.length / network.inputs;
  const d = parameterCount(network);
  const { values, vectors } = krylovEigen(kernelTimes(network, parameters, inputs), n, mostVectors);
  const singular = values.map((value) => Math.sqrt(Math.max(0, value)));
  const first = singular[0] ?? 0;
  const floor = first * Math.sqrt(n * Number.EPSILON);
  const tolerance = first * Math.max(n, d) * machineEpsilon.float32;
  return {
    values: singular.filter((value) => value > floor).slice(0, Math.min(n, d)),
    vectors: vectors.map(positive),
    rank: singular.filter((value) => value > tolerance).length,
    tolerance,
  };
}

/**
 * What the kernel makes of a vector. Of fewer parameters than inputs the gradients are fewer numbers than the kernel, and
 * their own products with a few vectors are less work than those with each other.
 */
function kernelTimes(
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): (vector: Float64Array) => Float64Array {
  const n = inputs.length / network.inputs;
  const d = parameterCount(network);
  if (d > n) {
    const products = kernel(network, parameters, inputs);
    return (vector) => timesRows(products, n, n, vector);
  }
  const gradients = jacobian(network, parameters, inputs);
  return (vector) => timesRows(gradients, n, d, sumOfRows(gradients, n, d, vector));
}

/**
 * The inner products of the gradients, n x n. A linear layer's weights and biases contribute (1 + h h') times the product
 * of the derivatives at its outputs, so the gradients themselves, one number for each weight, are never formed.
 */
export function kernel(network: Network, parameters: Float64Array, inputs: Float64Array): Float64Array {
  const n = inputs.length / network.inputs;
  const pass = new ForwardPass(network, n);
  const backward = new BackwardPass(network, pass);
  pass.run(parameters, inputs, n);
  backward.output.fill(1);
  backward.run(parameters, n, 0);
  const k = new Float64Array(n * n);
  const stride = strideOf(n);
  pass.layers.forEach((layer, l) => {
    const from = innerProducts(l === 0 ? inputs : pass.after[l - 1]!, n, layer.inputs);
    const slopes = innerProducts(backward.deltas[l]!, n, layer.outputs);
    for (let i = 0; i < n; i++) {
      const row = i * stride;
      for (let j = 0; j <= i; j++) k[i * n + j] = k[i * n + j]! + slopes[row + j]! * (1 + from[row + j]!);
    }
  });
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) k[j * n + i] = k[i * n + j]!;
  return k;
}

function positive(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of vector) if (Math.abs(entry) > Math.abs(largest)) largest = entry;
  return largest < 0 ? vector.map((entry) => -entry) : vector;
}
