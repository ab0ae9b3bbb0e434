/** `dataset`: samples of a function or of a CSV file, to train and to test on. */
import * as z from 'zod';
import { type Artifact, float64Array, type NdArray } from '../shared/artifact.js';
import { holdOut, makeDataset } from '../model/dataset.js';
import type { TargetFunction } from '../model/target-functions.js';
import { withinLeastAccuracy } from './comparison.js';
import { type CsvColumns, readCsv } from './csv.js';
import { shapesOf } from './shapes.js';
import type { FileReader, OptionIssue, StepKind } from './step.js';

/** Numbers outside this range are slips, not experiments. */
const number = z.number().min(-1e9).max(1e9);
const named = ['piecewise-linear', 'piecewise-linear-as-published', 'sin(20x)', 'step'] as const;
const columnName = z.string().min(1);
const csvPath = ['function', 'csv', 'file'] as const;

/** Of a function; a CSV file has its own samples, and a share of them to test on. */
const defaults = {
  samples: 200,
  inputs: 'uniform',
  domain: [0, 1],
  noise: 0,
  at: 0.5,
  grid: 1000,
  'with-training-inputs': false,
} as const;

const written = z.strictObject({
  function: z
    .union([
      z.enum(named),
      z.strictObject({
        sine: z
          .strictObject({
            frequency: number.describe('In radians per unit of x.'),
            amplitude: number.default(1).describe('Half of what lies between the least and the largest value.'),
            phase: number.default(0).describe('In radians.'),
          })
          .optional()
          .describe('amplitude sin(frequency x + phase).'),
        step: z
          .strictObject({ at: number.default(defaults.at).describe('Where it steps.') })
          .optional()
          .describe('0 below the step, 1 from there on.'),
        csv: z
          .strictObject({
            file: z.string().min(1).describe('Its path from the folder of the report.'),
            inputs: z
              .union([columnName.transform((only) => [only]), z.array(columnName).min(1).max(1000)])
              .default(['x'])
              .describe('The columns that the network sees.'),
            target: z.string().min(1).default('y').describe('The column that it learns.'),
          })
          .optional()
          .describe('A file of the report with a line of column names.'),
      }),
    ])
    .describe(
      'What the targets are: a function by its name, a sine, a step, or columns of a CSV file. piecewise-linear-as-published is the notebook’s, 0 where ten times x is a whole number.',
    ),
  samples: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: 'How many training samples of a function.', default: defaults.samples }),
  inputs: z
    .enum(['uniform', 'grid'])
    .optional()
    .meta({ description: 'uniform: random and sorted; grid: evenly spaced.', default: defaults.inputs }),
  domain: z
    .tuple([number, number])
    .optional()
    .meta({ description: 'Where the inputs of a function lie.', default: defaults.domain }),
  noise: z.number().min(0).max(1e6).optional().meta({
    description: 'Standard deviation of the normal noise on the training targets of a function.',
    default: defaults.noise,
  }),
  test: z
    .union([
      z.literal('none'),
      z.strictObject({
        grid: z.int().min(2).max(1_000_000).optional().meta({
          description: 'So many evenly spaced inputs over the domain, with targets without noise; for a function.',
          default: defaults.grid,
        }),
        'with-training-inputs': z
          .boolean()
          .optional()
          .meta({ description: 'Tests at the training inputs too.', default: defaults['with-training-inputs'] }),
        fraction: z
          .number()
          .gt(0)
          .lt(1)
          .optional()
          .describe('Holds out this share of the rows of a CSV file, chosen by the seed.'),
      }),
    ])
    .optional()
    .describe('Held-out data: a grid for a function, a fraction for a CSV file, which has none otherwise; or none.'),
  seed: z.int().min(0).max(4294967295).default(0).describe("Of NumPy's RandomState."),
});

/** The options with their defaults: a function's samples, or a CSV file's. */
export type DatasetOptions =
  | {
      readonly source: 'function';
      readonly function: TargetFunction;
      readonly samples: number;
      readonly inputs: 'uniform' | 'grid';
      readonly domain: readonly [number, number];
      readonly noise: number;
      readonly test: { readonly grid: number; readonly withTrainingInputs: boolean } | null;
      readonly seed: number;
    }
  | {
      readonly source: 'csv';
      readonly function: { readonly csv: CsvColumns };
      readonly test: { readonly fraction: number } | null;
      readonly seed: number;
    };

const options = written
  .transform((raw, context): DatasetOptions => {
    const complain = (path: readonly string[], message: string): void => {
      context.issues.push({ code: 'custom', message, input: raw, path: [...path] });
    };
    const choice = typeof raw.function === 'string' ? undefined : raw.function;
    const chosen = choice === undefined ? 1 : Object.values(choice).filter((value) => value !== undefined).length;
    if (chosen !== 1) complain(['function'], 'must be exactly one of sine, step and csv');
    const test = raw.test === 'none' ? undefined : raw.test;

    if (choice?.csv !== undefined) {
      for (const name of ['samples', 'inputs', 'domain', 'noise'] as const) {
        if (raw[name] !== undefined) complain([name], 'has no meaning for a CSV file; leave it out');
      }
      if (test?.grid !== undefined) complain(['test', 'grid'], 'needs a function; a CSV file can hold out a fraction');
      if (test?.['with-training-inputs'] !== undefined) complain(['test', 'with-training-inputs'], 'needs a grid');
      return {
        source: 'csv',
        function: { csv: choice.csv },
        test: test?.fraction === undefined ? null : { fraction: test.fraction },
        seed: raw.seed,
      };
    }

    if (test?.fraction !== undefined)
      complain(['test', 'fraction'], 'is for CSV files; a function is tested on a grid');
    const domain = raw.domain ?? defaults.domain;
    if (domain[0] >= domain[1]) complain(['domain'], 'must go from a smaller to a larger number');
    return {
      source: 'function',
      function: toTargetFunction(raw.function),
      samples: raw.samples ?? defaults.samples,
      inputs: raw.inputs ?? defaults.inputs,
      domain,
      noise: raw.noise ?? defaults.noise,
      test:
        raw.test === 'none'
          ? null
          : {
              grid: test?.grid ?? defaults.grid,
              withTrainingInputs: test?.['with-training-inputs'] ?? defaults['with-training-inputs'],
            },
      seed: raw.seed,
    };
  })
  .describe('Samples of a function or of a CSV file, to train and to test on.');

function toTargetFunction(choice: z.output<typeof written>['function']): TargetFunction {
  if (typeof choice === 'string') return choice === 'step' ? { kind: 'step', at: defaults.at } : { kind: choice };
  if (choice.sine !== undefined) return { kind: 'sine', ...choice.sine };
  return { kind: 'step', at: choice.step?.at ?? defaults.at };
}

/** What is known of a dataset before it is made. */
export interface DatasetFacts {
  readonly samples: number;
  readonly testSamples: number;
  /** How many numbers one input has. */
  readonly features: number;
  /** Where the inputs of a one-dimensional dataset lie. */
  readonly domain: readonly [number, number];
}

/**
 * The samples of `options`.
 *
 * Arrays: `inputs` [sample, feature], `targets` [sample], and unless there is no test set `test-inputs`
 * [test-sample, feature] and `test-targets` [test-sample]. Inputs and noise come from NumPy's RandomState, bit for bit.
 */
function computeDataset(options: DatasetOptions, file: FileReader): Artifact {
  const arrays: Record<string, NdArray> = {};
  const add = (prefix: string, inputs: Float64Array, targets: Float64Array): void => {
    arrays[`${prefix}inputs`] = float64Array([targets.length, inputs.length / targets.length], inputs);
    arrays[`${prefix}targets`] = float64Array([targets.length], targets);
  };
  if (options.source === 'function') {
    const { inputs, targets, test } = makeDataset({ ...options, test: options.test ?? undefined });
    add('', inputs, targets);
    if (test !== undefined) add('test-', test.inputs, test.targets);
    return { arrays, values: {} };
  }
  const samples = csvSamples(options.function.csv, file);
  const features = options.function.csv.inputs.length;
  if (options.test === null) {
    add('', samples.inputs, samples.targets);
    return { arrays, values: {} };
  }
  const split = holdOut(samples.targets.length, options.test.fraction, options.seed);
  for (const [prefix, rows] of [
    ['', split.train],
    ['test-', split.test],
  ] as const) {
    const inputs = new Float64Array(rows.length * features);
    rows.forEach((row, position) => {
      inputs.set(samples.inputs.subarray(row * features, (row + 1) * features), position * features);
    });
    add(
      prefix,
      inputs,
      Float64Array.from(rows, (row) => samples.targets[row] ?? Number.NaN),
    );
  }
  return { arrays, values: {} };
}

function csvSamples(columns: CsvColumns, file: FileReader): { inputs: Float64Array; targets: Float64Array } {
  const samples = readCsv(columns, file(columns.file), csvPath);
  if ('inputs' in samples) return samples;
  throw new Error(samples[0]?.message ?? 'unreadable CSV file');
}

function checkCsv(options: DatasetOptions, file: FileReader): readonly OptionIssue[] {
  if (options.source !== 'csv') return [];
  const samples = readCsv(options.function.csv, file(options.function.csv.file), csvPath);
  if (!('inputs' in samples)) return samples;
  const count = samples.targets.length;
  const held = options.test === null ? 0 : holdOut(count, options.test.fraction, options.seed).test.length;
  if (options.test === null || (held > 0 && held < count)) return [];
  const which = held === 0 ? 'test' : 'train';
  return [
    {
      path: ['test', 'fraction'],
      rule: 'invalid-option',
      message: `holding out ${options.test.fraction} of ${count} rows leaves none to ${which} on`,
      hint: 'choose another fraction',
    },
  ];
}

const dimensions = {
  inputs: ['sample', 'feature'],
  targets: ['sample'],
  'test-inputs': ['test-sample', 'feature'],
  'test-targets': ['test-sample'],
} as const;

export const dataset: StepKind<DatasetOptions> = {
  kind: 'dataset',
  noun: 'Dataset',
  version: 1,
  options,
  inputs: () => [],
  files: (options) =>
    options.source === 'csv' ? [{ file: options.function.csv.file, path: csvPath, isText: true }] : [],
  check: (options, _inputs, file) => checkCsv(options, file),
  facts: (options, _inputs, file) => {
    if (options.source === 'function') {
      const { samples, domain, test } = options;
      const testSamples = test === null ? 0 : test.grid + (test.withTrainingInputs ? samples : 0);
      return { samples, testSamples, features: 1, domain: [...domain] } satisfies DatasetFacts;
    }
    const { inputs, targets } = csvSamples(options.function.csv, file);
    const held = options.test === null ? 0 : holdOut(targets.length, options.test.fraction, options.seed).test.length;
    const [first = 0] = inputs;
    const domain = [
      inputs.reduce((a, b) => Math.min(a, b), first),
      inputs.reduce((a, b) => Math.max(a, b), first),
    ] as const;
    return { samples: targets.length - held, testSamples: held, features: options.function.csv.inputs.length, domain };
  },
  cost: (_options, facts) => {
    const { samples, testSamples, features } = facts as unknown as DatasetFacts;
    const numbers = (samples + testSamples) * (features + 1);
    return { operations: 50 * numbers, bytes: 24 * numbers, engineBytes: 0 };
  },
  run: (options, _inputs, { file }) => Promise.resolve(computeDataset(options, file)),
  compare: withinLeastAccuracy,
  dimensions,
  shapes: (_options, facts) => {
    const { samples, testSamples, features } = facts as unknown as DatasetFacts;
    const { inputs, targets, ...test } = dimensions;
    const arrays = testSamples === 0 ? { inputs, targets } : { inputs, targets, ...test };
    return shapesOf(arrays, { sample: samples, 'test-sample': testSamples, feature: features });
  },
  checkpoints: () => [],
  lacks: (facts, name) => {
    const { testSamples } = facts as unknown as DatasetFacts;
    if (testSamples > 0 || !(name === 'test-inputs' || name === 'test-targets')) return undefined;
    return { message: 'this dataset has no test set', hint: 'give it a "test"' };
  },
  numbers: [],
  words: [],
};
