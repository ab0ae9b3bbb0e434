/**
 * The parameters that training starts from: every layer drawn, as torch.nn.Linear draws it unless told otherwise, then, if asked for, biases
 * that place the elbows of the units. All are float32 numbers, as in PyTorch.
 */
import { ForwardPass, type Layer, layersOf } from './forward.js';
import { drawLayer, type Initial } from './initial-distributions.js';
import type { Mt19937State } from './mt19937.js';
import { type Activation, type Network, parameterCount } from './network.js';
import { NumpyRandom } from './numpy-random.js';
import { TorchRandom } from './torch-random.js';

/**
 * Where the units' elbows lie, the inputs at which they switch on or off. Inputs are assumed to fill [0, 1].
 * - `none`: wherever PyTorch's biases put them.
 * - `uniform`: at numpy.sort(numpy.random.rand(width)), for each hidden layer, whatever its depth.
 * - `as-published`: the same in the first hidden layer; in the second the notebook multiplies the negated elbows by the
 *   layer's PyTorch biases where it means its weights, which places none of them.
 * - a list: of one hidden layer, the place of each unit's, in their order; nothing is drawn for them.
 */
export type Elbows = 'none' | 'uniform' | 'as-published' | readonly number[];

/** The activation that a layer is drawn for: the one that follows it, and for the output layer, which none follows, the last. */
export function activationAfter({ activation: named }: Network, layer: number): Activation {
  return typeof named === 'string' ? named : (named[layer] ?? named.at(-1) ?? 'identity');
}

/**
 * Draws a network's parameters, flat, in the order of parameterLayout: first every layer from PyTorch's stream, then for
 * each hidden layer its elbows from NumPy's. Throws a RangeError for elbows on inputs that are not one number, and for
 * published elbows beyond the notebook's two hidden layers, or a list that is not of one hidden layer's units.
 */
export function drawInitialParameters(
  network: Network,
  elbows: Elbows,
  torch: TorchRandom,
  numpy: NumpyRandom,
  initial: Initial = 'pytorch',
): Float64Array {
  if (elbows !== 'none' && network.inputs !== 1) {
    throw new RangeError(`elbows lie on a line, but the network has ${network.inputs} inputs`);
  }
  if (elbows === 'as-published' && network.hidden.length > 2) {
    throw new RangeError('the notebook publishes elbows for one and two hidden layers only');
  }
  if (typeof elbows !== 'string' && (network.hidden.length !== 1 || elbows.length !== network.hidden[0])) {
    throw new RangeError(`${elbows.length} elbows are not one for each unit of one hidden layer`);
  }
  const parameters = new Float64Array(parameterCount(network));
  const layers = layersOf(network);
  for (const [index, layer] of layers.entries()) {
    const { weight, bias } = drawLayer(initial, layer, activationAfter(network, index), { torch, numpy });
    parameters.set(weight, layer.weight);
    parameters.set(bias, layer.bias);
  }
  if (elbows === 'none') return parameters;
  layers.slice(0, -1).forEach((layer, index) => {
    const positions = typeof elbows === 'string' ? numpy.uniforms(layer.outputs).sort() : Float64Array.from(elbows);
    if (index === 0) placeFirstLayer(layer, positions, parameters);
    else if (elbows === 'uniform') placeDeeperLayer(network, index, positions, parameters);
    else scaleBiases(layer, positions, parameters);
  });
  return parameters;
}

/**
 * b = -w e, so that w x + b is 0 at x = e. As in the notebook the product of the float64 elbow and the float32 weight is
 * taken in float64 (NumPy's promotion) and rounded to float32 once (torch.Tensor.float).
 */
function placeFirstLayer(layer: Layer, positions: Float64Array, parameters: Float64Array): void {
  positions.forEach((position, unit) => {
    parameters[layer.bias + unit] = Math.fround(-position * parameters[layer.weight + unit]!);
  });
}

/** b_j = -sum over k of W_jk h_k(e_j), h being the layer before at the input e_j, so that unit j is 0 there. */
function placeDeeperLayer(network: Network, index: number, positions: Float64Array, parameters: Float64Array): void {
  const pass = new ForwardPass(network, positions.length);
  pass.run(parameters, positions, positions.length);
  const { inputs, weight, bias } = pass.layers[index]!;
  const activations = pass.after[index - 1]!;
  for (let unit = 0; unit < positions.length; unit++) {
    let sum = 0;
    for (let k = 0; k < inputs; k++) sum += parameters[weight + unit * inputs + k]! * activations[unit * inputs + k]!;
    parameters[bias + unit] = Math.fround(-sum);
  }
}

/** The notebook's slip: b_j = -e_j b_j, in float64 rounded to float32 once. */
function scaleBiases(layer: Layer, positions: Float64Array, parameters: Float64Array): void {
  positions.forEach((position, unit) => {
    parameters[layer.bias + unit] = Math.fround(-position * parameters[layer.bias + unit]!);
  });
}

/** A start of training, and both streams as they are after it, from which minibatches continue. */
export interface SeededStart {
  readonly parameters: Float64Array;
  readonly torchStream: Mt19937State;
  readonly numpyStream: Mt19937State;
}

/** The start after torch.manual_seed(seed) and numpy.random.seed(seed). Throws as `drawInitialParameters` does. */
export function initialParameters(network: Network, elbows: Elbows, seed: number, initial?: Initial): SeededStart {
  const torch = TorchRandom.fromSeed(seed);
  const numpy = NumpyRandom.fromSeed(seed);
  const parameters = drawInitialParameters(network, elbows, torch, numpy, initial);
  return { parameters, torchStream: torch.state(), numpyStream: numpy.state() };
}
