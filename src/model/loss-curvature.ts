/**
 * Products of the Hessian of the mean squared error, and of its Gauss-Newton matrix, with vectors, exact and without forming
 * either: B. A. Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6, 1994.
 */
import { timesDerivative, timesSecondDerivative } from './activation.js';
import { checkShapes, ForwardPass, type Layer } from './forward.js';
import { activationsOf, type Network } from './network.js';

/** At one place in the space of parameters, over all samples. Vectors are flat, as the parameters. */
export class LossCurvature {
  /** Of the mean squared error; 0 at parameters that do not move. */
  readonly gradient: Float64Array;
  readonly #parameters: Float64Array;
  readonly #inputs: Float64Array;
  readonly #samples: number;
  readonly #firstLayer: number;
  readonly #pass: ForwardPass;
  /** Per hidden layer the derivatives of its activations, and the second ones times what reaches them from the loss. */
  readonly #slopes: readonly Float64Array[];
  readonly #bends: readonly Float64Array[];
  /** Whether any of these is not 0, as of relu all are. */
  readonly #isBent: boolean;
  /** Per linear layer the derivatives of the loss with respect to its outputs. */
  readonly #deltas: readonly Float64Array[];

  /**
   * Over samples of `inputs` (n x network.inputs) and `targets`; of the parameters of the layers from `firstLayer` on, the
   * others being held. Throws a RangeError when sizes do not fit.
   */
  constructor(
    network: Network,
    parameters: Float64Array,
    samples: { readonly inputs: Float64Array; readonly targets: Float64Array },
    firstLayer = 0,
  ) {
    const { inputs, targets } = samples;
    checkShapes(network, parameters, inputs);
    const n = targets.length;
    if (inputs.length !== n * network.inputs) throw new RangeError('there are not as many inputs as targets');
    this.#parameters = parameters;
    this.#inputs = inputs;
    this.#samples = n;
    this.#firstLayer = firstLayer;
    const pass = new ForwardPass(network, n);
    this.#pass = pass;
    const outputs = pass.run(parameters, inputs, n);
    const activations = activationsOf(network);
    this.#slopes = pass.after.map((after, l) => {
      const slopes = new Float64Array(after.length).fill(1);
      timesDerivative(activations[l]!, pass.before[l]!, after, slopes, slopes.length);
      return slopes;
    });
    this.#deltas = pass.before.map((before) => new Float64Array(before.length));
    this.#deltas.at(-1)!.set(targets.map((target, i) => (2 / n) * (outputs[i]! - target)));
    const bends: Float64Array[] = [];
    for (let l = pass.layers.length - 1; l > 0; l--) {
      const reach = new Float64Array(n * pass.layers[l]!.inputs);
      addBack(pass.layers[l]!, parameters, this.#deltas[l]!, reach, n);
      this.#deltas[l - 1]!.set(times(reach, this.#slopes[l - 1]!));
      timesSecondDerivative(activations[l - 1]!, pass.before[l - 1]!, reach, reach.length);
      bends.unshift(reach);
    }
    this.#bends = bends;
    this.#isBent = bends.some((layer) => layer.some((bend) => bend !== 0));
    this.gradient = new Float64Array(parameters.length);
    for (let l = firstLayer; l < pass.layers.length; l++)
      addOuter(pass.layers[l]!, this.#deltas[l]!, this.#entering(l), this.gradient, n, true);
  }

  /** (2 / n) J' J v, where J are the gradients of the outputs. */
  gaussNewtonTimes(vector: Float64Array): Float64Array {
    return this.#times(vector, false);
  }

  /** The same and what the curvature of the network itself adds. */
  hessianTimes(vector: Float64Array): Float64Array {
    return this.#times(vector, true);
  }

  /** What enters a layer. */
  #entering(l: number): Float64Array {
    return l === 0 ? this.#inputs : this.#pass.after[l - 1]!;
  }

  #times(vector: Float64Array, whole: boolean): Float64Array {
    const { layers } = this.#pass;
    const n = this.#samples;
    // Forward: how everything moves when the parameters move along the vector.
    const moves: Float64Array[] = [];
    const moved: Float64Array[] = [];
    for (let l = this.#firstLayer; l < layers.length; l++) {
      const layer = layers[l]!;
      const move = new Float64Array(n * layer.outputs);
      addLinear(layer, vector, this.#entering(l), move, n, true);
      if (l > this.#firstLayer) addLinear(layer, this.#parameters, moved[l - 1]!, move, n, false);
      moves[l] = move;
      const slopes = this.#slopes[l];
      if (slopes !== undefined) moved[l] = times(move, slopes);
    }
    // Back: how the derivatives of the loss move.
    const result = new Float64Array(vector.length);
    let delta: Float64Array = moves.at(-1)!.map((move) => (2 / n) * move);
    for (let l = layers.length - 1; l >= this.#firstLayer; l--) {
      const layer = layers[l]!;
      addOuter(layer, delta, this.#entering(l), result, n, true);
      const isFirst = l === this.#firstLayer;
      if (whole && !isFirst) addOuter(layer, this.#deltas[l]!, moved[l - 1]!, result, n, false);
      if (isFirst) break;
      const back = new Float64Array(n * layer.inputs);
      addBack(layer, this.#parameters, delta, back, n);
      if (whole) addBack(layer, vector, this.#deltas[l]!, back, n);
      delta = times(back, this.#slopes[l - 1]!);
      if (whole && this.#isBent) addTimes(this.#bends[l - 1]!, moves[l - 1]!, delta);
    }
    return result;
  }
}

function times(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(a.length);
  for (let i = 0; i < product.length; i++) product[i] = a[i]! * b[i]!;
  return product;
}

function addTimes(a: Float64Array, b: Float64Array, to: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + a[i]! * b[i]!;
}

/** to[i, k] += sum over j of weight[j, k] from[i, j], of the weights in `flat`. */
function addBack(
  { inputs, outputs, weight }: Layer,
  flat: Float64Array,
  from: Float64Array,
  to: Float64Array,
  samples: number,
): void {
  for (let i = 0; i < samples; i++) {
    const start = i * inputs;
    for (let j = 0; j < outputs; j++) {
      const factor = from[i * outputs + j]!;
      // Half the units of a relu network are off.
      if (factor === 0) continue;
      const w = weight + j * inputs;
      for (let k = 0; k < inputs; k++) to[start + k] = to[start + k]! + factor * flat[w + k]!;
    }
  }
}

/** Adds to a layer's part of `to` the sum over the samples of delta times what enters. */
function addOuter(
  { inputs, outputs, weight, bias }: Layer,
  delta: Float64Array,
  entering: Float64Array,
  to: Float64Array,
  samples: number,
  withBias: boolean,
): void {
  for (let i = 0; i < samples; i++) {
    const start = i * inputs;
    const row = i * outputs;
    if (withBias) for (let j = 0; j < outputs; j++) to[bias + j] = to[bias + j]! + delta[row + j]!;
    if (inputs === 1) {
      // The loops below, turned around: the inner one would take a single turn.
      const input = entering[start]!;
      for (let j = 0; j < outputs; j++) to[weight + j] = to[weight + j]! + delta[row + j]! * input;
      continue;
    }
    for (let j = 0; j < outputs; j++) {
      const factor = delta[row + j]!;
      if (factor === 0) continue;
      const w = weight + j * inputs;
      for (let k = 0; k < inputs; k++) to[w + k] = to[w + k]! + factor * entering[start + k]!;
    }
  }
}

/** to[i, j] += sum over k of weight[j, k] from[i, k], and the bias where it is asked for, of the parameters in `flat`. */
function addLinear(
  { inputs, outputs, weight, bias }: Layer,
  flat: Float64Array,
  from: Float64Array,
  to: Float64Array,
  samples: number,
  withBias: boolean,
): void {
  for (let i = 0; i < samples; i++) {
    const start = i * inputs;
    const row = i * outputs;
    for (let j = 0; j < outputs; j++) {
      const w = weight + j * inputs;
      let sum = withBias ? flat[bias + j]! : 0;
      for (let k = 0; k < inputs; k++) sum += flat[w + k]! * from[start + k]!;
      to[row + j] = to[row + j]! + sum;
    }
  }
}
