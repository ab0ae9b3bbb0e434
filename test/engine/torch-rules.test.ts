/** Update rules and schedules against PyTorch's own. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Training, Watch } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { tfjsEngine } from '../../src/engine/tfjs/index.js';
import { openPortable } from '../../src/engine/tfjs/tensorflow.js';
import { type Rate, rateAt } from '../../src/model/schedule.js';
import { type RuleCase, ruleCases } from '../fixtures/numerics/torch-rules.js';

const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };
const steps = [0, 1, 199, 200, 299, 300, 399, 400, 650, 700, 900];

const trainingOf = ({ optimizer, x, y, initial }: RuleCase): Training => ({
  network: { inputs: 2, hidden: [6], activation: 'tanh' },
  initial: Float64Array.from(initial),
  parameters: 'all',
  optimizer,
  batches: { kind: 'full' },
  data: { inputs: Float64Array.from(x), targets: Float64Array.from(y) },
  steps: 1000,
  checkpoints: [1, 50, 1000],
});

const named = ruleCases.map((one) => ({ ...one, name: JSON.stringify(one.optimizer) }));

const farthest = (actual: Float32Array | Float64Array, expected: readonly number[]): number =>
  Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / Math.max(...expected.map(Math.abs));

it('the rates are those of torch.optim.lr_scheduler within 1e-12', () => {
  let scheduled = 0;
  for (const { optimizer, rates } of ruleCases) {
    if (typeof optimizer.rate !== 'number') scheduled += 1;
    steps.forEach((taken, i) => {
      expect(Math.abs(rateAt(optimizer.rate, taken) / rates[i]! - 1), `after ${taken}`).toBeLessThan(1e-12);
    });
  }
  expect(scheduled).toBeGreaterThanOrEqual(7);
});

it('there is no other schedule', () => {
  expect(() => rateAt({ schedule: 'polynomial' } as unknown as Rate, 3)).toThrow(
    new RangeError('there is no schedule "polynomial"'),
  );
});

/** RMSprop near a minimum divides what is left by itself: a last digit grows there whatever the precision. */
const tolerance = ({ loss, loss32 }: RuleCase): number => Math.max(1e-6, 10 * Math.abs(loss32 / loss - 1));

describe('parameters after 1 and 50 steps, and the loss after 1,000', () => {
  it.each(named)(
    '$name: the reference within 1e-14, 1e-10, and 1e-6 or ten times what float32 does to PyTorch',
    async (torch) => {
      const { checkpoints } = await openEngine('reference').train(trainingOf(torch), watch);
      expect(farthest(checkpoints[0]!.parameters, torch.after1)).toBeLessThan(1e-14);
      expect(farthest(checkpoints[1]!.parameters, torch.after50)).toBeLessThan(1e-10);
      expect(Math.abs(checkpoints[2]!.trainLoss / torch.loss - 1)).toBeLessThan(tolerance(torch));
    },
  );

  it.each(named)('$name: wasm within 1e-6, 1e-5, and 1e-6 or ten times what float32 does to PyTorch', async (torch) => {
    const { checkpoints } = await openEngine('wasm').train(trainingOf(torch), watch);
    expect(farthest(checkpoints[0]!.parameters, torch.after1)).toBeLessThan(1e-6);
    expect(farthest(checkpoints[1]!.parameters, torch.after50)).toBeLessThan(1e-5);
    expect(Math.abs(checkpoints[2]!.trainLoss / torch.loss - 1)).toBeLessThan(tolerance(torch));
  });
});

describe('tfjs', () => {
  let engine: Engine;
  beforeAll(async () => {
    const tf = await openPortable('cpu');
    if (tf === undefined) throw new Error('TensorFlow.js is not installed');
    engine = tfjsEngine(tf, { profile: 'tfjs-cpu-f32/1', device: 'CPU' }, openEngine('wasm'));
  });

  it.each(named)('$name: within 1e-5 after 50 steps', async (torch) => {
    const { checkpoints } = await engine.train({ ...trainingOf(torch), steps: 50, checkpoints: [1, 50] }, watch);
    expect(farthest(checkpoints[0]!.parameters, torch.after1)).toBeLessThan(1e-6);
    expect(farthest(checkpoints[1]!.parameters, torch.after50)).toBeLessThan(1e-5);
  });
});

describe('a longer training goes on where a shorter one ended', () => {
  it.each(['reference', 'wasm'] as const)('%s, to the bit', async (name) => {
    const engine = openEngine(name);
    for (const torch of ruleCases) {
      const whole = await engine.train(trainingOf(torch), watch);
      let rest: Uint8Array | undefined;
      const short = await engine.train(
        { ...trainingOf(torch), steps: 437, checkpoints: [437] },
        { ...watch, checkpoint: (_, kept) => (rest = kept) },
      );
      const from = { step: 437, parameters: short.checkpoints[0]!.parameters, rest: rest! };
      const second = await engine.train({ ...trainingOf(torch), checkpoints: [1000], from }, watch);
      expect([...second.checkpoints[0]!.parameters]).toEqual([...whole.checkpoints[2]!.parameters]);
    }
  });
});
