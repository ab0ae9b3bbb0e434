/** Output scales, centred outputs and other parametrizations, against NumPy (golden/linearised.json) and PyTorch. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lackOf } from '../../src/engine/capabilities.js';
import { lacks as tfjs } from '../../src/engine/tfjs/lacks.js';
import { traits } from '../../src/engine/traits.js';
import { lacks as webgpu } from '../../src/engine/webgpu/lacks.js';
import { networkOf, outputsAt, parametersAt } from '../../src/figures/pictures/data.js';
import { predict } from '../../src/model/forward.js';
import { block } from '../report-folder.js';
import { computed, problemsOf } from './computed.js';
import { farthest, goldenData } from './golden-study.js';

interface Lazy {
  readonly train: number;
  readonly test: number;
  /** How far the parameters and the kernel have moved, in parts of where they were. */
  readonly parameters: number;
  readonly kernel: number;
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/linearised.json'), 'utf8')) as {
  readonly cases: { readonly 10: { readonly lazy: Readonly<Record<string, Lazy>> } };
};
const { lazy } = golden.cases[10];

const lazyNet = (scale: string, ...others: readonly string[]): string =>
  block(
    'train #gd',
    'data: waves',
    'network: { elbows: uniform, hidden: [10] }',
    `output-scale: ${scale}`,
    'centered: true',
    'optimizer: { kind: sgd, rate: 0.02 }',
    'steps: 1000',
    'checkpoints: { every: 1000 }',
    ...others,
  );

describe('the lazy regime', () => {
  // Of outputs a thousand times as large float32 keeps three digits less.
  it.each([
    ['reference', 1e-9, ['0.5', '1', '4', '16', '64', '1024']],
    ['wasm', 2e-4, ['0.5', '16', '64']],
  ] as const)('has NumPy’s errors and drifts on %s', async (engine, bound, scales) => {
    const kernel = block('kernel #k', 'of: gd', 'at: [0, 1000]', 'compare: 0');
    const sweep = `sweep: { output-scale: [${scales.join(', ')}] }`;
    const results = await computed(engine, goldenData, lazyNet(scales[0], sweep), kernel);
    for (const scale of scales) {
      const wanted = lazy[scale]!;
      const { arrays } = results.get(`gd[output-scale=${scale}]`)!;
      const drifts = results.get(`k[output-scale=${scale}]`)!.arrays;
      const found = [
        arrays['train-error']!.data[1]!,
        arrays['test-error']!.data[1]!,
        drifts['parameter-drift']!.data[1]!,
        drifts['relative-drift']!.data[1]!,
      ];
      found.forEach((value, index) => {
        const expected = [wanted.train, wanted.test, wanted.parameters, wanted.kernel][index]!;
        expect(Math.abs(value - expected) / expected, `${scale}: ${index}`).toBeLessThan(bound);
      });
    }
  });

  it('nears the training of the linearisation, which is the same at every scale', async () => {
    const sweep = 'sweep: { output-scale: [64, 65536] }';
    const results = await computed(
      'reference',
      goldenData,
      lazyNet('64', sweep),
      lazyNet('64', 'batch: 20', sweep).replace('#gd', '#drawn'),
      block('linearize #lin', 'of: gd', 'at: 0', 'steps: [0, 1000]'),
      block('linearize #minibatches', 'of: drawn', 'at: 0', 'steps: [0, 1000]'),
    );
    for (const scale of ['64', '65536']) {
      const { arrays } = results.get(`lin[output-scale=${scale}]`)!;
      expect(arrays['true-train-error']!.data[0]).toBeCloseTo(arrays['train-error']!.data[0]!, 12);
      expect(Math.abs(arrays['train-error']!.data[1]! - lazy['limit']!.train)).toBeLessThan(1e-9);
      expect(arrays['true-train-error']!.data[1]).toBeCloseTo(lazy[scale]!.train, 8);
    }
    // Step by step through the linear model, on the batches of the network.
    const distance = (scale: string): number =>
      results.get(`minibatches[output-scale=${scale}]`)!.arrays['distance']!.data[1]!;
    expect(distance('64')).toBeGreaterThan(0.01);
    expect(distance('65536')).toBeLessThan(1e-4);
  });
});

interface OfPyTorch {
  readonly parametrization: string;
  readonly scale: number;
  readonly hidden: readonly number[];
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
  /** Of float64 and of float32, at steps 0, 1, 10, 100 and 1,000. */
  readonly losses: readonly number[];
  readonly single: readonly number[];
  /** The weights and the bias of the output layer at the end, with their multipliers. */
  readonly output: readonly number[];
  /** Of the trained network at the points 0, 1/4, ... 1. */
  readonly kernel: readonly (readonly number[])[];
}

const ofPyTorch = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/numerics/torch-parametrizations.json'), 'utf8'),
) as readonly OfPyTorch[];

describe.each(ofPyTorch)('$parametrization of $hidden units times $scale', (wanted) => {
  const net = block(
    'train #net',
    'data: waves',
    `network: { hidden: [${wanted.hidden.join(', ')}], activation: tanh, parametrization: ${wanted.parametrization} }`,
    `output-scale: ${wanted.scale}`,
    `optimizer: { rate: ${wanted.rate}, momentum: ${wanted.momentum}, weight-decay: ${wanted.decay} }`,
    'steps: 1000',
    'checkpoints: { every: 1000, and: [1, 10, 100] }',
  );
  const kernel = block('kernel #k', 'of: net', 'at: [1000]', 'on: { grid: 5 }');
  // In float32 as far as PyTorch is from its own float64, ten times, or a millionth.
  const apart = Math.max(1e-6, 10 * farthest(wanted.single, wanted.losses));

  it.each([
    ['reference', 2e-7],
    ['wasm', apart],
  ] as const)('has PyTorch’s losses on %s', async (engine, bound) => {
    const results = await computed(engine, goldenData, net, kernel);
    const { arrays } = results.get('net')!;
    expect(farthest(Array.from(arrays['train-error']!.data), wanted.losses)).toBeLessThan(bound);
    const last = 2 * wanted.hidden.length;
    const output = ['weight', 'bias'].flatMap((name) => {
      const { shape, data } = arrays[`${last}.${name}`]!;
      return Array.from(data.subarray((4 * data.length) / shape[0]!));
    });
    expect(farthest(output, wanted.output)).toBeLessThan(100 * bound);
    // Its gradients are with respect to the parameters, whose multipliers differ by layer.
    const found = Array.from(results.get('k')!.arrays['kernel']!.data);
    expect(farthest(found, wanted.kernel.flat())).toBeLessThan(100 * bound);
  });
});

it('a picture of a centred training shows its own outputs, 0 at the start', async () => {
  const training = (await computed('reference', goldenData, lazyNet('4'))).get('gd')!;
  const inputs = Float64Array.of(0, 0.2, 0.5, 1);
  expect([...outputsAt(training, 0)(inputs)]).toEqual([0, 0, 0, 0]);
  const network = predict(networkOf(training), parametersAt(training, networkOf(training), 1), inputs);
  const start = predict(networkOf(training), parametersAt(training, networkOf(training), 0), inputs);
  expect([...outputsAt(training, 1)(inputs)]).toEqual([...network].map((output, index) => output - start[index]!));
  expect(Math.max(...outputsAt(training, 1)(inputs).map(Math.abs))).toBeGreaterThan(0.01);
});

it('WebGPU and TensorFlow.js leave such a training to another, and say why', () => {
  for (const lacks of [webgpu, tfjs]) {
    expect(lackOf(lacks, { gradientFactors: true })).toBe('output scales and other parametrizations');
    expect(lackOf(lacks, { gradientFactors: false })).toBeUndefined();
  }
  expect(lackOf(traits.wasm.lacks, { gradientFactors: true })).toBeUndefined();
});

describe('what cannot be', () => {
  const problems = (...options: readonly string[]): string[] =>
    problemsOf(
      goldenData,
      block('train #net', 'data: waves', ...options),
      ...(options.includes('output-scale: 2') ? [block('curvature #c', 'of: net')] : []),
    );
  const small = ['network: { hidden: [4] }', 'optimizer: { rate: 0.1 }', 'steps: 10'];

  it.each([
    [
      ['output-scale: 2', 'optimizer: { kind: adam }', 'network: { hidden: [4] }', 'steps: 10'],
      'needs the optimizer sgd',
    ],
    [
      ['network: { hidden: [4], parametrization: ntk }', 'optimizer: { kind: rmsprop }', 'steps: 10'],
      'needs the optimizer sgd',
    ],
    [['network: { hidden: [4, 4], parametrization: mean-field }', ...small.slice(1)], 'one hidden layer'],
    [
      ['centered: true', 'network: { hidden: [4] }', 'parameters: output', 'optimizer: { kind: least-squares }'],
      'needs steps',
    ],
    [['output-scale: 0', ...small], 'output-scale'],
    [['output-scale: 2', ...small], 'this curvature is of plain parameters'],
  ])('%j', (options, message) => {
    expect(problems(...options).join('\n')).toContain(message);
  });
});
