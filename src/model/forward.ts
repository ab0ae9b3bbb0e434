/**
 * The forward pass of a network, keeping what every layer computed: used to predict, to place elbows, and by the
 * reference engine to train.
 */
import { activateAll, checkActivations } from './activation.js';
import { type Activation, activationsOf, type Network, outputsOf, parameterCount, parameterLayout } from './network.js';

/** One linear layer: how many numbers go in and out, and where its weight and bias start in the flat parameters. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weight: number;
  readonly bias: number;
}

/** The linear layers of a network, the output layer last. */
export function layersOf(network: Network): Layer[] {
  const blocks = parameterLayout(network);
  return [...network.hidden, outputsOf(network)].map((outputs, layer) => {
    const weight = blocks[2 * layer]!;
    return { inputs: weight.size / outputs, outputs, weight: weight.offset, bias: blocks[2 * layer + 1]!.offset };
  });
}

/** Forward passes over up to `capacity` inputs at a time, in memory allocated once. */
export class ForwardPass {
  readonly layers: readonly Layer[];
  /** Per linear layer W h + b, capacity x outputs, row-major: a row per input. The last is the network's output. */
  readonly before: readonly Float64Array[];
  /** Per hidden layer the activations of `before`. */
  readonly after: readonly Float64Array[];
  readonly #activations: readonly Activation[];

  constructor(network: Network, capacity: number) {
    this.#activations = activationsOf(network);
    this.layers = layersOf(network);
    this.before = this.layers.map((layer) => new Float64Array(capacity * layer.outputs));
    this.after = network.hidden.map((width) => new Float64Array(capacity * width));
  }

  /**
   * Computes every layer for the first `count` rows of `inputs` (row-major, network.inputs numbers each). Returns the
   * outputs, of which the first `count` rows are meant; the next run overwrites them.
   */
  run(parameters: Float64Array, inputs: Float64Array, count: number): Float64Array {
    let from = inputs;
    for (let l = 0; l < this.layers.length; l++) {
      const layer = this.layers[l]!;
      const before = this.before[l]!;
      applyLinear(layer, parameters, from, before, count);
      const after = this.after[l];
      if (after === undefined) return before;
      activateAll(this.#activations[l]!, before, after, count * layer.outputs);
      from = after;
    }
    return from;
  }
}

/**
 * to[i, j] = bias[j] + sum over k of weight[j, k] from[i, k], summed in the order of k. Four outputs are summed side by
 * side, because each addition has to wait for the one before it.
 */
function applyLinear(
  layer: Layer,
  parameters: Float64Array,
  from: Float64Array,
  to: Float64Array,
  count: number,
): void {
  const { inputs, outputs, weight, bias } = layer;
  const blocked = outputs - (outputs % 4);
  for (let i = 0; i < count; i++) {
    const start = i * inputs;
    const row = i * outputs;
    for (let j = 0; j < blocked; j += 4) {
      const w0 = weight + j * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      let sum0 = parameters[bias + j]!;
      let sum1 = parameters[bias + j + 1]!;
      let sum2 = parameters[bias + j + 2]!;
      let sum3 = parameters[bias + j + 3]!;
      for (let k = 0; k < inputs; k++) {
        const input = from[start + k]!;
        sum0 += parameters[w0 + k]! * input;
        sum1 += parameters[w1 + k]! * input;
        sum2 += parameters[w2 + k]! * input;
        sum3 += parameters[w3 + k]! * input;
      }
      to[row + j] = sum0;
      to[row + j + 1] = sum1;
      to[row + j + 2] = sum2;
      to[row + j + 3] = sum3;
    }
    for (let j = blocked; j < outputs; j++) {
      const w = weight + j * inputs;
      let sum = parameters[bias + j]!;
      for (let k = 0; k < inputs; k++) sum += parameters[w + k]! * from[start + k]!;
      to[row + j] = sum;
    }
  }
}

/** Inputs per pass of `predict`, so that its memory does not grow with their number. */
const rowsPerPass = 256;

/**
 * The outputs at each input (n x network.inputs, row-major): n x outputs numbers, row-major. Throws a RangeError when the
 * parameters are not as many as the network has, or the inputs are no whole number of rows.
 */
export function predict(network: Network, parameters: Float64Array, inputs: Float64Array): Float64Array {
  checkShapes(network, parameters, inputs);
  const count = inputs.length / network.inputs;
  const width = outputsOf(network);
  const outputs = new Float64Array(count * width);
  const pass = new ForwardPass(network, Math.min(count, rowsPerPass));
  for (let row = 0; row < count; row += rowsPerPass) {
    const rows = Math.min(rowsPerPass, count - row);
    const part = inputs.subarray(row * network.inputs, (row + rows) * network.inputs);
    outputs.set(pass.run(parameters, part, rows).subarray(0, rows * width), row * width);
  }
  return outputs;
}

/**
 * Throws a RangeError when the parameters are not as many as the network has, the inputs no whole number of rows, or its
 * activations ones that there are not.
 */
export function checkShapes(network: Network, parameters: Float64Array, inputs: Float64Array): void {
  checkActivations(network);
  const expected = parameterCount(network);
  if (parameters.length !== expected) {
    throw new RangeError(`the network has ${expected} parameters, not ${parameters.length}`);
  }
  if (inputs.length % network.inputs !== 0) {
    throw new RangeError(`${inputs.length} numbers are no whole number of inputs of ${network.inputs}`);
  }
}

/** Throws a RangeError for a network of several outputs, of which an operation on "the output" knows none. */
export function checkOneOutput(network: Network): void {
  const outputs = outputsOf(network);
  if (outputs !== 1) throw new RangeError(`this is for networks of one output; this one has ${outputs}`);
}
