/** Outputs, Jacobians and Gram matrices of one network over rows of inputs, some rows at a time. */
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { checkOneOutput, checkShapes } from '../../model/forward.js';
import { activationsOf, type Network, parameterCount } from '../../model/network.js';
import { backward, forward, type StackedLayer, stackLayers } from './layers.js';
import type { TensorFlow } from './tensorflow.js';

/** Numbers of the largest tensor of a pass: 64 MiB. */
export const mostNumbers = 2 ** 24;

type Numbers = Float32Array | Float64Array;

/** Calls `perform` with consecutive ranges of rows, so many that `numbers` of each row fit a tensor. */
async function inParts(
  rows: number,
  numbers: number,
  perform: (from: number, count: number) => Promise<void>,
): Promise<void> {
  const most = Math.max(1, Math.floor(mostNumbers / numbers));
  for (let from = 0; from < rows; from += most) await perform(from, Math.min(most, rows - from));
}

const widest = ({ inputs, hidden }: Network): number => Math.max(inputs, ...hidden);

/** As a tensor of one run: 1 x row x in. */
function rowsOf(tf: TensorFlow, network: Network, inputs: Numbers, from: number, count: number): Tensor3D {
  const part = inputs.subarray(from * network.inputs, (from + count) * network.inputs);
  return tf.tensor3d(Float32Array.from(part), [1, count, network.inputs]);
}

/** The output at each row of inputs of every stacked run: run x row. The runs' inputs are `inputs(from, count)`. */
export async function outputsOf(
  tf: TensorFlow,
  network: Network,
  layers: readonly StackedLayer[],
  runs: number,
  rows: number,
  inputs: (from: number, count: number) => Tensor3D,
): Promise<Float32Array[]> {
  const outputs = Array.from({ length: runs }, () => new Float32Array(rows));
  await inParts(rows, runs * widest(network), async (from, count) => {
    const tensor = tf.tidy(() => forward(tf, activationsOf(network), layers, inputs(from, count)).before.at(-1)!);
    const data = await tensor.data();
    tensor.dispose();
    outputs.forEach((output, run) => {
      output.set(data.subarray(run * count, (run + 1) * count), from);
    });
  });
  return outputs;
}

/** The output at each input (n x network.inputs): n numbers. Throws a RangeError when the sizes do not fit. */
export async function predict(
  tf: TensorFlow,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Promise<Float64Array> {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const layers = stackLayers(tf, network, [parameters]);
  const rows = inputs.length / network.inputs;
  const [outputs] = await outputsOf(tf, network, layers, 1, rows, (from, count) =>
    rowsOf(tf, network, inputs, from, count),
  );
  disposeLayers(tf, layers);
  return Float64Array.from(outputs!);
}

/** Gives back the memory of a network's stacks. */
export function disposeLayers(tf: TensorFlow, layers: readonly StackedLayer[]): void {
  tf.dispose(layers.flatMap(({ weight, bias }) => [weight, bias]));
}

/** Into each layer and back out of each: the two factors of every gradient, row x in and row x out. */
function factors(
  tf: TensorFlow,
  network: Network,
  layers: readonly StackedLayer[],
  inputs: Tensor3D,
): { into: Tensor2D; delta: Tensor2D }[] {
  const pass = forward(tf, activationsOf(network), layers, inputs);
  const output: Tensor3D = tf.onesLike(pass.before.at(-1)!);
  const deltas = backward(tf, activationsOf(network), layers, pass, output, 0);
  return layers.map((_, layer) => ({
    into: tf.squeeze(pass.into[layer]!, [0]),
    delta: tf.squeeze(deltas[layer]!, [0]),
  }));
}

/** The gradient of the output at each input with respect to every parameter: n x d, row-major. Throws as `predict`. */
export async function jacobian(
  tf: TensorFlow,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Promise<Float64Array> {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const layers = stackLayers(tf, network, [parameters]);
  const columns = parameterCount(network);
  const rows = inputs.length / network.inputs;
  const result = new Float64Array(rows * columns);
  await inParts(rows, columns, async (from, count) => {
    const tensor = tf.tidy(() => {
      const blocks = factors(tf, network, layers, rowsOf(tf, network, inputs, from, count)).flatMap(
        ({ into, delta }): Tensor2D[] => {
          const products = tf.mul(tf.expandDims(delta, 2), tf.expandDims(into, 1));
          return [tf.reshape(products, [count, -1]), delta];
        },
      );
      return tf.concat2d(blocks, 1);
    });
    result.set(await tensor.data(), from * columns);
    tensor.dispose();
  });
  disposeLayers(tf, layers);
  return result;
}

/**
 * The inner products of those gradients, n x n, without forming them: the sum over layers of (A A' + 1) o (D D'), where A
 * goes into a layer and D comes back out of it. Throws as `predict`.
 */
export async function gram(
  tf: TensorFlow,
  network: Network,
  parameters: Float64Array,
  inputs: Float64Array,
): Promise<Float64Array> {
  checkShapes(network, parameters, inputs);
  checkOneOutput(network);
  const rows = inputs.length / network.inputs;
  if (rows === 0) return new Float64Array();
  const layers = stackLayers(tf, network, [parameters]);
  const tensor = tf.tidy(() => {
    const all = factors(tf, network, layers, rowsOf(tf, network, inputs, 0, rows));
    return all
      .map(({ into, delta }): Tensor2D => {
        const activations = tf.add(tf.matMul(into, into, false, true), 1);
        return tf.mul(activations, tf.matMul(delta, delta, false, true));
      })
      .reduce((sum, layer) => tf.add(sum, layer));
  });
  const result = Float64Array.from(await tensor.data());
  tensor.dispose();
  disposeLayers(tf, layers);
  return result;
}
