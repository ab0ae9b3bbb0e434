/** `results`: what something else computed, read from files and shown as one's own, but for the mark that it was not computed here. */
import type { Artifact, Json, NdArray } from '../shared/artifact.js';
import { ofSameShapes, relative } from './comparison.js';
import { isTextFile } from './formats/formats.js';
import { findRuns } from './results/find-runs.js';
import { loadRun } from './results/load.js';
import type { Loaded } from './results/loaded.js';
import { options, type ResultsOptions } from './results/options.js';
import type { Dimension, FileReader, StepKind } from './step.js';

/** What is known of a run when its files have been read. */
export interface ResultsFacts {
  /** Of every array and single number, by its name. */
  readonly shapes: Readonly<Record<string, readonly Dimension[]>>;
  /** Of its checkpoints; none of results over no steps. */
  readonly steps: readonly number[];
  /** What people call them. */
  readonly progress: 'step' | 'epoch';
}

/** The run that was loaded last: checking its options and what is known of it ask for the same. */
let last:
  | { readonly options: ResultsOptions; readonly file: FileReader; readonly loaded: ReturnType<typeof loadRun> }
  | undefined;

function loadedOf(options: ResultsOptions, file: FileReader): ReturnType<typeof loadRun> {
  if (last?.options !== options || last.file !== file) last = { options, file, loaded: loadRun(options, file) };
  return last.loaded;
}

function load(options: ResultsOptions, file: FileReader): Loaded {
  const loaded = loadedOf(options, file);
  if ('message' in loaded) throw new Error(loaded.message);
  return loaded;
}

function factsOf({ arrays, progress }: Loaded): ResultsFacts {
  return {
    shapes: Object.fromEntries(Array.from(arrays, ([name, { dimensions }]) => [name, dimensions])),
    steps: progress === undefined ? [] : Array.from(arrays.get('step')?.data ?? []),
    progress: progress ?? 'step',
  };
}

/** Arrays as they are, and single numbers among the values. What JSON cannot say is no number there. */
function artifactOf({ arrays }: Loaded): Artifact {
  const own: Record<string, NdArray> = {};
  const values: Record<string, Json> = {};
  const last: Record<string, number> = {};
  for (const [name, { dimensions, data, last: written }] of arrays) {
    const [single = Number.NaN] = data;
    if (dimensions.length > 0) own[name] = { shape: dimensions.map(({ size }) => size), data };
    else values[name] = Number.isFinite(single) ? single : null;
    if (written !== undefined) last[name] = written;
  }
  return { arrays: own, values: { ...values, ...(Object.keys(last).length > 0 && { [lastWritten]: last }) } };
}

/** Under this name, of columns with gaps, the position of the last value that was written. */
const lastWritten = 'last-written';

function bytesOf(shapes: ResultsFacts['shapes']): number {
  const counts = Object.values(shapes).map((shape) => shape.reduce((product, { size }) => product * size, 1));
  return 8 * counts.reduce((sum, count) => sum + count, 0);
}

const known = (facts: unknown): ResultsFacts => facts as ResultsFacts;

export const results: StepKind<ResultsOptions> = {
  kind: 'results',
  noun: 'Results',
  version: 1,
  options,
  inputs: () => [],
  unkeyed: [['from'], ['files'], ['source']],
  findSteps: findRuns,
  source: ({ source }) => source,
  files: ({ files }) => files.map((file) => ({ file, path: ['from'], ...(isTextFile(file) && { isText: true }) })),
  check: (options, _inputs, file) => {
    const loaded = loadedOf(options, file);
    return 'message' in loaded ? [loaded] : [];
  },
  facts: (options, _inputs, file) => ({ ...factsOf(load(options, file)) }) as unknown as Readonly<Record<string, Json>>,
  cost: (_options, facts) => {
    const bytes = bytesOf(known(facts).shapes);
    return { operations: bytes, bytes: 3 * bytes, engineBytes: 0 };
  },
  run: (options, _inputs, { file }) => Promise.resolve(artifactOf(load(options, file))),
  // The same bytes of a file are the same numbers.
  compare: ofSameShapes((recorded, again) =>
    Object.entries(recorded.arrays).map(([of, array]) => ({
      of,
      share: relative(array, again.arrays[of]) === 0 ? 0 : Number.POSITIVE_INFINITY,
    })),
  ),
  dimensions: {},
  dimensionsIn: (facts) =>
    Object.fromEntries(
      Object.entries(known(facts).shapes).map(([name, shape]) => [name, shape.map((one) => one.name)]),
    ),
  shapes: (_options, facts) => known(facts).shapes,
  checkpoints: (_options, facts) => known(facts).steps,
  numbers: [],
  words: [],
};
