/** What a script needs of a training, as plain data. */
import type { Network } from '../model/network.js';
import type { Artifact } from '../shared/artifact.js';
import type { DatasetOptions } from '../steps/dataset/options.js';
import type { TrainOptions } from '../steps/train/options.js';

/** Inputs [sample, feature] and targets [sample], flat, in the float64 of the dataset. */
export interface Part {
  readonly inputs: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
}

/** What the report has of one checkpoint; NaN where there is no such error. */
export interface CheckpointErrors {
  readonly step: number;
  readonly batch: number;
  readonly train: number;
  readonly test: number;
}

export interface TrainingToExport {
  /** one-layer[hidden=10] */
  readonly name: string;
  readonly key: string;
  /** The directive as the author wrote it. */
  readonly source: string;
  readonly options: TrainOptions;
  readonly dataset: DatasetOptions;
  readonly network: Network;
  readonly data: Part;
  readonly test: Part | undefined;
  /** How many classes the targets are of, where they are of classes. */
  readonly classes: number | undefined;
  /** The results, where they have been computed; empty otherwise. */
  readonly errors: readonly CheckpointErrors[];
}

/** With the samples out of the result of its data, and the errors out of its own, where it has been computed. */
export function toExport(
  known: Omit<TrainingToExport, 'data' | 'test' | 'errors'>,
  { arrays }: Artifact,
  computed: Artifact | undefined,
): TrainingToExport {
  const part = (prefix: '' | 'test-'): TrainingToExport['test'] => {
    const [inputs, targets] = [arrays[`${prefix}inputs`], arrays[`${prefix}targets`]];
    return inputs && targets && { inputs: inputs.data, targets: targets.data };
  };
  const data = part('');
  if (data === undefined) throw new Error(`the data of ${known.name} have no inputs and targets`);
  const error = (name: string, index: number): number => computed?.arrays[name]?.data[index] ?? Number.NaN;
  const errors = Array.from(computed?.arrays['step']?.data ?? [], (step, index) => ({
    step,
    batch: error('batch-error', index),
    train: error('train-error', index),
    test: error('test-error', index),
  }));
  return { ...known, data, test: part('test-'), errors };
}
