/** The distributions that parameters can be drawn from before training, besides those of torch.nn.Linear. */
import { entryOf } from '../shared/entry-of.js';
import type { Layer } from './forward.js';
import type { Activation } from './network.js';
import type { NumpyRandom } from './numpy-random.js';
import { orthonormal } from './orthonormal.js';
import type { TorchRandom } from './torch-random.js';
import { transposed } from './transposed.js';

/**
 * - `pytorch`: as torch.nn.Linear starts.
 * - `kaiming-…`, `xavier-…`: torch.nn.init's of that name for every weight, with biases of 0; Kaiming's by what goes in and with
 *   the gain of the activation, Xavier's by what goes in and out, with the gain 1.
 * - `orthogonal`: torch.nn.init.orthogonal_ for every weight, with biases of 0: rows, or columns where there are fewer of them,
 *   at right angles to each other and of length 1.
 */
export const initialNames = [
  'pytorch',
  'kaiming-uniform',
  'kaiming-normal',
  'xavier-uniform',
  'xavier-normal',
  'orthogonal',
] as const;

/** Or normal numbers: the variance of a weight times how many numbers go into its layer, and that of a bias. */
export type Variances = Readonly<Record<'weight' | 'bias', number>>;

export type Initial = (typeof initialNames)[number] | Variances;

interface Streams {
  readonly torch: TorchRandom;
  readonly numpy: NumpyRandom;
}

/** torch.nn.init.calculate_gain; 1 where it knows none, but for the smooth forms of relu. */
const gains: Readonly<Partial<Record<Activation, number>>> = {
  relu: Math.sqrt(2),
  'leaky-relu': Math.sqrt(2 / (1 + 0.01 * 0.01)),
  tanh: 5 / 3,
  gelu: Math.sqrt(2),
  softplus: Math.sqrt(2),
  silu: Math.sqrt(2),
};

/** What a weight's deviation is multiplied by for an activation that follows it. */
export function gainOf(activation: Activation): number {
  return gains[activation] ?? 1;
}

/** The weight of a layer. Uniform numbers come from PyTorch's stream, normal ones from NumPy's, as PyTorch's depend on the CPU. */
type Draw = (layer: Layer, activation: Activation, streams: Streams) => Float64Array;

const uniform =
  (deviation: (layer: Layer, activation: Activation) => number): Draw =>
  (layer, activation, { torch }) => {
    const bound = Math.sqrt(3) * deviation(layer, activation);
    return torch.uniforms(layer.inputs * layer.outputs, -bound, bound);
  };

const normal =
  (deviation: (layer: Layer, activation: Activation) => number): Draw =>
  (layer, activation, { numpy }) =>
    normals(layer.inputs * layer.outputs, deviation(layer, activation), numpy);

const kaiming = ({ inputs }: Layer, activation: Activation): number => gainOf(activation) / Math.sqrt(inputs);
const xavier = ({ inputs, outputs }: Layer): number => Math.sqrt(2 / (inputs + outputs));

const draws: Readonly<Record<Exclude<(typeof initialNames)[number], 'pytorch'>, Draw>> = {
  'kaiming-uniform': uniform(kaiming),
  'kaiming-normal': normal(kaiming),
  'xavier-uniform': uniform(xavier),
  'xavier-normal': normal(xavier),
  orthogonal: ({ inputs, outputs }, _activation, { numpy }) => {
    const drawn = normals(inputs * outputs, 1, numpy);
    const wide = outputs < inputs;
    const [count, length] = wide ? [outputs, inputs] : [inputs, outputs];
    const rows = orthonormal(wide ? drawn : transposed(drawn, outputs, inputs), count, length);
    return (wide ? rows : transposed(rows, inputs, outputs)).map(Math.fround);
  },
};

/** Normal numbers of that deviation, rounded to float32. */
function normals(count: number, deviation: number, numpy: NumpyRandom): Float64Array {
  return numpy.normals(count).map((value) => Math.fround(deviation * value));
}

/** A layer's weight (row-major [out, in]) and bias: float32 numbers. Throws a RangeError for a distribution that there is not. */
export function drawLayer(
  initial: Initial,
  layer: Layer,
  activation: Activation,
  streams: Streams,
): { readonly weight: Float64Array; readonly bias: Float64Array } {
  const { inputs, outputs } = layer;
  if (initial === 'pytorch') return streams.torch.linear(inputs, outputs);
  if (typeof initial === 'string') {
    const draw = entryOf(draws, initial, 'initial distribution');
    return { weight: draw(layer, activation, streams), bias: new Float64Array(outputs) };
  }
  return {
    weight: normals(inputs * outputs, Math.sqrt(initial.weight / inputs), streams.numpy),
    bias: normals(outputs, Math.sqrt(initial.bias), streams.numpy),
  };
}
