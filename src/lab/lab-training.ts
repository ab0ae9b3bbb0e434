/** What a page has of a training that a reader may run again in it. */
import type { DatasetFacts } from '../steps/dataset.js';
import type { DatasetOptions } from '../steps/dataset/options.js';
import type { OptionPath } from '../steps/step.js';
import type { TrainOptions } from '../steps/train/options.js';
import type { AskedField } from '../steps/lab-fields.js';
import type { Carried } from './carried.js';
import type { Optimizers } from './fields.js';

/** One run of the report. */
export interface LabRun {
  /** "one-layer[hidden=10]". */
  readonly name: string;
  /** What it differs in from the others: "hidden 10". Empty for the only one. */
  readonly label: string;
  readonly key: string;
  /** Of its artifact. */
  readonly digest: string;
  readonly profile: string;
  readonly device: string;
  readonly options: TrainOptions;
  /** Of `LabTraining.datasets`. */
  readonly dataset: string;
}

export interface LabDataset {
  readonly key: string;
  readonly options: DatasetOptions;
  readonly facts: DatasetFacts;
  /** Options that are in no key: the names of files. */
  readonly names: readonly OptionPath[];
  /** The digests of its files. */
  readonly files: readonly string[];
  /** What was read from its files. */
  readonly read?: Carried;
  /** As the author wrote it, with its first line. */
  readonly source: string;
}

export interface LabTraining {
  readonly id: string;
  /** Of the kinds of its steps. */
  readonly versions: { readonly train: number; readonly dataset: number };
  /** Options of a training that are in no key. */
  readonly names: readonly OptionPath[];
  readonly runs: readonly LabRun[];
  readonly datasets: Readonly<Record<string, LabDataset>>;
  readonly optimizers: Optimizers;
  /** Among which the reader chooses, in the author's order. */
  readonly fields: readonly AskedField[];
  /** The profile in which pages train, and whose bits are the same everywhere. */
  readonly profile: string;
  /** As the author wrote it, with its first line. */
  readonly source: string;
}

/** The name by which its script hands it over. */
export function labName(training: string): string {
  return `lab:${training}`;
}

/** What the fold of a lab tells the page's script: the training, and the addresses of its runs as figures have them and as labs have them. */
export interface LabInPage {
  readonly training: string;
  readonly data: string;
  readonly script: string;
}
