/** What a script needs of a training, as plain data. */
import type { Network } from '../model/network.js';
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
