/** `curvature`: the largest eigenvalues of the Hessian of the training error, over the course of training. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array } from '../shared/artifact.js';
import type { Engine } from '../engine/engine.js';
import { machineEpsilon } from '../model/machine-epsilon.js';
import { parameterCount } from '../model/network.js';
import { rateAt } from '../model/schedule.js';
import { courseOptions, listed } from './checkpoints.js';
import { withinRounding } from './comparison.js';
import { handedOver } from './engine-within.js';
import {
  checkGradients,
  checkNumbers,
  gradientInputs,
  gradientJob,
  lookedAt,
  trainFacts,
  unitCount,
} from './gradients.js';
import { shapesOf } from './shapes.js';
import type { OptionIssue, PlannedInput, RunInput, StepKind, StepWorld } from './step.js';
import { isParametrized, samplesOf } from './train/start.js';
import type { TrainOptions } from './train.js';
import { trainedParameterCount } from './train/artifact.js';

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training.'),
    at: courseOptions,
    eigenvalues: z.int().min(1).max(100).default(1).describe('How many of the largest eigenvalues are found.'),
  })
  .describe(
    'How sharply the training error bends: the largest eigenvalues of its Hessian and of its Gauss-Newton matrix.',
  );

type CurvatureOptions = z.output<typeof options>;
type Inputs = Readonly<Record<string, PlannedInput>>;

const trainingOf = (inputs: Inputs): TrainOptions => inputs['of']?.options as TrainOptions;

const chosen = ({ at }: CurvatureOptions, inputs: Inputs): readonly (number | 'last')[] =>
  listed(at, trainingOf(inputs));

/**
 * The largest eigenvalue of the Hessian at which full-batch gradient descent still goes down along its eigenvector, after so
 * many steps: with the rate r, momentum m and weight decay w it is 2 (1 + m) / r - w, and with Nesterov's momentum
 * 2 (1 + m) / (r (1 + 2 m)) - w (Cohen et al., "Gradient descent on neural networks typically occurs at the edge of stability",
 * 2021). NaN of rules that have no such bound.
 */
function stabilityLimit({ optimizer }: TrainOptions, taken: number): number {
  if (optimizer.kind !== 'sgd') return Number.NaN;
  const { momentum, nesterov = false } = optimizer;
  const damped = nesterov ? 1 + 2 * momentum : 1;
  return (2 * (1 + momentum)) / (rateAt(optimizer.rate, taken) * damped) - optimizer['weight-decay'];
}

/**
 * Of the mean squared error over all training samples as a function of the parameters that the training moves. Arrays:
 * `step`, `gradient-norm`, `gauss-newton` and `hessian` [checkpoint], the largest eigenvalues; `stability-limit` [checkpoint],
 * what these must stay below for gradient descent to be stable, NaN where there is no such bound; with `eigenvalues` above 1
 * also `gauss-newton-values` and `hessian-values` [checkpoint, component], descending, of equal ones one.
 */
async function run(
  options: CurvatureOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const { network, checkpoints, dataset, divergence } = gradientJob(chosen(options, inputs), 'all', undefined, inputs);
  const samples = samplesOf(dataset, '');
  if (samples === undefined) throw new Error('a curvature needs a dataset');
  const training = trainingOf(inputs);
  const size = Math.min(options.eigenvalues, trainedParameterCount(network, training.parameters));
  const count = checkpoints.length;
  const norms = new Float64Array(count);
  const gaussNewton = new Float64Array(count * size);
  const hessian = new Float64Array(count * size);
  const engine = engineWithCurvature(world.engine);
  const by = handedOver(world.engine, engine);
  if (by !== undefined) world.remark(by);
  for (const [index, { parameters }] of checkpoints.entries()) {
    world.signal.throwIfAborted();
    const found = await engine.curvature?.(network, parameters(), samples, training.parameters, size);
    if (found === undefined) throw new Error(`${engine.profile} has no curvature`);
    norms[index] = found.gradientNorm;
    gaussNewton.set(found.gaussNewton, index * size);
    hessian.set(found.hessian, index * size);
    world.progress((index + 1) / count);
  }
  const largest = (values: Float64Array): Float64Array => values.filter((_, index) => index % size === 0);
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(checkpoints, ({ step }) => step) },
      'gradient-norm': float64Array([count], norms),
      'gauss-newton': float64Array([count], largest(gaussNewton)),
      hessian: float64Array([count], largest(hessian)),
      'stability-limit': float64Array(
        [count],
        Float64Array.from(checkpoints, ({ step }) => stabilityLimit(training, step)),
      ),
      ...(options.eigenvalues > 1 && {
        'gauss-newton-values': float64Array([count, size], gaussNewton),
        'hessian-values': float64Array([count, size], hessian),
      }),
    },
    values: {},
    ...divergence,
  };
}

function engineWithCurvature(engine: Engine): Engine {
  return engine.curvature === undefined && engine.exact !== undefined ? engineWithCurvature(engine.exact) : engine;
}

/** What is known of the result before it is computed. */
type CurvatureFacts = {
  readonly checkpoints: readonly number[];
  readonly samples: number;
  readonly parameters: number;
  /** Of them, those that move. */
  readonly moving: number;
  readonly units: number;
  readonly limited: boolean;
};

function check(options: CurvatureOptions, inputs: Inputs): OptionIssue[] {
  const issues = checkNumbers('this curvature is of the mean squared error of one output', trainFacts(inputs));
  const training = trainingOf(inputs);
  if (training.centered === true || isParametrized(training))
    issues.push({
      path: ['of'],
      rule: 'invalid-option',
      message: 'this curvature is of plain parameters and outputs, and this training has others',
      hint: 'name a training without output-scale, centered and parametrization',
    });
  return issues.length > 0 ? issues : checkGradients(chosen(options, inputs), 'all', undefined, inputs);
}

const dimensions = {
  step: ['checkpoint'],
  'gradient-norm': ['checkpoint'],
  'gauss-newton': ['checkpoint'],
  hessian: ['checkpoint'],
  'stability-limit': ['checkpoint'],
  'gauss-newton-values': ['checkpoint', 'component'],
  'hessian-values': ['checkpoint', 'component'],
} as const;

/** Products with vectors until the largest eigenvalues are found, usually. */
const usualProducts = 60;

export const curvature: StepKind<CurvatureOptions> = {
  kind: 'curvature',
  noun: 'Curvature',
  version: 1,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check,
  facts: (options, inputs) => {
    const { network, data } = trainFacts(inputs);
    const training = trainingOf(inputs);
    return {
      checkpoints: lookedAt(chosen(options, inputs), inputs),
      samples: data.samples,
      parameters: parameterCount(network),
      moving: trainedParameterCount(network, training.parameters),
      units: unitCount(network),
      limited: training.optimizer.kind === 'sgd',
    } satisfies CurvatureFacts;
  },
  cost: ({ eigenvalues }, facts) => {
    const { checkpoints, samples, parameters, moving, units } = facts as unknown as CurvatureFacts;
    const products = Math.min(moving, usualProducts + 4 * eigenvalues);
    const engineBytes = 8 * (4 * parameters + 9 * samples * units + moving * products + 2 * products * products);
    return {
      // Two matrices, and in each product a pass forward and one back, in plain float64.
      operations: checkpoints.length * 2 * products * (80 * samples * parameters + 8 * moving * products),
      bytes: engineBytes + 16 * checkpoints.length * eigenvalues,
      engineBytes,
    };
  },
  run,
  // Whatever the engine, it computes in float64.
  compare: withinRounding(() => machineEpsilon.float64),
  dimensions,
  shapes: ({ eigenvalues }, facts) => {
    const { checkpoints, moving } = facts as unknown as CurvatureFacts;
    const sizes = { checkpoint: checkpoints.length, component: Math.min(eigenvalues, moving) };
    const there = Object.entries(dimensions).filter(([name]) => eigenvalues > 1 || !name.endsWith('-values'));
    return shapesOf(Object.fromEntries(there), sizes);
  },
  checkpoints: (_options, facts) => (facts as unknown as CurvatureFacts).checkpoints,
  lacks: (facts, name) =>
    name === 'stability-limit' && !(facts as unknown as CurvatureFacts).limited
      ? { message: 'it is of gradient descent, and this training has another rule', hint: 'choose a training with sgd' }
      : undefined,
  numbers: [divergedAtName],
  words: [],
};
