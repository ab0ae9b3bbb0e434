/** A training that goes on from a state ends where one that was never interrupted ends, bit for bit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainingState, Watch } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { configurations, trainingOf } from './trainings.js';
import { inFull } from '../every-nth.js';

const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };

describe.each(['wasm', 'reference'] as const)('%s', (name) => {
  const engine = openEngine(name);

  it('goes on from any checkpoint, whatever the optimizer, the batches and the network', async () => {
    await fc.assert(
      fc.asyncProperty(configurations, async (configuration) => {
        const training = { ...trainingOf(configuration), steps: 700, checkpoints: [0, 1, 137, 400, 700] };
        const states: TrainingState[] = [];
        const whole = await engine.train(training, {
          ...watch,
          checkpoint: ({ step, parameters }, rest) => {
            states.push({ step, parameters, rest });
          },
        });
        if (whole.divergedAt !== undefined) return;
        expect(states.map(({ step }) => step)).toEqual(training.checkpoints);
        for (const from of states.slice(0, -1)) {
          const checkpoints = training.checkpoints.filter((step) => step > from.step);
          const rest = await engine.train({ ...training, checkpoints, from }, watch);
          expect(rest.checkpoints).toEqual(whole.checkpoints.slice(-checkpoints.length));
        }
      }),
      { numRuns: inFull ? 25 : 6 },
    );
  });

  it('refuses a state of another network, and checkpoints before it', () => {
    const base = {
      inputs: 1,
      hidden: [3],
      activation: 'relu',
      parameters: 'all',
      samples: 30,
      share: 1,
      seed: 1,
    } as const;
    const optimizer = { kind: 'sgd', rate: 0.01, momentum: 0, weightDecay: 0 } as const;
    const training = trainingOf({ ...base, hidden: [...base.hidden], optimizer, kind: 'full' });
    const rest = new Uint8Array();
    const train = async (step: number, parameters: number): Promise<unknown> =>
      engine.train({ ...training, from: { step, parameters: new Float64Array(parameters), rest } }, watch);
    return Promise.all([
      expect(async () => train(0, 9)).rejects.toThrow('a state of 9 parameters is of another network'),
      expect(async () => train(2, 10)).rejects.toThrow(
        'checkpoints ascend in whole numbers from 3 to 1000; 0 does not',
      ),
    ]);
  });
});
