/** The results of one run: its arrays with their dimensions, and its single numbers. */
import type { NdArray } from '../../shared/artifact.js';
import type { FileArray } from '../formats/content.js';
import type { Dimension } from '../step.js';

export interface LoadedArray {
  /** None of a single number. */
  readonly dimensions: readonly Dimension[];
  readonly data: NdArray['data'];
  /** Of a column with gaps, the position of the last value that was written. */
  readonly last?: number;
}

export interface Loaded {
  readonly arrays: ReadonlyMap<string, LoadedArray>;
  /** What its checkpoints are called; undefined of results over no steps. */
  readonly progress: Progress | undefined;
}

/** The dimensions that the course of a training runs over: of both, what counts is the step. */
export const progressNames = ['step', 'epoch'] as const;
export type Progress = (typeof progressNames)[number];

/** The arrays that are taken, by the names of results. */
export type Taken = ReadonlyMap<string, FileArray>;
