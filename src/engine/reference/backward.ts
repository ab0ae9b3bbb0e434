/** Backpropagation by hand: from the derivative with respect to the outputs back to every layer and its parameters. */
import { timesDerivative } from '../../model/activation.js';
import type { ForwardPass, Layer } from '../../model/forward.js';
import { type Activation, activationsOf, type Network } from '../../model/network.js';

/** Backward passes that follow the forward passes of `pass`, in memory allocated once. */
export class BackwardPass {
  /**
   * Per linear layer the derivative with respect to `pass.before`: capacity x outputs, row-major. The caller fills in
   * the last, the others follow by `run`.
   */
  readonly deltas: readonly Float64Array[];
  readonly #activations: readonly Activation[];
  readonly #pass: ForwardPass;

  constructor(network: Network, pass: ForwardPass) {
    this.#activations = activationsOf(network);
    this.#pass = pass;
    this.deltas = pass.before.map((before) => new Float64Array(before.length));
  }

  /** The last layer's deltas, a row of outputs per input. */
  get output(): Float64Array {
    return this.deltas[this.deltas.length - 1]!;
  }

  /** Computes the deltas of all layers from the last but one down to `firstLayer`, for the first `count` inputs. */
  run(parameters: Float64Array, count: number, firstLayer: number): void {
    const { layers, before, after } = this.#pass;
    for (let l = layers.length - 1; l > firstLayer; l--) {
      const layer = layers[l]!;
      const delta = this.deltas[l - 1]!;
      backThroughLinear(layer, parameters, this.deltas[l]!, delta, count);
      timesDerivative(this.#activations[l - 1]!, before[l - 1]!, after[l - 1]!, delta, count * layer.inputs);
    }
  }

  /**
   * Adds to `gradient` (flat, as the parameters) the derivative with respect to the parameters of the layers from
   * `firstLayer` on, summed over the first `count` inputs.
   */
  addGradient(gradient: Float64Array, inputs: Float64Array, count: number, firstLayer: number): void {
    const { layers, after } = this.#pass;
    for (let l = firstLayer; l < layers.length; l++) {
      const from = l === 0 ? inputs : after[l - 1]!;
      for (let i = 0; i < count; i++) addRow(layers[l]!, this.deltas[l]!, from, i, gradient, 0);
    }
  }

  /** Writes one row of the Jacobian for each of the first `count` inputs, from `row` on: rows x d, row-major, zeroed. */
  writeRows(jacobian: Float64Array, row: number, columns: number, inputs: Float64Array, count: number): void {
    const { layers, after } = this.#pass;
    for (let l = 0; l < layers.length; l++) {
      const from = l === 0 ? inputs : after[l - 1]!;
      for (let i = 0; i < count; i++) addRow(layers[l]!, this.deltas[l]!, from, i, jacobian, (row + i) * columns);
    }
  }
}

/** to[i, k] = sum over j of weight[j, k] from[i, j]. */
function backThroughLinear(
  layer: Layer,
  parameters: Float64Array,
  from: Float64Array,
  to: Float64Array,
  count: number,
): void {
  const { inputs, outputs } = layer;
  to.fill(0, 0, count * inputs);
  for (let i = 0; i < count; i++) {
    const start = i * inputs;
    for (let j = 0; j < outputs; j++) {
      const delta = from[i * outputs + j]!;
      // Half the units of a relu network are off; adding their zeros would change nothing.
      if (delta === 0) continue;
      const w = layer.weight + j * inputs;
      for (let k = 0; k < inputs; k++) to[start + k] = to[start + k]! + delta * parameters[w + k]!;
    }
  }
}

/** Adds input i's part of the derivative with respect to one layer's weight and bias, which lie from `offset` on. */
function addRow(
  layer: Layer,
  deltas: Float64Array,
  from: Float64Array,
  i: number,
  to: Float64Array,
  offset: number,
): void {
  const { inputs, outputs } = layer;
  const row = i * outputs;
  const start = i * inputs;
  const bias = offset + layer.bias;
  const weight = offset + layer.weight;
  for (let j = 0; j < outputs; j++) to[bias + j] = to[bias + j]! + deltas[row + j]!;
  if (inputs === 1) {
    // The loop below, turned around: its inner loop would take a single turn.
    const input = from[start]!;
    for (let j = 0; j < outputs; j++) to[weight + j] = to[weight + j]! + deltas[row + j]! * input;
    return;
  }
  for (let j = 0; j < outputs; j++) {
    const delta = deltas[row + j]!;
    if (delta === 0) continue;
    const w = weight + j * inputs;
    for (let k = 0; k < inputs; k++) to[w + k] = to[w + k]! + delta * from[start + k]!;
  }
}
