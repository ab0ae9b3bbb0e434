/** `features`: the gradient of a network's output with respect to its parameters, as functions of the input. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array } from '../artifact.js';
import { parameterCount } from '../model/network.js';
import { atOptions } from './checkpoints.js';
import { checkGradients, chosenCount, gradientBytes, gradientInputs, gradientJob, trainFacts } from './gradients.js';
import { parameterNames, parameterOptions } from './parameter-names.js';
import { checkPoints, pointCount, pointInputs, pointsOptions } from './points.js';
import type { RunInput, StepKind, StepWorld } from './step.js';

const options = z.strictObject({
  /** The id of a training. */
  of: z.string().min(1),
  /** Checkpoints: steps, or `last`. */
  at: atOptions,
  /** `all`, or names such as 0.weight and 2.bias[0]. */
  parameters: parameterOptions,
  /** `train`, `test`, or `{grid: 1000, domain: [0, 1]}`. */
  on: pointsOptions.default('train'),
});

type FeaturesOptions = z.output<typeof options>;

/**
 * Arrays: `step` [checkpoint], `inputs` [point, feature], `jacobian` [checkpoint, point, parameter]. The value
 * `parameters` names the columns.
 */
async function run(
  options: FeaturesOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const job = gradientJob(options.at, options.parameters, inputs);
  const points = pointInputs(options.on, job.dataset, trainFacts(inputs).data);
  const n = points.length / job.network.inputs;
  const d = job.chosen.count;
  const count = job.checkpoints.length;
  const jacobian = new Float64Array(count * n * d);
  for (const [index, { parameters }] of job.checkpoints.entries()) {
    world.signal.throwIfAborted();
    jacobian.set(await job.gradients(world.engine, parameters(), points), index * n * d);
    world.progress((index + 1) / count);
  }
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(job.checkpoints, ({ step }) => step) },
      inputs: float64Array([n, job.network.inputs], points),
      jacobian: float64Array([count, n, d], jacobian),
    },
    values: { parameters: parameterNames(job.chosen, job.network) },
    ...job.divergence,
  };
}

export const features: StepKind<FeaturesOptions> = {
  kind: 'features',
  version: 2,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check: (options, inputs) => [
    ...checkGradients(options.at, options.parameters, inputs),
    ...checkPoints(options.on, trainFacts(inputs).data, 'on'),
  ],
  facts: (options, inputs) => {
    const { network, data } = trainFacts(inputs);
    const points = pointCount(options.on, data);
    return { points, parameters: chosenCount(options.parameters, network), allParameters: parameterCount(network) };
  },
  cost: (options, facts) => {
    const points = Number(facts['points']);
    const all = Number(facts['allParameters']);
    const chosen = Number(facts['parameters']);
    const count = options.at.length;
    return {
      operations: 6 * count * points * all,
      bytes: 2 * gradientBytes(points, all) + 8 * points * chosen * (1 + count),
      engineBytes: gradientBytes(points, all),
    };
  },
  run,
  dimensions: {
    step: ['checkpoint'],
    inputs: ['point', 'feature'],
    jacobian: ['checkpoint', 'point', 'parameter'],
  },
  extents: (facts) => ({ point: Number(facts['points']), parameter: Number(facts['parameters']) }),
  numbers: [divergedAtName],
  pictures: ['features', 'kernel', 'cosine'],
};
