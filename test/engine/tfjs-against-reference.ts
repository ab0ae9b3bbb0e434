/** What TensorFlow.js must agree on with the reference, on whichever backend; one test file for each, as a process has one. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Training, TrainingResult, TrainingState, Watch } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { tfjsEngine } from '../../src/engine/tfjs/index.js';
import { openPortable, type PortableBackend, type TensorFlow } from '../../src/engine/tfjs/tensorflow.js';
import { trainTogether } from '../../src/engine/tfjs/train.js';
import { distance, effectOfRounding, expectWithin } from './agreement.js';
import { expectDecomposed, hardMatrices } from './decompositions.js';
import { configurations, trainingOf } from './trainings.js';
import { inFull } from '../every-nth.js';

const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };
const reference = openEngine('reference');

export function agreesWithReference(backend: PortableBackend): void {
  let tf: TensorFlow;
  let before: number;
  let engine: Engine;
  beforeAll(async () => {
    const opened = await openPortable(backend);
    if (opened === undefined) throw new Error('TensorFlow.js is not installed');
    tf = opened;
    before = tf.memory().numTensors;
    engine = tfjsEngine(tf, { profile: `tfjs-${backend}-f32/1`, device: 'CPU' }, openEngine('wasm'));
  });
  afterAll(() => {
    // Everything that operations made was given back.
    expect(tf.memory().numTensors).toBe(before);
  });

  describe(`TensorFlow.js on ${backend} against the reference`, () => {
    it('parameters after 100 steps within 1e-5, losses after 1,000 within 1e-3, or ten times what one ulp does to the reference', async () => {
      await fc.assert(
        fc.asyncProperty(configurations, async (configuration) => {
          const training = { ...trainingOf(configuration), checkpoints: [0, 1, 100, 1000] };
          const expected = await reference.train(training, watch);
          const actual = await engine.train(training, watch);
          expect(actual.divergedAt).toBe(expected.divergedAt);
          if (expected.divergedAt !== undefined) return;
          expect(actual.checkpoints.map(({ step }) => step)).toEqual(training.checkpoints);
          const effect = effectOfRounding(reference, training, expected, watch);
          const within = (bound: number, what: string, part: (result: TrainingResult) => Float32Array | Float64Array) =>
            expectWithin(distance(part(actual), part(expected)), bound, () => effect(part), what);
          await within(1e-5, 'parameters after 100 steps', ({ checkpoints }) => checkpoints[2]!.parameters);
          for (const loss of ['batchLoss', 'trainLoss', 'testLoss'] as const) {
            const [, given] = actual.checkpoints;
            const [, wanted] = expected.checkpoints;
            expect(Math.abs(given![loss] - wanted![loss]), loss).toBeLessThanOrEqual(1e-5 * (1 + wanted![loss]));
            await within(1e-3, `${loss} after 1,000 steps`, ({ checkpoints }) =>
              Float64Array.of(checkpoints[3]![loss]),
            );
          }
        }),
        { numRuns: inFull ? 12 : 3 },
      );
    });

    it('decompositions of matrices of collapsed networks, tiny, huge, zero, with equal rows within 1e-13', async () => {
      await fc.assert(
        fc.asyncProperty(hardMatrices, async ({ matrix, rows, columns }) => {
          await expectDecomposed(engine, matrix, rows, columns);
        }),
        { numRuns: inFull ? 60 : 30 },
      );
    });

    it('outputs, Jacobians, Gram matrices and products within 80 times the accuracy that it states (1e-5)', async () => {
      await fc.assert(
        fc.asyncProperty(configurations, async (configuration) => {
          const { network, initial, data } = trainingOf(configuration);
          for (const operation of ['predict', 'jacobian', 'gram'] as const) {
            const expected = await reference[operation](network, initial, data.inputs);
            const off = distance(await engine[operation](network, initial, data.inputs), expected);
            expect(off, operation).toBeLessThan(80 * engine.accuracy[operation]);
          }
          const rows = data.targets.length;
          const expected = await reference.product(data.inputs, data.inputs, rows, network.inputs, rows);
          const actual = await engine.product(data.inputs, data.inputs, rows, network.inputs, rows);
          expect(distance(actual, expected)).toBeLessThan(80 * engine.accuracy.product);
        }),
        { numRuns: 30 },
      );
    });

    it('runs that train together, and one that goes on from a state, end as each would alone', async () => {
      await fc.assert(
        fc.asyncProperty(configurations, fc.integer({ min: 2, max: 5 }), async (configuration, runs) => {
          const trainings = Array.from({ length: runs }, (_, run) => ({
            ...trainingOf({ ...configuration, seed: configuration.seed + run }),
            steps: 60,
            checkpoints: [25, 60],
          }));
          const states: (TrainingState | undefined)[] = [];
          const together = await trainTogether(
            tf,
            trainings.map((training, run) => ({
              training,
              watch: {
                ...watch,
                checkpoint: ({ step, parameters }, rest) => {
                  if (step === 25) states[run] = { step, parameters, rest };
                },
              },
            })),
          );
          for (const [run, training] of trainings.entries()) {
            const alone = await engine.train(training, watch);
            close(together[run]!, alone);
            const from = states[run];
            if (from !== undefined) {
              const resumed = await engine.train({ ...training, checkpoints: [60], from }, watch);
              expect(resumed.checkpoints).toEqual(alone.checkpoints.slice(1));
            }
          }
        }),
        { numRuns: 5 },
      );
    });

    it('the same bits twice', async () => {
      const training = trainingOf({
        inputs: 2,
        hidden: [9, 7],
        activation: 'gelu',
        parameters: 'all',
        optimizer: { kind: 'adam', rate: 0.002, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01 },
        kind: 'torch-randperm',
        samples: 60,
        share: 1,
        seed: 5,
      });
      const short = { ...training, steps: 100, checkpoints: [100] };
      expect(await engine.train(short, watch)).toEqual(await engine.train(short, watch));
    });

    it('a run that diverges ends at its step; one beside it goes on, its losses after 1,000 steps within 1e-3', async () => {
      const base = trainingOf({
        inputs: 1,
        hidden: [4],
        activation: 'relu',
        parameters: 'all',
        optimizer: { kind: 'sgd', rate: 0.01, momentum: 0, weightDecay: 0 },
        kind: 'full',
        samples: 30,
        share: 1,
        seed: 2,
      });
      const wild = { ...base, optimizer: { ...base.optimizer, rate: 1e6 } } as Training;
      const [calm, gone] = await trainTogether(
        tf,
        [base, wild].map((training) => ({ training, watch })),
      );
      expect(calm!.divergedAt).toBeUndefined();
      expect(calm!.checkpoints.map(({ step }) => step)).toEqual([0, 1, 1000]);
      // Losses after 1,000 steps within 1e-3 of the reference.
      const expected = (await reference.train(base, watch)).checkpoints.at(-1)!;
      const actual = calm!.checkpoints.at(-1)!;
      for (const loss of ['batchLoss', 'trainLoss', 'testLoss'] as const) {
        expect(Math.abs(actual[loss] / expected[loss] - 1), loss).toBeLessThan(1e-3);
      }
      expect(gone!.divergedAt).toBeGreaterThan(1);
      expect(gone).toEqual(await engine.train(wild, watch));
    });

    it('what cannot step together is refused, and an aborted training rejects with the reason', async () => {
      const base = { inputs: 1, activation: 'relu', parameters: 'all', samples: 30, share: 1, seed: 1 } as const;
      const optimizer = { kind: 'sgd', rate: 0.01, momentum: 0, weightDecay: 0 } as const;
      const [a, b] = [[3], [4]].map((hidden) => trainingOf({ ...base, hidden, optimizer, kind: 'full' }));
      await expect(
        trainTogether(
          tf,
          [a!, b!].map((training) => ({ training, watch })),
        ),
      ).rejects.toThrow('trainings of two shapes');
      const controller = new AbortController();
      const stopping: Watch = {
        progress: () => {
          controller.abort(new Error('enough'));
        },
        signal: controller.signal,
      };
      await expect(engine.train(a!, stopping)).rejects.toThrow('enough');
    });
  });
}

/** Stacks may be summed in another order than one run is. */
function close(actual: TrainingResult, expected: TrainingResult): void {
  expect(actual.divergedAt).toBe(expected.divergedAt);
  expect(actual.checkpoints.length).toBe(expected.checkpoints.length);
  expected.checkpoints.forEach(({ parameters }, i) => {
    expect(distance(actual.checkpoints[i]!.parameters, parameters)).toBeLessThan(1e-5);
  });
}
