/** An engine that is asked for what it does not know stops: it never computes something else in its place. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Optimizer, Training, Watch } from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { tfjsEngine } from '../../src/engine/tfjs/index.js';
import { openPortable } from '../../src/engine/tfjs/tensorflow.js';
import { activationCodes, batchCodes, lossCodes, purposeCodes, rules } from '../../src/engine/wasm/codes.js';
import { type Kernels, openKernels } from '../../src/engine/wasm/kernels.js';
import { loadKernels } from '../../src/engine/wasm/load-kernels.js';
import { activationCode } from '../../src/engine/webgpu/wgsl/activation.js';
import { ruleCode } from '../../src/engine/webgpu/wgsl/update-rule.js';
import { activations, type Activation } from '../../src/model/network.js';

const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };
const softsign = 'softsign' as unknown as Activation;
const lion = { kind: 'lion', rate: 0.1, weightDecay: 0 } as unknown as Optimizer;

const training: Training = {
  network: { inputs: 1, hidden: [4], activation: 'tanh' },
  initial: new Float64Array(13).fill(0.1),
  parameters: 'all',
  optimizer: { kind: 'sgd', rate: 0.1, momentum: 0, weightDecay: 0 },
  batches: { kind: 'full' },
  data: { inputs: Float64Array.of(0, 1), targets: Float64Array.of(1, 2) },
  steps: 2,
  checkpoints: [0, 2],
};
const withSoftsign: Training = { ...training, network: { ...training.network, activation: softsign } };

describe.each(['reference', 'wasm', 'tfjs'] as const)('%s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    if (name !== 'tfjs') {
      engine = openEngine(name);
      return;
    }
    const tf = await openPortable('cpu');
    if (tf === undefined) throw new Error('TensorFlow.js is not installed');
    engine = tfjsEngine(tf, { profile: 'tfjs-cpu-f32/1', device: 'CPU' }, openEngine('wasm'));
  });

  it('trains what it knows, and no network with another activation, nor with another update rule or batches drawn in another way', async () => {
    expect((await engine.train(training, watch)).checkpoints).toHaveLength(2);
    await expect(engine.train(withSoftsign, watch)).rejects.toThrow(
      new RangeError('there is no activation "softsign"'),
    );
    await expect(engine.train({ ...training, optimizer: lion }, watch)).rejects.toThrow(
      new RangeError('there is no update rule "lion"'),
    );
    const batches = { kind: 'epoch', size: 1 } as unknown as Training['batches'];
    await expect(engine.train({ ...training, batches }, watch)).rejects.toThrow(
      new RangeError('there is no way to draw batches "epoch"'),
    );
  });

  it.each(['predict', 'jacobian', 'gram'] as const)('%s knows no other activation either', async (operation) => {
    const ask = async (): Promise<Float64Array> =>
      engine[operation](withSoftsign.network, withSoftsign.initial, Float64Array.of(0, 1));
    await expect(ask()).rejects.toThrow(new RangeError('there is no activation "softsign"'));
  });
});

it('webgpu writes no kernel for another activation or update rule', () => {
  expect(() => activationCode(softsign)).toThrow(new RangeError('there is no activation "softsign"'));
  expect(() => ruleCode(lion, 3)).toThrow(new RangeError('there is no update rule "lion"'));
});

describe('the kernels of wasm trap', () => {
  const module = loadKernels();
  const unknown = 99;

  /** A network of one hidden layer, ready to train on two samples with these codes. */
  function open(codes: {
    activation?: number;
    purpose?: number;
    batches?: number;
    rule?: number;
    loss?: number;
  }): Kernels {
    const kernels = openKernels(module, 2 ** 16);
    kernels.addLayer(1, 4, codes.activation ?? activationCodes.tanh);
    kernels.addLayer(4, 1, activationCodes.identity);
    kernels.openNetwork32(4, codes.purpose ?? purposeCodes.gradient);
    kernels.openBatches(codes.batches ?? batchCodes.full, 2, 2);
    kernels.openOptimizer(codes.rule ?? rules.sgd({ kind: 'sgd', ...plain })[0], 0.1, 0, 0, 0, 0);
    const [inputs, targets] = [kernels.reserve(32), kernels.reserve(32)];
    kernels.openTraining(inputs, targets, 2, 0, codes.loss ?? lossCodes.mse);
    return kernels;
  }
  const plain = { rate: 0.1, momentum: 0, weightDecay: 0 };

  it('at no code that they have', () => {
    for (const activation of activations) expect(open({ activation: activationCodes[activation] }).train(1)).toBe(1);
  });

  it.each(['activation', 'batches', 'rule', 'loss'] as const)('at an unknown code for the %s', (what) => {
    for (const code of [unknown, -1]) expect(() => open({ [what]: code }).train(1)).toThrow(WebAssembly.RuntimeError);
  });

  it('at an unknown purpose', () => {
    expect(() => open({ purpose: unknown })).toThrow(WebAssembly.RuntimeError);
  });

  it('no two names have one code', () => {
    for (const codes of [activationCodes, batchCodes, lossCodes, purposeCodes])
      expect(new Set(Object.values(codes)).size).toBe(Object.keys(codes).length);
  });
});
