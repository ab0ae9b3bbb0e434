/** The `project` step, against NumPy (test/fixtures/numerics/linearised.py). */
import { describe, expect, it } from 'vitest';
import { apart, linearised, linearisedRun } from '../fixtures/numerics/linearised.js';
import { block, waves } from '../report-folder.js';
import { computed, problemsOf } from './computed.js';
import { everyNth } from '../every-nth.js';

describe.each(everyNth(2, Object.entries(linearised.cases)))('of the network %s', (_, golden) => {
  // The left vectors of values that lie near each other are known less well than the values: numbers are off by 1e-16 times
  // the largest value over the gap. On wasm the later residuals are those of a training in float32.
  it.each([
    ['reference', 1e-11, 1e-11],
    ['wasm', 1e-10, 2e-5],
  ] as const)('has NumPy’s numbers on %s', async (engine, exact, trained) => {
    const results = await computed(
      engine,
      ...linearisedRun(golden),
      block('svd #spectrum', 'of: gd', 'at: [0, 2000]', 'on: { grid: 5 }'),
      block('project #start', 'onto: spectrum'),
      block('project #end', 'onto: spectrum', 'step: 2000'),
    );
    const { arrays, values } = results.get('start')!;
    const first = (name: string, index: number, count: number): number[] => {
      const { data, shape } = arrays[name]!;
      return Array.from(data.slice(index * shape[1]!, index * shape[1]! + count));
    };
    for (const [index, step] of golden.steps.entries()) {
      const { measured, predicted } = golden.decay[step]!;
      expect(apart(first('residual', index, 6), measured)).toBeLessThan(step === 0 ? exact : trained);
      expect(apart(first('predicted', index, 6), predicted)).toBeLessThan(exact);
    }
    expect(apart(arrays['half-life']!.data, golden.half_life_steps)).toBeLessThan(exact);
    const [before, after] = [golden.alignment['0']!, golden.alignment['2000']!];
    expect(apart(first('energy-residual', 0, 10), before.energy_residual)).toBeLessThan(exact);
    expect(apart(arrays['energy-target']!.data, before.energy_target)).toBeLessThan(exact);
    expect(Math.abs(Number(values['alignment']) / before.alignment - 1)).toBeLessThan(exact);
    const end = results.get('end')!;
    const { data, shape } = end.arrays['energy-residual']!;
    const later = engine === 'reference' ? 1e-9 : 1e-3;
    expect(apart(data.slice(5 * shape[1]!), after.energy_residual)).toBeLessThan(later);
    expect(apart(end.arrays['energy-target']!.data, after.energy_target)).toBeLessThan(later);
    expect(Math.abs(Number(end.values['alignment']) / after.alignment - 1)).toBeLessThan(trained);
    expect(end.arrays['predicted']!.data[0]).toBeNaN();
  });
});

const train = (id: string, ...lines: readonly string[]): string =>
  block(`train #${id}`, 'data: waves', 'network: { hidden: [4], elbows: uniform }', 'steps: 40', ...lines);

it.each(['reference', 'wasm'] as const)(
  'of the output layer alone, measured is predicted, with momentum too, on %s',
  async (engine) => {
    const results = await computed(
      engine,
      waves,
      train('out', 'parameters: output', 'optimizer: { rate: 0.1, momentum: 0.5 }', 'checkpoints: { every: 10 }'),
      block('svd #spectrum', 'of: out', 'at: [0]', 'parameters: [2.weight, 2.bias]'),
      block('project #p', 'onto: spectrum', 'components: 3'),
    );
    const { arrays } = results.get('p')!;
    expect(arrays['residual']!.shape).toEqual([5, 3]);
    expect(apart(arrays['predicted']!.data, [...arrays['residual']!.data])).toBeLessThan(
      engine === 'wasm' ? 1e-5 : 1e-12,
    );
  },
);

it('says where its options are wrong, before anything runs', () => {
  const sgd = 'optimizer: { rate: 0.1 }';
  const said = (svd: readonly string[], ...lines: readonly string[]): string[] =>
    problemsOf(
      waves,
      block('dataset #others', 'function: step', 'samples: 20'),
      train('a', sgd, 'checkpoints: { every: 10 }'),
      block('train #b', 'data: others', 'network: { hidden: [4] }', sgd, 'steps: 40'),
      block('svd #s', 'of: a', 'on: { grid: 5 }', ...svd),
      block('project #p', 'onto: s', ...lines),
    );
  expect(said([])).toEqual([]);
  expect(said(['rows: { grid: 9 }'])[0]).toMatch(/are not the training inputs.*name an svd with rows: train/);
  expect(said([], 'step: 10')[0]).toMatch(/no-checkpoint that decomposition has no step 10; choose 0 or 40/);
  expect(said([], 'of: b')[0]).toMatch(/on other data than the decomposition/);
  expect(
    problemsOf(
      waves,
      train('a', 'optimizer: { kind: adam }'),
      block('svd #s', 'of: a', 'on: { grid: 5 }'),
      block('project #p', 'onto: s'),
      '`= p[component=1,step=40].predicted .2f`',
    )[0],
  ).toMatch(/no fixed factors along singular directions/);
});
