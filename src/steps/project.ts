/** `project`: the residuals of a training along the left vectors of a decomposition, and what the linear model predicts of them. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array } from '../shared/artifact.js';
import { descend } from '../model/linear-training.js';
import { parameterCount } from '../model/network.js';
import { power } from '../model/power.js';
import { checkpointSteps } from './checkpoint-steps.js';
import { checkAt } from './checkpoints.js';
import { withinRounding } from './comparison.js';
import { descentRule } from './descent-rule.js';
import { checkNumbers, trainFacts } from './gradients.js';
import { shapesOf } from './shapes.js';
import type { InputReference, OptionIssue, PlannedInput, RunInput, StepKind, StepWorld } from './step.js';
import type { SvdFacts, SvdOptions } from './svd.js';
import { parametersAt } from './train/artifact.js';
import { parametrizedBy, samplesOf } from './train/start.js';
import type { TrainFacts, TrainOptions } from './train.js';
import { trainedOutputs } from './trained-outputs.js';

const checkpoint = z.union([z.int().min(0), z.literal('last')]);

const options = z
  .strictObject({
    onto: z.string().min(1).describe('The id of an svd whose rows are the training inputs.'),
    step: checkpoint
      .default(0)
      .describe('The checkpoint of the decomposition whose left vectors these are; the prediction starts there.'),
    of: z
      .string()
      .min(1)
      .optional()
      .describe('The id of the training whose residuals are projected; that of the decomposition if absent.'),
    components: z.int().min(1).max(1_000_000).default(10).describe('How many left vectors, from the first.'),
  })
  .describe('Residual and target along the left vectors of a decomposition, over a training, measured and predicted.');

type ProjectOptions = z.output<typeof options>;
type Inputs<Input> = Readonly<Record<string, Input>>;

const svdOf = (inputs: Inputs<PlannedInput>): SvdOptions => inputs['onto']?.options as SvdOptions;
const svdFacts = (inputs: Inputs<PlannedInput>): SvdFacts => inputs['onto']?.facts as unknown as SvdFacts;
const trainingOf = (inputs: Inputs<PlannedInput>): TrainOptions => inputs['of']?.options as TrainOptions;

function startOf({ step }: ProjectOptions, inputs: Inputs<PlannedInput>): number {
  return step === 'last' ? (svdFacts(inputs).checkpoints.at(-1) ?? 0) : step;
}

/**
 * With r_t = y - f_t the residual at the training inputs and U, s the decomposition at `step`, t0. Arrays: `step`
 * [checkpoint], all that the training recorded; `residual` [checkpoint, component], the sizes of U' r_t; `predicted`
 * [checkpoint, component], |(1 - 2 rate s^2 / n)^(t - t0) u' r_t0|, with momentum by its recurrence, NaN before t0 and for
 * rules that are no such map; `energy-residual` [checkpoint, component], (u' r_t)^2 / |r_t|^2; `energy-target`, `half-life` (n ln 2 /
 * (2 rate s^2)) and `singular-values` [component]. The value `alignment` is y' K y / (|K|_F |y|^2) with K = U diag(s^2) U'.
 */
async function run(options: ProjectOptions, inputs: Inputs<RunInput>, world: StepWorld): Promise<Artifact> {
  const [training, onto, dataset] = [inputs['of']?.artifact, inputs['onto']?.artifact, inputs['data']?.artifact];
  const data = dataset && samplesOf(dataset, '');
  if (training === undefined || onto === undefined || data === undefined)
    throw new Error('a projection needs its inputs');
  const { network } = inputs['of']?.facts as unknown as TrainFacts;
  const rule = descentRule(trainingOf(inputs).optimizer, parametrizedBy(trainingOf(inputs), network)?.rate);
  const outputsOf = trainedOutputs(training, network);
  const start = startOf(options, inputs);
  const position = Array.from(onto.arrays['step']?.data ?? []).indexOf(start);
  const [, n = 0, r = 0] = onto.arrays['left-vectors']?.shape ?? [];
  const count = Math.min(options.components, r);
  const part = (name: string, size: number): Float64Array =>
    position < 0
      ? new Float64Array(size).fill(Number.NaN)
      : Float64Array.from(onto.arrays[name]?.data.subarray(position * size, (position + 1) * size) ?? []);
  const [u, s] = [part('left-vectors', n * r), part('singular-values', r)];
  const along = (vector: Float64Array): Float64Array => {
    const sums = new Float64Array(r);
    u.forEach((entry, index) => {
      sums[index % r] = (sums[index % r] ?? 0) + entry * (vector[Math.floor(index / r)] ?? 0);
    });
    return sums;
  };
  const steps = Array.from(training.arrays['step']?.data ?? []);
  const residual = new Float64Array(steps.length * count);
  const energy = new Float64Array(steps.length * count);
  const predicted = new Float64Array(steps.length * count).fill(Number.NaN);
  let first = new Float64Array(r);
  for (const [index, step] of steps.entries()) {
    world.signal.throwIfAborted();
    const outputs = await outputsOf(world.engine, parametersAt(training, network, index), data.inputs);
    const left = data.targets.map((target, row) => target - (outputs[row] ?? 0));
    const sums = along(left);
    const whole = squares(left);
    if (step === start) first = Float64Array.from(sums);
    for (let k = 0; k < count; k += 1) {
      residual[index * count + k] = Math.abs(sums[k] ?? 0);
      energy[index * count + k] = (sums[k] ?? 0) ** 2 / whole;
    }
    world.progress((index + 1) / steps.length);
  }
  if (rule !== undefined && steps.includes(start)) {
    const later = steps.filter((step) => step >= start);
    const since = later.map((step) => step - start);
    descend(s, first, n, rule, since).forEach(({ left }, index) => {
      const row = steps.length - later.length + index;
      for (let k = 0; k < count; k += 1) predicted[row * count + k] = Math.abs(left[k] ?? 0);
    });
  }
  const target = along(data.targets);
  const length = squares(data.targets);
  const rate = rule?.momentum === 0 ? rule.rate : Number.NaN;
  const ofComponents = (value: (k: number) => number): Artifact['arrays'][string] =>
    float64Array(
      [count],
      Float64Array.from({ length: count }, (_, k) => value(k)),
    );
  const fourth = Math.sqrt(s.reduce((sum, value) => sum + power(value, 4), 0));
  return {
    arrays: {
      step: { shape: [steps.length], data: Int32Array.from(steps) },
      residual: float64Array([steps.length, count], residual),
      predicted: float64Array([steps.length, count], predicted),
      'energy-residual': float64Array([steps.length, count], energy),
      'energy-target': ofComponents((k) => (target[k] ?? 0) ** 2 / length),
      'half-life': ofComponents((k) => (n * Math.LN2) / (2 * rate * (s[k] ?? 0) ** 2)),
      'singular-values': ofComponents((k) => s[k] ?? Number.NaN),
    },
    values: {
      // Of a target or features that are 0 nothing is aligned.
      alignment: s.reduce((sum, value, k) => sum + (value * (target[k] ?? 0)) ** 2, 0) / (fourth * length || 1),
      samples: n,
    },
    ...(training.divergedAt !== undefined && { divergedAt: training.divergedAt }),
  };
}

function squares(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

function check(options: ProjectOptions, inputs: Inputs<PlannedInput>): OptionIssue[] {
  const path = [options.of === undefined ? 'onto' : 'of'];
  const unfit = checkNumbers('residuals are of one output and a target that is a number', trainFacts(inputs));
  if (unfit.length > 0) return unfit.map((issue) => ({ ...issue, path }));
  const issues: OptionIssue[] = [];
  const { rows } = svdOf(inputs);
  if (rows !== 'train') {
    const message = 'the rows of that decomposition are not the training inputs, at which there are residuals';
    issues.push({ path: ['onto'], rule: 'invalid-option', message, hint: 'name an svd with rows: train' });
  }
  const start = startOf(options, inputs);
  const { checkpoints } = svdFacts(inputs);
  if (!checkpoints.includes(start)) {
    const message = `that decomposition has no step ${start}`;
    const hint = `choose ${checkpoints.slice(0, 4).join(' or ')}, or add ${start} to its "at"`;
    issues.push({ path: ['step'], rule: 'no-checkpoint', message, hint });
  }
  const training = trainingOf(inputs);
  // Checked options are in the order of their schema.
  const same = (role: string): string => JSON.stringify(inputs[role]?.options);
  if (same('data') !== same('rows')) {
    const message = 'this training is on other data than the decomposition: its residuals are at other inputs';
    issues.push({ path: ['of'], rule: 'invalid-option', message, hint: 'name a training on the same dataset' });
  }
  if (options.of !== undefined && descentRule(training.optimizer) !== undefined) {
    const [wrong] = checkAt([start], training.checkpoints, training.steps);
    if (wrong !== undefined) {
      const message = `the prediction starts at step ${start}: ${wrong.message}`;
      issues.push({ ...wrong, path: ['step'], message });
    }
  }
  return issues;
}

/** What is known of a projection before it is computed. */
type ProjectFacts = {
  readonly samples: number;
  readonly allParameters: number;
  readonly components: number;
  readonly directions: number;
  readonly checkpoints: readonly number[];
  /** Whether the linear model's residuals are known in advance, and after how many steps they are half of what they were. */
  readonly predicts: boolean;
  readonly halves: boolean;
};

const dimensions = {
  step: ['checkpoint'],
  residual: ['checkpoint', 'component'],
  predicted: ['checkpoint', 'component'],
  'energy-residual': ['checkpoint', 'component'],
  'energy-target': ['component'],
  'half-life': ['component'],
  'singular-values': ['component'],
} as const;

export const project: StepKind<ProjectOptions> = {
  kind: 'project',
  noun: 'Projection',
  version: 2,
  options,
  inputs: ({ onto, of }): InputReference[] => [
    { role: 'onto', id: onto, path: ['onto'], kinds: ['svd'] },
    of === undefined
      ? { role: 'of', via: 'onto', input: 'of' }
      : { role: 'of', id: of, path: ['of'], kinds: ['train'] },
    { role: 'data', via: 'of', input: 'data' },
    { role: 'rows', via: 'onto', input: 'data' },
  ],
  files: () => [],
  check,
  facts: (options, inputs) => {
    const training = trainingOf(inputs);
    const { network, data } = inputs['of']?.facts as unknown as TrainFacts;
    const { rows, parameters } = svdFacts(inputs);
    const rule = descentRule(training.optimizer);
    const directions = Math.min(rows, parameters);
    return {
      samples: data.samples,
      allParameters: parameterCount(network),
      components: Math.min(options.components, directions),
      directions,
      checkpoints: checkpointSteps(training.checkpoints, training.steps),
      predicts: rule !== undefined,
      halves: rule?.momentum === 0,
    } satisfies ProjectFacts;
  },
  cost: (_options, facts) => {
    const { samples, allParameters, components, directions, checkpoints } = facts as unknown as ProjectFacts;
    const count = checkpoints.length;
    const engineBytes = 8 * (allParameters + 4 * samples);
    return {
      operations: count * samples * 2 * (allParameters + directions) + (checkpoints.at(-1) ?? 0) * directions,
      bytes: engineBytes + 8 * (samples * directions + 4 * count * (components + directions)),
      engineBytes,
    };
  },
  run,
  compare: withinRounding(({ predict }) => predict),
  dimensions,
  shapes: (_options, facts) => {
    const { components, checkpoints } = facts as unknown as ProjectFacts;
    return shapesOf(dimensions, { checkpoint: checkpoints.length, component: components });
  },
  checkpoints: (_options, facts) => (facts as unknown as ProjectFacts).checkpoints,
  lacks: (facts, name) => {
    const { predicts: isKnown, halves } = facts as unknown as ProjectFacts;
    const hint = 'train by sgd at a fixed rate without weight decay, or take the residual';
    if (name === 'predicted' && !isKnown)
      return { message: 'the steps of this optimizer are no fixed factors along singular directions', hint };
    if (name === 'half-life' && !halves) return { message: 'it is of sgd without momentum and weight decay', hint };
    return undefined;
  },
  numbers: ['alignment', 'samples', divergedAtName],
  words: [],
};
