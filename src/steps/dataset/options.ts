/** The options of a `dataset`: where its samples come from, what is done to them, and which are held out. */
import * as z from 'zod';
import type { SampledFunction } from '../../model/sampled.js';
import type { TargetFunction } from '../../model/target-functions.js';
import { featuresNamed } from '../../model/formula.js';
import { largestSeed } from '../../model/mt19937.js';
import { activations } from '../../model/network.js';
import type { CsvColumns } from '../csv.js';

/** Numbers outside this range are slips, not experiments. */
const number = z.number().min(-1e9).max(1e9);
const named = [
  ...(['piecewise-linear', 'piecewise-linear-as-published', 'sin(20x)', 'step'] as const),
  ...(['moons', 'circles', 'spirals', 'xor'] as const),
] as const;
const columnName = z.string().min(1);
const columns = z.union([columnName.transform((only) => [only]), z.array(columnName).min(1).max(10_000)]);
const formula = z.string().min(1).max(2000);
const seed = z.int().min(0).max(largestSeed);

export const csvPath = ['function', 'csv', 'file'] as const;

/** Of a function; a file has its own samples, and a share of them to test on. */
const defaults = {
  samples: 200,
  inputs: 'uniform',
  domain: [0, 1],
  noise: 0,
  at: 0.5,
  grid: 1000,
  'with-training-inputs': false,
  'test samples': 1000,
  factor: 0.8,
  turns: 1,
  arms: 2,
} as const;

const csv = z.strictObject({
  file: z.string().min(1).describe('Its path from the folder of the report.'),
  inputs: columns
    .default(['x'])
    .describe('The columns that the network sees: names, patterns such as p*, or numbers such as pixel[0..783].'),
  target: z.string().min(1).default('y').describe('The column that it learns: numbers, or words, which are classes.'),
  classes: z.literal(true).optional().describe('true: the numbers of the target column are the names of classes.'),
  categorical: columns
    .optional()
    .describe('Those among the inputs that hold words: an input of 0 or 1 for each word, in their order.'),
});

const functions = z.strictObject({
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
  expression: formula
    .optional()
    .describe(
      'A formula of x, or of x1, x2 and so on: sin(3*x1) * x2, with the functions that claims have. A comparison is 1 or 0.',
    ),
  circle: formula
    .optional()
    .describe('Points (x1, x2) on the unit circle; a formula of angle, x1 and x2 is their target.'),
  teacher: z
    .strictObject({
      hidden: z.array(z.int().min(1).max(100_000)).max(64).describe('The widths of its hidden layers.'),
      activation: z.enum(activations).default('relu').describe('Of its hidden units.'),
      inputs: z.int().min(1).max(10_000).default(1).describe('How many inputs it has.'),
      seed: seed.default(0).describe('Of torch.manual_seed: it is what a training of this seed starts from.'),
    })
    .optional()
    .describe('What another network says, which is not trained.'),
  circles: z
    .strictObject({ factor: z.number().min(0).lt(1).default(defaults.factor).describe('The radius of the inner one.') })
    .optional()
    .describe("Points on a circle within another: scikit-learn's make_circles."),
  spirals: z
    .strictObject({
      turns: z.number().gt(0).max(100).default(defaults.turns).describe('How often an arm goes around.'),
      arms: z.int().min(2).max(100).default(defaults.arms).describe('How many there are, each a class.'),
    })
    .optional()
    .describe('Points on arms that wind outward from the middle to radius 1.'),
  csv: csv.optional().describe('A file of the report with a line of column names.'),
  arrays: z
    .strictObject({
      file: z.string().min(1).optional().describe('A .npz file of the report.'),
      inputs: z
        .string()
        .min(1)
        .default('x')
        .describe(
          'The array of inputs, one sample for each position of its first dimension; without a file, a .npy file.',
        ),
      target: z
        .string()
        .min(1)
        .default('y')
        .describe('The array of targets, one for each sample; without a file, a .npy file.'),
      classes: z.literal(true).optional().describe('true: the numbers of the targets are the names of classes.'),
    })
    .optional()
    .describe("Arrays of NumPy's: .npz or .npy."),
});

export const written = z.strictObject({
  function: z
    .union([z.enum(named), functions])
    .describe(
      'What the targets are: a function or a set of points by its name, a formula, another network, columns of a CSV file, or arrays of NumPy. piecewise-linear-as-published is the notebook’s, 0 where ten times x is a whole number; moons and circles are scikit-learn’s, spirals and xor sets like them.',
    ),
  samples: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: 'How many training samples of a function.', default: defaults.samples }),
  inputs: z.enum(['uniform', 'grid', 'normal']).optional().meta({
    description:
      'uniform: random, and sorted where an input is one number; grid: evenly spaced; normal: of several inputs, standard normal.',
    default: defaults.inputs,
  }),
  features: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('How many inputs the formula of an expression has, if more than it names.'),
  domain: z
    .tuple([number, number])
    .optional()
    .meta({ description: 'Where the inputs of a function lie, each of several.', default: defaults.domain }),
  noise: z.number().min(0).max(1e6).optional().meta({
    description:
      'Standard deviation of the normal noise on the training targets of a function; of moons, circles, spirals and xor, on their points.',
    default: defaults.noise,
  }),
  labels: z
    .strictObject({
      permuted: z
        .literal(true)
        .optional()
        .describe('true: the training targets in another order, so that nothing can be learned of them.'),
      noise: z
        .number()
        .gt(0)
        .max(1)
        .optional()
        .describe('In this share of the training samples another class than the true one.'),
      seed: seed.default(0).describe("Of NumPy's RandomState, which says where."),
    })
    .optional()
    .describe('Training targets that are wrong on purpose.'),
  standardize: z
    .enum(['inputs', 'targets', 'both'])
    .optional()
    .describe('Subtracts the mean of each column and divides by its standard deviation, both of the training samples.'),
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
        samples: z.int().min(1).max(1_000_000).optional().meta({
          description: 'So many more samples of a function of several inputs, or of a set of points.',
          default: defaults['test samples'],
        }),
        fraction: z
          .number()
          .gt(0)
          .lt(1)
          .optional()
          .describe('Holds out this share of the rows of a file, chosen by the seed.'),
        column: columnName.optional().describe('Holds out the rows of a CSV file that have the value in this column.'),
        value: z.string().optional().meta({ description: 'That value.', default: 'test' }),
        file: z.string().min(1).optional().describe('Another file of the same columns or arrays.'),
      }),
    ])
    .optional()
    .describe(
      'Held-out data: a grid or samples of a function, part of a file or another file, which has none otherwise; or none.',
    ),
  seed: seed.default(0).describe("Of NumPy's RandomState."),
});

type Written = z.output<typeof written>;
type Choice = z.output<typeof functions>;

/** What a file holds out. */
export type FileTest =
  | { readonly fraction: number }
  | { readonly column: string; readonly value: string }
  | { readonly file: string };

/** What is done to samples of any source; absent where nothing is. */
export interface Treatment {
  readonly labels?: { readonly permuted?: true; readonly noise?: number; readonly seed: number };
  readonly standardize?: 'inputs' | 'targets' | 'both';
}

export interface ArrayNames {
  readonly file?: string;
  readonly inputs: string;
  readonly target: string;
  readonly classes?: true;
}

/** The options with their defaults, by where the samples come from. */
export type DatasetOptions = Treatment & { readonly seed: number } & (
    | {
        readonly source: 'function';
        readonly function: TargetFunction;
        readonly samples: number;
        readonly inputs: 'uniform' | 'grid';
        readonly domain: readonly [number, number];
        readonly noise: number;
        readonly test: { readonly grid: number; readonly withTrainingInputs: boolean } | null;
      }
    | {
        readonly source: 'sampled';
        readonly function: SampledFunction;
        readonly samples: number;
        readonly inputs: 'uniform' | 'normal' | 'grid';
        readonly domain: readonly [number, number];
        readonly noise: number;
        readonly test: { readonly samples: number } | null;
      }
    | { readonly source: 'csv'; readonly function: { readonly csv: CsvColumns }; readonly test: FileTest | null }
    | { readonly source: 'arrays'; readonly function: { readonly arrays: ArrayNames }; readonly test: FileTest | null }
  );

type Complain = (path: readonly string[], message: string) => void;

export const options = written
  .transform((raw, context): DatasetOptions => {
    const complain: Complain = (path, message) => {
      context.issues.push({ code: 'custom', message, input: raw, path: [...path] });
    };
    const choice = typeof raw.function === 'string' ? undefined : raw.function;
    const chosen = choice === undefined ? 1 : Object.values(choice).filter((value) => value !== undefined).length;
    if (chosen !== 1) complain(['function'], `must be exactly one of ${Object.keys(functions.shape).join(', ')}`);
    const common = { ...treatmentOf(raw), seed: raw.seed };
    if (choice?.csv !== undefined || choice?.arrays !== undefined) return ofFile(raw, choice, common, complain);
    const sampled = sampledFunction(raw);
    return sampled === undefined ? ofFunction(raw, common, complain) : ofSamples(raw, sampled, common, complain);
  })
  .describe('Samples of a function, of a set of points or of a file, to train and to test on.');

function treatmentOf({ labels, standardize }: Written): Treatment {
  return {
    ...(labels !== undefined && {
      labels: {
        ...(labels.permuted !== undefined && { permuted: labels.permuted }),
        ...(labels.noise !== undefined && { noise: labels.noise }),
        seed: labels.seed,
      },
    }),
    ...(standardize !== undefined && { standardize }),
  };
}

function ofFile(
  raw: Written,
  { csv, arrays }: Choice,
  common: Treatment & { readonly seed: number },
  complain: Complain,
): DatasetOptions {
  const what = csv === undefined ? 'arrays' : 'a CSV file';
  for (const name of ['samples', 'inputs', 'domain', 'noise', 'features'] as const) {
    if (raw[name] !== undefined) complain([name], `has no meaning for ${what}; leave it out`);
  }
  const test = raw.test === 'none' ? undefined : raw.test;
  if (test?.grid !== undefined) complain(['test', 'grid'], `needs a function; ${what} can hold out a fraction`);
  if (test?.samples !== undefined) complain(['test', 'samples'], `needs a function; ${what} can hold out a fraction`);
  if (test?.['with-training-inputs'] !== undefined) complain(['test', 'with-training-inputs'], 'needs a grid');
  const ways = (['fraction', 'column', 'file'] as const).filter((name) => test?.[name] !== undefined);
  if (ways.length > 1) complain(['test'], `must be exactly one of ${ways.join(', ')}`);
  if (test?.value !== undefined && test.column === undefined) complain(['test', 'value'], 'needs a column');
  const held = heldOut(test);
  if (csv !== undefined) {
    const { categorical, classes, ...names } = csv;
    const columns = { ...names, ...(classes && { classes }), ...(categorical && { categorical }) };
    return { source: 'csv', function: { csv: columns }, test: held, ...common };
  }
  const { file, classes, inputs, target } = arrays ?? { inputs: '', target: '' };
  if (test?.column !== undefined)
    complain(['test', 'column'], 'is for CSV files; arrays can hold out a fraction or name a file');
  if (file === undefined && test?.file !== undefined) complain(['test', 'file'], 'needs arrays of a .npz file');
  const names = { ...(file !== undefined && { file }), inputs, target, ...(classes && { classes }) };
  return { source: 'arrays', function: { arrays: names }, test: held, ...common };
}

function heldOut(test: Exclude<Written['test'], 'none'>): FileTest | null {
  if (test?.fraction !== undefined) return { fraction: test.fraction };
  if (test?.column !== undefined) return { column: test.column, value: test.value ?? 'test' };
  return test?.file === undefined ? null : { file: test.file };
}

/** A function of several inputs or a set of points; undefined of one of a single number. */
function sampledFunction({ function: choice, features }: Written): SampledFunction | undefined {
  if (choice === 'moons' || choice === 'xor') return { kind: choice };
  if (choice === 'circles') return { kind: choice, factor: defaults.factor };
  if (choice === 'spirals') return { kind: choice, turns: defaults.turns, arms: defaults.arms };
  if (typeof choice === 'string') return undefined;
  if (choice.circles !== undefined) return { kind: 'circles', ...choice.circles };
  if (choice.spirals !== undefined) return { kind: 'spirals', ...choice.spirals };
  if (choice.circle !== undefined) return { kind: 'circle', expression: choice.circle };
  if (choice.teacher !== undefined) {
    const { seed, ...network } = choice.teacher;
    return { kind: 'teacher', network, seed };
  }
  if (choice.expression === undefined) return undefined;
  const count = features ?? featuresNamed(choice.expression);
  return count === 1 ? undefined : { kind: 'expression', expression: choice.expression, features: count };
}

function ofSamples(
  raw: Written,
  choice: SampledFunction,
  common: Treatment & { readonly seed: number },
  complain: Complain,
): DatasetOptions {
  const isSet = choice.kind !== 'expression' && choice.kind !== 'teacher' && choice.kind !== 'circle';
  const test = raw.test === 'none' ? undefined : raw.test;
  for (const name of ['grid', 'with-training-inputs', 'fraction', 'column', 'value', 'file'] as const)
    if (test?.[name] !== undefined) complain(['test', name], 'has no meaning here; write { samples: 1000 }');
  if (choice.kind !== 'expression' && raw.features !== undefined)
    complain(['features'], 'is for an expression; leave it out');
  for (const name of ['inputs', 'domain'] as const)
    if ((isSet || (choice.kind === 'circle' && name === 'domain')) && raw[name] !== undefined)
      complain([name], 'has no meaning for this set of points; leave it out');
  if (choice.kind === 'circle' ? raw.inputs === 'normal' : raw.inputs === 'grid')
    complain(['inputs'], `cannot be ${raw.inputs ?? ''} here; write uniform`);
  const domain = domainOf(raw, complain);
  return {
    ...{ source: 'sampled', function: choice, samples: raw.samples ?? defaults.samples, domain, ...common },
    ...{ inputs: raw.inputs ?? defaults.inputs, noise: raw.noise ?? defaults.noise },
    test: raw.test === 'none' ? null : { samples: test?.samples ?? defaults['test samples'] },
  };
}

function domainOf(raw: Written, complain: Complain): readonly [number, number] {
  const domain = raw.domain ?? defaults.domain;
  if (domain[0] >= domain[1]) complain(['domain'], 'must go from a smaller to a larger number');
  return domain;
}

function ofFunction(raw: Written, common: Treatment & { readonly seed: number }, complain: Complain): DatasetOptions {
  const test = raw.test === 'none' ? undefined : raw.test;
  for (const name of ['fraction', 'column', 'value', 'file'] as const)
    if (test?.[name] !== undefined) complain(['test', name], 'is for CSV files; a function is tested on a grid');
  if (test?.samples !== undefined)
    complain(['test', 'samples'], 'is for functions of several inputs; write { grid: 1000 }');
  const isFormula = typeof raw.function !== 'string' && raw.function.expression !== undefined;
  if (raw.features !== undefined && !isFormula) complain(['features'], 'is for an expression; leave it out');
  if (raw.inputs === 'normal') complain(['inputs'], 'can be normal of several inputs only; write uniform or grid');
  return {
    source: 'function',
    function: toTargetFunction(raw.function),
    samples: raw.samples ?? defaults.samples,
    inputs: raw.inputs === 'grid' ? 'grid' : 'uniform',
    domain: domainOf(raw, complain),
    noise: raw.noise ?? defaults.noise,
    test:
      raw.test === 'none'
        ? null
        : {
            grid: test?.grid ?? defaults.grid,
            withTrainingInputs: test?.['with-training-inputs'] ?? defaults['with-training-inputs'],
          },
    ...common,
  };
}

function toTargetFunction(choice: Written['function']): TargetFunction {
  if (typeof choice === 'string') {
    if (choice === 'step') return { kind: 'step', at: defaults.at };
    // The sets of points have been taken before.
    return { kind: choice as 'piecewise-linear' | 'piecewise-linear-as-published' | 'sin(20x)' };
  }
  if (choice.sine !== undefined) return { kind: 'sine', ...choice.sine };
  if (choice.expression !== undefined) return { kind: 'expression', expression: choice.expression };
  return { kind: 'step', at: choice.step?.at ?? defaults.at };
}
