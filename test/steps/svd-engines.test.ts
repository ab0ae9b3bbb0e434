/** Every engine finds the ranks that the reference finds: by the accuracy that it states, on whatever is accurate enough. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Artifact } from '../../src/shared/artifact.js';
import type { Engine } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { tfjsEngine } from '../../src/engine/tfjs/index.js';
import { openPortable } from '../../src/engine/tfjs/tensorflow.js';
import { webgpuEngine } from '../../src/engine/webgpu/index.js';
import { stepKinds } from '../../src/steps/kinds.js';
import type { RunInput } from '../../src/steps/step.js';
import { missingGpu, softwareDevice } from '../engine/software-gpu.js';
import { everyNth } from '../every-nth.js';

const kindOf = (name: string) => stepKinds.find(({ kind }) => kind === name)!;

/** Runs a step of that kind; `remarks` gets what it says of itself. */
async function run(
  name: string,
  written: object,
  inputs: Readonly<Record<string, RunInput>>,
  engine: Engine,
  remarks: string[] = [],
): Promise<Artifact> {
  const kind = kindOf(name);
  return kind.run(kind.options.parse(written), inputs, {
    engine,
    file: () => new Uint8Array(),
    progress: () => undefined,
    signal: new AbortController().signal,
    continuation: { parts: () => [], keep: () => undefined },
    print: () => undefined,
    remark: (text) => remarks.push(text),
    clock: () => 0,
  });
}

const numbers = (artifact: Artifact, name: string): number[] => Array.from(artifact.arrays[name]!.data);

const missing = await missingGpu();
const reference = openEngine('reference');
const wasm = openEngine('wasm');
const inputs: Record<string, RunInput> = {};
const waves = { function: 'piecewise-linear', samples: 200, noise: 0.1 };
const net = {
  ...{ data: 'waves', network: { hidden: [20, 20] }, optimizer: { kind: 'sgd', rate: 0.02 }, batch: 40 },
  ...{ steps: 1000, seed: 1 },
};

beforeAll(async () => {
  const dataset = kindOf('dataset');
  const file = (): Uint8Array => new Uint8Array();
  const data = dataset.options.parse(waves);
  inputs['data'] = {
    options: data,
    facts: dataset.facts(data, {}, file),
    artifact: await run('dataset', waves, {}, wasm),
  };
  const train = kindOf('train');
  const options = train.options.parse(net);
  inputs['of'] = {
    options,
    facts: train.facts(options, { data: inputs['data'] }, file),
    artifact: await run('train', net, { data: inputs['data'] }, wasm),
  };
});

const spectrum = { of: 'net', at: [0, 'last'], on: { grid: 10 } };

async function ranks(engine: Engine, more: object, remarks: string[] = []): Promise<number[]> {
  const found = await run('svd', { ...spectrum, ...more }, inputs, engine, remarks);
  return numbers(found, 'rank');
}

describe.each(everyNth(2, ['gram', 'direct']))('the ranks by %s', (method) => {
  it('tfjs, whose float32 is not enough, hands over what decides them, and says so', async () => {
    const tfjs = tfjsEngine((await openPortable('cpu'))!, { profile: 'tfjs-cpu-f32/1', device: 'CPU' }, wasm);
    for (const precision of ['float32', 'float64']) {
      const remarks: string[] = [];
      const expected = await ranks(reference, { method, precision });
      expect(await ranks(wasm, { method, precision })).toEqual(expected);
      expect(await ranks(tfjs, { method, precision }, remarks)).toEqual(expected);
      const over = method === 'gram' || precision === 'float64';
      expect(remarks).toEqual(over ? [`computed by ${wasm.profile}, whose arithmetic is more exact`] : []);
    }
  });

  it.skipIf(missing !== undefined)('webgpu', { timeout: 120_000 }, async () => {
    const device = await softwareDevice();
    const webgpu = webgpuEngine({
      ...{ device, name: 'SwiftShader', software: true, reopen: softwareDevice, processor: wasm },
    });
    // Few rows: a software driver on the CPU takes long.
    const few = { method, rows: { grid: 32 } };
    expect(await ranks(webgpu, few)).toEqual(await ranks(reference, few));
    device.destroy();
  });
});
