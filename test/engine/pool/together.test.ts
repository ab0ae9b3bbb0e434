/** Small trainings go to a thread together, and each is what it is alone, to the bit. */
import { afterAll, expect, it } from 'vitest';
import type { Training, TrainingResult, Watch } from '../../../src/engine/engine.js';
import { openEngine } from '../../../src/engine/open-engine.js';
import { enginePool } from '../../../src/engine/pool/index.js';
import { isSmall, trainTogether } from '../../../src/engine/pool/together.js';
import { initialParameters } from '../../../src/model/initial-parameters.js';
import { recordFiles } from '../../../src/store/layout.js';
import { colophon } from '../../colophon.js';
import { block, page, reportFolder, waves } from '../../report-folder.js';
import { join } from 'node:path';

const network = { inputs: 1, hidden: [10], activation: 'relu' } as const;
const data = {
  inputs: Float64Array.from({ length: 30 }, (_, i) => Math.fround(i / 15 - 1)),
  targets: Float64Array.from({ length: 30 }, (_, i) => Math.fround(Math.sin(i / 5))),
};
/** The last ones diverge. */
const training = (seed: number, rate = seed < 60 ? 0.001 * (seed + 1) : 1e30): Training => {
  const { parameters, torchStream } = initialParameters(network, 'none', seed);
  return {
    network,
    initial: parameters,
    parameters: 'all',
    optimizer: { kind: 'sgd', rate, momentum: 0, nesterov: false, weightDecay: 0 },
    batches: { kind: 'torch-randperm', size: 10, stream: torchStream },
    data,
    steps: 200,
    checkpoints: [0, 1, 10, 100, 200],
  };
};
const interrupt = new AbortController();
const watch = (more: Partial<Watch> = {}): Watch => ({ progress: () => undefined, signal: interrupt.signal, ...more });

const pool = enginePool('wasm', 2, interrupt.signal);
afterAll(async () => pool.close());

it('gives each of seventy the bits that it has alone, diverged ones too, and what is wrong with one is its own', async () => {
  const trainings = Array.from({ length: 70 }, (_, seed) => training(seed));
  expect(trainings.every((one) => isSmall(one, watch()))).toBe(true);
  const wrong = { ...training(1), checkpoints: [5, 3] };
  const waited: number[] = [];
  const [refused, ...together] = await Promise.allSettled(
    [wrong, ...trainings].map(async (one) => pool.train(one, watch({ waited: (seconds) => waited.push(seconds) }))),
  );
  const engine = openEngine('wasm');
  const alone = await Promise.allSettled([wrong, ...trainings].map(async (one) => engine.train(one, watch())));
  expect(refused?.status).toBe(alone[0]?.status);
  expect(together).toEqual(alone.slice(1));
  const results = together.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(results.filter(({ divergedAt }) => divergedAt !== undefined)).toHaveLength(10);
  expect(waited.length).toBeGreaterThanOrEqual(70);
});

it('what leaves states, goes on from one or takes long has a thread for itself', () => {
  expect(isSmall(training(0), watch({ checkpoint: () => undefined }))).toBe(false);
  expect(isSmall({ ...training(0), steps: 10_000_000 }, watch())).toBe(false);
});

const result: TrainingResult = { checkpoints: [] };

it('a group that fails as a whole is done one by one; an interrupt is everyone’s', async () => {
  const sizes: number[] = [];
  const alone: number[] = [];
  const train = trainTogether(
    2,
    async (group) => {
      sizes.push(group.length);
      return Promise.reject(new Error('its thread died'));
    },
    async ({ steps }) => {
      alone.push(steps);
      return steps === 3 ? Promise.reject(new Error('it was this one')) : Promise.resolve(result);
    },
  );
  const ended = await Promise.allSettled(
    Array.from({ length: 6 }, async (_, steps) => train({ ...training(0), steps }, watch())),
  );
  expect(ended.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  // Half of them for each thread, and what then is left.
  expect(sizes[0]).toBe(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(6);

  const stop = new AbortController();
  const stopped = train(training(0), watch({ signal: stop.signal }));
  stop.abort(new Error('interrupted'));
  await expect(stopped).rejects.toThrow();
  const before = alone.length;
  await expect(
    Promise.all([0, 1, 2].map(async () => train(training(0), watch({ signal: stop.signal })))),
  ).rejects.toThrow();
  expect(alone).toHaveLength(before);
});

const sweep = (seeds: number): string =>
  block(
    'train #net',
    'data: waves',
    'network: { hidden: [5] }',
    'optimizer: { kind: sgd, rate: 0.01 }',
    'batch: 10',
    'steps: 50',
    `sweep: { seed: [${Array.from({ length: seeds }, (_, seed) => seed).join(', ')}] }`,
  );

it('a sweep is a file of the store for each of its runs, with the digests that each has alone', () => {
  const folder = reportFolder({ 'report/index.md': page(waves, sweep(120)) });
  expect(colophon(folder, 'build', 'report')).toMatchObject({ code: 0 });
  const files = recordFiles(join(folder, '.colophon/v1'));
  expect(files.filter(({ record }) => record?.kind === 'train')).toHaveLength(120);
  expect(files.filter(({ record }) => record?.kind === 'states')).toHaveLength(0);
  expect(files.flatMap(({ objects }) => objects)).toEqual([]);

  const single = reportFolder({ 'report/index.md': page(waves, sweep(2)) });
  expect(colophon(single, 'build', 'report')).toMatchObject({ code: 0 });
  const digestIn = (at: string): string => {
    const [one] = JSON.parse(colophon(at, 'results', 'net[seed=1]', '--record', '--json').out) as { digest: string }[];
    return one?.digest ?? '';
  };
  expect(digestIn(single)).toMatch(/^[0-9a-f]{64}$/);
  expect(digestIn(folder)).toBe(digestIn(single));
});
