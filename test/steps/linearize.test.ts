/** The `linearize` step, against NumPy (test/fixtures/numerics/linearised.py) and against the linear model run by hand. */
import { describe, expect, it } from 'vitest';
import { descend } from '../../src/model/linear-training.js';
import { apart, linearised, linearisedRun } from '../fixtures/numerics/linearised.js';
import { block, small, waves } from '../report-folder.js';
import { computed, problemsOf } from './computed.js';
import { everyNth } from '../every-nth.js';

const penalties = ['1e-05', '0.001', '0.1', '10'];

describe.each(everyNth(2, Object.entries(linearised.cases)))('of the network %s', (_, golden) => {
  // The solution is as exact as its singular values: a penalty of 1e-5 divides by squares of them, 1e-9 of the largest. What is
  // looked at beside it is the network, which wasm trains in float32.
  it.each([
    ['reference', 1e-12, 1e-12, 2e-10],
    ['wasm', 1e-10, 2e-5, 1e-8],
  ] as const)('has NumPy’s numbers on %s', async (engine, solved, trained, ridge) => {
    const results = await computed(
      engine,
      ...linearisedRun(golden),
      block(
        'linearize #lin',
        'of: gd',
        'at: 0',
        'steps: [0, 1, 10, 100, 1000, 2000]',
        'on: { grid: 5 }',
        `ridge: [${penalties.map((penalty) => String(Number(penalty))).join(', ')}]`,
      ),
    );
    const { arrays, values } = results.get('lin')!;
    expect(values['method']).toBe('solved');
    const all = golden.steps.map((step) => golden.linearized[step]!);
    expect(
      apart(
        arrays['train-error']!.data,
        all.map(({ train }) => train),
      ),
    ).toBeLessThan(solved);
    expect(
      apart(
        arrays['test-error']!.data,
        all.map(({ test }) => test),
      ),
    ).toBeLessThan(solved);
    expect(
      apart(
        arrays['predictions']!.data,
        all.flatMap(({ predictions }) => predictions),
      ),
    ).toBeLessThan(solved);
    expect(
      apart(
        arrays['true-train-error']!.data,
        all.map((one) => one.true_train),
      ),
    ).toBeLessThan(trained);
    expect(
      apart(
        arrays['true-test-error']!.data,
        all.map((one) => one.true_test),
      ),
    ).toBeLessThan(trained);
    expect(
      apart(
        arrays['true-predictions']!.data,
        all.flatMap((one) => one.true_predictions),
      ),
    ).toBeLessThan(trained);
    const ridges = penalties.map((penalty) => golden.ridge_features[penalty]!);
    expect(
      apart(
        arrays['ridge-train-error']!.data,
        ridges.map(({ train }) => train),
      ),
    ).toBeLessThan(ridge);
    expect(
      apart(
        arrays['ridge-test-error']!.data,
        ridges.map(({ test }) => test),
      ),
    ).toBeLessThan(ridge);
  });
});

const train = (id: string, ...lines: readonly string[]): string =>
  block(`train #${id}`, 'data: waves', 'network: { hidden: [4], elbows: uniform }', 'steps: 40', ...lines);

/** Step by step, where the directions are mixed by nothing. */
it('goes direction by direction as the recurrence does, with and without momentum', () => {
  for (const momentum of [0, 0.9]) {
    const [s, residual, n, rate] = [Float64Array.of(9, 1, 1e-8, 0), Float64Array.of(1, -2, 3, 4), 20, 0.1];
    const [late] = descend(s, residual, n, { rate, momentum }, [300]);
    for (const [k, size] of s.entries()) {
      let [at, velocity] = [0, 0];
      for (let step = 0; step < 300; step += 1) {
        velocity = momentum * velocity - (2 / n) * size * (residual[k]! - size * at);
        at -= rate * velocity;
      }
      expect(Math.abs(late!.moved[k]! - at)).toBeLessThanOrEqual(1e-12 * Math.abs(at));
      expect(Math.abs(late!.left[k]! - (residual[k]! - size * at))).toBeLessThan(1e-12);
    }
  }
});

describe.each([
  ['reference', 1e-10],
  ['wasm', 2e-5],
] as const)('on %s', (engine, bound) => {
  it('trains step by step to what the solution says, and by momentum', async () => {
    const sgd = 'optimizer: { kind: sgd, rate: 0.1, momentum: 0.5';
    const results = await computed(
      engine,
      waves,
      train('solved', `${sgd} }`, 'checkpoints: { every: 10 }'),
      // A batch of all, drawn in another order, is trained step by step.
      train('stepped', `${sgd} }`, 'batch: 20', 'checkpoints: { every: 10 }'),
      block('linearize #a', 'of: solved', 'steps: [0, 10, 40]'),
      block('linearize #b', 'of: stepped', 'steps: [0, 10, 40]'),
    );
    const [a, b] = [results.get('a')!, results.get('b')!];
    expect([a.values['method'], b.values['method']]).toEqual(['solved', 'trained']);
    for (const name of ['train-error', 'test-error', 'predictions'])
      expect(apart(b.arrays[name]!.data, [...a.arrays[name]!.data]), name).toBeLessThan(bound);
  });

  it('of what is linear, the output layer alone, it is the training itself: on the same batches, by the same rule, from any step', async () => {
    const all = [
      ['sgd', 'optimizer: { kind: sgd, rate: 0.1, weight-decay: 0.01 }', 0],
      ['batches', 'optimizer: { kind: sgd, rate: 0.1 }', 10],
      ['adam', 'optimizer: { kind: adam, rate: 0.01 }', 0],
    ] as const;
    const results = await computed(
      engine,
      waves,
      ...all.flatMap(([id, optimizer, at]) => [
        train(id, optimizer, 'parameters: output', 'batch: 7', 'checkpoints: { every: 10 }'),
        block(`linearize #lin-${id}`, `of: ${id}`, `at: ${at}`),
      ]),
      train(
        'chosen',
        'optimizer: { rate: 0.1 }',
        'parameters: output',
        'batch: { size: 7, with-replacement: true }',
        'checkpoints: { every: 10 }',
      ),
      block('linearize #lin-chosen', 'of: chosen', 'at: 10'),
    );
    for (const id of [...all.map(([name]) => name), 'chosen']) {
      const { arrays, values } = results.get(`lin-${id}`)!;
      expect(values['parts-at'], id).toBeNull();
      for (const name of ['train-error', 'test-error'])
        expect(apart(arrays[name]!.data, [...arrays[`true-${name}`]!.data]), id).toBeLessThan(bound);
    }
  });
});

it('says when the two part', async () => {
  const results = await computed(
    'reference',
    ...linearisedRun({ hidden: [10] }),
    block('linearize #lin', 'of: gd', 'threshold: 0.1'),
    block('linearize #never', 'of: gd', 'threshold: 10'),
  );
  const { arrays, values } = results.get('lin')!;
  const distance = [...arrays['distance']!.data];
  const first = distance.findIndex((one) => one > 0.1);
  expect(first).toBeGreaterThan(0);
  expect(values['parts-at']).toBe(arrays['step']!.data[first]);
  expect(results.get('never')!.values['parts-at']).toBeNull();
});

it('says where its options are wrong, before anything runs', () => {
  const said = (optimizer: string, ...lines: readonly string[]): string[] =>
    problemsOf(waves, train('a', optimizer, 'checkpoints: { every: 10 }'), block('linearize #lin', 'of: a', ...lines));
  const sgd = 'optimizer: { rate: 0.1 }';
  expect(said(sgd, 'steps: [0, 7]')[0]).toMatch(
    /no-checkpoint the training records no checkpoint at step 7; choose 0 or 10/,
  );
  expect(said(sgd, 'at: 7')[0]).toMatch(/no-checkpoint the training records no checkpoint at step 7/);
  expect(said(sgd, 'at: 20', 'steps: [10, 40]')[0]).toMatch(
    /step 10 is before step 20, at which the network is linearised; choose a step from 20 on/,
  );
  expect(said('optimizer: { kind: adam }', 'at: 20')[0]).toMatch(
    /what adam has gathered by step 20 is not recorded; write at: 0/,
  );
  expect(said(sgd, 'on: { grid: 90000000 }')[0]).toMatch(/invalid-option/);
  const ridge = block(
    'train #r',
    'data: waves',
    'network: { hidden: [4] }',
    'parameters: output',
    'optimizer: { kind: ridge, penalty: 1 }',
  );
  expect(problemsOf(waves, ridge, block('linearize #lin', 'of: r'))[0]).toMatch(/ridge regression is solved at once/);
  expect(
    problemsOf(
      waves,
      small,
      block('linearize #lin', 'of: small'),
      '`= lin[hidden=4,penalty=0].ridge-test-error .2f`',
    )[0],
  ).toMatch(/no penalty is given; write "ridge: \[0.1\]" in it/);
});
