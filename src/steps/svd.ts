/** `svd`: singular values and vectors of the gradient features, and the principal features evaluated anywhere. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array, type NdArray } from '../shared/artifact.js';
import type { Accuracy, Engine } from '../engine/engine.js';
import { exactRank } from '../model/exact-rank.js';
import { machineEpsilon } from '../model/machine-epsilon.js';
import { type Activation, activationsOf, outputsOf, parameterCount } from '../model/network.js';
import { effectiveDimension, fixSigns, gramFloor, rankAbove, rankTolerance } from '../model/spectrum.js';
import { compareSpectra } from './compare-spectra.js';
import { atOptions } from './checkpoints.js';
import { engineWithin, handedOver } from './engine-within.js';
import {
  checkGradients,
  chosenCount,
  gradientBytes,
  gradientInputs,
  type GradientJob,
  gradientJob,
  lookedAt,
  outputOptions,
  trainFacts,
  unitCount,
} from './gradients.js';
import { productBytes, productsOf } from './kernel-products.js';
import { parameterOptions } from './parameter-names.js';
import { checkPoints, pointCount, pointInputs, pointsOptions } from './points.js';
import { shapesOf } from './shapes.js';
import type { OptionIssue, PlannedInput, RunInput, StepKind, StepWorld } from './step.js';

const precisions = ['float32', 'float64'] as const;
type Precision = (typeof precisions)[number];

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training.'),
    at: atOptions,
    parameters: parameterOptions.describe('The columns of the feature matrix: all, or names such as 0.weight.'),
    output: outputOptions,
    rows: pointsOptions
      .default('train')
      .describe('Its rows: the gradients at the inputs of the training or of the test set, or on a grid.'),
    on: pointsOptions.default({ grid: 1000 }).describe('Where the principal features are evaluated.'),
    precision: z
      .union([z.enum(precisions), z.array(z.enum(precisions)).min(1).max(precisions.length)])
      .default('float32')
      .describe(
        'The rank’s tolerance is the largest singular value × max(rows, columns) × the machine epsilon of this precision; a device that is less accurate leaves the work to the processor. With a list rank is that of the first, and rank-float32 and rank-float64 of each.',
      ),
    penalties: z
      .array(z.number().gt(0).max(1e12))
      .min(1)
      .max(1000)
      .optional()
      .describe(
        'Of ridge regression in these features: the effective dimension is the sum of s² / (s² + rows × penalty) over the singular values s.',
      ),
    method: z
      .enum(['auto', 'direct', 'gram'])
      .default('auto')
      .describe(
        'direct: of the feature matrix; gram: of its rows’ inner products, which needs no matrix; auto: gram only where the matrix would have more than 2^25 entries.',
      ),
  })
  .describe('The singular values and vectors of gradient features, and the principal features anywhere.');

export type SvdOptions = z.output<typeof options>;

/** The precisions whose ranks are asked for, that of `rank` first. */
function precisionsOf({ precision }: Pick<SvdOptions, 'precision'>): readonly Precision[] {
  return [precision].flat();
}

/** Numbers of a feature matrix (rows x parameters) that is still formed: 256 MiB. */
const mostNumbers = 2 ** 25;

/** How the decomposition is found: of the matrix itself, or through its inner products where it would not fit. */
export function methodOf(
  { method }: Pick<SvdOptions, 'method'>,
  rows: number,
  chosen: number,
  all: number,
): 'direct' | 'gram' {
  if (method !== 'auto') return method;
  return chosen === all && rows * chosen > mostNumbers ? 'gram' : 'direct';
}

/** The decomposition at one checkpoint: u is rows x r, principal is points x r. */
interface Spectrum {
  readonly s: Float64Array;
  readonly u: Float64Array;
  readonly principal: Float64Array;
  /** Up to which size singular values count as zero in that precision. */
  readonly tolerance: (precision: Precision) => number;
}

interface Asked {
  readonly job: GradientJob;
  readonly parameters: Float64Array;
  readonly rows: Float64Array;
  readonly points: Float64Array;
  readonly signal: AbortSignal;
}

/** How accurate the operations of an engine must be for a decomposition of so many rows by either route. */
export function needed(method: 'direct' | 'gram', asked: readonly Precision[], rows: number): Partial<Accuracy> {
  const epsilon = Math.min(...asked.map((precision) => machineEpsilon[precision]));
  // Its floor is to be no higher than the tolerance that a square matrix of the rows has in float32.
  const squares = rows * machineEpsilon.float32 ** 2;
  return method === 'direct'
    ? { jacobian: epsilon, product: epsilon, svd: epsilon }
    : { jacobian: epsilon, product: epsilon, gram: squares, svd: squares };
}

export async function direct(engine: Engine, { job, parameters, rows, points, signal }: Asked): Promise<Spectrum> {
  const n = rows.length / job.network.inputs;
  const d = job.chosen.count;
  const matrix = await job.gradients(engine, parameters, rows);
  const { u, s, v } = fixSigns(await engine.svd(matrix, n, d, signal), n, d);
  const principal = await job.gradientsTimes(engine, parameters, points, v, s.length);
  const { accuracy } = engine;
  const tolerance = (precision: Precision): number =>
    rankTolerance(s, n, d, Math.max(machineEpsilon[precision], accuracy.jacobian, accuracy.svd));
  return { s, u, principal, tolerance };
}

/**
 * From the inner products K = A A' = U diag(s^2) U' alone: memory grows with the square of the rows, not with the
 * parameters. phi(x) V = k(x) U / s, where k(x) are the inner products of phi(x) with the rows. Values below the
 * accuracy floor are noise: they do not count in the rank, and their principal features are NaN.
 */
export async function throughGram(engine: Engine, { job, parameters, rows, points, signal }: Asked): Promise<Spectrum> {
  const { network } = job;
  const [n, m] = [rows.length / network.inputs, points.length / network.inputs];
  // As many points at a time as there are rows, so that memory does not grow with the points.
  const cross = new Float64Array(m * n);
  const k = new Float64Array(n * n);
  for (let first = 0; first < m; first += n) {
    const count = Math.min(n, m - first);
    const both = new Float64Array(rows.length + count * network.inputs);
    both.set(rows);
    both.set(points.subarray(first * network.inputs, (first + count) * network.inputs), rows.length);
    const products = await productsOf(engine, job, parameters, both, signal);
    const row = (i: number): Float64Array => products.subarray(i * (n + count), i * (n + count) + n);
    for (let i = 0; i < count; i += 1) cross.set(row(n + i), (first + i) * n);
    if (first === 0) for (let i = 0; i < n; i += 1) k.set(row(i), i * n);
  }
  const squares = await engine.svd(k, n, n, signal);
  const { u, s } = fixSigns({ ...squares, s: squares.s.map(Math.sqrt) }, n, n);
  const { accuracy } = engine;
  const floor = Math.max(gramFloor(n, Math.max(accuracy.gram, accuracy.svd)), accuracy.jacobian);
  const tolerance = (s[0] ?? 0) * floor;
  const scaled = u.map((entry, index) => {
    const value = s[index % n] ?? 0;
    return value > tolerance ? entry / value : Number.NaN;
  });
  const principal = await engine.product(cross, scaled, m, n, n, signal);
  return { s, u, principal, tolerance: () => tolerance };
}

/**
 * With r = min(rows, parameters), arrays: `step`, `rank`, `tolerance` [checkpoint], `exact-rank` [checkpoint] (that of exact
 * arithmetic, of all parameters of a network with one input and one hidden layer of relu units; NaN for any other),
 * `singular-values` [checkpoint, component], `left-vectors` [checkpoint, sample, component], `inputs` [point, feature] (where the principal features
 * are), `principal-features` [checkpoint, point, component] = phi(x) V. Signs: the entry of each left vector that is
 * largest in size is positive, so that two engines agree. The value `method` says `direct` or `gram`; with `gram` the
 * tolerance is the accuracy floor of that route.
 */
async function run(
  options: SvdOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const job = gradientJob(options.at, options.parameters, options.output, inputs);
  const { data } = trainFacts(inputs);
  const rows = pointInputs(options.rows, job.dataset, data);
  const points = pointInputs(options.on, job.dataset, data);
  const features = job.network.inputs;
  const n = rows.length / features;
  const m = points.length / features;
  const d = job.chosen.count;
  const method = methodOf(options, n, d, parameterCount(job.network));
  const r = Math.min(n, d);
  const count = job.checkpoints.length;
  const singularValues = new Float64Array(count * r);
  const leftVectors = new Float64Array(count * n * r);
  const principal = new Float64Array(count * m * r);
  const asked = precisionsOf(options);
  const ranks = asked.map(() => ({ rank: new Int32Array(count), tolerance: new Float64Array(count) }));
  const exact = new Float64Array(count);
  const { penalties = [] } = options;
  const effective = new Float64Array(count * penalties.length);
  const decompose = method === 'direct' ? direct : throughGram;
  const engine = engineWithin(world.engine, needed(method, asked, n));
  const by = handedOver(world.engine, engine);
  if (by !== undefined) world.remark(by);
  for (const [index, checkpoint] of job.checkpoints.entries()) {
    world.signal.throwIfAborted();
    const parameters = checkpoint.parameters();
    const found = await decompose(engine, { job, parameters, rows, points, signal: world.signal });
    singularValues.set(found.s.subarray(0, r), index * r);
    principal.set(found.principal, index * m * r);
    leftVectors.set(found.u, index * n * r);
    for (const [position, { rank, tolerance }] of ranks.entries()) {
      const precision = asked[position] ?? 'float32';
      tolerance[index] = found.tolerance(precision);
      rank[index] = rankAbove(found.s, found.tolerance(precision));
    }
    penalties.forEach((penalty, position) => {
      effective[index * penalties.length + position] = effectiveDimension(found.s, n, penalty);
    });
    exact[index] = (d === parameters.length ? exactRank(job.network, parameters, rows) : undefined) ?? Number.NaN;
    world.progress((index + 1) / count);
  }
  const [first] = ranks;
  const ofEach = Array.isArray(options.precision) ? asked : [];
  const more = ofEach.flatMap((precision, position): [string, NdArray][] => {
    const { rank = new Int32Array(count), tolerance = new Float64Array(count) } = ranks[position] ?? {};
    return [
      [`rank-${precision}`, { shape: [count], data: rank }],
      [`tolerance-${precision}`, float64Array([count], tolerance)],
    ];
  });
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(job.checkpoints, ({ step }) => step) },
      rank: { shape: [count], data: first?.rank ?? new Int32Array(count) },
      'exact-rank': float64Array([count], exact),
      tolerance: float64Array([count], first?.tolerance ?? new Float64Array(count)),
      ...Object.fromEntries(more),
      ...(penalties.length > 0 && {
        penalty: float64Array([penalties.length], Float64Array.from(penalties)),
        'effective-dimension': float64Array([count, penalties.length], effective),
      }),
      'singular-values': float64Array([count, r], singularValues),
      'left-vectors': float64Array([count, n, r], leftVectors),
      inputs: float64Array([m, features], points),
      'principal-features': float64Array([count, m, r], principal),
    },
    values: { rows: n, parameters: d, method },
    ...job.divergence,
  };
}

function checkMethod(options: SvdOptions, inputs: Readonly<Record<string, PlannedInput>>): OptionIssue[] {
  if (options.method !== 'gram') return [];
  const { network, data } = trainFacts(inputs);
  const [chosen, all] = [chosenCount(options.parameters, network), parameterCount(network)];
  const path = ['method'];
  const hint = 'write method: direct';
  if (chosen !== all)
    return [{ path, rule: 'invalid-option', message: 'inner products are of the gradients of all parameters', hint }];
  if (pointCount(options.rows, data) > all)
    return [{ path, rule: 'invalid-option', message: 'there are more rows than parameters: nothing is saved', hint }];
  return [];
}

/** What is known of a decomposition before it is computed. */
export type SvdFacts = {
  readonly rows: number;
  readonly points: number;
  /** How many numbers one input has. */
  readonly features: number;
  /** How many parameters are chosen, of how many. */
  readonly parameters: number;
  readonly allParameters: number;
  /** Of all layers, with the inputs. */
  readonly units: number;
  readonly checkpoints: readonly number[];
  /** Whether the training has an output scale or another parametrization. */
  readonly parametrized: boolean;
  /** Of an engine: the gradients are those of a network of one output. */
  readonly needs: { readonly activations: readonly Activation[] };
  /** Whether there is a law for the exact rank. */
  readonly exact: boolean;
  /** How many penalties there are. */
  readonly penalties: number;
  /** The precisions that have ranks of their own. */
  readonly precisions: readonly string[];
};

const dimensions = {
  step: ['checkpoint'],
  rank: ['checkpoint'],
  'exact-rank': ['checkpoint'],
  tolerance: ['checkpoint'],
  'rank-float32': ['checkpoint'],
  'tolerance-float32': ['checkpoint'],
  'rank-float64': ['checkpoint'],
  'tolerance-float64': ['checkpoint'],
  penalty: ['penalty'],
  'effective-dimension': ['checkpoint', 'penalty'],
  'singular-values': ['checkpoint', 'component'],
  'left-vectors': ['checkpoint', 'sample', 'component'],
  inputs: ['point', 'feature'],
  'principal-features': ['checkpoint', 'point', 'component'],
} as const;

const ofPrecision = /^(?:rank|tolerance)-(float\d+)$/;
const ofPenalty: readonly string[] = ['penalty', 'effective-dimension'];

/** Whether a result is there with these options. */
function isThere(name: string, { penalties, precisions: listed }: SvdFacts): boolean {
  const [, precision] = ofPrecision.exec(name) ?? [];
  return precision === undefined ? penalties > 0 || !ofPenalty.includes(name) : listed.includes(precision);
}

function checkPrecision({ precision }: SvdOptions): OptionIssue[] {
  if (!Array.isArray(precision) || new Set(precision).size === precision.length) return [];
  const message = 'the same precision is listed twice';
  return [{ path: ['precision'], rule: 'invalid-option', message, hint: 'write precision: [float32, float64]' }];
}

export const svd: StepKind<SvdOptions> = {
  kind: 'svd',
  noun: 'Singular value decomposition',
  version: 5,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check: (options, inputs) => {
    const { data } = trainFacts(inputs);
    return [
      ...checkGradients(options.at, options.parameters, options.output, inputs),
      ...checkPoints(options.rows, data, 'rows'),
      ...checkPoints(options.on, data, 'on'),
      ...checkMethod(options, inputs),
      ...checkPrecision(options),
    ];
  },
  facts: (options, inputs) => {
    const { network, data } = trainFacts(inputs);
    return {
      rows: pointCount(options.rows, data),
      points: pointCount(options.on, data),
      features: network.inputs,
      checkpoints: lookedAt(options.at, inputs),
      exact:
        network.inputs === 1 &&
        network.hidden.length === 1 &&
        activationsOf(network)[0] === 'relu' &&
        outputsOf(network) === 1 &&
        chosenCount(options.parameters, network) === parameterCount(network),
      parameters: chosenCount(options.parameters, network),
      allParameters: parameterCount(network),
      units: unitCount(network),
      penalties: options.penalties?.length ?? 0,
      precisions: Array.isArray(options.precision) ? [...options.precision] : [],
      parametrized: trainFacts(inputs).parametrized === true,
      needs: { activations: activationsOf(network) },
    } satisfies SvdFacts;
  },
  cost: (options, facts) => {
    const [rows, points, chosen, all] = ['rows', 'points', 'parameters', 'allParameters'].map((name) =>
      Number(facts[name]),
    );
    const [n, m, d, total] = [rows ?? 0, points ?? 0, chosen ?? 0, all ?? 0];
    const r = Math.min(n, d);
    const units = Number(facts['units']);
    const count = options.at.length;
    const kept = 8 * count * (n + m) * r;
    if (methodOf(options, n, d, total) === 'gram') {
      // A pass over the rows and as many points, with the network in float64.
      const engineBytes = productBytes(2 * n, { chosen: d, all: total, units }, facts['parametrized'] !== true);
      return {
        operations: count * (8 * (n + 2 * m) * total + 20 * n * n * n),
        bytes: 4 * total + 8 * total + engineBytes + kept,
        engineBytes,
      };
    }
    const decomposition = 8 * (2 * n * d + 3 * (n + d) * r);
    const engineBytes = Math.max(decomposition, gradientBytes(Math.max(n, m), total), 8 * (d * r + 256 * (d + r)));
    return {
      operations: count * (20 * n * d * r + 2 * m * d * r + 6 * (n + m) * total),
      bytes: 8 * ((n + m) * d + 2 * d * r) + engineBytes + kept,
      engineBytes,
    };
  },
  needs: (_options, facts) => (facts as unknown as SvdFacts).needs,
  run,
  compare: compareSpectra,
  dimensions,
  shapes: (_options, facts) => {
    const { rows, points, parameters, features, checkpoints, penalties } = facts as unknown as SvdFacts;
    const there = Object.entries(dimensions).filter(([name]) => isThere(name, facts as unknown as SvdFacts));
    return shapesOf(Object.fromEntries(there), {
      penalty: penalties,
      checkpoint: checkpoints.length,
      component: Math.min(rows, parameters),
      sample: rows,
      point: points,
      feature: features,
    });
  },
  checkpoints: (_options, facts) => (facts as unknown as SvdFacts).checkpoints,
  lacks: (facts, name) => {
    const { exact, penalties } = facts as unknown as SvdFacts;
    if (name === 'exact-rank' && !exact)
      return {
        message: 'the law is of all gradients of networks with one input and one hidden layer of relu units',
        hint: 'take the rank',
      };
    const [, precision] = ofPrecision.exec(name) ?? [];
    if (precision !== undefined && !isThere(name, facts as unknown as SvdFacts))
      return { message: 'it is of a list of precisions', hint: `write "precision: [float32, float64]" in it` };
    if (penalties === 0 && ofPenalty.includes(name))
      return { message: 'it is of penalties', hint: 'write "penalties: [1e-6, 1e-4, 0.01]" in it' };
    return undefined;
  },
  numbers: ['rows', 'parameters', divergedAtName],
  words: ['method'],
};
