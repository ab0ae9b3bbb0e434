/** `features`: the gradient of a network's output with respect to its parameters, as functions of the input. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array } from '../shared/artifact.js';
import { cosines } from '../model/kernel.js';
import { type Activation, activationsOf, parameterCount } from '../model/network.js';
import { transposed } from '../model/transposed.js';
import { withinRounding } from './comparison.js';
import { atOptions } from './checkpoints.js';
import {
  checkGradients,
  chosenCount,
  gradientBytes,
  gradientInputs,
  gradientJob,
  lookedAt,
  outputOptions,
  trainFacts,
} from './gradients.js';
import { parameterNames, parameterOptions } from './parameter-names.js';
import { checkPoints, pointCount, pointInputs, pointsOptions } from './points.js';
import { shapesOf } from './shapes.js';
import type { RunInput, StepKind, StepWorld } from './step.js';

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training.'),
    at: atOptions,
    parameters: parameterOptions.describe(
      'The gradients with respect to these: all, or names such as 0.weight or 0.weight[3].',
    ),
    output: outputOptions,
    on: pointsOptions
      .default('train')
      .describe('Where they are evaluated: at the inputs of the training or of the test set, or on a grid.'),
    kernel: z
      .boolean()
      .optional()
      .describe('true: their inner products and cosines at every two points are results too, kernel and cosine.'),
  })
  .describe('The gradients of a trained network’s output with respect to its parameters, as functions of the input.');

type FeaturesOptions = z.output<typeof options>;

/**
 * Arrays: `step` [checkpoint], `inputs` [point, feature], `jacobian` [checkpoint, point, parameter]; with the option `kernel`
 * also `kernel` [checkpoint, point, other], the inner products of the rows, and `cosine`, those of the rows over their
 * lengths, NaN where one is zero. The value `parameters` names the columns.
 */
async function run(
  options: FeaturesOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const job = gradientJob(options.at, options.parameters, options.output, inputs);
  const points = pointInputs(options.on, job.dataset, trainFacts(inputs).data);
  const n = points.length / job.network.inputs;
  const d = job.chosen.count;
  const count = job.checkpoints.length;
  const jacobian = new Float64Array(count * n * d);
  const side = options.kernel === true ? n : 0;
  const kernel = new Float64Array(count * side * side);
  const cosine = new Float64Array(count * side * side);
  for (const [index, { parameters }] of job.checkpoints.entries()) {
    world.signal.throwIfAborted();
    const rows = await job.gradients(world.engine, parameters(), points);
    jacobian.set(rows, index * n * d);
    if (options.kernel === true) {
      const products = await world.engine.product(rows, transposed(rows, n, d), n, d, n);
      kernel.set(products, index * n * n);
      cosine.set(cosines(products, n), index * n * n);
    }
    world.progress((index + 1) / count);
  }
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(job.checkpoints, ({ step }) => step) },
      inputs: float64Array([n, job.network.inputs], points),
      jacobian: float64Array([count, n, d], jacobian),
      ...(options.kernel === true && {
        kernel: float64Array([count, n, n], kernel),
        cosine: float64Array([count, n, n], cosine),
      }),
    },
    values: { parameters: parameterNames(job.chosen, job.network) },
    ...job.divergence,
  };
}

/** What is known of the gradients before they are computed. */
type FeaturesFacts = {
  readonly points: number;
  /** How many numbers one input has. */
  readonly features: number;
  /** How many parameters are chosen, of how many. */
  readonly parameters: number;
  readonly allParameters: number;
  readonly checkpoints: readonly number[];
  /** Of an engine: the gradients are those of a network of one output. */
  readonly needs: { readonly activations: readonly Activation[] };
  /** Whether their inner products are results too. */
  readonly products: boolean;
};

const dimensions = {
  step: ['checkpoint'],
  inputs: ['point', 'feature'],
  jacobian: ['checkpoint', 'point', 'parameter'],
  kernel: ['checkpoint', 'point', 'other'],
  cosine: ['checkpoint', 'point', 'other'],
} as const;

export const features: StepKind<FeaturesOptions> = {
  kind: 'features',
  noun: 'Gradient features',
  version: 2,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check: (options, inputs) => [
    ...checkGradients(options.at, options.parameters, options.output, inputs),
    ...checkPoints(options.on, trainFacts(inputs).data, 'on'),
  ],
  facts: (options, inputs) => {
    const { network, data } = trainFacts(inputs);
    const points = pointCount(options.on, data);
    return {
      points,
      features: network.inputs,
      parameters: chosenCount(options.parameters, network),
      allParameters: parameterCount(network),
      checkpoints: lookedAt(options.at, inputs),
      products: options.kernel === true,
      needs: { activations: activationsOf(network) },
    } satisfies FeaturesFacts;
  },
  cost: (options, facts) => {
    const { points, allParameters: all, parameters: chosen } = facts as unknown as FeaturesFacts;
    const count = options.at.length;
    const pairs = options.kernel === true ? points * points : 0;
    return {
      operations: 6 * count * points * all + 2 * count * pairs * chosen,
      bytes: 2 * gradientBytes(points, all) + 8 * points * chosen * (1 + count) + 16 * pairs * (1 + count),
      engineBytes: gradientBytes(points, all) + (pairs > 0 ? 8 * (pairs + 2 * points * chosen) : 0),
    };
  },
  needs: (_options, facts) => (facts as unknown as FeaturesFacts).needs,
  run,
  compare: withinRounding(({ jacobian }) => jacobian),
  dimensions,
  shapes: (_options, facts) => {
    const { points, parameters, features, checkpoints, products } = facts as unknown as FeaturesFacts;
    const { kernel, cosine, ...always } = dimensions;
    return shapesOf(products ? { ...always, kernel, cosine } : always, {
      checkpoint: checkpoints.length,
      point: points,
      other: points,
      parameter: parameters,
      feature: features,
    });
  },
  checkpoints: (_options, facts) => (facts as unknown as FeaturesFacts).checkpoints,
  lacks: (facts, name) => {
    const { products } = facts as unknown as FeaturesFacts;
    if (products || !(name === 'kernel' || name === 'cosine')) return undefined;
    return { message: 'inner products are computed where they are asked for', hint: 'write "kernel: true" in it' };
  },
  numbers: [divergedAtName],
  words: [],
};
