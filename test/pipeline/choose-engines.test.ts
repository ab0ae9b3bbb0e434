/** Which engine computes each step: who decides, what `auto` takes and says, and what is done when a device fails. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFull } from '../every-nth.js';
import { build } from '../../src/pipeline/build.js';
import { chooseEngines } from '../../src/pipeline/choose-engines.js';
import type { DeviceName } from '../../src/shared/device-names.js';
import { checkNeeds, lackOf } from '../../src/engine/capabilities.js';
import type { Opened } from '../../src/engine/devices.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { Device, OutOfDeviceMemory } from '../../src/engine/webgpu/device.js';
import { webgpuEngine } from '../../src/engine/webgpu/index.js';
import { planReport } from '../../src/plan/plan-report.js';
import type { PlannedStep } from '../../src/plan/plan.js';
import { EnvironmentError } from '../../src/shared/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { cli } from '../colophon.js';
import { missingGpu, severalEnvironment, softwareDevice, softwareEnvironment } from '../engine/software-gpu.js';
import { block, page, reportFolder, small, temporaryFolder, waves } from '../report-folder.js';
import { testWorld } from '../world.js';

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

  it.each([
    'no adapter: no GPU, or no driver for it, was found',
    'SwiftShader is no GPU but a software driver on the CPU',
    'acme one has maxComputeWorkgroupStorageSize 8192, and 16384 is needed',
  ])('without a GPU: the CPU, and why, once: %s', async (why) => {
    const { on, said } = await choose(page(waves, large), 'auto', { gpu: { missing: why } });
    expect(new Set(Object.values(on))).toEqual(new Set(['CPU']));
    expect(said).toEqual([expect.stringMatching(/^device {2}CPU, about \d+ s on 2 threads; no GPU: /)]);
    expect(said[0]).toContain(`no GPU: ${why}`);
  });

  it('one long run, which a GPU would not hasten: the CPU, and what a GPU would take, without opening it', async () => {
    const { on, said, opened } = await choose(
      page(waves, trainings(40_000_000, 1).replace('[80, 80]', '[8]')),
      'auto',
      {
        gpu,
      },
    );
    expect(opened).toEqual([]);
    expect(new Set(Object.values(on))).toEqual(new Set(['CPU']));
    expect(said).toEqual([
      expect.stringMatching(/^device {2}CPU, about [\d.]+ s on 2 threads; a GPU would take about \d+ s$/),
    ]);
  });

  // Microseconds of one thread of a Xeon for a step over 200 samples, as measured.
  it.each([
    ['[10]', 'relu', 40, 0.8],
    ['[40]', 'tanh', 40, 28.3],
    ['[40, 40]', 'relu', 40, 5.61],
    ['[100, 100]', 'relu', 40, 16.4],
    ['[100, 100]', 'tanh', 200, 1102],
  ])(
    'knows within three what a step of %s of %s over %i samples takes on the CPU',
    (hidden, activation, batch, took) => {
      const text = trainings(1_000_000, 1, `batch: ${batch}`, 'checkpoints: { every: 1000000 }')
        .replace('[80, 80]', `${hidden}, activation: ${activation}`)
        .replace('data: waves', 'data: study');
      const study = waves.replace('#waves', '#study').replace('samples: 20', 'samples: 200');
      const [, step] = stepsOf(page(study, text));
      const { processorSeconds = 0 } = step?.cost ?? {};
      expect(processorSeconds).toBeGreaterThan(took / 3);
      expect(processorSeconds).toBeLessThan(took * 3);
    },
  );

  it('leaves to the CPU what a GPU takes longer for: one run of two layers of 100', async () => {
    const once = await choose(
      page(waves, trainings(150_000, 1, 'batch: 20').replace('[80, 80]', '[100, 100]')),
      'auto',
      { gpu },
    );
    expect(new Set(Object.values(once.on))).toEqual(new Set(['CPU']));
    const often = await choose(
      page(waves, trainings(150_000, 200, 'batch: 20').replace('[80, 80]', '[100, 100]')),
      'auto',
      { gpu },
    );
    expect(often.on['net[seed=0]']).toBe('a GPU');
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

describe('what an engine does not have', () => {
  const without = (device: string, engine = wasm): Opened => ({
    ...{ hardware: true, close },
    engine: {
      ...{ ...engine, profile: `${device}-f32/1`, device },
      lacks: { ...engine.lacks, activations: ['relu'] },
    },
  });

  it('is computed on the CPU, and said', async () => {
    const { engineFor, steps, opened } = await choose(page(waves, small), 'gpu', { gpu: without('a GPU') });
    const [data, net] = [engineFor(steps[0]!), engineFor(steps[1]!)];
    expect(net.engine).toBe(wasm);
    expect(net.anyProfile).toBe(false);
    expect(net.because).toBe('a GPU does not have the activation relu, so it was computed on the CPU');
    expect(data.because).toBeUndefined();
    expect(opened).toEqual(['gpu']);
  });

  it('of the CPU’s own engine: the reference', async () => {
    const lacking = without('CPU');
    const reference = openEngine('reference');
    const steps = stepsOf(page(waves, small));
    const { engineFor } = await chooseEngines({ steps } as Parameters<typeof chooseEngines>[0], () => steps, {
      ...{ engine: 'engine' in lacking ? lacking.engine : wasm, device: 'auto', jobs: 2 },
      devices: { open: () => Promise.resolve({ engine: reference, hardware: false, close }) },
    });
    expect(engineFor(steps[1]!).engine).toBe(reference);
    expect(engineFor(steps[1]!).because).toContain('does not have the activation relu');
  });

  it('and an engine that is given it all the same refuses it', () => {
    const { lacks } = openEngine('wasm');
    const lacking = { ...lacks, losses: ['logistic' as const] };
    expect(() => {
      checkNeeds(lacking, { loss: 'logistic' });
    }).toThrow(new RangeError('this engine does not have the loss logistic'));
    expect(lackOf(lacks, { loss: 'logistic', outputs: 3, classes: 3, rule: 'adam', activations: ['gelu'] })).toBe(
      undefined,
    );
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
        /the device "\w+" is not there: nothing of that kind; "node \S+ devices" lists/,
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
      'large/index.md': page(waves, large, block('table #tbl-ends', 'rows: net', 'columns: [test-error]')),
    });
    const refused = run(folder, 'build', 'report', '--device', 'gpu');
    // A machine with another GPU, or with CUDA, has one.
    if (refused.status !== 0) {
      expect(refused.status).toBe(3);
      expect(refused.stderr).toMatch(
        /the device "gpu" is not there: .*SwiftShader.* is no GPU but a software driver on the CPU; .*; "node \S+ devices" lists what is/,
      );
    }
    const automatic = run(folder, 'plan', 'large');
    expect([automatic.status, automatic.stderr]).toEqual([0, '']);
    const choice = automatic.stdout.split('\n').filter((line) => line.startsWith('device '));
    expect(choice).toHaveLength(1);
    if (refused.status !== 0)
      expect(choice[0]).toMatch(/^device {2}CPU, about .*; no GPU: .*SwiftShader.* is no GPU but/);
    const taken = run(folder, 'build', 'report', '--device', 'webgpu');
    expect(taken.status, taken.stderr).toBe(0);
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
    expect(/<p class="devices">([^<]*)<\/p>/.exec(html)?.[1]).toMatch(
      /^2 results on swiftshader-device-subzero \(SwiftShader driver [\d.]+\), webgpu-software-f32\/3; no GPU took part\.$/,
    );
  });

  it('of several GPUs the one of the number, wherever it is said; a number that is not there is refused before anything runs', () => {
    const env = severalEnvironment();
    const on = (folder: string, ...words: string[]) =>
      spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8', env });
    const shown = block('figure #fig-fit', 'show: small.fit');
    const directive = small.replace('steps:', 'device: webgpu:0\nsteps:');
    const folder = reportFolder({
      'report/index.md': page(waves, small, shown).replace('title:', 'device: webgpu:1\ntitle:'),
      'directive/index.md': page(waves, directive, shown),
      'wrong/index.md': page(waves, small.replace('steps:', 'device: webgpu:one\nsteps:')),
    });
    // In what order Dawn has them is its own affair.
    const listed = JSON.parse(on(folder, 'devices', '--json').stdout) as { device: string; what: string }[];
    const gpus = listed.filter(({ device }) => device.startsWith('webgpu'));
    expect(gpus.map(({ device }) => device)).toEqual(['webgpu', 'webgpu:1', 'webgpu:2']);
    const usable = gpus.filter(({ what }) => !what.includes('cannot be chosen'));
    expect(usable).toHaveLength(2);
    expect(new Set(usable.map(({ what }) => what)).size).toBe(2);
    const hidden = gpus.findIndex(({ what }) => what.includes('cannot be chosen'));
    expect(gpus[hidden]?.what).toContain(
      'SwiftShader Device (Subzero) cannot be chosen: Dawn tells GPUs by their names',
    );

    const chosen = gpus.findIndex((row, index) => index > 0 && usable.includes(row));
    const devicesOf = (): string | undefined =>
      /<p class="devices">2 results on ([^<]*), webgpu/.exec(
        readFileSync(join(folder, 'site/index.html'), 'utf8'),
      )?.[1];
    const words = ['--device', `webgpu:${chosen}`];
    expect(on(folder, 'build', 'report', ...(chosen === 1 ? [] : words)).status).toBe(0);
    expect(devicesOf()).toBe(gpus[chosen]?.what);
    expect(on(folder, 'build', 'directive', '--store', 'other', ...words).status).toBe(0);
    expect(devicesOf()).toBe(gpus[0]?.what);
    for (const [number, why] of [
      [7, 'there is no GPU of number 7: 0 is SwiftShader '],
      [hidden, 'SwiftShader Device (Subzero) cannot be chosen'],
    ] as const) {
      const refused = on(folder, 'plan', 'report', '--store', 'none', '--device', `webgpu:${number}`);
      expect([refused.status, refused.stdout]).toEqual([3, '']);
      expect(refused.stderr).toContain(`the device "webgpu:${number}" is not there: ${why}`);
    }
    const wrong = on(folder, 'plan', 'wrong');
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(/"device" must be one of auto, .*webgpu:0, webgpu:1 and so on; it is "webgpu:one"/);
    expect(on(folder, 'plan', 'report', '--device', 'webgpu:01').status).toBe(2);
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
      // Names on which programs may rely.
      const keys = ['device', 'found', 'what', 'profile', 'hardware', 'runs', 'stepsPerSecond'];
      expect(Object.keys(row)).toEqual(keys);
    }
    expect(rows[1]).toMatchObject({ hardware: false, profile: 'webgpu-software-f32/3' });
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

/** A software GPU with something done to it. */
async function spoilt(spoil: (device: Device) => void): Promise<Device> {
  const device = await softwareDevice();
  spoil(device);
  return device;
}

/** A device that is destroyed right after its first dispatch; `dispatched` is called with each. */
const doomed = (dispatched: () => void = () => undefined): Promise<Device> =>
  spoilt((device) => {
    device.submit = (encode) => {
      dispatched();
      const done = Device.prototype.submit.call(device, encode);
      device.destroy();
      return done;
    };
  });

/** Builds a page with a figure of it on devices that are opened like that, and reads what was published. */
async function builtOn(open: () => Promise<Device>, ...blocks: readonly string[]) {
  const folder = reportFolder({ 'report/index.md': page(waves, ...blocks) });
  const world = testWorld(join(folder, '.colophon'));
  const engine = webgpuEngine({
    ...{ device: await open(), name: 'SwiftShader', software: true, reopen: open, processor: world.engine },
  });
  const devices = { open: () => Promise.resolve({ engine, hardware: false, close }) };
  const { failed } = await build({
    ...{ folder: join(folder, 'report'), out: join(folder, 'site'), place: {}, source: undefined },
    world: { ...world, devices, device: 'webgpu' },
  });
  const results = (id: string): { profile: string; remark: string | undefined }[] => {
    const words = [cli, 'results', id, '--record', '--json', '--report', 'report'];
    const { stdout, stderr, status } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return (JSON.parse(stdout) as { record: { profile: string; made: { remark?: string } } }[]).map(({ record }) => ({
      profile: record.profile,
      remark: record.made.remark,
    }));
  };
  const published = (file: string): string => readFileSync(join(folder, 'site', file), 'utf8');
  return { failed: failed.map(({ message }) => message), results, published };
}

const seeded = small.replace('sweep: { network.hidden: [[4], [5]] }', 'seed: { count: 4 }');
const fit = block('figure #fig-fit', 'show: small.fit');

describe.skipIf(missing !== undefined)('a device that is lost, and lost again', () => {
  it('the CPU takes over all trainings at once; record and page say so', async () => {
    let trained = 0;
    const open = (): Promise<Device> => doomed(() => (trained += 1));
    const { failed, results, published } = await builtOn(open, seeded, fit);
    expect(failed).toEqual([]);
    // Once on the first device and once on the second: not once more for each of the four.
    expect(trained).toBe(2);
    expect(published('index.html')).toContain(
      `<p class="devices">4 results on CPU, ${wasm.profile}; no GPU took part.</p>`,
    );
    const remarks = published('build-info.js').match(
      /"remark": "the GPU was lost \(destroyed\): [^"]*, so it was computed on the CPU"/g,
    );
    expect(remarks).toHaveLength(4);
    expect(results('small').map(({ remark }) => remark)).toEqual(
      Array.from({ length: 4 }, () => expect.stringContaining('so it was computed on the CPU') as string),
    );
  });

  it.runIf(inFull)(
    'in a training that goes layer by layer, in a Gram matrix and in its decomposition: likewise',
    async () => {
      let opened = 0;
      const open = (): Promise<Device> => {
        opened += 1;
        return doomed();
      };
      const wide = small.replace('[[4], [5]]', '[[100, 90]]').replace('steps: 20', 'steps: 2');
      const spectrum = block('svd #spectrum', 'of: small', 'at: [2]', 'on: { grid: 9 }', 'method: gram');
      const shown = block('figure #fig-spectrum', 'show: spectrum.singular-values');
      const { failed, results } = await builtOn(open, wide, spectrum, shown);
      expect(failed).toEqual([]);
      // At first, again for the training, and again once for each operation of the decomposition that is tried.
      expect(opened).toBeGreaterThan(2);
      expect(opened).toBeLessThan(8);
      for (const id of ['small', 'spectrum']) {
        expect(results(id)).toEqual([
          {
            profile: wasm.profile,
            remark: expect.stringMatching(/^the GPU was lost .*, so it was computed on the CPU$/) as string,
          },
        ]);
      }
    },
  );
});

describe.skipIf(missing !== undefined)('a device without room', () => {
  /** Refuses what would train more runs than that at a time. */
  const narrow = (most: number, asked: number[]): Promise<Device> =>
    spoilt((device) => {
      device.withBuffers = (work) =>
        Device.prototype.withBuffers.call(device, (buffers) => {
          const storage = buffers.storage.bind(buffers);
          buffers.storage = (label, contents) => {
            if (label === 'runs') {
              const runs = Number(contents) / 4;
              asked.push(runs);
              if (runs > most) throw new OutOfDeviceMemory(`${runs} runs`);
            }
            return storage(label, contents);
          };
          return work(buffers);
        }) as never;
    });

  it('trains fewer runs at a time; where one does not fit the CPU computes it, and the record says so', async () => {
    const asked: number[] = [];
    const halved = await builtOn(() => narrow(2, asked), seeded, fit);
    expect(halved.failed).toEqual([]);
    expect(asked).toEqual([4, 2, 2]);
    expect(halved.results('small')).toEqual(
      Array.from({ length: 4 }, () => ({ profile: 'webgpu-software-f32/3', remark: undefined })),
    );
    const refused: number[] = [];
    const full = await builtOn(() => narrow(0, refused), seeded, fit);
    expect(full.failed).toEqual([]);
    expect(refused.slice(0, 3)).toEqual([4, 2, 1]);
    expect(full.results('small')).toEqual(
      Array.from({ length: 4 }, () => ({
        profile: wasm.profile,
        remark: 'it does not fit the GPU, so it was computed on the CPU',
      })),
    );
  });
});

describe.skipIf(missing !== undefined)(
  'what the GPU refuses the CPU computes, and the record has the GPU’s own words',
  () => {
    it.each([
      [
        'a shader that is wrong',
        (device: Device) => {
          device.kernel = (source) =>
            Device.prototype.kernel.call(device, {
              ...source,
              code: `${source.code}\nfn wrong() -> u32 { return 1.5; }`,
            });
        },
        /^the shader .* does not compile: .*, so it was computed on the CPU$/,
      ],
      [
        'a dispatch that is not allowed',
        (device: Device) => {
          device.submit = (encode) =>
            Device.prototype.submit.call(device, (pass) => {
              encode(pass);
              pass.dispatchWorkgroups(1e6);
            });
        },
        /^the GPU refuses this: .*workgroup.*1000000.*, so it was computed on the CPU$/i,
      ],
    ] as const)('%s', async (_, spoil, said) => {
      const { failed, results } = await builtOn(() => spoilt(spoil), small, fit);
      expect(failed).toEqual([]);
      expect(results('small')).toEqual(
        [0, 1].map(() => ({ profile: wasm.profile, remark: expect.stringMatching(said) as string })),
      );
    });
  },
);
