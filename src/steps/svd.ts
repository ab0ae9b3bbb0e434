/** `svd`: singular values and vectors of the gradient features, and the principal features evaluated anywhere. */
import { z } from 'zod';
import { type Artifact, float64Array } from '../artifact.js';
import { parameterCount } from '../model/network.js';
import { fixSigns, numericalRank } from '../model/spectrum.js';
import { atOptions } from './checkpoints.js';
import { checkGradients, chosenCount, gradientInputs, gradientJob, trainFacts } from './gradients.js';
import { parameterOptions } from './parameter-names.js';
import { checkPoints, pointCount, pointInputs, pointsOptions } from './points.js';
import type { RunInput, StepKind, StepWorld } from './step.js';

const options = z.strictObject({
  /** The id of a training. */
  of: z.string().min(1),
  /** Checkpoints: steps, or `last`. */
  at: atOptions,
  /** The columns of the feature matrix: `all`, or names such as 0.weight. */
  parameters: parameterOptions,
  /** Its rows: `train`, `test`, or `{grid: 1000}`. */
  rows: pointsOptions.default('train'),
  /** Where the principal features are evaluated. */
  on: pointsOptions.default({ grid: 1000 }),
  /** The rank's tolerance is the largest singular value x max(rows, columns) x this precision's machine epsilon. */
  precision: z.enum(['float32', 'float64']).default('float32'),
});

type SvdOptions = z.output<typeof options>;

const machineEpsilon = { float32: 2 ** -23, float64: Number.EPSILON };

/**
 * With r = min(rows, parameters), arrays: `step`, `rank`, `tolerance` [checkpoint], `singular-values` [checkpoint,
 * component], `left-vectors` [checkpoint, sample, component], `inputs` [point, feature] (where the principal features
 * are), `principal-features` [checkpoint, point, component] = phi(x) V. Signs: the entry of each left vector that is
 * largest in size is positive, so that two engines agree.
 */
async function run(
  options: SvdOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const job = gradientJob(options.at, options.parameters, inputs);
  const { data } = trainFacts(inputs);
  const rows = pointInputs(options.rows, job.dataset, data);
  const points = pointInputs(options.on, job.dataset, data);
  const features = job.network.inputs;
  const n = rows.length / features;
  const m = points.length / features;
  const d = job.chosen.names.length;
  const r = Math.min(n, d);
  const count = job.checkpoints.length;
  const singularValues = new Float64Array(count * r);
  const leftVectors = new Float64Array(count * n * r);
  const principal = new Float64Array(count * m * r);
  const rank = new Int32Array(count);
  const tolerance = new Float64Array(count);
  for (const [index, { parameters }] of job.checkpoints.entries()) {
    world.signal.throwIfAborted();
    const matrix = await job.gradients(world.engine, parameters, rows);
    const { u, s, v } = fixSigns(await world.engine.svd(matrix, n, d), n, d);
    singularValues.set(s, index * r);
    leftVectors.set(u, index * n * r);
    const phi = await job.gradients(world.engine, parameters, points);
    principal.set(await world.engine.product(phi, v, m, d, r), index * m * r);
    rank[index] = numericalRank(s, n, d, options.precision);
    tolerance[index] = (s[0] ?? 0) * Math.max(n, d) * machineEpsilon[options.precision];
    world.progress((index + 1) / count);
  }
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(job.checkpoints, ({ step }) => step) },
      rank: { shape: [count], data: rank },
      tolerance: float64Array([count], tolerance),
      'singular-values': float64Array([count, r], singularValues),
      'left-vectors': float64Array([count, n, r], leftVectors),
      inputs: float64Array([m, features], points),
      'principal-features': float64Array([count, m, r], principal),
    },
    values: { rows: n, parameters: d },
  };
}

export const svd: StepKind<SvdOptions> = {
  kind: 'svd',
  version: 1,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check: (options, inputs) => {
    const { data } = trainFacts(inputs);
    return [
      ...checkGradients(options.at, options.parameters, inputs),
      ...checkPoints(options.rows, data, 'rows'),
      ...checkPoints(options.on, data, 'on'),
    ];
  },
  facts: (options, inputs) => {
    const { network, data } = trainFacts(inputs);
    return {
      rows: pointCount(options.rows, data),
      points: pointCount(options.on, data),
      parameters: chosenCount(options.parameters, network),
      allParameters: parameterCount(network),
    };
  },
  cost: (options, facts) => {
    const [rows, points, chosen, all] = ['rows', 'points', 'parameters', 'allParameters'].map((name) =>
      Number(facts[name]),
    );
    const [n, m, d, total] = [rows ?? 0, points ?? 0, chosen ?? 0, all ?? 0];
    const r = Math.min(n, d);
    const count = options.at.length;
    return {
      operations: count * (20 * n * d * r + 2 * m * d * r + 6 * (n + m) * total),
      bytes: 8 * ((n + m) * (total + d) + 3 * (n + d) * r + count * (n + m) * r),
    };
  },
  run,
  dimensions: {
    step: ['checkpoint'],
    rank: ['checkpoint'],
    tolerance: ['checkpoint'],
    'singular-values': ['checkpoint', 'component'],
    'left-vectors': ['checkpoint', 'sample', 'component'],
    inputs: ['point', 'feature'],
    'principal-features': ['checkpoint', 'point', 'component'],
  },
  numbers: ['rows', 'parameters'],
  pictures: ['singular-values', 'principal-features'],
};
