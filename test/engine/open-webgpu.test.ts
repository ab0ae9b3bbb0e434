/** A GPU that cannot be had: each thing that may be missing, really missing where that can be, and what is said of it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adaptersOf } from '../../src/engine/webgpu/adapters.js';
import { openDevice } from '../../src/engine/webgpu/open-device.js';
import { temporaryFolder } from '../report-folder.js';
import { missingGpu, softwareEnvironment } from './software-gpu.js';

const root = join(import.meta.dirname, '../..');
const missing = await missingGpu();

/** Runs code with these packages beside it and no others. */
function run(folder: string, code: string, env: NodeJS.ProcessEnv = process.env): string {
  const script = join(folder, 'script.mjs');
  writeFileSync(script, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', env });
  // What Dawn and its loader say of a device that is not there is not for the person's terminal.
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trim();
}

describe('the package webgpu', () => {
  /** What is said of it where it is as `change` makes it; only its empty folder is there without. */
  function saidOf(change?: (library: string) => void): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const file of ['engine/webgpu/node-gpu.js', 'shared/message-of.js']) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(root, 'dist', file), join(folder, file));
    }
    const place = join(folder, 'node_modules/webgpu');
    mkdirSync(join(place, 'dist/linux-x64'), { recursive: true });
    if (change !== undefined) {
      for (const file of ['package.json', 'index.js']) {
        copyFileSync(join(root, 'node_modules/webgpu', file), join(place, file));
      }
      change(join(place, 'dist/linux-x64/dawn.node'));
    }
    return run(
      folder,
      `const { nodeGpu } = await import('./engine/webgpu/node-gpu.js'); console.log((await nodeGpu()).missing);`,
    );
  }

  /** The real library with one of its names replaced by one of the same length. */
  const renamed = (from: string, to: string) => (library: string) => {
    const text = readFileSync(join(root, 'node_modules/webgpu/dist/linux-x64/dawn.node'), 'latin1');
    expect(text).toContain(`${from}\0`);
    writeFileSync(library, text.replaceAll(`${from}\0`, `${to}\0`), 'latin1');
  };

  it('is not installed', () => {
    expect(saidOf()).toBe('the optional package webgpu is not installed (npm install webgpu)');
  });

  it('has no library for this kind of machine', () => {
    const said = saidOf(() => undefined);
    expect(said).toBe(`the package webgpu has no library for ${process.platform}-${process.arch}`);
  });

  it.skipIf(missing !== undefined)(
    'has a library that this system is too old for, that needs another, or that is damaged',
    () => {
      const start = 'the library of the package webgpu does not load: ';
      expect(saidOf(renamed('GLIBC_2.34', 'GLIBC_9.34'))).toBe(
        `${start}it needs glibc 9.34 or newer, and this system has an older one`,
      );
      expect(saidOf(renamed('libstdc++.so.6', 'libnowhere.so.'))).toBe(`${start}libnowhere.so. is not installed`);
      const damaged = saidOf((library) => {
        writeFileSync(library, 'no library at all');
      });
      expect(damaged.startsWith(start)).toBe(true);
      expect(damaged).toMatch(/dawn\.node: (?:file too short|invalid ELF header)/);
    },
  );
});

describe.skipIf(missing !== undefined)('Vulkan', () => {
  const found = (env: NodeJS.ProcessEnv): string =>
    run(
      temporaryFolder(),
      `const { openWebgpu } = await import(${JSON.stringify(join(root, 'dist/engine/webgpu/open-webgpu.js'))});
      const opened = await openWebgpu(undefined);
      console.log(JSON.stringify({ ...opened, engine: opened.engine?.profile }));
      await opened.close?.();`,
      env,
    );

  it('a loader without the driver that it is told of, a driver without a loader, and neither', () => {
    const env = softwareEnvironment();
    expect(JSON.parse(found({ ...env, VK_ICD_FILENAMES: '/nowhere.json' }))).toEqual({
      missing: 'no adapter: no GPU, or no driver for it, was found',
    });
    // A machine may have a loader of its own, and drivers of its own.
    const loaderless = JSON.parse(found({ ...env, LD_LIBRARY_PATH: '' })) as { missing?: string; hardware?: boolean };
    if (loaderless.missing !== undefined)
      expect(loaderless.missing).toMatch(/^the Vulkan loader libvulkan\.so\.1 is not installed|^no adapter/);
    const bare = { PATH: process.env['PATH'], HOME: '/nowhere' };
    const { missing: neither } = JSON.parse(found(bare)) as { missing?: string };
    if (neither !== undefined) expect(neither).toMatch(/^the Vulkan|^no ad/);
  });

  it('a driver that the loader finds where no list of folders here has it', () => {
    const { VK_ICD_FILENAMES: icd = '', ...env } = softwareEnvironment();
    const home = temporaryFolder();
    const drivers = join(home, '.config/vulkan/icd.d');
    mkdirSync(drivers, { recursive: true });
    const manifest = readFileSync(icd, 'utf8').replace('./', `${dirname(icd)}/`);
    writeFileSync(join(drivers, 'software.json'), manifest);
    expect(JSON.parse(found({ ...env, HOME: home }))).toEqual({ engine: 'webgpu-software-f32/3', hardware: false });
  });

  it('a software driver on the CPU is found and is no hardware', () => {
    expect(JSON.parse(found(softwareEnvironment()))).toEqual({ engine: 'webgpu-software-f32/3', hardware: false });
  });
});

it('the GPUs that Dawn names: those of the system’s own interface, and which hides another', () => {
  const said = (...lines: string[]): string =>
    ['no suitable backends found', 'Available adapters:', ...lines].join('\n');
  const one = (backend: string, name: string): string => ` * backend: '${backend}', name: '${name}'`;
  const windows = said(
    one('d3d12', 'NVIDIA RTX A2000'),
    one('d3d12', "Intel(R) 'Iris' Xe"),
    one('vulkan', 'NVIDIA RTX A2000'),
  );
  expect(adaptersOf(windows, 'win32')).toEqual([{ name: 'NVIDIA RTX A2000' }, { name: "Intel(R) 'Iris' Xe" }]);
  const cards = said(one('vulkan', 'NVIDIA A100 80GB'), one('vulkan', 'NVIDIA A100'), one('opengl', 'llvmpipe'));
  expect(adaptersOf(cards, 'linux')).toEqual([{ name: 'NVIDIA A100 80GB' }, { name: 'NVIDIA A100', hiddenBy: 0 }]);
  expect(adaptersOf(said(one('opengl', 'llvmpipe')), 'linux')).toEqual([{ name: 'llvmpipe' }]);
  expect(adaptersOf('', 'linux')).toEqual([]);
});

describe('an adapter', () => {
  const limits = {
    ...{ maxComputeWorkgroupStorageSize: 16_384, maxComputeInvocationsPerWorkgroup: 256 },
    ...{ maxStorageBuffersPerShaderStage: 8, maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27 },
  };
  const info = { vendor: 'acme', architecture: 'one', device: '', description: '', isFallbackAdapter: false };
  /** A GPU interface whose adapter cannot be had here for real. */
  const offering = (adapter: object | null | Error): GPU =>
    ({
      requestAdapter: () => (adapter instanceof Error ? Promise.reject(adapter) : Promise.resolve(adapter)),
    }) as unknown as GPU;
  const device = { limits, lost: new Promise(() => undefined) };
  const requestDevice = (): Promise<unknown> => Promise.resolve(device);

  it('none at all', async () => {
    expect(await openDevice(offering(null))).toEqual({ missing: 'no adapter: no GPU, or no driver for it, was found' });
  });

  it.each([
    [{ maxComputeWorkgroupStorageSize: 8192 }, 'acme one has maxComputeWorkgroupStorageSize 8192, and 16384 is needed'],
    [{ maxComputeInvocationsPerWorkgroup: 64 }, 'acme one has maxComputeInvocationsPerWorkgroup 64, and 256 is needed'],
    [
      { maxStorageBuffersPerShaderStage: undefined },
      'acme one has maxStorageBuffersPerShaderStage undefined, and 8 is needed',
    ],
  ])('with too low a limit, or without it: %j', async (low, said) => {
    let asked = 0;
    const request = (): Promise<unknown> => {
      asked += 1;
      return requestDevice();
    };
    const opened = await openDevice(offering({ info, limits: { ...limits, ...low }, requestDevice: request }));
    expect(opened).toEqual({ missing: said });
    expect(asked).toBe(0);
  });

  it('that fails, or whose device does', async () => {
    expect(await openDevice(offering(new Error('the driver crashed')))).toEqual({
      missing: 'the device cannot be opened: the driver crashed',
    });
    const refusing = { info, limits, requestDevice: () => Promise.reject(new Error('in use')) };
    expect(await openDevice(offering(refusing))).toEqual({ missing: 'the device cannot be opened: in use' });
  });

  it.each([
    ['llvmpipe (LLVM 15.0.7, 256 bits)', true],
    ['Microsoft Basic Render Driver', true],
    ['SwiftShader Device (Subzero)', true],
    ['NVIDIA H100 80GB HBM3', false],
    ['Apple M2', false],
    ['AMD Radeon Graphics (RADV RENOIR)', false],
  ])('%s is a software driver: %s', async (description, software) => {
    const opened = await openDevice(offering({ info: { ...info, description }, limits, requestDevice }));
    expect(opened).toMatchObject({ software, name: expect.stringContaining(description) as string });
  });
});

const python = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(missing !== undefined || !python)('test/bench/device/measure.py', () => {
  interface Row {
    readonly row: string;
    readonly [key: string]: unknown;
  }

  /** The rows that it writes with the software driver, and its table. */
  function measured(...words: string[]): { readonly rows: readonly Row[]; readonly table: string } {
    const out = temporaryFolder();
    const { status, stderr } = spawnSync(
      'python3',
      [join(root, 'test/bench/device/measure.py'), '--out', out, ...words],
      {
        encoding: 'utf8',
        // The same Node, under whatever name this one runs.
        env: { ...softwareEnvironment(), PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
      },
    );
    expect([status, stderr]).toEqual([0, '']);
    const lines = readFileSync(join(out, 'rows.jsonl'), 'utf8').trim().split('\n');
    return {
      rows: lines.map((line) => JSON.parse(line) as Row),
      table: readFileSync(join(out, 'rows.md'), 'utf8'),
    };
  }

  it('checks the device, measures the goals, asks PyTorch, and writes every row at once', () => {
    const { rows, table } = measured('--tiny', '--only', 'limits,sweep-4,sweep-vmap', '--seconds', '120');
    const of = (name: string): readonly Row[] => rows.filter(({ row }) => row === name);
    expect(of('limits')).toMatchObject([{ doubleSingle: true, limits: { maxComputeInvocationsPerWorkgroup: 256 } }]);
    const sweep = of('sweep-4');
    expect(sweep.at(-1)).toMatchObject({ runs: 4, steps: 120, met: true });
    // A rate is what its own seconds say, to the digits that are kept.
    for (const { runs, steps, seconds, stepsPerSecond } of sweep) {
      expect(Number(stepsPerSecond) / ((Number(runs) * Number(steps)) / Number(seconds))).toBeCloseTo(1, 2);
    }
    const [peer] = of('sweep-vmap');
    expect(Number(peer?.['stepsPerSecond'] ?? 0) > 0 || typeof peer?.['missing'] === 'string').toBe(true);
    expect(rows.at(-1)).toMatchObject({ row: 'end', what: expect.stringContaining('0 of them wrong') as string });
    expect(table.trim().split('\n')).toHaveLength(rows.length + 2);
  });

  it('takes no software driver for a GPU, says so in each row, and goes on with what needs none', () => {
    const { rows } = measured('--only', 'limits,sweep-1,processor', '--seconds', '60');
    const needing = rows.filter(({ row }) => row === 'limits' || row === 'sweep-1');
    expect(needing.length).toBeGreaterThan(1);
    for (const { missing: why } of needing) expect(why).toContain('no GPU');
    expect(rows.filter(({ row, stepsPerSecond }) => row === 'processor' && Number(stepsPerSecond) > 0)).toHaveLength(2);
  });

  it('names what no time is left for', () => {
    const { rows } = measured('--only', 'limits', '--seconds', '1');
    expect(rows.at(-2)).toMatchObject({ row: 'limits', missing: 'no time was left' });
  });
});
