/** The `kernel` step, against NumPy (test/fixtures/numerics/linearised.py). */
import { describe, expect, it } from 'vitest';
import { transposed } from '../../src/model/transposed.js';
import { apart, linearised, linearisedRun } from '../fixtures/numerics/linearised.js';
import { block, small, waves } from '../report-folder.js';
import { computed, problemsOf } from './computed.js';

const at = 'at: [0, 1, 10, 100, 1000, 2000]';

describe.each(Object.entries(linearised.cases))('of the network %s', (_, golden) => {
  // On wasm the parameters were trained in float32, and where a unit switches at an input the kernel jumps.
  it.each([
    ['reference', 1e-12, 1e-12],
    ['wasm', 1e-10, 2e-5],
  ] as const)('has NumPy’s numbers on %s', async (engine, atStart, later) => {
    const results = await computed(
      engine,
      ...linearisedRun(golden),
      block('kernel #k', 'of: gd', at, 'compare: 0'),
      block('kernel #g', 'of: gd', 'at: [0, 2000]', 'on: { grid: 5 }'),
    );
    const { arrays } = results.get('k')!;
    const of = (name: string): number[] => Array.from(arrays[name]!.data);
    expect(of('step')).toEqual(golden.steps);
    for (const [index, step] of golden.steps.entries()) {
      const bound = step === 0 ? atStart : later;
      const drift = golden.drift[step]!;
      const pairs = [
        [of('trace'), golden.ntk.trace_train[step]!],
        [of('frobenius'), golden.ntk.frobenius_train[step]!],
        [of('relative-drift'), drift.relative],
        [of('cka'), drift.cka_centred],
        [of('cosine'), drift.cosine],
        [of('parameter-drift'), drift.parameters],
      ] as const;
      for (const [found, expected] of pairs)
        expect(Math.abs((found[index] ?? NaN) - expected)).toBeLessThan(bound * Math.max(1, Math.abs(expected)));
    }
    expect(Math.abs(of('stable-rank')[0]! / golden.dimension.stable_rank - 1)).toBeLessThan(atStart);
    expect(Math.abs(of('participation')[0]! / golden.dimension.participation - 1)).toBeLessThan(atStart);
    const grid = results.get('g')!.arrays['kernel']!;
    expect(apart(grid.data.slice(0, 25), golden.ntk.kernel['0']!.flat())).toBeLessThan(atStart);
    expect(apart(grid.data.slice(25), golden.ntk.kernel['2000']!.flat())).toBeLessThan(later);
  });
});

const net = (id: string, seed: number, hidden = 4): string =>
  block(
    `train #${id}`,
    'data: waves',
    `network: { hidden: [${hidden}] }`,
    'optimizer: { kind: sgd, rate: 0.1 }',
    'steps: 9',
    `seed: ${seed}`,
  );

it.each(['reference', 'wasm'] as const)(
  'by layers, of some parameters and of two runs it is what the gradients say, on %s',
  async (engine) => {
    const results = await computed(
      engine,
      ...[waves, net('a', 0), net('b', 1), net('c', 1, 6)],
      block('features #fa', 'of: a', 'at: [9]', 'on: { grid: 6 }'),
      block('features #fb', 'of: b', 'at: [9]', 'on: { grid: 6 }'),
      block('kernel #k', 'of: a', 'at: [9]', 'on: { grid: 6 }', 'layers: true', 'against: b'),
      block('kernel #some', 'of: a', 'at: [9]', 'on: { grid: 6 }', 'parameters: [0.weight, 2.bias]'),
      block('kernel #angles', 'of: a', 'at: [9]', 'on: { grid: 6 }', 'normalize: cosine', 'against: b'),
      block('kernel #unlike', 'of: a', 'at: [9]', 'on: { grid: 6 }', 'against: c'),
    );
    const rows = (id: string): number[][] => {
      const { data, shape } = results.get(id)!.arrays['jacobian']!;
      return Array.from({ length: 6 }, (_, i) => Array.from(data.slice(i * shape[2]!, (i + 1) * shape[2]!)));
    };
    const products = (a: number[][], b: number[][], columns: (column: number) => boolean = () => true): number[] =>
      a.flatMap((one) => b.map((two) => one.reduce((sum, value, k) => sum + (columns(k) ? value * two[k]! : 0), 0)));
    const [a, b] = [rows('fa'), rows('fb')];
    const { arrays, values } = results.get('k')!;
    expect(apart(arrays['kernel']!.data, products(a, a))).toBeLessThan(1e-12);
    expect(apart(arrays['cross']!.data, products(a, b))).toBeLessThan(1e-12);
    expect(values['layers']).toEqual(['0', '2']);
    expect(arrays['layer-kernel']!.shape).toEqual([1, 2, 6, 6]);
    expect(
      apart(
        arrays['layer-kernel']!.data.slice(0, 36),
        products(a, a, (k) => k < 8),
      ),
    ).toBeLessThan(1e-12);
    expect(
      apart(
        arrays['layer-kernel']!.data.slice(36),
        products(a, a, (k) => k >= 8),
      ),
    ).toBeLessThan(1e-12);
    expect(arrays['layer-trace']!.data[0]! + arrays['layer-trace']!.data[1]!).toBeCloseTo(
      arrays['trace']!.data[0]!,
      12,
    );
    const some = results.get('some')!.arrays['kernel']!;
    expect(
      apart(
        some.data,
        products(a, a, (k) => k < 4 || k === 12),
      ),
    ).toBeLessThan(1e-12);
    const length = (row: number[]): number => Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    const angles = results.get('angles')!.arrays;
    const cosine = (one: number[][], two: number[][]): number[] =>
      products(one, two).map((value, at) => value / (length(one[Math.floor(at / 6)]!) * length(two[at % 6]!)));
    expect(apart(angles['kernel']!.data, cosine(a, a))).toBeLessThan(1e-12);
    expect(apart(angles['cross']!.data, cosine(a, b))).toBeLessThan(1e-12);
    const unlike = results.get('unlike')!.arrays;
    expect(Object.keys(unlike)).not.toContain('cross');
    expect(unlike['cka']!.data[0]).toBeGreaterThan(0);
  },
);

it('turns a matrix over', () => {
  expect([...transposed(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([1, 4, 2, 5, 3, 6]);
});

it('says where its options are wrong, before anything runs', () => {
  const kernel = (...lines: readonly string[]): string[] =>
    problemsOf(waves, small, net('b', 1), block('kernel #k', 'of: small', 'on: { grid: 5 }', ...lines));
  expect(kernel('compare: 7')).toEqual([
    expect.stringMatching(/^34:10 no-checkpoint the training records no checkpoint at step 7; choose 0 or 10/),
  ]);
  expect(kernel('against: b')).toEqual([
    expect.stringMatching(
      /no-checkpoint of "b": step 20 is beyond the last step, 9; choose a step up to 9.* write compare: 0/,
    ),
  ]);
  expect(kernel('parameters: [9.weight]')[0]).toMatch(/unknown-parameter this network has no parameter "9.weight"/);
  expect(problemsOf(waves, small, block('kernel #k', 'of: small'), '`= k[hidden=4,step=0].cka .2f`')[0]).toMatch(
    /it is compared with nothing; write "compare: 0" in it/,
  );
  expect(problemsOf(waves, small, block('kernel #k', 'of: small'), block('figure #f', 'show: k.cross'))[0]).toMatch(
    /unknown-picture k\[hidden=4\] has no cross: it is not of two runs of one network/,
  );
  expect(problemsOf(waves, small, block('kernel #k', 'of: small', 'on: { grid: 100000 }'))[0]).toMatch(
    /too-much-memory k\[hidden=4\] would need .* GB of memory/,
  );
});
