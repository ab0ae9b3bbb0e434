/**
 * What is done for TensorFlow's native package before it is loaded. Without CUDA a package of the same name stands in for
 * it: TensorFlow.js on the processor that says what a GPU's would, notes its environment when it is loaded, and calls in its
 * operations what the native kernels call.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseWay } from '../../src/commands/gpu/choose-way.js';
import type { Found } from '../../src/commands/gpu/found.js';
import { cli } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

const require = createRequire(import.meta.url);
const compiled = (file: string): string => JSON.stringify(join(import.meta.dirname, '../../dist/engine', file));

const standIn = (gpu: boolean): string => `
const { appendFileSync } = require('node:fs');
const util = require('node:util');
const core = require(${JSON.stringify(require.resolve('@tensorflow/tfjs-core'))});
require(${JSON.stringify(require.resolve('@tensorflow/tfjs-backend-cpu'))});
core.env().set('IS_TEST', true);
const { NVIDIA_TF32_OVERRIDE, TF_FORCE_GPU_ALLOW_GROWTH } = process.env;
appendFileSync(process.env.LOADS, JSON.stringify({ NVIDIA_TF32_OVERRIDE, TF_FORCE_GPU_ALLOW_GROWTH }) + '\\n');
module.exports = Object.assign(Object.create(core), {
  backend: () => ({ isUsingGpuDevice: ${gpu}, binding: { TF_Version: '2.9.1' } }),
  tensor2d: (...given) => {
    if ((0, util.isNullOrUndefined)(given[0])) throw new Error('nothing is given');
    return core.tensor2d(...given);
  },
});`;

/** What a process prints that opens the engine as Nodes from 23 on would, and the environments in which the package was loaded. */
function opened(gpu: boolean, code: string) {
  const folder = reportFolder({
    'node_modules/@tensorflow/tfjs-node-gpu/index.js': standIn(gpu),
    'bin/nvidia-smi': '#!/bin/sh\necho "NVIDIA H100 80GB HBM3, 550.54.15"\n',
    'report/index.md': page(waves, small, block('figure #fig-fit', 'show: small.fit')),
    'newer.cjs': `delete require('node:util').isNullOrUndefined;`,
    'script.mjs': code,
    loads: '',
  });
  chmodSync(join(folder, 'bin/nvidia-smi'), 0o755);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', join(folder, 'newer.cjs'), join(folder, 'script.mjs')],
    {
      ...{ cwd: folder, encoding: 'utf8' },
      // As a person may have them.
      env: {
        ...{
          PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
          NODE_PATH: join(folder, 'node_modules'),
          LOADS: join(folder, 'loads'),
        },
        ...{ NVIDIA_TF32_OVERRIDE: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'false', NODE_NO_WARNINGS: '1' },
      },
    },
  );
  const loads = readFileSync(join(folder, 'loads'), 'utf8').trim().split('\n').filter(Boolean);
  return { folder, said: stdout + stderr, status, loads: loads.map((line) => JSON.parse(line) as unknown) };
}

const open = `
import { openTfjs } from ${compiled('tfjs/open.js')};
import { openEngine } from ${compiled('open-engine.js')};
const { engine, missing } = await openTfjs(openEngine('wasm'));
const product = await engine.product(Float64Array.of(1, 2), Float64Array.of(3, 4), 1, 2, 1);
console.log(JSON.stringify({ profile: engine.profile, device: engine.device, missing, product: [...product] }));`;

const cured = { NVIDIA_TF32_OVERRIDE: '0', TF_FORCE_GPU_ALLOW_GROWTH: 'true' };

describe('the native package of TensorFlow.js', () => {
  it('computes on Nodes without util.isNullOrUndefined, with TF32 off and memory as it is needed, probed and used', () => {
    const { said, status, loads } = opened(true, open);
    expect(status, said).toBe(0);
    expect(JSON.parse(said)).toEqual({
      profile: 'tfjs-cuda-f32/1',
      device: 'NVIDIA H100 80GB HBM3 (driver 550.54.15), TensorFlow 2.9.1',
      missing: [],
      product: [11],
    });
    // In a process that looks for the device, and in the one that computes.
    expect(loads).toEqual([cured, cured]);
  });

  it('computes a report on `--device gpu`, whose page names card, driver and profile', () => {
    const { folder, said, status } = opened(
      true,
      `process.argv.splice(2, 0, 'build', 'report', '--device', 'gpu');
      await import(${JSON.stringify(cli)});`,
    );
    expect(status, said).toBe(0);
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toContain(
      '<p class="devices">2 results on NVIDIA H100 80GB HBM3 (driver 550.54.15), TensorFlow 2.9.1, tfjs-cuda-f32/1.</p>',
    );
  });

  it('that sees no device is not loaded here, and what is missing is named', () => {
    const { said, status, loads } = opened(false, open);
    expect(status, said).toBe(0);
    expect(JSON.parse(said)).toEqual({
      profile: 'tfjs-wasm-f32/1',
      device: 'CPU',
      missing: ['a CUDA device: TensorFlow 2.9.1 sees none'],
      product: [11],
    });
    expect(loads).toEqual([cured]);
  });

  it('fails at its first operation where it is loaded without that', () => {
    const bare = `
import { createRequire } from 'node:module';
createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu').tensor2d([[1]]);`;
    const { said, status } = opened(true, bare);
    expect(status).toBe(1);
    expect(said).toContain('isNullOrUndefined) is not a function');
  });
});

const card = { name: 'NVIDIA A100', driver: '550.54.15', capability: 8 };
const tensorflow = {
  ...{ folder: '/v/tensorflow', version: '2.21.0', cuda: '12.5.1', cudnn: '9', lacks: [], missingLibraries: [] },
};
const bare = {
  ...{ machine: 'linux-x64', isNamed: false, missingTools: [] },
  missingCuda11: ['libcudart.so.11.0', 'libcudnn.so.8'],
};
const cardless: Found = { ...bare, tensorflow };
const all: Found = { ...cardless, card };
const without: Found = { ...bare, card, noTensorFlow: 'python3 has no TensorFlow' };
const hopper = { ...card, capability: 9 };
const forProcessors = { ...{ folder: '/v/tensorflow', version: '2.21.0', lacks: [], missingLibraries: [] } };

describe('the way to CUDA, from what a machine has', () => {
  it.each<[string, Found, string]>([
    ['all of TensorFlow and a compiler', all, 'build'],
    ['an old CUDA and no TensorFlow', { ...without, missingCuda11: [] }, 'install'],
    ['both', { ...all, missingCuda11: [] }, 'build'],
    [
      'an old CUDA, TensorFlow for processors, no compiler',
      { ...all, tensorflow: forProcessors, missingCuda11: [], missingTools: ['g++'] },
      'install',
    ],
    ['a card newer than the old CUDA', { ...without, card: hopper, missingCuda11: [] }, 'python3 has no TensorFlow'],
    ['a package that works', { ...all, installed: { device: 'NVIDIA A100' } }, 'there'],
    ['a package that does not', { ...all, installed: { missing: ['libcudnn.so.8'] } }, 'build'],
    ['a package that works, and another TensorFlow', { ...all, isNamed: true, installed: { device: 'A100' } }, 'build'],
    ['no card', cardless, "no card of NVIDIA's: nvidia-smi is not there or lists none"],
    ['no card, for an image', { ...cardless, isNamed: true }, 'build'],
    [
      'no card, for an image, with TensorFlow for processors',
      { ...cardless, tensorflow: forProcessors, isNamed: true },
      'build',
    ],
    [
      'TensorFlow for processors',
      { ...all, tensorflow: forProcessors },
      'TensorFlow 2.21.0 in /v/tensorflow is one for processors',
    ],
    [
      'TensorFlow of before 2.15',
      { ...all, tensorflow: { ...tensorflow, lacks: ['libtensorflow_cc.so.2'] } },
      'TensorFlow 2.21.0 in /v/tensorflow has no libtensorflow_cc.so.2',
    ],
    [
      'TensorFlow without its libraries',
      { ...all, tensorflow: { ...tensorflow, missingLibraries: ['libcudnn.so.9'] } },
      'libcudnn.so.9, which TensorFlow 2.21.0 in /v/tensorflow loads',
    ],
    [
      'nothing at all',
      { ...without, ...{ missingTools: ['npm', 'g++', 'make'] } },
      'npm; python3 has no TensorFlow; g++ and make, with which the addon is built',
    ],
    [
      'a Mac',
      { ...all, machine: 'darwin-arm64' },
      "TensorFlow's library for CUDA is one for Linux on x64, and this machine is darwin-arm64",
    ],
  ])('%s', (_, found, expected) => {
    const way = chooseWay(found);
    expect(way.kind === 'missing' ? way.missing.map(({ what }) => what).join('; ') : way.kind).toBe(expected);
  });
});

describe('`colophon gpu`', () => {
  /** An npm that installs the stand-in, notes what it is told, and fails when `FAILS` says so. */
  const npm = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(2);
if (words[0] === '--version') process.exit(0);
appendFileSync(process.env.TOLD, [...words, process.env.LDFLAGS ?? ''].join(' ') + '\\n');
if (words[0] === process.env.FAILS) process.exit(1);
if (words[0] === 'install') {
  const place = 'node_modules/@tensorflow/tfjs-node-gpu';
  mkdirSync(place, { recursive: true });
  writeFileSync(place + '/package.json', '{}');
  writeFileSync(place + '/index.js', ${JSON.stringify(standIn(true))});
}`;
  const folder = reportFolder({
    ...{
      'npm-cli.js': npm,
      told: '',
      loads: '',
      'tf/libtensorflow_cc.so.2': '',
      'tf/libtensorflow_framework.so.2': '',
    },
    ...{ 'tf/include/c_api.h': '', 'old/include/c_api.h': '', 'bin/g++': '#!/bin/sh\n', 'bin/make': '#!/bin/sh\n' },
    'bin/nvidia-smi': '#!/bin/sh\necho "NVIDIA H100 80GB HBM3, 550.54.15, 9.0"\n',
    'python/python3': '#!/bin/sh\nprintf \'["%s", "2.21.0"]\' "$'.concat('{0%/*}/../tf"\n'),
  });
  for (const program of ['bin/g++', 'bin/make', 'bin/nvidia-smi', 'python/python3'])
    chmodSync(join(folder, program), 0o755);
  const gpu = (environment: NodeJS.ProcessEnv, ...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
      ...{ cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      env: {
        ...{ PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, XDG_STATE_HOME: join(folder, 'state') },
        ...{ npm_execpath: join(folder, 'npm-cli.js'), TOLD: join(folder, 'told'), LOADS: join(folder, 'loads') },
        ...environment,
      },
    });
    return { status, stdout, stderr };
  };
  const state = join(folder, 'state/colophon');
  const kept = (): string[] => (existsSync(state) ? readdirSync(state) : []);
  const setup = ['gpu', 'setup', '--python', join(folder, 'python/python3')];

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'asks, builds whole or not at all, shows the device, and takes all away again',
    () => {
      const asked = gpu({}, ...setup);
      expect(asked).toMatchObject({ status: 2, stderr: expect.stringContaining('say --yes to do it') as string });
      expect(asked.stdout).toContain('build its addon against the TensorFlow in');
      expect([readFileSync(join(folder, 'told'), 'utf8'), kept()]).toEqual(['', []]);
      for (const FAILS of ['install', 'exec']) {
        const failed = gpu({ FAILS }, ...setup, '--yes');
        expect(failed.status, failed.stderr).toBe(3);
        expect(failed.stderr).toMatch(new RegExp(`^environment {2}"npm ${FAILS} .*" failed in .*nothing was kept\n$`));
        expect(kept()).toEqual([]);
      }
      const built = gpu({}, ...setup, '--yes');
      expect(built.status, built.stderr).toBe(0);
      const device = 'NVIDIA H100 80GB HBM3 (driver 550.54.15), TensorFlow 2.9.1';
      expect(built.stdout).toContain(`TensorFlow.js computes on ${device}; "`);
      const deps = join(state, 'tfjs-cuda/node_modules/@tensorflow/tfjs-node-gpu/deps');
      const links = { 'lib/libtensorflow.so': 'libtensorflow_cc.so.2', include: 'include' };
      for (const [link, to] of Object.entries(links))
        expect(readlinkSync(join(deps, link))).toBe(join(folder, 'tf', to));
      const told = readFileSync(join(folder, 'told'), 'utf8').trim().split('\n');
      expect(told.at(-2)).toMatch(/^install .*--ignore-scripts @tensorflow\/tfjs-node-gpu@4\.22\.0/);
      expect(told.at(-1)).toMatch(/^exec --no -- node-pre-gyp install --build-from-source.* -Wl,-rpath,.*tf$/);
      expect(gpu({}, 'gpu', 'setup').stdout).toContain(`nothing to do: TensorFlow.js computes on ${device}`);
      expect(gpu({}, 'gpu', 'remove').stdout).toContain('tfjs-cuda is removed');
      expect(kept()).toEqual([]);
      expect(gpu({}, 'gpu', 'remove').stdout).toContain('nothing was set up here');
    },
  );

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('says what is missing and what to do', () => {
    expect(gpu({}, 'gpu', 'setup', '--tensorflow', 'old', '--yes')).toMatchObject({
      status: 3,
      stderr: `missing  TensorFlow in ${join(folder, 'old')} has no libtensorflow_cc.so.2, libtensorflow_framework.so.2; 2.15 or newer is needed: pip install "tensorflow[and-cuda]"\n`,
    });
    expect(gpu({}, 'gpu', 'setup', '--python', '/nowhere/python').stderr).toContain(
      'missing  /nowhere/python cannot be run; pip install "tensorflow[and-cuda]", and name that Python with --python',
    );
  });
});
