/**
 * Networks of one shape as stacks of tensors, so that one operation serves the same layer of every run: what an operation
 * costs beside its arithmetic is shared by them all.
 */
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { layersOf } from '../../model/forward.js';
import { type Activation, type Network, parameterCount } from '../../model/network.js';
import { activate, slope } from './activation.js';
import type { TensorFlow } from './tensorflow.js';

/** One linear layer of every run. */
export interface StackedLayer {
  /** run x out x in */
  readonly weight: Tensor3D;
  /** run x 1 x out */
  readonly bias: Tensor3D;
}

type Numbers = Float32Array | Float64Array;

/** Flat parameters of each run as stacks; the caller disposes of them. */
export function stackLayers(tf: TensorFlow, network: Network, runs: readonly Numbers[]): StackedLayer[] {
  return layersOf(network).map(({ inputs, outputs, weight, bias }) => {
    const stack = (offset: number, size: number): Float32Array => {
      const stacked = new Float32Array(runs.length * size);
      runs.forEach((flat, run) => {
        stacked.set(flat.subarray(offset, offset + size), run * size);
      });
      return stacked;
    };
    return {
      weight: tf.tensor3d(stack(weight, outputs * inputs), [runs.length, outputs, inputs]),
      bias: tf.tensor3d(stack(bias, outputs), [runs.length, 1, outputs]),
    };
  });
}

/** The flat parameters of each run. */
export async function unstackLayers(
  network: Network,
  layers: readonly StackedLayer[],
  runs: number,
): Promise<Float32Array[]> {
  const flat = Array.from({ length: runs }, () => new Float32Array(parameterCount(network)));
  const take = async (tensor: Tensor3D, offset: number): Promise<void> => {
    const data = await tensor.data();
    const size = data.length / runs;
    flat.forEach((parameters, run) => {
      parameters.set(data.subarray(run * size, (run + 1) * size), offset);
    });
  };
  const places = layersOf(network);
  for (const [index, { weight, bias }] of layers.entries()) {
    await take(weight, places[index]!.weight);
    await take(bias, places[index]!.bias);
  }
  return flat;
}

/** What every layer computed. */
export interface Pass {
  /** Into each linear layer: run x row x in; the first is the inputs. */
  readonly into: readonly Tensor3D[];
  /** W h + b of each linear layer: run x row x out; the last is the output. */
  readonly before: readonly Tensor3D[];
}

/** Every layer of every run at its own rows: inputs are run x row x in. */
export function forward(
  tf: TensorFlow,
  activations: readonly Activation[],
  layers: readonly StackedLayer[],
  inputs: Tensor3D,
): Pass {
  const into: Tensor3D[] = [];
  const before: Tensor3D[] = [];
  let from = inputs;
  for (const { weight, bias } of layers) {
    into.push(from);
    const linear: Tensor3D = tf.add(tf.matMul(from, weight, false, true), bias);
    before.push(linear);
    if (before.length < layers.length) from = activate(tf, activations[into.length - 1]!, linear);
  }
  return { into, before };
}

/**
 * The derivatives with respect to each linear layer's result, from layer `first` on, when those with respect to the output
 * are `output` (run x row x 1); by layer, run x row x out. Layers before `first` are left out.
 */
export function backward(
  tf: TensorFlow,
  activations: readonly Activation[],
  layers: readonly StackedLayer[],
  { into, before }: Pass,
  output: Tensor3D,
  first: number,
): (Tensor3D | undefined)[] {
  const deltas: (Tensor3D | undefined)[] = layers.map(() => undefined);
  let delta = output;
  for (let layer = layers.length - 1; ; layer -= 1) {
    deltas[layer] = delta;
    if (layer === first) return deltas;
    const through: Tensor3D = tf.matMul(delta, layers[layer]!.weight);
    delta = tf.mul(through, slope(tf, activations[layer - 1]!, before[layer - 1]!, into[layer]!));
  }
}
