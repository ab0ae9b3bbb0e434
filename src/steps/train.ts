/** `train`: a fully connected network, trained; its parameters and losses at every checkpoint. */
import { append } from '../shared/append.js';
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array, type NdArray } from '../shared/artifact.js';
import type { Batches, Checkpoint, Engine, Samples, Training, TrainingResult } from '../engine/engine.js';
import { type Initial, initialNames } from '../model/initial-distributions.js';
import { initialParameters, type SeededStart } from '../model/initial-parameters.js';
import { type Loss, losses } from '../model/loss.js';
import { machineEpsilon } from '../model/machine-epsilon.js';
import { activations, type Network, outputsOf, parameterCount, parameterLayout } from '../model/network.js';
import { ridgeSolution } from '../model/ridge.js';
import {
  gradientFactors,
  type Parametrization,
  type Parametrized,
  parametrizations,
  parametrized,
} from '../model/parametrization.js';
import { rankTolerance } from '../model/spectrum.js';
import { accuracies, checkLoss, classNames, oneHot, outputsFor } from './classes.js';
import { compareTrainings } from './compare-trainings.js';
import { checkpointCount, checkpointOptions, checkpointSteps } from './checkpoints.js';
import type { DatasetFacts } from './dataset.js';
import { engineWithin } from './engine-within.js';
import { optimizerFaults, type OptimizerOptions, optimizerOptions, plainOptimizer, toEngine } from './optimizers.js';
import { shapesOf } from './shapes.js';
import type { OptionIssue, RunInput, StepKind, StepWorld } from './step.js';
import { gapsBetween, partToStates, type SavedState, statesToKeep, statesToPart } from './training-states.js';

const width = z.int().min(1).max(10_000_000);

const variance = z.number().min(0).max(1e6);

const written = z.strictObject({
  data: z.string().min(1).describe('The id of a dataset.'),
  network: z
    .strictObject({
      hidden: z.array(width).max(64).describe('The widths of the hidden layers, from the input on.'),
      activation: z
        .enum(activations)
        .default('relu')
        .describe(
          'Of the hidden units, as PyTorch has it: leaky-relu with slope 0.01 below 0, gelu exact (erf), softplus with beta 1; erf and sine are torch.erf and torch.sin.',
        ),
      elbows: z
        .enum(['none', 'uniform', 'as-published'])
        .default('none')
        .describe(
          'Where the kinks of the hidden units start: where PyTorch puts them (none), uniformly over [0, 1], or as the notebook published it.',
        ),
      // Without a default, so that the keys of trainings that do not name it stay what they were.
      initial: z
        .union([
          z.enum(initialNames),
          z.strictObject({
            weight: variance.describe('The variance of a weight, times how many numbers go into its layer.'),
            bias: variance.default(0).describe('The variance of a bias.'),
          }),
        ])
        .optional()
        .meta({ default: 'pytorch' })
        .describe(
          "What the parameters are drawn from: as torch.nn.Linear does, as torch.nn.init's function of that name with biases of 0, or normal numbers of given variances.",
        ),
      parametrization: z
        .enum(parametrizations)
        .optional()
        .meta({ default: 'standard' })
        .describe(
          'How a weight is written with its parameter, which is what gradient descent moves: as the parameter itself (standard), divided by the root of the number of inputs of its layer (ntk), or as a mean over the units of one hidden layer (mean-field).',
        ),
    })
    .describe(
      'A fully connected network with as many inputs as the data have, and one output; of more than one class one for each, but for the loss logistic.',
    ),
  loss: z
    .enum(losses)
    .default('mse')
    .describe(
      'What is made smaller, as PyTorch defines it: MSELoss (of classes over an output for each, with the target 1 for the own class and 0 for the others), CrossEntropyLoss, or BCEWithLogitsLoss, which tells two classes apart with one output.',
    ),
  'output-scale': z
    .number()
    .gt(0)
    .max(1e9)
    .optional()
    .meta({ default: 1 })
    .describe(
      'What the output is multiplied by, with the rate divided by its square: the larger it is, the less the parameters move, and the nearer the training is to that of the linearisation.',
    ),
  centered: z
    .boolean()
    .optional()
    .meta({ default: false })
    .describe('Whether the output at the start is taken from it, so that the training starts from the function 0.'),
  parameters: z
    .enum(['all', 'output'])
    .default('all')
    .describe('Which parameters move: all, or only those of the output layer.'),
  optimizer: optimizerOptions.describe('How the loss is made smaller. Without a kind it is sgd.'),
  batch: z
    .union([
      z.literal('full'),
      z.int().min(1).max(10_000_000),
      z.strictObject({
        size: z.int().min(1).max(10_000_000).describe('So many samples.'),
        'with-replacement': z
          .boolean()
          .default(false)
          .describe('Drawn as numpy.random.choice does, not as torch.randperm.'),
      }),
    ])
    .default('full')
    .describe('How many samples a step sees: all of them, or so many drawn anew for each step.'),
  steps: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('How many updates: needed, but for ridge and least squares, which take one.'),
  checkpoints: checkpointOptions.prefault({}).describe('Which steps are recorded besides the first and the last.'),
  seed: z.int().min(0).max(4294967295).default(0).describe("Of torch.manual_seed and NumPy's RandomState."),
});

type Written = z.output<typeof written>;

/** More than any picture could show. */
const mostCheckpoints = 100_000;

/** The options with their defaults. */
export interface TrainOptions
  extends Omit<Written, 'batch' | 'steps' | 'optimizer' | 'network' | 'loss' | 'output-scale' | 'centered'> {
  readonly network: Omit<Written['network'], 'initial' | 'parametrization'> & {
    readonly initial?: Initial;
    readonly parametrization?: Exclude<Parametrization, 'standard'>;
  };
  /** Absent where it is 1. */
  readonly 'output-scale'?: number;
  readonly centered?: true;
  readonly optimizer: OptimizerOptions;
  /** Absent where it is mse, as it was before there were others. */
  readonly loss?: Exclude<Loss, 'mse'>;
  readonly batch: 'full' | { readonly size: number; readonly 'with-replacement': boolean };
  readonly steps: number;
}

/** As keys know it: what PyTorch does is left out. */
function plainNetwork({ initial, parametrization, ...network }: Written['network']): TrainOptions['network'] {
  return {
    ...network,
    ...(initial !== undefined && initial !== 'pytorch' && { initial }),
    ...(parametrization !== undefined && parametrization !== 'standard' && { parametrization }),
  };
}

const options = written
  .transform((raw, context): TrainOptions => {
    const complain = (path: readonly (string | number)[], message: string): void => {
      context.issues.push({ code: 'custom', message, input: raw, path: [...path] });
    };
    const optimizer = plainOptimizer(raw.optimizer);
    for (const { path, message } of optimizerFaults(raw.optimizer)) complain(['optimizer', ...path], message);
    const ridge = optimizer.kind === 'ridge';
    const solved = raw.optimizer.kind === 'ridge' ? 'ridge regression' : 'least squares';
    if (ridge && raw.parameters !== 'output')
      complain(['parameters'], `must be "output": the output layer is what is solved by ${solved}`);
    if (ridge && raw.batch !== 'full') complain(['batch'], `must be "full": every sample is seen by ${solved}`);
    if (ridge && raw.steps !== undefined && raw.steps !== 1)
      complain(['steps'], `must be 1: one step is all that is taken by ${solved}`);
    if (ridge && raw.loss !== 'mse') complain(['loss'], `must be "mse": squares are made smaller by ${solved}`);
    if (!ridge && raw.steps === undefined) complain(['steps'], 'is needed: say how many updates to make');
    const steps = ridge ? 1 : (raw.steps ?? 1);
    raw.checkpoints.and.forEach((step, index) => {
      if (step > steps) complain(['checkpoints', 'and', index], `is beyond the last step, ${steps}`);
    });
    const { loss, centered, 'output-scale': scale = 1, ...others } = raw;
    for (const [path, message] of scaleFaults(raw)) complain(path, message);
    return {
      ...others,
      ...(scale !== 1 && { 'output-scale': scale }),
      ...(centered === true && { centered }),
      ...(loss !== 'mse' && { loss }),
      network: plainNetwork(raw.network),
      optimizer,
      batch: typeof raw.batch === 'number' ? { size: raw.batch, 'with-replacement': false } : raw.batch,
      steps,
    };
  })
  .describe('A fully connected network, trained.');

/** What of other parametrizations cannot be, and where it is written. */
function scaleFaults({ network, optimizer, loss, centered, ...rest }: Written): [readonly string[], string][] {
  const faults: [readonly string[], string][] = [];
  const { parametrization = 'standard' } = network;
  const scaled = rest['output-scale'] !== undefined && rest['output-scale'] !== 1;
  const path = scaled ? ['output-scale'] : ['network', 'parametrization'];
  if ((scaled || parametrization !== 'standard') && optimizer.kind !== 'sgd')
    faults.push([path, 'needs the optimizer sgd: what it does to a step is defined of gradient descent']);
  if (parametrization === 'mean-field' && network.hidden.length !== 1)
    faults.push([
      ['network', 'parametrization'],
      'is the mean over the units of one hidden layer: write "ntk", or one width',
    ]);
  if (centered === true && loss !== 'mse')
    faults.push([['centered'], 'needs the loss mse: of others the difference of two outputs is no output']);
  if (centered === true && (optimizer.kind === 'ridge' || optimizer.kind === 'least-squares'))
    faults.push([['centered'], 'needs steps of an optimizer, such as sgd']);
  return faults;
}

/** What is known of a training before it runs. */
export interface TrainFacts {
  readonly network: Network;
  readonly checkpoints: number;
  readonly data: DatasetFacts;
  /** Whether it moves other parameters than the numbers of the network itself. */
  readonly parametrized?: true;
}

function check(options: TrainOptions, data: DatasetFacts): readonly OptionIssue[] {
  const issues = checkLoss(options.loss ?? 'mse', data.classes);
  if (options.centered === true && data.classes !== undefined) {
    issues.push({
      path: ['centered'],
      rule: 'of-classes',
      message: 'the targets of these data are classes, which the difference of two outputs does not tell apart',
      hint: 'leave it out, or name data whose targets are numbers',
    });
  }
  if (options.optimizer.kind === 'ridge' && data.classes !== undefined) {
    issues.push({
      path: ['optimizer', 'kind'],
      rule: 'invalid-option',
      message: 'an output layer is solved for targets that are numbers, and those of these data are classes',
      hint: 'write another kind, such as sgd',
    });
  }
  const { batch, network } = options;
  if (batch !== 'full' && batch.size > data.samples && !batch['with-replacement']) {
    issues.push({
      path: ['batch'],
      rule: 'batch-too-large',
      message: `a batch of ${batch.size} is larger than the data, which have ${data.samples} samples`,
      hint: `choose at most ${data.samples}, "full", or {size: ${batch.size}, with-replacement: true}`,
    });
  }
  const count = checkpointCount(options.checkpoints, options.steps);
  if (count > mostCheckpoints) {
    issues.push({
      path: ['checkpoints'],
      rule: 'too-many-checkpoints',
      message: `this training would record ${count} checkpoints, and at most ${mostCheckpoints} are kept`,
      hint: `write { every: ${10 ** Math.ceil(Math.log10(options.steps / mostCheckpoints)) * 10} }`,
    });
  }
  if (network.elbows !== 'none' && data.features !== 1) {
    issues.push({
      path: ['network', 'elbows'],
      rule: 'one-dimensional',
      message: `elbows can be placed for inputs of one number; these have ${data.features}`,
      hint: 'write elbows: none',
    });
  }
  if (network.elbows === 'as-published' && network.hidden.length > 2) {
    issues.push({
      path: ['network', 'elbows'],
      rule: 'invalid-option',
      message: `the notebook published networks of one and two hidden layers; this one has ${network.hidden.length}`,
      hint: 'write elbows: uniform',
    });
  }
  return issues;
}

/** A dataset's part, rounded to float32 as `torch.tensor(x, dtype=torch.float32)` would; undefined when it has none. */
export function samplesOf(dataset: Artifact, part: '' | 'test-'): Samples | undefined {
  const inputs = dataset.arrays[`${part}inputs`];
  const targets = dataset.arrays[`${part}targets`];
  if (inputs === undefined || targets === undefined) return undefined;
  return { inputs: Float64Array.from(inputs.data, Math.fround), targets: Float64Array.from(targets.data, Math.fround) };
}

/** How the minibatches of a training are drawn, from its start on. */
export function batchesOf(batch: TrainOptions['batch'], start: SeededStart): Batches {
  if (batch === 'full') return { kind: 'full' };
  return batch['with-replacement']
    ? { kind: 'numpy-choice', size: batch.size, stream: start.numpyStream }
    : { kind: 'torch-randperm', size: batch.size, stream: start.torchStream };
}

/**
 * Trains as this Python would, in float64 from float32 starts:
 *
 *     torch.manual_seed(seed); numpy.random.seed(seed)
 *     net = Sequential(Linear, ReLU, ..., Linear)           # then the biases, when elbows are placed
 *     for step in range(steps):
 *         batch = torch.randperm(n)[:k]                     # or numpy.random.choice(n, k)
 *         optimizer.zero_grad(); mse_loss(net(x[batch]), y[batch]).backward(); optimizer.step()
 *
 * Arrays, by checkpoint: `step`, `batch-error` (of the step's minibatch, before its update; NaN at step 0),
 * `train-error` and `test-error` (of all samples, after it), and every parameter block under PyTorch's name. Values:
 * `parameter-count` of the network, and `trained-parameter-count`, how many of them move.
 *
 * Of classes also, by checkpoint, `train-accuracy` and `test-accuracy`, the share of the samples that are taken for what they
 * are, and `train-confusion` and `test-confusion` [checkpoint, true, predicted], how many of each class are taken for each; and
 * the value `classes`, their names.
 */
async function run(
  options: TrainOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const dataset = inputs['data']?.artifact;
  const facts = inputs['data']?.facts as unknown as DatasetFacts | undefined;
  const names = dataset && classNames(dataset);
  const { loss = 'mse' } = options;
  const targeted = (samples: Samples | undefined): Samples | undefined =>
    samples === undefined || names === undefined || loss !== 'mse'
      ? samples
      : { inputs: samples.inputs, targets: oneHot(samples.targets, names.length) };
  const data = dataset && targeted(samplesOf(dataset, ''));
  if (data === undefined || facts === undefined) throw new Error('a training needs a dataset');
  const test = dataset && targeted(samplesOf(dataset, 'test-'));
  const network = networkOf(options, facts);
  const scaling = parametrizedBy(options, network);
  const start = startOf(options, network);
  const { optimizer, centered } = options;
  // The difference of outputs from those at the start nears the targets where the outputs near the sum of both.
  const shifted = async (samples: Samples): Promise<Samples> => {
    if (centered !== true) return samples;
    const before = await world.engine.predict(network, start.parameters, samples.inputs);
    return { inputs: samples.inputs, targets: samples.targets.map((target, index) => target + (before[index] ?? 0)) };
  };
  if (optimizer.kind === 'ridge') {
    const solved = await ridge(world.engine, network, start.parameters, data, test, optimizer.penalty);
    return toArtifact(network, options.parameters, solved, {});
  }
  const training = {
    network,
    initial: start.parameters,
    parameters: options.parameters,
    optimizer: toEngine(optimizer, scaling?.rate),
    batches: batchesOf(options.batch, start),
    ...(loss !== 'mse' && { loss }),
    ...(names !== undefined && { classes: names.length }),
    ...(scaling !== undefined && { gradientFactors: gradientFactors(scaling) }),
    data: await shifted(data),
    ...(test !== undefined && { test: await shifted(test) }),
  };
  const wanted = checkpointSteps(options.checkpoints, options.steps);
  const counted = names && { names, test: test !== undefined };
  return toArtifact(network, options.parameters, await goOn(training, wanted, options.steps, world), {
    ...(counted !== undefined && { counted }),
    centered: centered === true,
  });
}

/** What other parameters than the numbers of the network itself a training moves; undefined where it moves those. */
export function parametrizedBy(options: TrainOptions, network: Network): Parametrized | undefined {
  if (!isParametrized(options)) return undefined;
  const { 'output-scale': scale = 1 } = options;
  return parametrized(network, options.network.parametrization ?? 'standard', scale);
}

/** Whether a training moves other parameters than the numbers of the network itself. */
export function isParametrized({ 'output-scale': scale, network }: TrainOptions): boolean {
  return scale !== undefined || network.parametrization !== undefined;
}

/** Where a training starts, in the numbers of the network itself, rounded to float32 as they were drawn. */
export function startOf(options: TrainOptions, network: Network): SeededStart {
  const { elbows, initial } = options.network;
  const drawn = initialParameters(network, elbows, options.seed, initial);
  const scaling = parametrizedBy(options, network);
  if (scaling === undefined) return drawn;
  const parameters = drawn.parameters.map((value, index) => Math.fround(value * (scaling.start[index] ?? 1)));
  return { ...drawn, parameters };
}

/** Seconds of work that a killed build may lose. */
const secondsAtRisk = 2;

/**
 * Trains what no earlier run of the same training has left, and leaves its own states for later ones, now and then and
 * at the end. The result is that of a training that was never interrupted.
 */
export async function goOn(
  training: Omit<Training, 'steps' | 'checkpoints' | 'from'>,
  wanted: readonly number[],
  total: number,
  world: StepWorld,
): Promise<TrainingResult> {
  const { continuation, engine, signal } = world;
  const states = continuation.parts().flatMap(partToStates);
  let reached = states.at(-1)?.checkpoint.step ?? 0;
  const isWanted = new Set(wanted);
  const checkpoints = states.map(({ checkpoint }) => checkpoint).filter(({ step }) => isWanted.has(step));
  const gaps = gapsBetween(wanted, states);
  if (states.length > 0) world.remark(howItGoesOn(gaps, total));
  let divergedAt: number | undefined;
  for (const { from, checkpoints: missing } of gaps) {
    let pending: SavedState[] = [];
    let kept = world.clock();
    // Only what lies beyond the chain makes it longer.
    const lengthens = (from?.step ?? 0) === reached;
    const leave = (): void => {
      const last = pending.at(-1)?.checkpoint.step ?? 0;
      if (!lengthens || last <= reached) return;
      continuation.keep(reached, last, statesToPart(pending));
      reached = last;
      pending = [];
      kept = world.clock();
    };
    const result = await engine.train(
      { ...training, steps: missing.at(-1) ?? 0, checkpoints: missing, ...(from !== undefined && { from }) },
      {
        progress: (steps) => {
          world.progress(steps / total);
        },
        signal,
        checkpoint: (checkpoint, rest) => {
          pending.push({ checkpoint, rest });
          pending = statesToKeep(pending);
          if (world.clock() - kept > secondsAtRisk) leave();
        },
      },
    );
    leave();
    append(checkpoints, result.checkpoints);
    divergedAt = result.divergedAt;
    if (divergedAt !== undefined) break;
  }
  checkpoints.sort((a, b) => a.step - b.step);
  return { checkpoints, ...(divergedAt !== undefined && { divergedAt }) };
}

/** What of a training an earlier run has left, in words. */
function howItGoesOn(gaps: ReturnType<typeof gapsBetween>, total: number): string {
  const [first] = gaps;
  if (first === undefined) return 'put together from an earlier run';
  const start = first.from?.step ?? 0;
  if (gaps.length === 1 && start > 0) return `continued from step ${start}`;
  const trained = gaps.reduce((sum, { from, checkpoints }) => sum + (checkpoints.at(-1) ?? 0) - (from?.step ?? 0), 0);
  return `${trained} of ${total} steps, between the states of an earlier run`;
}

/**
 * The output layer that minimises |A theta - y|^2 + penalty |theta|^2, where a row of A is what the output layer sees:
 * the last hidden layer and 1 for the bias. Penalty 0 gives the least-squares solution of minimum norm, as
 * numpy.linalg.lstsq does: singular values up to s[0] max(rows, columns) eps count as zero. Checkpoint 0 is the start,
 * checkpoint 1 the solution.
 */
async function ridge(
  engine: Engine,
  network: Network,
  initial: Float64Array,
  data: Samples,
  test: Samples | undefined,
  penalty: number,
): Promise<TrainingResult> {
  const layout = parameterLayout(network);
  const first = layout.at(-2)?.offset ?? 0;
  const total = initial.length;
  const n = data.targets.length;
  // The output is linear in its own layer, so its gradient with respect to that layer is A.
  // Directions of a float32's rounding errors would be fitted like any other.
  const exact = engineWithin(engine, { jacobian: machineEpsilon.float64, svd: machineEpsilon.float64 });
  const jacobian = await exact.jacobian(network, initial, data.inputs);
  const columns = total - first;
  const a = new Float64Array(n * columns);
  for (let row = 0; row < n; row += 1) {
    a.set(jacobian.subarray(row * total + first, (row + 1) * total), row * columns);
  }
  const decomposition = await exact.svd(a, n, columns);
  const { accuracy } = exact;
  const tolerance = rankTolerance(decomposition.s, n, columns, Math.max(accuracy.jacobian, accuracy.svd));
  const solved = Float64Array.from(initial);
  solved.set(ridgeSolution(decomposition, data.targets, { penalty, tolerance }), first);
  const error = async (parameters: Float64Array, samples: Samples | undefined): Promise<number> => {
    if (samples === undefined) return Number.NaN;
    const outputs = await engine.predict(network, parameters, samples.inputs);
    return outputs.reduce((sum, output, row) => sum + (output - (samples.targets[row] ?? 0)) ** 2, 0) / outputs.length;
  };
  const checkpoint = async (step: number, parameters: Float64Array, batchLoss: number): Promise<Checkpoint> => ({
    step,
    parameters,
    batchLoss,
    trainLoss: await error(parameters, data),
    testLoss: await error(parameters, test),
  });
  const before = await checkpoint(0, Float64Array.from(initial), Number.NaN);
  return { checkpoints: [before, await checkpoint(1, solved, before.trainLoss)] };
}

/** How many parameters move: all of them, or those of the output layer. */
export function trainedParameterCount(network: Network, parameters: TrainOptions['parameters']): number {
  const total = parameterCount(network);
  return parameters === 'all' ? total : total - (parameterLayout(network).at(-2)?.offset ?? 0);
}

function toArtifact(
  network: Network,
  parameters: TrainOptions['parameters'],
  { checkpoints, divergedAt }: TrainingResult,
  { counted, centered = false }: { readonly counted?: Counted; readonly centered?: boolean },
): Artifact {
  const column = (pick: (checkpoint: Checkpoint) => number): NdArray =>
    float64Array([checkpoints.length], Float64Array.from(checkpoints, pick));
  const arrays: Record<string, NdArray> = {
    step: { shape: [checkpoints.length], data: Int32Array.from(checkpoints, ({ step }) => step) },
    'batch-error': column(({ batchLoss }) => batchLoss),
    'train-error': column(({ trainLoss }) => trainLoss),
    'test-error': column(({ testLoss }) => testLoss),
    ...(counted !== undefined && classArrays(checkpoints, counted)),
  };
  // What an engine has in float32 is kept in float32.
  const single = checkpoints.every(({ parameters }) => parameters instanceof Float32Array);
  for (const { name, shape, offset, size } of parameterLayout(network)) {
    const length = checkpoints.length * size;
    const data = single ? new Float32Array(length) : new Float64Array(length);
    checkpoints.forEach(({ parameters }, index) => {
      data.set(parameters.subarray(offset, offset + size), index * size);
    });
    arrays[name] = { shape: [checkpoints.length, ...shape], data };
  }
  return {
    arrays,
    values: {
      network: { ...network },
      ...(counted !== undefined && { classes: counted.names }),
      ...(centered && { centered }),
      'parameter-count': parameterCount(network),
      'trained-parameter-count': trainedParameterCount(network, parameters),
    },
    ...(divergedAt !== undefined && { divergedAt }),
  };
}

/** The classes that the checkpoints count, and whether of test samples too. */
interface Counted {
  readonly names: readonly string[];
  readonly test: boolean;
}

function classArrays(checkpoints: readonly Checkpoint[], { names, test: hasTest }: Counted): Record<string, NdArray> {
  const classes = names.length;
  const of = (name: string, counts: readonly (Int32Array | undefined)[]): Record<string, NdArray> => {
    const tables = new Int32Array(counts.length * classes * classes);
    counts.forEach((table, index) => {
      if (table !== undefined) tables.set(table, index * classes * classes);
    });
    return {
      [`${name}-accuracy`]: float64Array([counts.length], accuracies(counts, classes)),
      [`${name}-confusion`]: { shape: [counts.length, classes, classes], data: tables },
    };
  };
  const [train, test] = [
    checkpoints.map(({ trainConfusion }) => trainConfusion),
    checkpoints.map(({ testConfusion }) => testConfusion),
  ];
  return { ...of('train', train), ...(hasTest && of('test', test)) };
}

/** A training's network, by its options and what is known of its data. */
function networkOf({ network, loss }: TrainOptions, { features, classes }: DatasetFacts): Network {
  const outputs = outputsFor(loss ?? 'mse', classes);
  const { hidden, activation } = network;
  return { inputs: features, hidden, activation, ...(outputs > 1 && { outputs }) };
}

/** All parameters of a training at one position of its arrays, flat, in the order of `parameterLayout`. */
export function parametersAt(training: Artifact, network: Network, index: number): Float64Array {
  const flat = new Float64Array(parameterCount(network));
  for (const { name, offset, size } of parameterLayout(network)) {
    const block = training.arrays[name]?.data;
    if (block === undefined) throw new Error(`this training has no parameter ${name}`);
    flat.set(block.subarray(index * size, (index + 1) * size), offset);
  }
  return flat;
}

function recorded({ checkpoints, steps }: TrainOptions): number[] {
  return checkpointSteps(checkpoints, steps);
}

const dimensions = {
  step: ['checkpoint'],
  'batch-error': ['checkpoint'],
  'train-error': ['checkpoint'],
  'test-error': ['checkpoint'],
} as const;

/** Of classes; those of the test set only where there is one. */
const classDimensions = {
  'train-accuracy': ['checkpoint'],
  'test-accuracy': ['checkpoint'],
  'train-confusion': ['checkpoint', 'true', 'predicted'],
  'test-confusion': ['checkpoint', 'true', 'predicted'],
} as const;

export const train: StepKind<TrainOptions> = {
  kind: 'train',
  noun: 'Training',
  version: 2,
  options,
  inputs: ({ data }) => [{ role: 'data', id: data, path: ['data'], kinds: ['dataset'] }],
  files: () => [],
  check: (options, inputs) => check(options, inputs['data']?.facts as unknown as DatasetFacts),
  facts: (options, inputs) => {
    const data = inputs['data']?.facts as unknown as DatasetFacts;
    const facts = {
      network: { ...networkOf(options, data) },
      checkpoints: checkpointCount(options.checkpoints, options.steps),
      data: { ...data },
      ...(isParametrized(options) && { parametrized: true }),
    } satisfies TrainFacts;
    return facts;
  },
  cost: (options, facts) => {
    const { network, checkpoints, data } = facts as unknown as TrainFacts;
    const parameters = parameterCount(network);
    const batch = options.batch === 'full' ? data.samples : options.batch.size;
    const measured = checkpoints * 2 * parameters * (data.samples + data.testSamples);
    // Parameters, gradient and up to two moments, every checkpoint twice over, and a few rows of activations.
    const widest = Math.max(1, ...network.hidden);
    const units = 1 + outputsOf(network) + network.hidden.reduce((sum, width) => sum + width, 0);
    const counts = 16 * checkpoints * (data.classes?.length ?? 0) ** 2;
    return {
      operations: options.steps * (6 * parameters * batch + 10 * data.samples) + measured,
      bytes:
        8 * (parameters * (4 + 2 * checkpoints) + 4 * widest * Math.max(batch, data.samples, data.testSamples)) +
        counts,
      engineBytes: 4 * (5 * parameters + 6 * units * Math.max(batch, 64) + 4 * (data.samples + data.testSamples)),
    };
  },
  needs: (options, facts) => {
    const { optimizer, loss } = options;
    const { network, data } = facts as unknown as TrainFacts;
    const asked = {
      ...{ activation: network.activation, outputs: outputsOf(network) },
      gradientFactors: isParametrized(options),
    };
    // Ridge regression is put together from operations that every engine has.
    if (optimizer.kind === 'ridge') return asked;
    const classes = data.classes?.length;
    return { ...asked, loss, classes, rule: optimizer.kind };
  },
  // Everything that decides the state after each step: all but how many there are and which are recorded.
  continues: ({ data, network, loss, centered, parameters, optimizer, batch, seed, ...rest }) => ({
    ...(loss !== undefined && { loss }),
    ...(centered === true && { centered }),
    ...(rest['output-scale'] !== undefined && { 'output-scale': rest['output-scale'] }),
    ...{ data, network: { ...network }, parameters, optimizer: { ...optimizer }, seed },
    batch: batch === 'full' ? batch : { ...batch },
  }),
  left: ({ steps }, reached) => (reached < steps ? 1 - reached / steps : 1),
  run,
  compare: compareTrainings,
  dimensions: { ...dimensions, ...classDimensions },
  shapes: (options, facts) => {
    const checkpoint = { name: 'checkpoint', size: recorded(options).length };
    const { network, data } = facts as unknown as TrainFacts;
    const blocks = parameterLayout(network).map(({ name, shape }) => {
      const [out = 0, into] = shape;
      const layers = [{ name: 'out', size: out }, ...(into === undefined ? [] : [{ name: 'in', size: into }])];
      return [name, [checkpoint, ...layers]] as const;
    });
    const classes = data.classes?.length ?? 0;
    const counted = Object.entries(classDimensions).filter(
      ([name]) => classes > 0 && (data.testSamples > 0 || !name.startsWith('test-')),
    );
    return {
      ...shapesOf(
        { ...dimensions, ...Object.fromEntries(counted) },
        { checkpoint: checkpoint.size, true: classes, predicted: classes },
      ),
      ...Object.fromEntries(blocks),
    };
  },
  checkpoints: (options) => recorded(options),
  lacks: (facts, name, at) => {
    const { data } = facts as unknown as TrainFacts;
    if (Object.hasOwn(classDimensions, name) && data.classes === undefined)
      return { message: 'its data have no classes', hint: 'take a target column of words, or the train-error' };
    if ((name === 'test-accuracy' || name === 'test-confusion') && data.testSamples === 0)
      return { message: 'its dataset has no test set', hint: 'give the dataset a "test", or take the train-accuracy' };
    if (name === 'test-error' && data.testSamples === 0)
      return { message: 'its dataset has no test set', hint: 'give the dataset a "test", or take the train-error' };
    if (name === 'batch-error' && at === 0)
      return { message: 'no batch has been seen at step 0', hint: 'choose a later step, or take the train-error' };
    return undefined;
  },
  numbers: ['parameter-count', 'trained-parameter-count', divergedAtName],
  words: [],
};
