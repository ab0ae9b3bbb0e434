/** `linearize`: the linearisation of a network at a checkpoint, trained in the same steps as the network itself. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array, type NdArray } from '../shared/artifact.js';
import type { Batches } from '../engine/engine.js';
import { type Network, parameterCount, parameterLayout } from '../model/network.js';
import { NumpyRandom } from '../model/numpy-random.js';
import { Randperm, TorchRandom } from '../model/torch-random.js';
import { checkpointSteps } from './checkpoint-steps.js';
import { checkAt } from './checkpoints.js';
import { compareLinearised } from './compare-linearised.js';
import { descentRule } from './descent-rule.js';
import { checkNumbers, gradientBytes, gradientInputs, gradientJob, trainFacts, unitCount } from './gradients.js';
import { productBytes } from './kernel-products.js';
import { linearised, type LinearOutputs, type Linearised, solverOf, trainLinear } from './linear-model.js';
import { toEngine } from './train/engine-optimizer.js';
import type { ParameterOptions } from './parameter-names.js';
import { checkPoints, pointCount, pointInputs, pointsOptions } from './points.js';
import { shapesOf } from './shapes.js';
import type { OptionIssue, PlannedInput, RunInput, StepKind, StepWorld } from './step.js';
import { methodOf } from './svd.js';
import { batchesOf, isParametrized, parametrizedBy, samplesOf, startOf } from './train/start.js';
import { parametersAt } from './train/artifact.js';
import type { TrainOptions } from './train.js';

const checkpoint = z.union([z.int().min(0), z.literal('last')]);

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training.'),
    at: checkpoint
      .default(0)
      .describe('The checkpoint at which the network is linearised, and from which both are trained.'),
    steps: z
      .array(checkpoint)
      .min(1)
      .optional()
      .describe('The checkpoints at which both are looked at: steps, or last. Absent: all from the first of both on.'),
    on: pointsOptions
      .default('train')
      .describe('Where their outputs are results: at the inputs of the training or of the test set, or on a grid.'),
    ridge: z
      .array(z.number().min(0).max(1e12))
      .max(1000)
      .default([])
      .describe('Penalties of ridge regressions on the same gradient features; 0 is least squares of minimum norm.'),
    threshold: z
      .number()
      .gt(0)
      .max(1e9)
      .default(0.1)
      .describe(
        'The two part where their distance first exceeds this: root mean square difference over the residual at the start.',
      ),
  })
  .describe('The linearisation of a network at a checkpoint, trained beside the network in the same steps.');

type LinearizeOptions = z.output<typeof options>;
type Inputs<Input> = Readonly<Record<string, Input>>;

const trainingOptions = (inputs: Inputs<PlannedInput>): TrainOptions => inputs['of']?.options as TrainOptions;

/** Whether each step is the same linear map of the residuals, which has a solution over singular vectors. */
function isSolved({ batch, optimizer }: TrainOptions): boolean {
  return batch === 'full' && descentRule(optimizer) !== undefined;
}

/** The parameters that move. */
function moving({ parameters }: TrainOptions, network: Network): ParameterOptions {
  const output = parameterLayout(network)
    .slice(-2)
    .map(({ name }) => name);
  return parameters === 'all' ? 'all' : output;
}

function movingCount(training: TrainOptions, network: Network): number {
  const layout = parameterLayout(network);
  const blocks = training.parameters === 'all' ? layout : layout.slice(-2);
  return blocks.reduce((sum, { size }) => sum + size, 0);
}

/** The steps that are looked at, of all that the training is to record. */
function lookedAt({ at, steps }: LinearizeOptions, training: TrainOptions): number[] {
  const start = at === 'last' ? training.steps : at;
  const recorded = checkpointSteps(training.checkpoints, training.steps);
  const wanted = steps?.map((step) => (step === 'last' ? training.steps : step)) ?? recorded;
  return [...new Set(wanted)].filter((step) => step >= start).sort((a, b) => a - b);
}

/** The same batches from a later step on: the stream goes on where it then is. */
function batchesAfter(batches: Batches, samples: number, steps: number): Batches {
  switch (batches.kind) {
    case 'full':
      return batches;
    case 'torch-randperm': {
      const [stream, permutation] = [TorchRandom.fromState(batches.stream), new Randperm(samples)];
      for (let step = 0; step < steps; step += 1) permutation.draw(stream);
      return { ...batches, stream: stream.state() };
    }
    case 'numpy-choice': {
      const [stream, chosen] = [NumpyRandom.fromState(batches.stream), new Int32Array(batches.size)];
      for (let step = 0; step < steps; step += 1) stream.choiceInto(samples, chosen);
      return { ...batches, stream: stream.state() };
    }
  }
}

/**
 * The linear model f(x) + phi(x) . (theta - theta_at) of the network f at the checkpoint `at`, trained from there by the
 * optimizer and on the batches of the training: full-batch gradient descent (with momentum too) direction by direction over
 * the singular vectors of the features, everything else by the engine, step by step.
 *
 * Arrays, by checkpoint: `step`, `train-error`, `test-error`, `true-train-error`, `true-test-error`, `distance` (the root mean
 * square of the difference of the two at the training inputs, over that of the residual at the start); `inputs` [point,
 * feature], `predictions`, `true-predictions` [checkpoint, point]; of ridge regressions `ridge-penalty`, `ridge-train-error`,
 * `ridge-test-error` [penalty]. Values: `parts-at`, the first of the steps at which the distance exceeds the threshold, null
 * where none does; `method`, "solved" or "trained".
 */
async function run(options: LinearizeOptions, inputs: Inputs<RunInput>, world: StepWorld): Promise<Artifact> {
  const training = trainingOptions(inputs);
  const artifact = inputs['of']?.artifact;
  const { network, data: facts } = trainFacts(inputs);
  const job = gradientJob([options.at], moving(training, network), undefined, inputs);
  const data = samplesOf(job.dataset, '');
  if (artifact === undefined || data === undefined) throw new Error('a linearisation needs a training and its data');
  const test = samplesOf(job.dataset, 'test-');
  const points = pointInputs(options.on, job.dataset, facts);
  const recorded = Array.from(artifact.arrays['step']?.data ?? []);
  const [from] = job.checkpoints;
  const wanted = lookedAt(options, training);
  const steps = wanted.filter((step) => recorded.includes(step) && step >= (from?.step ?? 0));
  const elsewhere = Float64Array.from([...(test?.inputs ?? []), ...points]);
  const { engine } = world;
  const truth: LinearOutputs[] = [];
  for (const step of steps) {
    const parameters = parametersAt(artifact, network, recorded.indexOf(step));
    truth.push({
      train: await job.outputs(engine, parameters, data.inputs),
      inputs: await job.outputs(engine, parameters, elsewhere),
    });
  }
  const linear = from && (await linearised(engine, job, from.parameters(), data, elsewhere));
  const { linearly, ridges } =
    linear === undefined || from === undefined
      ? none
      : await trainedLinearly(linear, options, { training, network, from: from.step, steps }, world);
  const start = linear === undefined ? Number.NaN : Math.sqrt(meanSquare(linear.outputs.train, data.targets));
  const distances = steps.map((_, index) => {
    const [one, other] = [linearly[index], truth[index]];
    return one && other ? Math.sqrt(meanSquare(one.train, other.train)) / start : Number.NaN;
  });
  const m = test?.targets.length ?? 0;
  const n = points.length / network.inputs;
  const errors = (all: readonly (LinearOutputs | undefined)[], part: 'train' | 'test'): NdArray =>
    numbers(
      all.map((one) => {
        if (one === undefined) return Number.NaN;
        if (part === 'train') return meanSquare(one.train, data.targets);
        return test === undefined ? Number.NaN : meanSquare(one.inputs.subarray(0, m), test.targets);
      }),
    );
  const outputs = (all: readonly (LinearOutputs | undefined)[]): NdArray =>
    float64Array(
      [steps.length, n],
      Float64Array.from(
        all.flatMap((one) => Array.from(one?.inputs.subarray(m) ?? new Float64Array(n).fill(Number.NaN))),
      ),
    );
  return {
    arrays: {
      step: { shape: [steps.length], data: Int32Array.from(steps) },
      'train-error': errors(linearly, 'train'),
      'test-error': errors(linearly, 'test'),
      'true-train-error': errors(truth, 'train'),
      'true-test-error': errors(truth, 'test'),
      distance: numbers(distances),
      inputs: float64Array([n, network.inputs], points),
      predictions: outputs(linearly),
      'true-predictions': outputs(truth),
      ...(options.ridge.length > 0 && {
        'ridge-penalty': numbers(options.ridge),
        'ridge-train-error': errors(ridges, 'train'),
        'ridge-test-error': errors(ridges, 'test'),
      }),
    },
    values: {
      'parts-at': steps.find((_, index) => !((distances[index] ?? Number.NaN) <= options.threshold)) ?? null,
      parameters: job.chosen.count,
      method: isSolved(training) ? 'solved' : 'trained',
    },
    ...(artifact.divergedAt !== undefined && steps.length < wanted.length && { divergedAt: artifact.divergedAt }),
  };
}

interface Course {
  readonly training: TrainOptions;
  readonly network: Network;
  /** The checkpoint of the linearisation. */
  readonly from: number;
  readonly steps: readonly number[];
}

/** What the linear model computes, of each step and of each ridge regression; undefined where it diverged before. */
interface Found {
  readonly linearly: readonly (LinearOutputs | undefined)[];
  readonly ridges: readonly LinearOutputs[];
}

const none: Found = { linearly: [], ridges: [] };

async function trainedLinearly(
  linear: Linearised,
  { ridge }: LinearizeOptions,
  { training, network, from, steps }: Course,
  world: StepWorld,
): Promise<Found> {
  const samples = linear.train.targets.length;
  const since = steps.map((step) => step - from);
  const solved = isSolved(training);
  const method = methodOf({ method: 'auto' }, samples, linear.job.chosen.count, linear.parameters.length);
  const solver = solved || ridge.length > 0 ? await solverOf(linear, method, world) : undefined;
  const ridges = ridge.flatMap((penalty) => solver?.ridge(penalty) ?? []);
  const { optimizer } = training;
  if (optimizer.kind === 'ridge') throw new Error('planning refuses ridge regression');
  const scaling = parametrizedBy(training, network);
  const plain = descentRule(optimizer, scaling?.rate);
  if (solved && solver !== undefined && plain !== undefined) return { linearly: solver.descend(plain, since), ridges };
  const start = startOf(training, network);
  const batches = batchesAfter(batchesOf(training.batch, start), samples, from);
  const rule = {
    ...{ optimizer: toEngine(optimizer, scaling?.rate), batches },
    ...(scaling !== undefined && { rate: scaling.rate }),
  };
  return { linearly: since.length === 0 ? [] : await trainLinear(linear, rule, since, world), ridges };
}

function numbers(values: readonly number[]): NdArray {
  return float64Array([values.length], Float64Array.from(values));
}

function meanSquare(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + (value - (b[index] ?? Number.NaN)) ** 2, 0) / a.length;
}

function check(options: LinearizeOptions, inputs: Inputs<PlannedInput>): OptionIssue[] {
  const training = trainingOptions(inputs);
  const { data } = trainFacts(inputs);
  const { optimizer, checkpoints } = training;
  const unfit = checkNumbers('a linearisation is trained on the mean squared error of one output', trainFacts(inputs));
  if (unfit.length > 0) return unfit;
  const issues: OptionIssue[] = [...checkPoints(options.on, data, 'on')];
  if (optimizer.kind === 'ridge') {
    const message = 'ridge regression is solved at once: there are no steps to take with the linearisation';
    issues.push({ path: ['of'], rule: 'invalid-option', message, hint: 'name a training by sgd or adam' });
  }
  const [wrong] = checkAt([options.at], checkpoints, training.steps);
  if (wrong !== undefined) return [...issues, { ...wrong, path: ['at'] }];
  issues.push(...checkAt([...(options.steps ?? [])], checkpoints, training.steps, 'steps'));
  const from = options.at === 'last' ? training.steps : options.at;
  options.steps?.forEach((step, index) => {
    if (step === 'last' || step >= from) return;
    const message = `step ${step} is before step ${from}, at which the network is linearised`;
    issues.push({ path: ['steps', index], rule: 'invalid-option', message, hint: `choose a step from ${from} on` });
  });
  const later = from === 0 ? undefined : lostBy(optimizer, from);
  if (later !== undefined)
    issues.push({
      path: ['at'],
      rule: 'invalid-option',
      message: later,
      hint: 'write at: 0, or train by sgd without momentum',
    });
  return issues;
}

/** What the linearisation would have to know of the steps before it; undefined where nothing is lost. */
function lostBy(optimizer: TrainOptions['optimizer'], step: number): string | undefined {
  if (optimizer.kind === 'ridge') return undefined;
  if (typeof optimizer.rate !== 'number')
    return `the schedule of the rate counts from step 0, and this would start at ${step}`;
  if (optimizer.kind === 'sgd' && optimizer.momentum === 0) return undefined;
  const gathered = optimizer.kind === 'sgd' ? 'momentum' : optimizer.kind;
  return `what ${gathered} has gathered by step ${step} is not recorded`;
}

/** What is known of a linearisation before it is computed. */
type LinearizeFacts = {
  readonly samples: number;
  readonly testSamples: number;
  readonly points: number;
  /** How many numbers one input has. */
  readonly features: number;
  /** How many parameters move, of how many. */
  readonly parameters: number;
  readonly allParameters: number;
  /** Of all layers, with the inputs. */
  readonly units: number;
  /** How many samples a step sees. */
  readonly batch: number;
  readonly solved: boolean;
  readonly checkpoints: readonly number[];
  readonly penalties: number;
  /** Whether the training has an output scale or another parametrization. */
  readonly parametrized: boolean;
};

const always = {
  step: ['checkpoint'],
  'train-error': ['checkpoint'],
  'test-error': ['checkpoint'],
  'true-train-error': ['checkpoint'],
  'true-test-error': ['checkpoint'],
  distance: ['checkpoint'],
  inputs: ['point', 'feature'],
  predictions: ['checkpoint', 'point'],
  'true-predictions': ['checkpoint', 'point'],
} as const;
const ofRidge = {
  'ridge-penalty': ['penalty'],
  'ridge-train-error': ['penalty'],
  'ridge-test-error': ['penalty'],
} as const;

export const linearize: StepKind<LinearizeOptions> = {
  kind: 'linearize',
  noun: 'Linearised training',
  version: 2,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check,
  facts: (options, inputs) => {
    const training = trainingOptions(inputs);
    const { network, data } = trainFacts(inputs);
    return {
      samples: data.samples,
      testSamples: data.testSamples,
      points: pointCount(options.on, data),
      features: network.inputs,
      parameters: movingCount(training, network),
      allParameters: parameterCount(network),
      units: unitCount(network),
      batch: training.batch === 'full' ? data.samples : training.batch.size,
      solved: isSolved(training),
      checkpoints: lookedAt(options, training),
      penalties: options.ridge.length,
      parametrized: isParametrized(training),
    } satisfies LinearizeFacts;
  },
  cost: (_options, facts) => {
    const known = facts as unknown as LinearizeFacts;
    const { samples: n, parameters: d, allParameters: all, units, batch, solved, checkpoints, penalties } = known;
    const m = known.testSamples + known.points;
    const count = checkpoints.length;
    const steps = (checkpoints.at(-1) ?? 0) - (checkpoints[0] ?? 0);
    const decomposes = solved || penalties > 0;
    const r = Math.min(n, d);
    const throughGram = methodOf({ method: 'auto' }, n, d, all) === 'gram';
    const decomposition = throughGram
      ? {
          operations: 8 * (n + 2 * m) * all + 20 * n * n * n,
          bytes: productBytes(2 * n, { chosen: d, all, units }, !known.parametrized),
        }
      : {
          operations: 20 * n * d * r + 2 * m * d * r + 6 * (n + m) * all,
          bytes: Math.max(8 * (2 * n * d + 3 * (n + d) * r), gradientBytes(Math.max(n, m), all)),
        };
    const trained = {
      operations: 6 * steps * batch * d + 2 * count * (n + m) * d,
      bytes: 4 * d * (2 * n + 6) + 8 * n * d,
    };
    const engineBytes = Math.max(decomposes ? decomposition.bytes : 0, solved ? 0 : trained.bytes);
    return {
      operations:
        (decomposes ? decomposition.operations : 0) +
        (solved ? 0 : trained.operations) +
        2 * count * (n + m) * (all + r),
      bytes: engineBytes + 8 * (4 * count * (n + m) + (n + m) * r + (solved ? 0 : 3 * n * d + 2 * count * d) + 2 * all),
      engineBytes,
    };
  },
  needs: (_options, facts) => ({ gradientFactors: (facts as unknown as LinearizeFacts).parametrized }),
  // Batches and rules are those of the training, which is an input.
  continues: ({ of, at }) => ({ of, at }),
  run,
  compare: compareLinearised,
  dimensions: { ...always, ...ofRidge },
  shapes: (_options, facts) => {
    const { points, features, checkpoints, penalties } = facts as unknown as LinearizeFacts;
    return shapesOf(penalties > 0 ? { ...always, ...ofRidge } : always, {
      checkpoint: checkpoints.length,
      point: points,
      feature: features,
      penalty: penalties,
    });
  },
  checkpoints: (_options, facts) => (facts as unknown as LinearizeFacts).checkpoints,
  lacks: (facts, name) => {
    const { testSamples, penalties } = facts as unknown as LinearizeFacts;
    if ((name === 'test-error' || name === 'true-test-error' || name === 'ridge-test-error') && testSamples === 0)
      return { message: 'its dataset has no test set', hint: 'give the dataset a "test", or take the train-error' };
    if (Object.hasOwn(ofRidge, name) && penalties === 0)
      return { message: 'no penalty is given', hint: 'write "ridge: [0.1]" in it' };
    return undefined;
  },
  numbers: ['parts-at', 'parameters', divergedAtName],
  words: ['method'],
};
