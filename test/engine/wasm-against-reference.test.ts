import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Training, TrainingState, Watch } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { Mt19937 } from '../../src/model/mt19937.js';
import { activations, type Network, parameterCount } from '../../src/model/network.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';
import { distance, expectWithin, nudged } from './agreement.js';
import { type Configuration, configurations, trainingOf } from './trainings.js';
import { inFull } from '../every-nth.js';

const wasm = openEngine('wasm');
const reference = openEngine('reference');
const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };

/**
 * What ten ulps do to where the reference ends, at the start or on the way: an engine in float32 rounds at every step,
 * and where Adam's denominator runs small, a deviation of step 900 grows a thousandfold that one of step 0 does not
 * live to see.
 */
async function effectOnTheWay(training: Training, last: Float32Array | Float64Array): Promise<number> {
  const states: TrainingState[] = [];
  await reference.train(
    { ...training, checkpoints: [0, 300, 600, 900] },
    {
      ...watch,
      checkpoint: ({ step, parameters }, rest) => {
        states.push({ step, parameters, rest });
      },
    },
  );
  let effect = 0;
  for (const from of states) {
    // Ten ulps at once rather than one, ten times over: where a sample crosses a kink of relu a few steps earlier or
    // later, the effect is sudden.
    for (const parameters of nudged(from.parameters, 10)) {
      const moved = await reference.train({ ...training, checkpoints: [1000], from: { ...from, parameters } }, watch);
      effect = Math.max(effect, distance(moved.checkpoints.at(-1)!.parameters, last));
    }
  }
  return effect;
}

/** Trains for 1,000 steps with both and compares the start, the first step and the last. */
async function compareTrainings(configuration: Configuration): Promise<void> {
  const training = trainingOf(configuration);
  const expected = await reference.train(training, watch);
  const actual = await wasm.train(training, watch);
  if (expected.divergedAt !== undefined) return;
  const [, first, last] = expected.checkpoints;
  expect(actual.divergedAt).toBeUndefined();
  expect(actual.checkpoints.map(({ step }) => step)).toEqual([0, 1, 1000]);
  expect([...actual.checkpoints[0]!.parameters]).toEqual([...training.initial]);
  expect(distance(actual.checkpoints[1]!.parameters, first!.parameters)).toBeLessThan(1e-5);
  const off = distance(actual.checkpoints[2]!.parameters, last!.parameters);
  await expectWithin(off, 1e-5, () => effectOnTheWay(training, last!.parameters), 'parameters after 1,000 steps');
  for (const loss of ['batchLoss', 'trainLoss', 'testLoss'] as const) {
    const difference = Math.abs(actual.checkpoints[1]![loss] - first![loss]);
    expect(difference, loss).toBeLessThanOrEqual(1e-5 * (1 + first![loss]));
  }
}

/** Those that the module trains without a product of matrices (assembly/kinks.ts). */
const kinks = (width: number) =>
  fc.record({
    configuration: configurations,
    hidden: fc.tuple(fc.integer({ min: 1, max: width }), fc.integer({ min: 1, max: width })),
  });
const withKinks = ({ configuration, hidden }: { configuration: Configuration; hidden: number[] }): Configuration => ({
  ...configuration,
  inputs: 1,
  hidden,
  activation: 'relu',
  each: null,
  parameters: 'all',
});

describe('the wasm engine against the reference', () => {
  it('parameters after 1,000 steps: within 1e-5, or ten times what one ulp does to the reference, at the start or on the way', async () => {
    await fc.assert(fc.asyncProperty(configurations, compareTrainings), { numRuns: inFull ? 30 : 10 });
  });

  it('two layers of relu over one input, after 1,000 steps: the same', async () => {
    await fc.assert(
      fc.asyncProperty(kinks(12), async (drawn) => compareTrainings(withKinks(drawn))),
      { numRuns: 15 },
    );
  });

  it('two layers of relu over one input: a step of any widths, batches over one pass, equal inputs, a unit without a kink', async () => {
    await fc.assert(
      fc.asyncProperty(kinks(90), fc.integer({ min: 1, max: 300 }), fc.integer(), async (drawn, size, place) => {
        const training = trainingOf({ ...withKinks(drawn), samples: 300, kind: 'numpy-choice' });
        const { initial, data } = training;
        // Samples that share an input; a unit that is on or off everywhere.
        data.inputs.set(data.inputs.subarray(0, 9), 100);
        initial[Math.abs(place) % drawn.hidden[0]] = 0;
        const asked: Training = {
          ...training,
          batches:
            size === 300 ? { kind: 'full' } : { kind: 'numpy-choice', size, stream: Mt19937.fromSeed(size).state() },
          steps: 1,
          checkpoints: [0, 1],
        };
        const expected = await reference.train(asked, watch);
        const actual = await wasm.train(asked, watch);
        for (const [i, { parameters, batchLoss, trainLoss }] of expected.checkpoints.entries()) {
          const given = actual.checkpoints[i]!;
          expect(distance(given.parameters, parameters)).toBeLessThan(1e-5);
          if (i > 0) expect(Math.abs(given.batchLoss - batchLoss)).toBeLessThanOrEqual(1e-5 * (1 + batchLoss));
          expect(Math.abs(given.trainLoss - trainLoss)).toBeLessThanOrEqual(1e-5 * (1 + trainLoss));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('outputs, Jacobians and Gram matrices within 4,000 times the accuracy that it states (1e-12), at any number of inputs', async () => {
    await fc.assert(
      fc.asyncProperty(configurations, async (configuration) => {
        const { network, initial, data } = trainingOf(configuration);
        for (const kernel of ['predict', 'jacobian', 'gram'] as const) {
          const expected = await reference[kernel](network, initial, data.inputs);
          const off = distance(await wasm[kernel](network, initial, data.inputs), expected);
          expect(off, kernel).toBeLessThan(4000 * wasm.accuracy[kernel]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('products of any shape, bit for bit: each entry is summed in order', async () => {
    const size = fc.integer({ min: 0, max: 21 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 300 }), size, size, async (rows, inner, columns) => {
        const random = NumpyRandom.fromSeed(rows);
        const [a, b] = [random.normals(rows * inner), random.normals(inner * columns)];
        const actual = await wasm.product(a, b, rows, inner, columns);
        expect(actual).toEqual(await reference.product(a, b, rows, inner, columns));
      }),
      { numRuns: 60 },
    );
    await expect(async () => wasm.product(new Float64Array(3), new Float64Array(2), 2, 2, 1)).rejects.toThrow(
      RangeError,
    );
  });

  it('products of gradients, bit for bit those of the gradients, at any number of points', async () => {
    const size = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 150 }),
        fc.array(size, { maxLength: 2 }),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 0, max: 9 }),
        async (n, hidden, inputs, columns) => {
          const network: Network = { inputs, hidden, activation: 'tanh' };
          const d = parameterCount(network);
          const random = NumpyRandom.fromSeed(n);
          const [parameters, points, matrix] = [d, n * inputs, d * columns].map((count) => random.normals(count));
          const rows = await wasm.jacobian(network, parameters!, points!);
          const actual = await wasm.jacobianProduct?.(network, parameters!, points!, matrix!, columns);
          expect(actual).toEqual(await wasm.product(rows, matrix!, n, d, columns));
        },
      ),
      { numRuns: 60 },
    );
    const line: Network = { inputs: 1, hidden: [], activation: 'identity' };
    await expect(async () =>
      wasm.jacobianProduct?.(line, new Float64Array(2), new Float64Array(1), new Float64Array(3), 1),
    ).rejects.toThrow(RangeError);
  });

  it('activations far from 0 and at 0, through a network that is one of them', async () => {
    const inputs = [0, 1e-12, 1e-5, 0.019, 0.021, 0.5, 3, 9, 19.999, 20.001, 40, 700].flatMap((x) => [x, -x]);
    for (const activation of activations) {
      const network: Network = { inputs: 1, hidden: [1], activation };
      const parameters = Float64Array.of(1, 0, 1, 0);
      for (const kernel of ['predict', 'jacobian'] as const) {
        const expected = await reference[kernel](network, parameters, Float64Array.from(inputs));
        const actual = await wasm[kernel](network, parameters, Float64Array.from(inputs));
        expected.forEach((value, i) => {
          expect(Math.abs(actual[i]! - value), `${activation}, number ${i}`).toBeLessThanOrEqual(
            2e-15 * (1 + Math.abs(value)),
          );
        });
      }
    }
  });
});

describe('what the engines refuse and how they end alike', () => {
  const line: Network = { inputs: 1, hidden: [], activation: 'identity' };
  const descent = (rate: number): Training => ({
    network: line,
    initial: new Float64Array(2),
    parameters: 'all',
    optimizer: { kind: 'sgd', rate, momentum: 0, weightDecay: 0 },
    batches: { kind: 'full' },
    data: { inputs: Float64Array.of(1), targets: Float64Array.of(1) },
    steps: 100,
    checkpoints: [0, 1, 2, 50, 100],
  });

  it('divergence, in float32: the residual grows 4e15-fold a step, its square overflows at the third', async () => {
    const { checkpoints, divergedAt } = await wasm.train(descent(1e15), watch);
    expect(divergedAt).toBe(3);
    expect(checkpoints.map(({ step }) => step)).toEqual([0, 1, 2]);
  });

  it('a start that is not finite diverged at 0, or at 1 when 0 is no checkpoint', async () => {
    const training = { ...descent(0.1), initial: Float64Array.of(NaN, 0) };
    expect(await wasm.train(training, watch)).toEqual({ checkpoints: [], divergedAt: 0 });
    expect(await wasm.train({ ...training, checkpoints: [3] }, watch)).toEqual({ checkpoints: [], divergedAt: 1 });
  });

  it('a shorter training is a prefix of a longer one, bit for bit', async () => {
    const training = trainingOf({
      inputs: 1,
      hidden: [9],
      activation: 'relu',
      parameters: 'all',
      optimizer: { kind: 'adam', rate: 0.01, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0 },
      kind: 'torch-randperm',
      samples: 50,
      share: 1,
      seed: 4,
    });
    const short = await wasm.train({ ...training, steps: 20, checkpoints: [0, 7, 20] }, watch);
    const long = await wasm.train({ ...training, checkpoints: [0, 3, 7, 20, 1000] }, watch);
    expect(long.checkpoints.filter(({ step }) => [0, 7, 20].includes(step))).toEqual(short.checkpoints);
  });

  it('an aborted training rejects with the reason', async () => {
    const controller = new AbortController();
    const training = { ...descent(1e-9), steps: 1e9, checkpoints: [1e9] };
    const running = wasm.train(training, {
      progress: () => {
        controller.abort(new Error('enough'));
      },
      signal: controller.signal,
    });
    await expect(running).rejects.toThrow('enough');
  });

  it('what does not fit 32 bits of address is refused with the size', async () => {
    const network: Network = { inputs: 1, hidden: [30_000, 30_000], activation: 'relu' };
    const wide = { length: parameterCount(network) } as Float64Array;
    await expect(async () => wasm.predict(network, wide, Float64Array.of(1))).rejects.toThrow(/6\.[0-9] GiB/);
  });
});
