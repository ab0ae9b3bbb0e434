/** The arrays of a training, and its parameters out of them. */
import type { Checkpoint, TrainingResult } from '../../engine/engine.js';
import { type Network, parameterCount, parameterLayout } from '../../model/network.js';
import { type Artifact, float64Array, type NdArray } from '../../shared/artifact.js';
import { accuracies } from '../classes.js';
import type { TrainOptions } from './options.js';

/** How many parameters move: all of them, or those of the output layer. */
export function trainedParameterCount(network: Network, parameters: TrainOptions['parameters']): number {
  const total = parameterCount(network);
  return parameters === 'all' ? total : total - (parameterLayout(network).at(-2)?.offset ?? 0);
}

/** The arrays and values of `run`, of what an engine has trained. */
export function toArtifact(
  network: Network,
  parameters: TrainOptions['parameters'],
  { checkpoints, divergedAt }: TrainingResult,
  { counted, centered = false }: { readonly counted?: Counted; readonly centered?: boolean },
): Artifact {
  const column = (pick: (checkpoint: Checkpoint) => number): NdArray =>
    float64Array([checkpoints.length], Float64Array.from(checkpoints, pick));
  const arrays: Record<string, NdArray> = {
    step: { shape: [checkpoints.length], data: Int32Array.from(checkpoints, ({ step }) => step) },
    'batch-error': column(({ batchLoss }) => batchLoss),
    'train-error': column(({ trainLoss }) => trainLoss),
    'test-error': column(({ testLoss }) => testLoss),
    ...(counted !== undefined && classArrays(checkpoints, counted)),
  };
  // What an engine has in float32 is kept in float32.
  const single = checkpoints.every(({ parameters }) => parameters instanceof Float32Array);
  for (const { name, shape, offset, size } of parameterLayout(network)) {
    const length = checkpoints.length * size;
    const data = single ? new Float32Array(length) : new Float64Array(length);
    checkpoints.forEach(({ parameters }, index) => {
      data.set(parameters.subarray(offset, offset + size), index * size);
    });
    arrays[name] = { shape: [checkpoints.length, ...shape], data };
  }
  return {
    arrays,
    values: {
      network: { ...network },
      ...(counted !== undefined && { classes: counted.names }),
      ...(centered && { centered }),
      'parameter-count': parameterCount(network),
      'trained-parameter-count': trainedParameterCount(network, parameters),
    },
    ...(divergedAt !== undefined && { divergedAt }),
  };
}

/** The classes that the checkpoints count, and whether of test samples too. */
interface Counted {
  readonly names: readonly string[];
  readonly test: boolean;
}

function classArrays(checkpoints: readonly Checkpoint[], { names, test: hasTest }: Counted): Record<string, NdArray> {
  const classes = names.length;
  const of = (name: string, counts: readonly (Int32Array | undefined)[]): Record<string, NdArray> => {
    const tables = new Int32Array(counts.length * classes * classes);
    counts.forEach((table, index) => {
      if (table !== undefined) tables.set(table, index * classes * classes);
    });
    return {
      [`${name}-accuracy`]: float64Array([counts.length], accuracies(counts, classes)),
      [`${name}-confusion`]: { shape: [counts.length, classes, classes], data: tables },
    };
  };
  const [train, test] = [
    checkpoints.map(({ trainConfusion }) => trainConfusion),
    checkpoints.map(({ testConfusion }) => testConfusion),
  ];
  return { ...of('train', train), ...(hasTest && of('test', test)) };
}

/** All parameters of a training at one position of its arrays, flat, in the order of `parameterLayout`. */
export function parametersAt(training: Artifact, network: Network, index: number): Float64Array {
  const flat = new Float64Array(parameterCount(network));
  for (const { name, offset, size } of parameterLayout(network)) {
    const block = training.arrays[name]?.data;
    if (block === undefined) throw new Error(`this training has no parameter ${name}`);
    flat.set(block.subarray(index * size, (index + 1) * size), offset);
  }
  return flat;
}
