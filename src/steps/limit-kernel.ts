/** `limit-kernel`: what the kernels of a training's network are expected to be before it is trained, in closed form. */
import * as z from 'zod';
import { type Artifact, float64Array } from '../shared/artifact.js';
import { expectedKernel, hasExpectedKernel, limitActivations, limitKernels } from '../model/limit-kernel.js';
import { machineEpsilon } from '../model/machine-epsilon.js';
import { activationsOf } from '../model/network.js';
import { withinRounding } from './comparison.js';
import { gradientInputs, trainFacts } from './gradients.js';
import { checkPoints, pointCount, pointInputs, pointsOptions } from './points.js';
import { shapesOf } from './shapes.js';
import type { OptionIssue, PlannedInput, RunInput, StepKind } from './step.js';
import type { TrainOptions } from './train.js';

const variance = z.number().min(0).max(1e6);

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training, of whose network the kernels are.'),
    on: pointsOptions
      .default({ grid: 51 })
      .describe('Where they are evaluated: at the inputs of the training or of the test set, or on a grid.'),
    'weight-variance': variance
      .default(2)
      .describe('Of the weights of the infinitely wide network, times how many numbers enter a layer.'),
    'bias-variance': variance.default(1).describe('Of its biases.'),
  })
  .describe(
    'The kernels of a network as wide as can be, and the expected kernel of the network as it is drawn, in closed form.',
  );

type LimitOptions = z.output<typeof options>;
type Inputs = Readonly<Record<string, PlannedInput>>;

function isExpected(inputs: Inputs): boolean {
  const { network } = inputs['of']?.options as TrainOptions;
  return hasExpectedKernel(trainFacts(inputs).network, network.elbows);
}

/**
 * At the start of training, so `step` [checkpoint] is 0 alone. Arrays: `inputs` [point, feature]; [checkpoint, point, other]
 * `nngp` and `ntk`, the covariance of the outputs of infinitely wide networks with normal parameters and the kernel of their
 * gradients; and where the network has one input and one hidden layer of relu units with uniform elbows `expected`, the
 * expected kernel of its own draw at its own width.
 */
function compute({ on, ...options }: LimitOptions, inputs: Readonly<Record<string, RunInput>>): Artifact {
  const { network, data } = trainFacts(inputs);
  const dataset = inputs['data']?.artifact;
  if (dataset === undefined) throw new Error('a kernel needs a dataset');
  const points = pointInputs(on, dataset, data);
  const n = points.length / network.inputs;
  const { nngp, ntk } = limitKernels(network, points, {
    weight: options['weight-variance'],
    bias: options['bias-variance'],
  });
  return {
    arrays: {
      step: { shape: [1], data: Int32Array.of(0) },
      inputs: float64Array([n, network.inputs], points),
      nngp: float64Array([1, n, n], nngp),
      ntk: float64Array([1, n, n], ntk),
      ...(isExpected(inputs) && {
        expected: float64Array([1, n, n], expectedKernel(network.hidden[0] ?? 0, points)),
      }),
    },
    values: {},
  };
}

function check({ on }: LimitOptions, inputs: Inputs): OptionIssue[] {
  const { network, data } = trainFacts(inputs);
  const issues = checkPoints(on, data, 'on');
  const unknown = activationsOf(network).find((activation) => !limitActivations.includes(activation));
  if (unknown === undefined) {
    const [low, high] = (typeof on === 'string' ? undefined : on.domain) ?? data.domain;
    if (issues.length > 0 || !isExpected(inputs) || (low >= 0 && high <= 1)) return issues;
    const message = 'elbows that are placed uniformly lie in [0, 1], and so must the points of the expected kernel';
    return [{ path: ['on'], rule: 'invalid-option', message, hint: 'write on: { grid: 51, domain: [0, 1] }' }];
  }
  const message = `the kernels of ${unknown} units have no closed form here`;
  const hint = `choose a training with ${limitActivations.join(', ')}`;
  return [...issues, { path: ['of'], rule: 'invalid-option', message, hint }];
}

/** What is known of the kernels before they are computed. */
type LimitFacts = {
  readonly points: number;
  /** How many numbers one input has. */
  readonly features: number;
  readonly layers: number;
  /** Whether there is a closed form for the draw itself. */
  readonly expected: boolean;
};

const dimensions = {
  step: ['checkpoint'],
  inputs: ['point', 'feature'],
  nngp: ['checkpoint', 'point', 'other'],
  ntk: ['checkpoint', 'point', 'other'],
  expected: ['checkpoint', 'point', 'other'],
} as const;

export const limitKernel: StepKind<LimitOptions> = {
  kind: 'limit-kernel',
  noun: 'Kernel of infinite width',
  version: 1,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check,
  facts: ({ on }, inputs) => {
    const { network, data } = trainFacts(inputs);
    return {
      points: pointCount(on, data),
      features: network.inputs,
      layers: network.hidden.length,
      expected: isExpected(inputs),
    } satisfies LimitFacts;
  },
  cost: (_options, facts) => {
    const { points, features, layers } = facts as unknown as LimitFacts;
    const pairs = points * points;
    return { operations: pairs * (2 * features + 100 * layers + 50), bytes: 8 * 6 * pairs, engineBytes: 0 };
  },
  run: (options, inputs) => Promise.resolve(compute(options, inputs)),
  // No engine takes part.
  compare: withinRounding(() => machineEpsilon.float64),
  dimensions,
  shapes: (_options, facts) => {
    const { points, features, expected } = facts as unknown as LimitFacts;
    const there = Object.entries(dimensions).filter(([name]) => expected || name !== 'expected');
    return shapesOf(Object.fromEntries(there), { checkpoint: 1, point: points, other: points, feature: features });
  },
  checkpoints: () => [0],
  lacks: (facts, name) =>
    name === 'expected' && !(facts as unknown as LimitFacts).expected
      ? {
          message: 'it is of networks with one input and one hidden layer of relu units whose elbows are uniform',
          hint: 'take the ntk',
        }
      : undefined,
  numbers: [],
  words: [],
};
