/** Longer trainings and denser checkpoints use what earlier builds left; the result is that of one uninterrupted run. */
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { planReport } from '../../src/plan/plan-report.js';
import { runPlan } from '../../src/run/run-plan.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { recordFiles } from '../../src/store/layout.js';
import { block, page, reportFolder, temporaryFolder, waves } from '../report-folder.js';

const training = (steps: number, every: number, more: readonly string[] = []): string =>
  block(
    'train #net',
    'data: waves',
    'network: { hidden: [5] }',
    ...(more.length > 0 ? more : ['optimizer: { kind: adam, rate: 0.01 }', 'batch: 10', 'seed: 3']),
    `steps: ${steps}`,
    `checkpoints: { every: ${every} }`,
  );

/** Builds one training; what it gave, what was said of it, and the stretches that the engine was asked for. */
async function trained(store: string, text: string, name: 'wasm' | 'reference') {
  const { report } = readReport(reportFolder({ 'index.md': page(waves, text) }), directiveKinds);
  const { plan, problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  expect(problems).toEqual([]);
  const engine = openEngine(name);
  const stretches: [from: number, to: number][] = [];
  const counting: Engine = {
    ...engine,
    train: (asked, watch) => {
      stretches.push([asked.from?.step ?? 0, asked.steps]);
      return engine.train(asked, watch);
    },
  };
  const notes: string[] = [];
  const { results } = await runPlan(plan, {
    engine: counting,
    store: directoryStore(store, () => undefined),
    file: () => new Uint8Array(),
    report: (event) => {
      if (event.kind === 'end' && event.step.kind.kind === 'train') notes.push(event.note ?? event.outcome);
    },
    signal: new AbortController().signal,
    jobs: 1,
    clock: () => 0,
    now: () => new Date(0),
    versions: { colophon: '0', program: '0', node: '0', platform: '0' },
    resident: () => 0,
  }).done;
  const result = [...results.values()].find(({ step }) => step.kind.kind === 'train');
  return { digest: result?.digest, divergedAt: result?.record.divergedAt, note: notes[0], stretches };
}

it.each(['wasm', 'reference'] as const)('%s: 50 steps, then 150, then denser checkpoints, then fewer', async (name) => {
  const store = temporaryFolder();
  const fresh = async (text: string) => (await trained(temporaryFolder(), text, name)).digest;

  const short = await trained(store, training(50, 25), name);
  expect(short).toMatchObject({ note: 'ran', stretches: [[0, 50]] });

  const long = await trained(store, training(150, 25), name);
  expect(long).toMatchObject({ note: 'ran, continued from step 50', stretches: [[50, 150]] });
  expect(long.digest).toBe(await fresh(training(150, 25)));

  const dense = await trained(store, training(150, 15), name);
  expect(dense.note).toBe('ran, 90 of 150 steps, between the states of an earlier run');
  expect(dense.stretches).toEqual([
    [0, 15],
    [25, 45],
    [50, 60],
    [75, 90],
    [100, 120],
    [125, 135],
  ]);
  expect(dense.digest).toBe(await fresh(training(150, 15)));

  const sparse = await trained(store, training(150, 50), name);
  expect(sparse).toMatchObject({ note: 'ran, put together from an earlier run', stretches: [] });
  expect(sparse.digest).toBe(await fresh(training(150, 50)));
});

it('another seed, rate or batch starts anew', async () => {
  const store = temporaryFolder();
  await trained(store, training(50, 25), 'wasm');
  const others = [
    ['optimizer: { kind: adam, rate: 0.01 }', 'batch: 10', 'seed: 4'],
    ['optimizer: { kind: adam, rate: 0.02 }', 'batch: 10', 'seed: 3'],
    ['optimizer: { kind: adam, rate: 0.01 }', 'batch: 9', 'seed: 3'],
  ];
  for (const other of others) {
    expect(await trained(store, training(150, 25, other), 'wasm')).toMatchObject({
      note: 'ran',
      stretches: [[0, 150]],
    });
  }
  // And so does another profile.
  expect(await trained(store, training(150, 25), 'reference')).toMatchObject({ note: 'ran', stretches: [[0, 150]] });
});

it('a training that diverges further on diverges at the same step', async () => {
  const wild = ['optimizer: { kind: sgd, rate: 30 }', 'batch: 10', 'seed: 3'];
  const whole = await trained(temporaryFolder(), training(400, 1, wild), 'wasm');
  expect(whole.divergedAt).toBeGreaterThan(4);
  const store = temporaryFolder();
  await trained(store, training(3, 1, wild), 'wasm');
  const extended = await trained(store, training(400, 1, wild), 'wasm');
  expect(extended.stretches).toEqual([[3, 400]]);
  expect(extended).toMatchObject({ digest: whole.digest, divergedAt: whole.divergedAt });
});

it('a chain of thirty extensions, and one that is damaged anywhere in it: what is whole before is used, to the bits', async () => {
  const store = temporaryFolder();
  for (let steps = 10; steps <= 300; steps += 10) {
    const { stretches } = await trained(store, training(steps, 10), 'wasm');
    expect(stretches).toEqual([[steps - 10, steps]]);
  }
  const whole = await trained(temporaryFolder(), training(310, 10), 'wasm');
  const { digest } = await trained(copyOf(store), training(310, 10), 'wasm');
  expect(digest).toBe(whole.digest);

  const root = join(store, 'v1');
  const links = recordFiles(root).flatMap(({ path, record }) => {
    const from = record?.kind === 'states' ? (record.options as { from: number }).from : undefined;
    return from === undefined || record === undefined ? [] : [{ path, from }];
  });
  expect(links.map(({ from }) => from).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => 10 * i));
  for (const { path, from } of links.filter((_, index) => index % 10 === 3)) {
    // Its record cut, the arrays behind it cut and changed, all of it gone.
    const file = relative(root, path);
    const damages: ((file: string) => void)[] = [
      (place) => {
        truncateSync(place, 100);
      },
      (place) => {
        truncateSync(place, readFileSync(place).length - 8);
      },
      flipBit,
      rmSync,
    ];
    for (const damage of damages) {
      const damaged = copyOf(store);
      damage(join(damaged, 'v1', file));
      const again = await trained(damaged, training(310, 10), 'wasm');
      expect(again.digest, `${file} of the part from ${from}`).toBe(whole.digest);
      expect(again.stretches).toEqual([[from, 310]]);
      // It has healed: the next extension goes on from the end.
      expect((await trained(damaged, training(320, 10), 'wasm')).stretches).toEqual([[310, 320]]);
    }
  }
});

const copyOf = (folder: string): string => {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
};

function flipBit(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 4;
  writeFileSync(file, bytes);
}
