/** The moving state of trainings of one shape: stacks of their parameters, and the next steps of all of them at once. */
import type { Tensor1D, Tensor2D, Tensor3D, TensorContainer } from '@tensorflow/tfjs-core';
import { activationsOf, type Network, parameterCount } from '../../model/network.js';
import type { Samples, Training } from '../engine.js';
import { batchDrawer } from '../reference/batches.js';
import { restoreState, saveState } from '../reference/training-state.js';
import { outputsOf } from './gradients.js';
import { backward, forward, stackLayers, unstackLayers } from './layers.js';
import { type Moving, updateRule } from './optimizer.js';
import type { TensorFlow } from './tensorflow.js';

export interface RunState {
  readonly parameters: Float32Array;
  /** Mean squared error over the training samples, and over the test samples: NaN where there are none. */
  readonly trainLoss: number;
  readonly testLoss: number;
  /** What the next steps depend on besides the parameters. */
  readonly rest: Uint8Array;
}

export interface Stack {
  /** Takes `count` steps after the first `taken`; the minibatch losses before each update: step by run. */
  advance(taken: number, count: number): Promise<number[][]>;
  /** Where each run stands. */
  states(): Promise<RunState[]>;
  /** Gives back the memory of its tensors. */
  dispose(): void;
}

interface MovingLayer {
  readonly weight: Moving;
  readonly bias: Moving;
}

/** What the stack is made of. */
interface Parts {
  readonly tf: TensorFlow;
  readonly trainings: readonly [Training, ...Training[]];
  readonly rule: ReturnType<typeof updateRule>;
  readonly drawers: readonly ReturnType<typeof batchDrawer>[];
  /** Samples in a run's minibatch. */
  readonly size: number;
  /** The samples of all runs, one run after the other. */
  readonly inputs: Tensor2D;
  readonly targets: Tensor2D;
  /** The first layer that moves. */
  readonly lowest: number;
  /** As they are after the last step. */
  layers: MovingLayer[];
}

/** The stack of trainings that share a shape, at least one. Throws a RangeError when their batches cannot be drawn. */
export function openStack(tf: TensorFlow, trainings: readonly [Training, ...Training[]]): Stack {
  const [{ network, batches, parameters, data, optimizer }, ...others] = trainings;
  const rule = updateRule(tf, [optimizer, ...others.map((one) => one.optimizer)]);
  const memories = trainings.map(() => new Float64Array(rule.remembers * parameterCount(network)));
  const drawers = trainings.map(({ batches: drawn, data: { targets }, from }, run) => {
    const stream = from && restoreState(from.rest, memories[run]!);
    return batchDrawer(stream === undefined || drawn.kind === 'full' ? drawn : { ...drawn, stream }, targets.length);
  });
  const rowsOf = (width: number, of: 'inputs' | 'targets'): Tensor2D => {
    const rows = trainings.map((one) => one.data[of]);
    return stackRows(tf, width, rows);
  };
  const parts: Parts = {
    ...{ tf, trainings, rule, drawers },
    size: batches.kind === 'full' ? data.targets.length : batches.size,
    inputs: rowsOf(network.inputs, 'inputs'),
    targets: rowsOf(1, 'targets'),
    lowest: parameters === 'all' ? 0 : network.hidden.length,
    layers: firstLayers(tf, trainings, rule.remembers, memories),
  };
  return {
    async advance(taken, count) {
      const chosen = batches.kind === 'full' ? undefined : drawPlaces(parts, count);
      const steps = chosen === undefined ? undefined : (tf.unstack(chosen) as Tensor1D[]);
      const losses = Array.from({ length: count }, (_, index) => takeStep(parts, taken + index + 1, steps?.[index]));
      const table = tf.stack(losses);
      const numbers = await table.data();
      tf.dispose([table, ...losses, ...(chosen === undefined ? [] : [chosen]), ...(steps ?? [])]);
      const runs = trainings.length;
      return losses.map((_, step) => Array.from(numbers.subarray(step * runs, (step + 1) * runs)));
    },
    states: () => statesOf(parts),
    dispose() {
      rule.dispose();
      tf.dispose([parts.inputs, parts.targets]);
      disposeMoving(tf, parts.layers);
    },
  };
}

/** The layers with which the trainings begin or go on, and what their rule remembers of each. */
function firstLayers(
  tf: TensorFlow,
  trainings: readonly [Training, ...Training[]],
  remembers: number,
  memories: readonly Float64Array[],
): MovingLayer[] {
  const [{ network }] = trainings;
  const starts = trainings.map(({ initial, from }) => from?.parameters ?? initial);
  const count = parameterCount(network);
  const remembered = Array.from({ length: remembers }, (_, which) => {
    const own = memories.map((memory) => memory.subarray(which * count, (which + 1) * count));
    return stackLayers(tf, network, own);
  });
  return stackLayers(tf, network, starts).map(({ weight, bias }, layer) => ({
    weight: { parameters: weight, memory: remembered.map((stack) => stack[layer]!.weight) },
    bias: { parameters: bias, memory: remembered.map((stack) => stack[layer]!.bias) },
  }));
}

/** Where the samples of the next minibatches lie in the stacked samples: step x (run, sample of the batch). */
function drawPlaces({ tf, drawers, trainings: [{ data }], size }: Parts, count: number): Tensor2D {
  const runs = drawers.length;
  const places = new Int32Array(count * runs * size);
  for (let step = 0; step < count; step += 1) {
    drawers.forEach((drawer, run) => {
      const batch = drawer.next();
      const at = (step * runs + run) * size;
      for (let i = 0; i < size; i += 1) places[at + i] = run * data.targets.length + batch[i]!;
    });
  }
  return tf.tensor2d(places, [count, runs * size], 'int32');
}

/** The parameters of the layers as they stand. */
function standing(layers: readonly MovingLayer[]): { weight: Tensor3D; bias: Tensor3D }[] {
  return layers.map(({ weight, bias }) => ({ weight: weight.parameters, bias: bias.parameters }));
}

/** One step of every run; the losses of its minibatches before the update, one for each run. */
function takeStep(parts: Parts, step: number, batch: Tensor1D | undefined): Tensor1D {
  const { tf, trainings, rule, size, inputs, targets, lowest, layers } = parts;
  const activations = activationsOf(trainings[0].network);
  const { losses, moved } = scoped(tf, () => {
    const pick = (rows: Tensor2D): Tensor3D =>
      tf.reshape(batch === undefined ? rows : tf.gather(rows, batch), [trainings.length, size, rows.shape[1]]);
    const now = standing(layers);
    const pass = forward(tf, activations, now, pick(inputs));
    const residual: Tensor3D = tf.sub(pass.before.at(-1)!, pick(targets));
    const deltas = backward(tf, activations, now, pass, tf.mul(residual, 2 / size), lowest);
    const after = layers.map((layer, index): MovingLayer => {
      const delta = deltas[index];
      if (delta === undefined) return layer;
      return {
        weight: rule.update(step, layer.weight, tf.matMul(delta, pass.into[index]!, true)),
        bias: rule.update(step, layer.bias, tf.sum(delta, 1, true)),
      };
    });
    return { losses: tf.mean<Tensor1D>(tf.square(residual), [1, 2]), moved: after };
  });
  disposeMoving(tf, layers.slice(lowest));
  parts.layers = moved;
  return losses;
}

async function statesOf({ trainings, rule, drawers, layers, ...parts }: Parts): Promise<RunState[]> {
  const [{ network }] = trainings;
  const runs = trainings.length;
  const now = standing(layers);
  const flat = await unstackLayers(network, now, runs);
  const kept: Float32Array[][] = [];
  for (let which = 0; which < rule.remembers; which += 1) {
    const memory = layers.map(({ weight, bias }) => ({ weight: weight.memory[which]!, bias: bias.memory[which]! }));
    kept.push(await unstackLayers(network, memory, runs));
  }
  const errorsOn = (of: readonly Samples[]): Promise<number[]> => meanSquaredErrors(parts.tf, network, now, of);
  const trainLosses = await errorsOn(trainings.map((one) => one.data));
  const tests = trainings.flatMap(({ test }) => (test === undefined ? [] : [test]));
  const testLosses = tests.length === runs ? await errorsOn(tests) : [];
  return flat.map((parameters, run) => ({
    parameters,
    trainLoss: trainLosses[run]!,
    testLoss: testLosses[run] ?? NaN,
    rest: saveState(drawers[run]!.stream(), Float64Array.from(kept.flatMap((memory) => [...memory[run]!]))),
  }));
}

/** Of each run over its samples, in float64. */
async function meanSquaredErrors(
  tf: TensorFlow,
  network: Network,
  layers: readonly { weight: Tensor3D; bias: Tensor3D }[],
  of: readonly Samples[],
): Promise<number[]> {
  const runs = of.length;
  const rows = of[0]!.targets.length;
  const outputs = await outputsOf(tf, network, layers, runs, rows, (from, count) => {
    const inputs = of.map((one) => one.inputs.subarray(from * network.inputs, (from + count) * network.inputs));
    return tf.reshape(stackRows(tf, network.inputs, inputs), [runs, count, network.inputs]);
  });
  return outputs.map((output, run) => {
    const wanted = of[run]!.targets;
    return output.reduce((sum, value, row) => sum + (value - wanted[row]!) ** 2, 0) / rows;
  });
}

/** Tidy for results whose arrays are read-only, which its types do not know. */
function scoped<Result>(tf: TensorFlow, compute: () => Result): Result {
  return tf.tidy(compute as () => TensorContainer) as Result;
}

function disposeMoving(tf: TensorFlow, layers: readonly MovingLayer[]): void {
  tf.dispose(layers.flatMap(({ weight, bias }) => [weight, bias].flatMap((one) => [one.parameters, ...one.memory])));
}

/** The rows of every run, one run after the other: (run, row) x width. */
function stackRows(tf: TensorFlow, width: number, runs: readonly Float64Array[]): Tensor2D {
  const rows = Float32Array.from(runs.flatMap((numbers) => [...numbers]));
  return tf.tensor2d(rows, [rows.length / width, width]);
}
