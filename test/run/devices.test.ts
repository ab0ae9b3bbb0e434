/** Which device computes a step, whose results answer for it, and what happens when it fails. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { DeviceLost } from '../../src/engine/webgpu/device.js';
import { planReport } from '../../src/plan/plan-report.js';
import { batchTrainings } from '../../src/run/batch-trainings.js';
import { forecast, type RunEvent, runPlan } from '../../src/run/run-plan.js';
import type { StepEngine } from '../../src/run/step-engine.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { block, page, reportFolder, small, temporaryFolder, waves } from '../report-folder.js';
import { cli, colophon } from '../colophon.js';

const wasm = openEngine('wasm');

const planned = (text: string) => {
  const { report, problems } = readReport(reportFolder({ 'index.md': text }), directiveKinds);
  const { plan, problems: unplanned } = planReport(report, { memory: 4e9, addressable: 4e9 });
  return { plan, problems: [...problems, ...unplanned].map(({ message }) => message) };
};

const seeded = block(
  'train #net',
  'data: waves',
  'network: { hidden: [4] }',
  'optimizer: { kind: sgd, rate: 0.1 }',
  'steps: 20',
  'seed: { count: 6 }',
);

/** An engine of another name that counts its batches. */
function batching(fail?: () => Error): { engine: Engine; batches: number[] } {
  const batches: number[] = [];
  const engine: Engine = {
    ...wasm,
    profile: 'other-f32/1',
    device: 'another device',
    train: async (training, watch) => {
      batches.push(1);
      if (fail !== undefined) throw fail();
      return wasm.train(training, watch);
    },
    trainMany: async (tasks) => {
      batches.push(tasks.length);
      if (fail !== undefined) throw fail();
      return Promise.all(tasks.map(({ training, watch }) => wasm.train(training, watch)));
    },
  };
  return { engine: batchTrainings(engine, (error) => error instanceof DeviceLost), batches };
}

async function run(text: string, chosen: StepEngine, folder = temporaryFolder()) {
  const { plan, problems } = planned(text);
  expect(problems).toEqual([]);
  const events: RunEvent[] = [];
  const store = directoryStore(folder, () => undefined);
  const { results, failed } = await runPlan(plan, {
    engine: wasm,
    engineFor: () => chosen,
    store,
    file: () => new Uint8Array(),
    report: (event) => events.push(event),
    signal: new AbortController().signal,
    jobs: 1,
    clock: () => performance.now() / 1000,
    now: () => new Date(0),
    versions: { colophon: '0', program: '', node: '', platform: '' },
    resident: () => 0,
  }).done;
  const notes = events.flatMap((event) => (event.kind === 'end' ? [event.note ?? event.outcome] : []));
  return { plan, store, results: [...results.values()], failed, notes };
}

describe('batches of trainings', () => {
  it('all trainings that are ready go to the device at once, though only one step may run at a time', async () => {
    const { engine, batches } = batching();
    const { results, failed } = await run(page(waves, seeded), { engine, anyProfile: false });
    expect(failed).toEqual([]);
    expect(batches).toEqual([6]);
    expect(new Set(results.map(({ record }) => `${record.profile} ${record.device}`))).toEqual(
      new Set(['other-f32/1 another device']),
    );
  });

  it('a device that fails: the processor takes over, and the record says so', async () => {
    const { engine, batches } = batching(() => new DeviceLost('gone'));
    const because = (error: unknown): string | undefined =>
      error instanceof DeviceLost ? 'gone, so it was computed on the CPU' : undefined;
    const { results, failed, notes } = await run(page(waves, seeded), {
      engine,
      anyProfile: false,
      fallback: { engine: wasm, because },
    });
    expect(failed).toEqual([]);
    // None of them is tried by itself on a device that was lost twice.
    expect(batches).toEqual([6]);
    const trained = results.filter(({ step }) => step.id === 'net');
    expect(trained.map(({ record }) => [record.profile, record.made.remark])).toEqual(
      Array.from({ length: 6 }, () => [wasm.profile, 'gone, so it was computed on the CPU']),
    );
    expect(notes.filter((note) => note === 'ran, gone, so it was computed on the CPU')).toHaveLength(6);
  });

  it('any other error fails its own step only: each is tried by itself', async () => {
    const { engine, batches } = batching(() => new Error('the shader is wrong'));
    const { failed } = await run(page(waves, seeded), {
      engine,
      anyProfile: false,
      fallback: { engine: wasm, because: () => undefined },
    });
    expect(failed.map(({ message }) => message)).toEqual(Array.from({ length: 6 }, () => 'the shader is wrong'));
    expect(batches).toEqual([6, 1, 1, 1, 1, 1, 1]);
  });
});

describe('whose results answer', () => {
  it('a device that is named takes only its own; otherwise anyone’s do, its own first', async () => {
    const folder = temporaryFolder();
    const text = page(waves, seeded);
    const own = { engine: wasm, anyProfile: false };
    const other = batching().engine;
    await run(text, own, folder);
    const named = await run(text, { engine: other, anyProfile: false }, folder);
    expect(new Set(named.notes)).toEqual(new Set(['ran']));
    for (const [engine, profile] of [
      [wasm, wasm.profile],
      [other, 'other-f32/1'],
      [{ ...wasm, profile: 'third/1' }, undefined],
    ] as const) {
      const { results, notes, plan, store } = await run(text, { engine, anyProfile: true }, folder);
      expect(new Set(notes)).toEqual(new Set(['cached']));
      if (profile !== undefined)
        expect(new Set(results.map(({ record }) => record.profile))).toEqual(new Set([profile]));
      const third = forecast(plan, store, () => ({ engine: { ...wasm, profile: 'third/1' }, anyProfile: false }));
      expect(third.map(({ cached }) => cached)).toEqual(third.map(() => false));
    }
  });
});

describe('asking for a device', () => {
  it('in a directive or in front matter: no part of any key', () => {
    const plain = planned(page(waves, small)).plan.steps;
    const asked = planned(page(waves, small.replace('steps:', 'device: reference\nsteps:'))).plan.steps;
    expect(asked.map(({ key }) => key)).toEqual(plain.map(({ key }) => key));
    expect(asked.map(({ device }) => device)).toEqual([undefined, 'reference', 'reference']);
    const matter = planned(page(waves, small).replace('title:', 'device: cpu\ntitle:')).plan.steps;
    expect(matter.map(({ pageDevice }) => pageDevice)).toEqual(['cpu', 'cpu', 'cpu']);
    expect(matter.map(({ key }) => key)).toEqual(plain.map(({ key }) => key));
  });

  it('that there is no such name', () => {
    const { problems } = planned(page(waves, small.replace('steps:', 'device: gpus\nsteps:')));
    expect(problems.join()).toContain('"device" must be one of auto, cpu, gpu, wasm, webgpu, tfjs');
  });

  it('that is not there: code 3 and why; unknown: code 2; not named: nothing is said of it', () => {
    const folder = reportFolder({ 'index.md': page(waves, small) });
    const env = { PATH: process.env['PATH'] };
    const plan = (...words: string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [cli, 'plan', folder, '--store', temporaryFolder(), ...words], {
        encoding: 'utf8',
        env,
      });
    const named = plan('--device', 'gpu');
    // A machine with a GPU has one.
    if (named.status !== 0) {
      expect(named.status).toBe(3);
      expect(named.stderr).toMatch(/the device "gpu" is not there: .+; "node \S+ devices" lists what is/);
    }
    expect(plan('--device', 'tpu').status).toBe(2);
    const unnamed = plan();
    expect([unnamed.status, unnamed.stderr]).toEqual([0, '']);
  });
});

it('a report on TensorFlow.js, from the command to the page: its results name device and profile, and stay apart', () => {
  const folder = reportFolder({ 'report/index.md': page(waves, small, block('figure #fig-fit', 'show: small.fit')) });
  const build = (device: string): string => {
    const { code, err } = colophon(folder, 'build', 'report', '--device', device);
    expect(code, err).toBe(0);
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
    return /<p class="devices">([^<]*)<\/p>/.exec(html)?.[1] ?? '';
  };
  expect(build('tfjs')).toMatch(/^2 results on (?:CPU, tfjs-wasm-f32\/1; no GPU took part|.+, tfjs-cuda-f32\/1)\.$/);
  expect(build('cpu')).toBe(`2 results on CPU, ${wasm.profile}; no GPU took part.`);
  expect(build('tfjs')).toContain('tfjs-');
});
