/** `train`: a fully connected network, trained; its parameters and losses at every checkpoint. */
import { divergedAtName } from '../shared/artifact.js';
import { activationsOf, type Network, outputsOf, parameterCount, parameterLayout } from '../model/network.js';
import { checkLoss } from './classes.js';
import { compareTrainings } from './compare-trainings.js';
import { checkpointCount, checkpointSteps } from './checkpoint-steps.js';
import type { DatasetFacts } from './dataset.js';
import { shapesOf } from './shapes.js';
import type { Cost, OptionIssue, StepKind } from './step.js';
import { trainedParameterCount } from './train/artifact.js';
import { options, type TrainOptions } from './train/options.js';
import { processorSeconds } from './train/processor-seconds.js';
import { run } from './train/run.js';
import { isParametrized, networkOf } from './train/start.js';

export type { TrainOptions } from './train/options.js';

/** More than any picture could show. */
const mostCheckpoints = 100_000;

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
  const { elbows, hidden } = network;
  const [width = 0] = hidden;
  if (typeof elbows !== 'string' && hidden.length !== 1) {
    issues.push({
      path: ['network', 'elbows'],
      rule: 'one-hidden-layer',
      message: `a list of elbows is of the units of one hidden layer; this network has ${hidden.length}`,
      hint: 'write elbows: uniform',
    });
  } else if (typeof elbows !== 'string' && elbows.length !== width) {
    issues.push({
      path: ['network', 'elbows'],
      rule: 'invalid-option',
      message: `${elbows.length === 1 ? 'one elbow is' : `${elbows.length} elbows are`} given, and the hidden layer has ${width} ${width === 1 ? 'unit' : 'units'}`,
      hint: `give ${width}, one for each unit`,
    });
  }
  return issues;
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

/** Of an output layer that is solved at once: the gradients of all samples, and the decomposition of its part of them. */
function solvedCost(network: Network, { samples }: DatasetFacts, measured: number): Cost {
  const parameters = parameterCount(network);
  const columns = trainedParameterCount(network, 'output');
  return {
    operations: measured + 6 * samples * parameters + 20 * samples * columns * Math.min(samples, columns),
    bytes: 8 * samples * (parameters + 4 * columns) + 64 * parameters,
    engineBytes: 8 * samples * (parameters + 3 * columns),
  };
}

export const train: StepKind<TrainOptions> = {
  kind: 'train',
  noun: 'Training',
  version: 2,
  options,
  inputs: ({ data }) => [{ role: 'data', id: data, path: ['data'], kinds: ['dataset'] }],
  files: () => [],
  unkeyed: [['lab']],
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
    if (options.optimizer.kind === 'ridge') return solvedCost(network, data, measured);
    return {
      operations: options.steps * (6 * parameters * batch + 10 * data.samples) + measured,
      processorSeconds:
        processorSeconds(network, options.steps, batch, data.samples) +
        processorSeconds(network, checkpoints, (data.samples + data.testSamples) / 3, 0),
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
      ...{ activations: activationsOf(network), outputs: outputsOf(network) },
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
