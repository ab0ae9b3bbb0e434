/** `dataset`: samples of a function, of a set of points or of a file, to train and to test on. */
import { inputNames, readFormula } from '../model/formula.js';
import { featuresOf, formulaNames } from '../model/sampled.js';
import { withinLeastAccuracy } from './comparison.js';
import { datasetArtifact } from './dataset/artifact.js';
import { csvPath, type DatasetOptions, options } from './dataset/options.js';
import { arrayFiles } from './dataset/npy-arrays.js';
import type { Samples } from './dataset/parts.js';
import { samplesFor } from './dataset/samples.js';
import { shapesOf } from './shapes.js';
import type { FileReader, NamedFile, OptionIssue, StepKind } from './step.js';

export type { DatasetOptions } from './dataset/options.js';

/** What is known of a dataset before it is made. */
export interface DatasetFacts {
  readonly samples: number;
  readonly testSamples: number;
  /** How many numbers one input has. */
  readonly features: number;
  /** Where the inputs of a one-dimensional dataset lie. */
  readonly domain: readonly [number, number];
  /** The names of the classes, where the targets are their places in this list. */
  readonly classes?: readonly string[];
}

function samplesOf(options: DatasetOptions, file: FileReader): Samples {
  const samples = samplesFor(options, file);
  if ('train' in samples) return samples;
  throw new Error(samples[0]?.message ?? 'unreadable data');
}

/** What is wrong with a formula, at its place in the option, or with what it gives. */
function checkFormula(options: DatasetOptions): readonly OptionIssue[] {
  const found = formulaIn(options);
  if (found === undefined) return [];
  const { text, names, option } = found;
  const path = ['function', option];
  const formula = readFormula(text, names);
  if (typeof formula === 'function') return [];
  const { message, hint, start, end } = formula;
  return [{ path, rule: 'invalid-option', message, hint, part: { text, start, end } }];
}

function formulaIn(
  options: DatasetOptions,
): { readonly text: string; readonly names: readonly string[]; readonly option: string } | undefined {
  if (options.source === 'function' && options.function.kind === 'expression')
    return { text: options.function.expression, names: inputNames(1), option: 'expression' };
  if (options.source !== 'sampled') return undefined;
  const { function: choice } = options;
  if (choice.kind !== 'expression' && choice.kind !== 'circle') return undefined;
  return { text: choice.expression, names: formulaNames(choice), option: choice.kind };
}

/** A formula that is no number at one of the samples: 1/x at 0. */
function checkNumbers(options: DatasetOptions, { train, test }: Samples): readonly OptionIssue[] {
  const found = formulaIn(options);
  if (found === undefined) return [];
  for (const { inputs, targets } of test === undefined ? [train] : [train, test]) {
    const wrong = targets.findIndex((target) => !Number.isFinite(target));
    if (wrong < 0) continue;
    const features = inputs.length / targets.length;
    const at = Array.from(
      inputs.subarray(wrong * features, wrong * features + Math.min(features, 4)),
      (value, index) => {
        const name = features === 1 ? 'x' : `x${index + 1}`;
        return `${name} = ${Number(value.toPrecision(6))}`;
      },
    );
    const message = `this is ${targets[wrong] ?? Number.NaN} at ${at.join(', ')}, and a target must be a finite number`;
    const hint = 'choose another domain, or a formula that divides by nothing that is 0 there';
    return [{ path: ['function', found.option], rule: 'invalid-option', message, hint }];
  }
  return [];
}

/** More numbers than a network should be given, in bytes. */
const mostTeacherUnits = 1e9;

function check(options: DatasetOptions, file: FileReader): readonly OptionIssue[] {
  const wrong = checkFormula(options);
  if (wrong.length > 0) return wrong;
  if (options.source === 'sampled') {
    const test = options.test?.samples ?? 0;
    const { function: choice } = options;
    const widest =
      choice.kind === 'teacher' ? Math.max(featuresOf(choice), ...choice.network.hidden) : featuresOf(choice);
    if ((options.samples + test) * widest > mostTeacherUnits)
      return [
        {
          ...{
            path: ['samples'],
            rule: 'too-much-memory',
            hint: 'choose fewer samples, fewer inputs or smaller widths',
          },
          message: `${options.samples + test} samples of ${widest} numbers are more than ${mostTeacherUnits} numbers`,
        },
      ];
  }
  // Of a function of one number that has been there from the start nothing can be wrong.
  if (options.source === 'function' && options.function.kind !== 'expression' && options.labels === undefined)
    return [];
  const samples = samplesFor(options, file);
  return 'train' in samples ? checkNumbers(options, samples) : samples;
}

function filesOf(options: DatasetOptions): readonly NamedFile[] {
  if (options.source !== 'csv' && options.source !== 'arrays') return [];
  const isText = options.source === 'csv' && ({ isText: true } as const);
  const own =
    options.source === 'csv'
      ? [{ file: options.function.csv.file, path: csvPath }]
      : arrayFiles(options.function.arrays);
  const other =
    options.test !== null && 'file' in options.test ? [{ file: options.test.file, path: ['test', 'file'] }] : [];
  return [...own, ...other].map((one) => ({ ...one, ...isText }));
}

function factsOf(options: DatasetOptions, file: FileReader): DatasetFacts {
  if (options.source === 'function' && options.standardize === undefined) {
    const { samples, domain, test } = options;
    const testSamples = test === null ? 0 : test.grid + (test.withTrainingInputs ? samples : 0);
    return { samples, testSamples, features: 1, domain: [...domain] };
  }
  const { train, test, features, classes } = samplesOf(options, file);
  const all = [train, test].flatMap((part) => (part === undefined ? [] : [part.inputs]));
  const domain = [
    all.reduce((least, inputs) => inputs.reduce((a, b) => Math.min(a, b), least), Number.POSITIVE_INFINITY),
    all.reduce((most, inputs) => inputs.reduce((a, b) => Math.max(a, b), most), Number.NEGATIVE_INFINITY),
  ] as const;
  const [samples, testSamples] = [train.targets.length, test?.targets.length ?? 0];
  return { samples, testSamples, features, domain, ...(classes !== undefined && { classes }) };
}

const dimensions = {
  inputs: ['sample', 'feature'],
  targets: ['sample'],
  'test-inputs': ['test-sample', 'feature'],
  'test-targets': ['test-sample'],
  'input-mean': ['feature'],
  'input-scale': ['feature'],
} as const;

export const dataset: StepKind<DatasetOptions> = {
  kind: 'dataset',
  noun: 'Dataset',
  version: 1,
  options,
  inputs: () => [],
  files: filesOf,
  check: (options, _inputs, file) => check(options, file),
  facts: (options, _inputs, file) => ({ ...factsOf(options, file) }),
  cost: (_options, facts) => {
    const { samples, testSamples, features } = facts as unknown as DatasetFacts;
    const numbers = (samples + testSamples) * (features + 1);
    return { operations: 50 * numbers, bytes: 24 * numbers, engineBytes: 0 };
  },
  run: (options, _inputs, { file }) => Promise.resolve(datasetArtifact(samplesOf(options, file))),
  compare: withinLeastAccuracy,
  dimensions,
  shapes: ({ standardize }, facts) => {
    const { samples, testSamples, features } = facts as unknown as DatasetFacts;
    const { inputs, targets, 'test-inputs': testInputs, 'test-targets': testTargets, ...scales } = dimensions;
    const arrays = {
      ...{ inputs, targets },
      ...(testSamples > 0 && { 'test-inputs': testInputs, 'test-targets': testTargets }),
      ...(standardize !== undefined && standardize !== 'targets' && scales),
    };
    return shapesOf(arrays, { sample: samples, 'test-sample': testSamples, feature: features });
  },
  checkpoints: () => [],
  lacks: (facts, name) => {
    const { testSamples } = facts as unknown as DatasetFacts;
    if (name === 'input-mean' || name === 'input-scale')
      return { message: 'its inputs are not standardised', hint: 'write standardize: inputs' };
    if (testSamples > 0 || !(name === 'test-inputs' || name === 'test-targets')) return undefined;
    return { message: 'this dataset has no test set', hint: 'give it a "test"' };
  },
  numbers: [],
  words: [],
};
