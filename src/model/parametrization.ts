/**
 * Other ways to write the same network with parameters: a parameter theta of a training stands in the network as multiplier
 * times theta. What is kept of a training are those products, the weights of plain layers that compute the same, so that a
 * step of gradient descent on theta is one on them with each gradient multiplied by the square of its multiplier.
 */
import { layersOf } from './forward.js';
import { type Network, parameterCount } from './network.js';

/**
 * - `standard`: as PyTorch; a parameter is itself.
 * - `ntk`: a weight is its parameter over the root of how many numbers go into its layer, drawn so that it starts as in
 *   `standard` (A. Jacot, F. Gabriel, C. Hongler, "Neural tangent kernel", 2018, with biases as they are).
 * - `mean-field`: of one hidden layer of n units, the output is the mean over the units instead of a sum, of parameters drawn
 *   so that the output weights start at 1 / sqrt(n) of those in `standard`, and every unit moves at n times the rate
 *   (S. Mei, A. Montanari, P.-M. Nguyen, "A mean field view of the landscape of two-layer neural networks", 2018).
 */
export const parametrizations = ['standard', 'ntk', 'mean-field'] as const;
export type Parametrization = (typeof parametrizations)[number];

/** What a training has in place of plain parameters. */
export interface Parametrized {
  /** What the drawn parameters of the network, flat, are multiplied by before the first step. */
  readonly start: Float64Array;
  /** What each parameter is multiplied by where it stands in the network. */
  readonly multipliers: Float64Array;
  /** What the rate is multiplied by. */
  readonly rate: number;
}

/** Of one layer: what its drawn numbers and its parameters are multiplied by. */
interface OfLayer {
  readonly start: number;
  readonly weight: number;
  readonly bias: number;
}

type OfLayers = (inputs: number, isOutput: boolean) => OfLayer;

const layers: Readonly<Record<Parametrization, OfLayers>> = {
  standard: () => ({ start: 1, weight: 1, bias: 1 }),
  ntk: (inputs) => ({ start: 1, weight: 1 / Math.sqrt(inputs), bias: 1 }),
  // At n times the rate a bias that is no unit's moves as in the standard one with the multiplier 1 / sqrt(n).
  'mean-field': (inputs, isOutput) =>
    isOutput
      ? { start: 1 / Math.sqrt(inputs), weight: 1 / inputs, bias: 1 / Math.sqrt(inputs) }
      : { start: 1, weight: 1, bias: 1 },
};

/**
 * The network times `scale`, with the rate over its square (L. Chizat, E. Oyallon, F. Bach, "On lazy training in
 * differentiable programming", 2019). Throws a RangeError for a mean field of other than one hidden layer.
 */
export function parametrized(network: Network, parametrization: Parametrization, scale: number): Parametrized {
  const [width = 1] = network.hidden;
  if (parametrization === 'mean-field' && network.hidden.length !== 1)
    throw new RangeError('a mean field is one over the units of one hidden layer');
  const count = parameterCount(network);
  const [start, multipliers] = [new Float64Array(count).fill(1), new Float64Array(count).fill(1)];
  const linear = layersOf(network);
  for (const [index, { inputs, outputs, weight, bias }] of linear.entries()) {
    const isOutput = index === linear.length - 1;
    const factor = isOutput ? scale : 1;
    const of = layers[parametrization](inputs, isOutput);
    start.fill(of.start * factor, weight, weight + inputs * outputs);
    start.fill(factor, bias, bias + outputs);
    multipliers.fill(of.weight * factor, weight, weight + inputs * outputs);
    multipliers.fill(of.bias * factor, bias, bias + outputs);
  }
  return { start, multipliers, rate: (parametrization === 'mean-field' ? width : 1) / (scale * scale) };
}

/** What the gradient of each number of the network is multiplied by, so that a step on it is one on its parameter. */
export function gradientFactors({ multipliers, rate }: Parametrized): Float64Array {
  return multipliers.map((multiplier) => rate * multiplier * multiplier);
}
