/** Which engine computes each step: who decides, what `auto` takes and says, and what is done when a device fails. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, realWorld } from '../src/build.js';
import { chooseEngines } from '../src/choose-engines.js';
import type { DeviceName } from '../src/device-names.js';
import type { Opened } from '../src/engine/devices.js';
import { openEngine } from '../src/engine/open-engine.js';
import type { Device } from '../src/engine/webgpu/device.js';
import { webgpuEngine } from '../src/engine/webgpu/index.js';
import { planReport } from '../src/plan/plan-report.js';
import type { PlannedStep } from '../src/plan/plan.js';
import { EnvironmentError } from '../src/problem.js';
import { readReport } from '../src/source/read-report.js';
import { directiveKinds } from '../src/steps/kinds.js';
import { cli } from './colophon.js';
import { missingGpu, softwareDevice, softwareEnvironment } from './engine/software-gpu.js';
import { block, page, reportFolder, small, temporaryFolder, waves } from './report-folder.js';

const wasm = openEngine('wasm');
const close = (): Promise<void> => Promise.resolve();
const missing = await missingGpu();

/** Many seeds of wide networks for as many steps: minutes on two threads, seconds on a GPU. */
const trainings = (steps: number, count: number, ...more: string[]): string =>
  block(
    'train #net',
    ...['data: waves', 'network: { hidden: [80, 80] }', 'optimizer: { kind: sgd, rate: 0.1 }'],
    ...[`steps: ${steps}`, `seed: { count: ${count} }`, ...more],
  );
const large = trainings(100_000, 32);

function stepsOf(text: string): readonly PlannedStep[] {
  const { report, problems } = readReport(reportFolder({ 'index.md': text }), directiveKinds);
  const { plan, problems: unplanned } = planReport(report, { memory: 4e9, addressable: 4e9 });
  expect([...problems, ...unplanned]).toEqual([]);
  return plan.steps;
}

/** What is chosen for a report where devices open as `there` says; the names that were opened. */
async function choose(
  text: string,
  device: DeviceName,
  there: Partial<Record<DeviceName, Opened>>,
  due?: (steps: readonly PlannedStep[]) => readonly PlannedStep[],
) {
  const steps = stepsOf(text);
  const opened: DeviceName[] = [];
  const plan = { steps } as Parameters<typeof chooseEngines>[0];
  const open = (name: DeviceName): Promise<Opened> => {
    opened.push(name);
    return Promise.resolve(there[name] ?? { missing: 'nothing of that kind' });
  };
  const choice = await chooseEngines(plan, () => due?.(steps) ?? steps, {
    ...{ engine: wasm, device, jobs: 2 },
    devices: { open },
  });
  const on = Object.fromEntries(
    steps.map((step) => [step.name, choice.engineFor(step).engine.device] as const),
  ) as Readonly<Record<string, string>>;
  return { ...choice, steps, opened, on };
}

const engineNamed = (device: string): Opened => ({
  engine: { ...wasm, profile: `${device}-f32/1`, device },
  hardware: device.includes('GPU'),
  close,
});
const gpu = engineNamed('a GPU');

describe('auto', () => {
  it('takes real hardware where the estimate says that it wins, and prints its choice', async () => {
    const { on, said, opened } = await choose(page(waves, large), 'auto', { gpu });
    expect(opened).toEqual(['gpu']);
    expect(on['net[seed=0]']).toBe('a GPU');
    expect(on['waves']).toBe('CPU');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^device {2}a GPU, about [\d.]+ s; about \d+ s on 2 threads$/);
    const [gpuSeconds, cpuSeconds] = [...said[0]!.matchAll(/about ([\d.]+) s/g)].map(([, number]) => Number(number));
    expect(gpuSeconds).toBeLessThan(cpuSeconds!);
  });

  it('without a GPU: the CPU, and why, once', async () => {
    const { on, said } = await choose(page(waves, large), 'auto', { gpu: { missing: 'no adapter' } });
    expect(new Set(Object.values(on))).toEqual(new Set(['CPU']));
    expect(said).toEqual([expect.stringMatching(/^device {2}CPU, about \d+ s on 2 threads; no GPU: no adapter$/)]);
  });

  it('one long run, which a GPU would not hasten: the CPU, and what a GPU would take, without opening it', async () => {
    const { on, said, opened } = await choose(page(waves, trainings(4_000_000, 1).replace('[80, 80]', '[8]')), 'auto', {
      gpu,
    });
    expect(opened).toEqual([]);
    expect(new Set(Object.values(on))).toEqual(new Set(['CPU']));
    expect(said).toEqual([
      expect.stringMatching(/^device {2}CPU, about [\d.]+ s on 2 threads; a GPU would take about \d+ s$/),
    ]);
  });

  it('small work, and large work that has its results: the CPU, nothing opened and nothing said', async () => {
    for (const [text, due] of [
      [page(waves, small), undefined],
      [page(waves, large), () => []],
    ] as const) {
      const { on, said, opened } = await choose(text, 'auto', { gpu }, due);
      expect(opened).toEqual([]);
      expect(said).toEqual([]);
      expect(new Set(Object.values(on))).toEqual(new Set(['CPU']));
    }
  });

  it('accepts results of any profile; a device that is named only its own', async () => {
    for (const [device, anyProfile] of [
      ['auto', true],
      ['gpu', false],
    ] as const) {
      const { engineFor, steps } = await choose(page(waves, large), device, { gpu });
      expect(engineFor(steps[1]!).anyProfile).toBe(anyProfile);
    }
  });
});

describe('a directive before the command line, that before the pages', () => {
  const there = {
    gpu,
    webgpu: engineNamed('webgpu'),
    reference: engineNamed('reference'),
    wasm: engineNamed('wasm'),
  };
  const onPage = (text: string): string => text.replace('title:', 'device: reference\ntitle:');
  const inDirective = small.replace('steps:', 'device: webgpu\nsteps:');

  it.each([
    ['nothing', page(waves, small), 'auto', 'CPU'],
    ['a page', onPage(page(waves, small)), 'auto', 'reference'],
    ['the command line', page(waves, small), 'wasm', 'wasm'],
    ['a page and the command line', onPage(page(waves, small)), 'wasm', 'wasm'],
    ['a directive and a page', onPage(page(waves, inDirective)), 'auto', 'webgpu'],
    ['all three', onPage(page(waves, inDirective)), 'wasm', 'webgpu'],
    ['a directive that says auto', onPage(page(waves, inDirective.replace('webgpu', 'auto'))), 'wasm', 'CPU'],
  ] as const)('%s', async (_, text, device, expected) => {
    const { on, said } = await choose(text, device, there);
    expect(on['small[hidden=4]']).toBe(expected);
    expect(said).toEqual([]);
  });

  it('opens only what is asked for', async () => {
    const { opened } = await choose(page(waves, inDirective), 'wasm', there);
    expect(opened).toEqual(['webgpu']);
  });

  it('a device that is named, by any of them, and is not there', async () => {
    for (const [text, device] of [
      [page(waves, inDirective), 'auto'],
      [onPage(page(waves, small)), 'auto'],
      [page(waves, small), 'webgpu'],
    ] as const) {
      const failing = choose(text, device, {});
      await expect(failing).rejects.toThrow(EnvironmentError);
      await expect(failing).rejects.toThrow(
        /the device "\w+" is not there: nothing of that kind; `colophon devices` lists/,
      );
    }
  });
});

describe.skipIf(missing !== undefined)('with a software driver, as commands', () => {
  const run = (folder: string, ...words: string[]) =>
    spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8', env: softwareEnvironment() });

  it('`gpu` refuses it with code 3, by name; `webgpu` takes it and the page says so; `auto` says why not', () => {
    const folder = reportFolder({
      'report/index.md': page(waves, small, block('figure #fig-fit', 'show: small.fit')),
      'large/index.md': page(waves, large, block('figure #fig-fit', 'show: net.fit')),
    });
    const refused = run(folder, 'build', 'report', '--device', 'gpu');
    // A machine with another GPU, or with CUDA, has one.
    if (refused.status !== 0) {
      expect(refused.status).toBe(3);
      expect(refused.stderr).toMatch(
        /the device "gpu" is not there: .*SwiftShader.* is no GPU but a processor that plays one; .*; `colophon devices` lists what is/,
      );
    }
    const taken = run(folder, 'build', 'report', '--device', 'webgpu');
    expect(taken.status, taken.stderr).toBe(0);
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
    expect(/<p class="devices">([^<]*)<\/p>/.exec(html)?.[1]).toMatch(
      /^2 results on swiftshader-device-subzero \(SwiftShader driver [\d.]+\), webgpu-software-f32\/2; no GPU took part\.$/,
    );
  });

  it('`colophon devices` says what there is, what not and why, with a figure for each that is there', () => {
    const { status, stdout, stderr } = run(temporaryFolder(), 'devices', '--json');
    expect(status, stderr).toBe(0);
    const rows = JSON.parse(stdout) as { device: string; found: boolean; what: string; [name: string]: unknown }[];
    expect(rows.map(({ device }) => device)).toEqual(['wasm', 'webgpu', 'tfjs', 'reference']);
    for (const row of rows) {
      expect(row).toMatchObject({
        found: true,
        profile: expect.any(String) as string,
        runs: expect.any(Number) as number,
      });
      expect(row['stepsPerSecond']).toBeGreaterThan(10);
    }
    expect(rows[1]).toMatchObject({ hardware: false, profile: 'webgpu-software-f32/2' });
    expect(rows[1]!.what).toContain('SwiftShader');
  });
});

it('`colophon devices` where there is no driver, for people', () => {
  // No folder of drivers is there but the system's; no package is where node finds none.
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'devices'], {
    cwd: temporaryFolder(),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], VK_DRIVER_FILES: '/nowhere.json', LD_LIBRARY_PATH: '/nowhere' },
  });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(/\s/)[0])).toEqual(['wasm', 'webgpu', 'tfjs', 'reference']);
  expect(lines[0]).toMatch(/^wasm +processor: CPU; wasm-f32\/\d; [\d,]+ steps a second of 1 run of one hidden layer/);
  expect(lines[1]).toMatch(/^webgpu +not found: (?:the Vulkan loader libvulkan\.so\.1 is not installed|no adapter)/);
  expect(lines[2]).toMatch(/^tfjs +(?:GPU|processor): .+; tfjs-\w+-f32\/\d; [\d,]+ steps a second/);
});

describe.skipIf(missing !== undefined)('a device that is lost, and lost again', () => {
  it('the CPU takes over all trainings at once; record and page say so', async () => {
    let trained = 0;
    const doomed = async (): Promise<Device> => {
      const device = await softwareDevice();
      const submit = device.submit.bind(device);
      device.submit = (encode) => {
        trained += 1;
        const done = submit(encode);
        device.destroy();
        return done;
      };
      return device;
    };
    const folder = reportFolder({
      'report/index.md': page(
        waves,
        small.replace('sweep: { network.hidden: [[4], [5]] }', 'seed: { count: 4 }'),
        block('figure #fig-fit', 'show: small.fit'),
      ),
    });
    const world = realWorld(
      join(folder, '.colophon'),
      () => undefined,
      () => undefined,
      new AbortController().signal,
      1,
    );
    const engine = webgpuEngine({
      ...{ device: await doomed(), name: 'SwiftShader', software: true, reopen: doomed, processor: world.engine },
    });
    const devices = { open: () => Promise.resolve({ engine, hardware: false, close }) };
    const { failed } = await build(join(folder, 'report'), join(folder, 'site'), {
      ...world,
      devices,
      device: 'webgpu',
    });
    expect(failed).toEqual([]);
    // Once on the first device and once on the second: not once more for each of the four.
    expect(trained).toBe(2);
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
    expect(html).toContain(`<p class="devices">4 results on CPU, ${wasm.profile}; no GPU took part.</p>`);
    const info = readFileSync(join(folder, 'site/build-info.js'), 'utf8');
    expect(
      info.match(/"remark": "the GPU was lost \(destroyed\): [^"]*, so it was computed on the CPU"/g),
    ).toHaveLength(4);
    const { stdout } = spawnSync(process.execPath, [cli, 'results', 'small', '--record', '--report', 'report'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout).toContain('so it was computed on the CPU');
  });
});
