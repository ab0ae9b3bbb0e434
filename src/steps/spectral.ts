/** `spectral`: how far a network is from its target by frequency, over the course of training. */
import * as z from 'zod';
import { type Artifact, divergedAtName, float64Array } from '../shared/artifact.js';
import { parameterCount } from '../model/network.js';
import { cosineModes, midpoints, octavePowers, octavesOf } from '../model/octaves.js';
import { targetFunction } from '../model/target-functions.js';
import { courseOptions, listed } from './checkpoints.js';
import { withinRounding } from './comparison.js';
import type { DatasetOptions } from './dataset.js';
import { checkGradients, gradientInputs, gradientJob, lookedAt, trainFacts } from './gradients.js';
import { shapesOf } from './shapes.js';
import type { OptionIssue, PlannedInput, RunInput, StepKind, StepWorld } from './step.js';
import type { TrainOptions } from './train.js';

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training on samples of a function.'),
    at: courseOptions,
    points: z
      .int()
      .min(2)
      .max(2048)
      .default(1024)
      .describe(
        'Where network and function are compared: so many points over the domain of the data, which has as many modes.',
      ),
  })
  .describe('How far a network is from the function that it learns, by octaves of frequency.');

type SpectralOptions = z.output<typeof options>;
type Inputs = Readonly<Record<string, PlannedInput>>;

const chosen = ({ at }: SpectralOptions, inputs: Inputs): readonly (number | 'last')[] =>
  listed(at, inputs['of']?.options as TrainOptions);

function functionOf(inputs: Inputs): ((x: number) => number) | undefined {
  const data = inputs['data']?.options as DatasetOptions;
  return data.source === 'function' ? targetFunction(data.function) : undefined;
}

/**
 * The difference between network and function at the midpoints of as many parts of the domain, in cosine modes (DCT-II): mode m
 * has m / 2 periods over the domain. Arrays: `step` and `error` [checkpoint], the mean square of the difference; `octave-error`
 * [checkpoint, octave], the share of each octave in it, of which `first-mode` and `last-mode` [octave] are the ends.
 */
async function run(
  options: SpectralOptions,
  inputs: Readonly<Record<string, RunInput>>,
  { engine, progress, signal }: StepWorld,
): Promise<Artifact> {
  const {
    outputs: outputsOf,
    checkpoints,
    divergence,
  } = gradientJob(chosen(options, inputs), 'all', undefined, inputs);
  const f = functionOf(inputs);
  if (f === undefined) throw new Error('this target is no function');
  const n = options.points;
  const points = midpoints(trainFacts(inputs).data.domain, n);
  const target = points.map(f);
  const octaves = octavesOf(n);
  const count = checkpoints.length;
  const differences = new Float64Array(count * n);
  for (const [index, { parameters }] of checkpoints.entries()) {
    signal.throwIfAborted();
    const outputs = await outputsOf(engine, parameters(), points);
    differences.set(
      outputs.map((output, point) => output - (target[point] ?? 0)),
      index * n,
    );
    progress((index + 1) / (count + 1));
  }
  const amplitudes = await engine.product(differences, cosineModes(n), count, n, n);
  const powers = Array.from({ length: count }, (_, index) =>
    octavePowers(amplitudes.subarray(index * n, (index + 1) * n), octaves),
  );
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(checkpoints, ({ step }) => step) },
      error: float64Array(
        [count],
        Float64Array.from(powers, (one) => one.reduce((sum, power) => sum + power, 0)),
      ),
      'octave-error': float64Array([count, octaves.length], Float64Array.from(powers.flatMap((one) => [...one]))),
      'first-mode': { shape: [octaves.length], data: Int32Array.from(octaves, ({ from }) => from) },
      'last-mode': { shape: [octaves.length], data: Int32Array.from(octaves, ({ to }) => to) },
    },
    values: {},
    ...divergence,
  };
}

/** What is known of the result before it is computed. */
type SpectralFacts = {
  readonly checkpoints: readonly number[];
  readonly octaves: number;
  readonly parameters: number;
};

function check(options: SpectralOptions, inputs: Inputs): OptionIssue[] {
  if (functionOf(inputs) === undefined) {
    const message =
      'the data of this training are no samples of a function of one number, so no function between them is known';
    return [{ path: ['of'], rule: 'invalid-option', message, hint: 'choose a training on samples of a function' }];
  }
  return checkGradients(chosen(options, inputs), 'all', undefined, inputs);
}

const dimensions = {
  step: ['checkpoint'],
  error: ['checkpoint'],
  'octave-error': ['checkpoint', 'octave'],
  'first-mode': ['octave'],
  'last-mode': ['octave'],
} as const;

export const spectral: StepKind<SpectralOptions> = {
  kind: 'spectral',
  noun: 'Error by frequency',
  version: 1,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check,
  facts: (options, inputs) =>
    ({
      checkpoints: lookedAt(chosen(options, inputs), inputs),
      octaves: octavesOf(options.points).length,
      parameters: parameterCount(trainFacts(inputs).network),
    }) satisfies SpectralFacts,
  cost: ({ points: n }, facts) => {
    const { checkpoints, parameters } = facts as unknown as SpectralFacts;
    const count = checkpoints.length;
    const product = 8 * (n * n + 2 * count * n);
    return {
      operations: count * (2 * n * parameters + 2 * n * n),
      bytes: 2 * product + 8 * parameters,
      engineBytes: product,
    };
  },
  run,
  compare: withinRounding(({ predict, product }) => Math.max(predict, product)),
  dimensions,
  shapes: (_options, facts) => {
    const { checkpoints, octaves } = facts as unknown as SpectralFacts;
    return shapesOf(dimensions, { checkpoint: checkpoints.length, octave: octaves });
  },
  checkpoints: (_options, facts) => (facts as unknown as SpectralFacts).checkpoints,
  numbers: [divergedAtName],
  words: [],
};
