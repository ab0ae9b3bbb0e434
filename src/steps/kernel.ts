/** `kernel`: the inner products of gradient features at every two points, the empirical neural tangent kernel, and how it changes. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array, type NdArray } from '../shared/artifact.js';
import { cosines, kernelDifference, kernelMeasures } from '../model/kernel.js';
import { type Network, outputsOf, parameterCount, parameterLayout } from '../model/network.js';
import { atOptions, checkAt, chosenCheckpoints } from './checkpoints.js';
import { compareKernels } from './compare-kernels.js';
import {
  checkGradients,
  checkOutput,
  chosenCount,
  gradientInputs,
  type GradientJob,
  gradientJob,
  lookedAt,
  outputOptions,
  trainFacts,
  unitCount,
} from './gradients.js';
import { chosenAt, crossProducts, productBytes, productsAt } from './kernel-products.js';
import { chosenParameters, parameterOptions } from './parameter-names.js';
import { checkPoints, pointCount, pointInputs, pointsOptions } from './points.js';
import { shapesOf } from './shapes.js';
import type { InputReference, OptionIssue, PlannedInput, RunInput, StepKind, StepWorld } from './step.js';
import type { TrainFacts, TrainOptions } from './train.js';

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training.'),
    at: atOptions,
    parameters: parameterOptions.describe(
      'Of the gradients with respect to these: all, or names such as 0.weight or 0.weight[3].',
    ),
    output: outputOptions,
    on: pointsOptions
      .default('train')
      .describe('At every two of these points: the inputs of the training or of the test set, or a grid.'),
    normalize: z
      .enum(['none', 'cosine'])
      .default('none')
      .describe('cosine: over the lengths of the two gradients; what is measured is then measured of the cosines.'),
    layers: z
      .boolean()
      .default(false)
      .describe('true: the part of each layer is a result too, layer-kernel; they add up to the kernel.'),
    compare: z
      .union([z.int().min(0), z.literal('last')])
      .optional()
      .describe('Every checkpoint is compared with this one.'),
    against: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The id of another training: the comparison is with that one, at the same steps or at that of compare.',
      ),
  })
  .describe(
    'The empirical neural tangent kernel: inner products of gradients at every two points, and how they change.',
  );

type KernelOptions = z.output<typeof options>;
type Inputs<Input> = Readonly<Record<string, Input>>;

/** The inputs as those of a kernel of the training that this one is compared with. */
function otherInputs<Input>(inputs: Inputs<Input>): Inputs<Input> | undefined {
  const { against } = inputs;
  return against && { ...inputs, of: against };
}

/** What the kernel at a step is compared with: that of a job at one of its steps. */
interface Other {
  readonly job: GradientJob;
  /** Undefined where that run did not come so far. */
  readonly stepBeside: (step: number) => number | undefined;
}

function otherOf({ compare, at, parameters, output }: KernelOptions, inputs: Inputs<RunInput>): Other | undefined {
  const their = otherInputs(inputs) ?? (compare === undefined ? undefined : inputs);
  const training = their?.['of']?.artifact;
  if (their === undefined || training === undefined) return undefined;
  const job = gradientJob(compare === undefined ? lookedAt(at, inputs) : [compare], parameters, output, their);
  if (compare === undefined) {
    const reached = new Set(job.checkpoints.map(({ step }) => step));
    return { job, stepBeside: (step) => (reached.has(step) ? step : undefined) };
  }
  const [chosen] = chosenCheckpoints(training, [compare]);
  const isThere = compare === 'last' || chosen?.step === compare;
  return { job, stepBeside: () => (isThere ? chosen?.step : undefined) };
}

/** The names of the chosen parameters of each layer, by the number that PyTorch gives it. */
function layersOf({ parameters }: Pick<KernelOptions, 'parameters'>, network: Network): Map<string, string[]> {
  const names = parameters === 'all' ? parameterLayout(network).map(({ name }) => name) : parameters;
  const layers = new Map<string, string[]>();
  for (const name of names) {
    const layer = name.slice(0, name.indexOf('.'));
    layers.set(layer, [...(layers.get(layer) ?? []), name]);
  }
  return layers;
}

/** An array that is filled part by part; what is not filled has no number. */
function roomFor(shape: readonly number[]): NdArray & { readonly data: Float64Array } {
  const data = new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(Number.NaN);
  return { shape, data };
}

/**
 * Arrays: `step`, `trace`, `frobenius`, `stable-rank`, `participation` [checkpoint], `inputs` [point, feature], `kernel`
 * [checkpoint, point, other]: with `normalize: cosine` the cosines, NaN where a gradient is zero. With `layers` also
 * `layer-kernel` [checkpoint, layer, point, other] and `layer-trace` [checkpoint, layer], of the inner products themselves.
 * With `compare` or `against` also `relative-drift`, `cka`, `cosine` [checkpoint] and, of networks with the same parameters,
 * `parameter-drift` [checkpoint]; with `against`, of such, `cross` [checkpoint, point, other]: this run's gradients at the
 * point with the other's at the other point. Values: `layers`, and `parameters`, how many the gradients are with respect to.
 */
async function run(options: KernelOptions, inputs: Inputs<RunInput>, world: StepWorld): Promise<Artifact> {
  const { engine } = world;
  const job = gradientJob(options.at, options.parameters, options.output, inputs);
  const { network } = job;
  const points = pointInputs(options.on, job.dataset, trainFacts(inputs).data);
  const n = points.length / network.inputs;
  const count = job.checkpoints.length;
  const normalized = (products: Float64Array): Float64Array =>
    options.normalize === 'cosine' ? cosines(products, n) : products;
  const layers = [...(options.layers ? layersOf(options, network) : [])].map(([layer, names]) => ({
    layer,
    job: gradientJob(options.at, names, options.output, inputs),
  }));
  const other = otherOf(options, inputs);
  const alike = other !== undefined && hasSameParameters(network, other.job.network);
  const crosses = alike && options.against !== undefined;
  const kernel = roomFor([count, n, n]);
  const cross = roomFor([crosses ? count : 0, n, n]);
  const layerKernel = roomFor([layers.length > 0 ? count : 0, layers.length, n, n]);
  const layerTrace = roomFor([layers.length > 0 ? count : 0, layers.length]);
  const numbers = Object.fromEntries(
    [...measured, ...(other === undefined ? [] : compared), ...(alike ? ['parameter-drift'] : [])].map((name) => [
      name,
      roomFor([count]),
    ]),
  );
  const note = (index: number, found: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(found)) numbers[name]?.data.fill(value, index, index + 1);
  };
  for (const [index, { step }] of job.checkpoints.entries()) {
    world.signal.throwIfAborted();
    const products = await productsAt(engine, job, step, points, world.signal);
    const own = normalized(products);
    kernel.data.set(own, index * n * n);
    const { stableRank, ...measures } = kernelMeasures(own, n);
    note(index, { ...measures, 'stable-rank': stableRank });
    for (const [place, layer] of layers.entries()) {
      const part = await productsAt(engine, layer.job, step, points, world.signal);
      layerKernel.data.set(part, (index * layers.length + place) * n * n);
      layerTrace.data[index * layers.length + place] = kernelMeasures(part, n).trace;
    }
    const beside = other?.stepBeside(step);
    if (other !== undefined && beside !== undefined) {
      const theirs = await productsAt(engine, other.job, beside, points, world.signal);
      const { relativeDrift, ...difference } = kernelDifference(own, normalized(theirs), n);
      note(index, { ...difference, 'relative-drift': relativeDrift });
      if (alike) note(index, { 'parameter-drift': drift(chosenAt(job, step), chosenAt(other.job, beside)) });
      if (crosses) {
        const both = await crossProducts(engine, [job, step], [other.job, beside], points);
        cross.data.set(options.normalize === 'cosine' ? crossCosines(both, products, theirs, n) : both, index * n * n);
      }
    }
    world.progress((index + 1) / count);
  }
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(job.checkpoints, ({ step }) => step) },
      ...numbers,
      inputs: float64Array([n, network.inputs], points),
      kernel,
      ...(crosses && { cross }),
      ...(layers.length > 0 && { 'layer-trace': layerTrace, 'layer-kernel': layerKernel }),
    },
    values: { layers: layers.map(({ layer }) => layer), parameters: job.chosen.count },
    ...job.divergence,
  };
}

/** How far the parameters are from others, in parts of the length of those. */
function drift(parameters: Float64Array, others: Float64Array): number {
  let [apart, squares] = [0, 0];
  parameters.forEach((value, index) => {
    const other = others[index] ?? Number.NaN;
    apart += (value - other) * (value - other);
    squares += other * other;
  });
  return Math.sqrt(apart) / Math.sqrt(squares);
}

/** The inner products of two runs over the lengths of the gradients of each. */
function crossCosines(cross: Float64Array, own: Float64Array, theirs: Float64Array, n: number): Float64Array {
  const length = (products: Float64Array, i: number): number => Math.sqrt(products[i * n + i] ?? 0);
  return cross.map((value, index) => value / (length(own, Math.floor(index / n)) * length(theirs, index % n)));
}

function hasSameParameters(one: Network, other: Network): boolean {
  const outputs = outputsOf(one) === outputsOf(other);
  return outputs && one.inputs === other.inputs && one.hidden.join() === other.hidden.join();
}

/** What is known of a kernel before it is computed. */
type KernelFacts = {
  readonly points: number;
  /** How many numbers one input has. */
  readonly features: number;
  /** How many parameters are chosen, of how many. */
  readonly parameters: number;
  readonly allParameters: number;
  /** Of all layers, with the inputs. */
  readonly units: number;
  /** How many layers have a part of their own. */
  readonly layers: number;
  readonly checkpoints: readonly number[];
  readonly compares: boolean;
  /** Whether what it is compared with has the same parameters, and is another run. */
  readonly alike: boolean;
  readonly crosses: boolean;
  /** Whether the training has an output scale or another parametrization. */
  readonly parametrized: boolean;
};

function check(options: KernelOptions, inputs: Inputs<PlannedInput>): OptionIssue[] {
  const { at, compare, parameters, output, on } = options;
  const { data, network } = trainFacts(inputs);
  const their = otherInputs(inputs);
  const { checkpoints, steps } = (their ?? inputs)['of']?.options as TrainOptions;
  const issues = [...checkGradients(at, parameters, output, inputs), ...checkPoints(on, data, 'on')];
  if (compare !== undefined) {
    const [wrong] = checkAt([compare], checkpoints, steps);
    if (wrong !== undefined) issues.push({ ...wrong, path: ['compare'] });
  }
  if (their === undefined) return issues;
  const other = trainFacts(their).network;
  if (other.inputs !== network.inputs) {
    const message = `that network has ${other.inputs} inputs, and this one ${network.inputs}: no point is one of both`;
    return [...issues, { path: ['against'], rule: 'invalid-option', message, hint: 'name a training on like data' }];
  }
  if (compare === undefined) {
    for (const { message, hint } of checkAt(lookedAt(at, inputs), checkpoints, steps)) {
      const why = `of "${options.against ?? ''}": ${message}`;
      issues.push({ path: ['against'], rule: 'no-checkpoint', message: why, hint: `${hint}; or write compare: 0` });
    }
  }
  for (const { message, hint } of checkOutput(output, trainFacts(their))) {
    const why = `of "${options.against ?? ''}": ${message}`;
    issues.push({ path: ['against'], rule: 'invalid-option', message: why, hint });
  }
  if (!('columns' in chosenParameters(parameters, other))) {
    const message = 'that network does not have the chosen parameters';
    issues.push({ path: ['against'], rule: 'unknown-parameter', message, hint: 'choose parameters: all' });
  }
  return issues;
}

const measured = ['trace', 'frobenius', 'stable-rank', 'participation'] as const;
const compared = ['relative-drift', 'cka', 'cosine'] as const;
const pairs = ['checkpoint', 'point', 'other'] as const;
const ofComparison = {
  'relative-drift': ['checkpoint'],
  cka: ['checkpoint'],
  cosine: ['checkpoint'],
} as const;
const ofLikeRuns = { 'parameter-drift': ['checkpoint'] } as const;
const ofCross = { cross: pairs } as const;
const ofLayers = {
  'layer-trace': ['checkpoint', 'layer'],
  'layer-kernel': ['checkpoint', 'layer', 'point', 'other'],
} as const;
const always = {
  step: ['checkpoint'],
  trace: ['checkpoint'],
  frobenius: ['checkpoint'],
  'stable-rank': ['checkpoint'],
  participation: ['checkpoint'],
  inputs: ['point', 'feature'],
  kernel: pairs,
} as const;

export const kernel: StepKind<KernelOptions> = {
  kind: 'kernel',
  noun: 'Kernel',
  version: 1,
  options,
  inputs: ({ of, against }): InputReference[] => [
    ...gradientInputs(of),
    ...(against === undefined ? [] : [{ role: 'against', id: against, path: ['against'], kinds: ['train'] }]),
  ],
  files: () => [],
  check,
  facts: (options, inputs) => {
    const { network, data } = trainFacts(inputs);
    const other = inputs['against']?.facts as unknown as TrainFacts | undefined;
    const compares = options.compare !== undefined || other !== undefined;
    const alike = compares && (other === undefined || hasSameParameters(network, other.network));
    return {
      points: pointCount(options.on, data),
      features: network.inputs,
      parameters: chosenCount(options.parameters, network),
      allParameters: parameterCount(network),
      units: unitCount(network),
      layers: options.layers ? layersOf(options, network).size : 0,
      checkpoints: lookedAt(options.at, inputs),
      compares,
      alike,
      crosses: alike && other !== undefined,
      parametrized: trainFacts(inputs).parametrized === true,
    } satisfies KernelFacts;
  },
  cost: (_options, facts) => {
    const { points: n, parameters: chosen, allParameters: all, units, ...more } = facts as unknown as KernelFacts;
    const { layers, compares, crosses } = more;
    const count = more.checkpoints.length;
    const whole = chosen === all && !more.parametrized;
    const each = (gram: boolean): number => 6 * n * all + 2 * n * n * (gram ? units : chosen);
    const kept = 1 + Number(crosses) + layers;
    const engineBytes = Math.max(
      productBytes(n, { chosen, all, units }, whole),
      crosses || layers > 0 ? productBytes(n, { chosen, all, units }, false) : 0,
    );
    return {
      // What is compared is centred, and measured by a few products with vectors.
      operations: count * ((1 + Number(compares)) * (each(whole) + 60 * n * n) + (kept - 1) * each(false)),
      bytes: 8 * n * n * (count * kept + 8) + 16 * all + engineBytes,
      engineBytes,
    };
  },
  run,
  compare: compareKernels,
  dimensions: { ...always, ...ofComparison, ...ofLikeRuns, ...ofCross, ...ofLayers },
  shapes: (_options, facts) => {
    const { points, features, layers, checkpoints, compares, alike, crosses } = facts as unknown as KernelFacts;
    const arrays = {
      ...always,
      ...(compares && ofComparison),
      ...(alike && ofLikeRuns),
      ...(crosses && ofCross),
      ...(layers > 0 && ofLayers),
    };
    return shapesOf(arrays, {
      checkpoint: checkpoints.length,
      point: points,
      other: points,
      feature: features,
      layer: layers,
    });
  },
  checkpoints: (_options, facts) => (facts as unknown as KernelFacts).checkpoints,
  lacks: (facts, name) => {
    const { compares, alike, crosses, layers } = facts as unknown as KernelFacts;
    if (Object.hasOwn(ofComparison, name) && !compares)
      return { message: 'it is compared with nothing', hint: 'write "compare: 0" in it, or "against"' };
    if (Object.hasOwn(ofLikeRuns, name) && !alike)
      return compares
        ? { message: 'the two networks have other parameters', hint: 'take cka, cosine or relative-drift' }
        : { message: 'it is compared with nothing', hint: 'write "compare: 0" in it, or "against"' };
    if (Object.hasOwn(ofCross, name) && !crosses)
      return { message: 'it is not of two runs of one network', hint: 'write "against" in it, with such a training' };
    if (Object.hasOwn(ofLayers, name) && layers === 0)
      return {
        message: 'the parts of layers are computed where they are asked for',
        hint: 'write "layers: true" in it',
      };
    return undefined;
  },
  numbers: ['parameters', divergedAtName],
  words: [],
};
