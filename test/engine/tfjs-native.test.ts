/**
 * What is done for TensorFlow's native package before it is loaded. Without CUDA a package of the same name stands in for
 * it: TensorFlow.js on the processor that says what a GPU's would, notes its environment when it is loaded, and calls in its
 * operations what the native kernels call.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

describe('the script that builds its addon against an installed TensorFlow', () => {
  const script = join(import.meta.dirname, '../../src/engine/tfjs/build-addon.mjs');
  const place = 'node_modules/@tensorflow/tfjs-node-gpu';
  const build = (folder: string, ...words: string[]) =>
    spawnSync(process.execPath, [script, ...words], { cwd: folder, encoding: 'utf8' });

  it('links its libraries and headers, has the package built from source, and the addon look where they are', () => {
    const folder = reportFolder({
      ...{ 'tf/libtensorflow_cc.so.2': '', 'tf/libtensorflow_framework.so.2': '', 'tf/include/c_api.h': '' },
      ...{ 'package.json': '{}', [`${place}/package.json`]: '{}' },
      'node_modules/.bin/node-pre-gyp': '#!/bin/sh\nprintf "%s\\n" "$*" "$LDFLAGS" > built\n',
      'dist/engine/tfjs/probe.js': 'console.log("it loads");',
    });
    chmodSync(join(folder, 'node_modules/.bin/node-pre-gyp'), 0o755);
    const tensorflow = join(folder, 'tf');
    const { status, stdout, stderr } = build(folder, '--tensorflow', tensorflow);
    expect([status, stdout], stderr).toEqual([0, expect.stringContaining(`built against ${tensorflow}: it loads`)]);
    const links = { 'lib/libtensorflow.so': 'libtensorflow_cc.so.2', include: 'include' };
    for (const [link, to] of Object.entries(links))
      expect(readlinkSync(join(folder, place, 'deps', link))).toBe(join(tensorflow, to));
    const [words, flags] = readFileSync(join(folder, place, 'built'), 'utf8').split('\n');
    expect(words).toMatch(/^install --build-from-source/);
    expect(flags).toContain(`-Wl,-rpath,${tensorflow}`);
  });

  it('says what it lacks', () => {
    const folder = reportFolder({ 'tf/include/c_api.h': '' });
    expect(build(folder, '--tensorflow', join(folder, 'tf'))).toMatchObject({
      status: 1,
      stderr: `${join(folder, 'tf')} has no libtensorflow_cc.so.2; TensorFlow 2.15 or newer is needed\n`,
    });
    expect(build(folder, '--python', '/nowhere/python')).toMatchObject({
      status: 1,
      stderr: '/nowhere/python has no TensorFlow; pip install "tensorflow[and-cuda]"\n',
    });
  });
});
