/** The two routes of the `svd` step: of the feature matrix, and through the inner products of its rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.js';
import type { PlannedStep } from '../../src/plan/plan.js';
import { planReport } from '../../src/plan/plan-report.js';
import { runPlan, type StepResult } from '../../src/run/run-plan.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { block, page, reportFolder, temporaryFolder, waves } from '../report-folder.js';
import { colophon } from '../colophon.js';

const net = block(
  'train #net',
  'data: waves',
  'network: { hidden: [30, 20], activation: tanh }',
  'optimizer: { kind: sgd, rate: 0.05 }',
  'steps: 50',
);

async function results(...blocks: readonly string[]): Promise<Map<string, StepResult>> {
  const { report } = readReport(reportFolder({ 'index.md': page(waves, net, ...blocks) }), directiveKinds);
  const { plan, problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  expect(problems).toEqual([]);
  const { results: found } = await runPlan(plan, {
    engine: openEngine('wasm'),
    store: directoryStore(temporaryFolder(), () => undefined),
    file: () => new Uint8Array(),
    report: () => undefined,
    signal: new AbortController().signal,
    jobs: 1,
    clock: () => 0,
    now: () => new Date(0),
    versions: { colophon: '0', program: '0', node: '0', platform: '0' },
    resident: () => 0,
  }).done;
  return new Map([...found.values()].map((result) => [result.step.name, result]));
}

const numbers = (result: StepResult | undefined, name: string): number[] =>
  Array.from(result!.artifact.arrays[name]!.data);

describe('svd through the Gram matrix', () => {
  it('finds the singular values above its floor within 1e-6 of the largest, and their principal features within 1e-5', async () => {
    const options = ['of: net', 'on: { grid: 57 }', 'precision: float64'];
    const found = await results(
      block('svd #direct', ...options, 'method: direct'),
      block('svd #gram', ...options, 'method: gram'),
    );
    const [direct, gram] = [found.get('direct'), found.get('gram')];
    expect(gram?.artifact.values).toMatchObject({ method: 'gram', rows: 20 });
    expect(direct?.artifact.values).toMatchObject({ method: 'direct' });
    const [expected, actual] = [numbers(direct, 'singular-values'), numbers(gram, 'singular-values')];
    const floor = numbers(gram, 'tolerance');
    const ranks = numbers(gram, 'rank');
    expect(floor).toHaveLength(2);
    for (const checkpoint of [0, 1]) {
      const largest = expected[checkpoint * 20]!;
      // sqrt(20 eps) of the largest.
      expect(floor[checkpoint]! / actual[checkpoint * 20]!).toBeCloseTo(6.66e-8, 9);
      for (let k = 0; k < 20; k += 1) {
        expect(Math.abs(actual[checkpoint * 20 + k]! - expected[checkpoint * 20 + k]!)).toBeLessThan(1e-6 * largest);
      }
      const rank = ranks[checkpoint]!;
      expect(rank).toBeGreaterThan(3);
      const [wanted, given] = [numbers(direct, 'principal-features'), numbers(gram, 'principal-features')];
      for (let point = 0; point < 57; point += 1) {
        const at = (checkpoint * 57 + point) * 20;
        for (let k = 0; k < 4; k += 1) expect(Math.abs(given[at + k]! - wanted[at + k]!)).toBeLessThan(1e-5 * largest);
        for (let k = rank; k < 20; k += 1) expect(given[at + k]).toBeNaN();
      }
    }
  });

  it('is chosen only for matrices of more than 2^25 numbers, and refused for some of the parameters', () => {
    const plan = (width: number, ...lines: readonly string[]): { steps: readonly PlannedStep[]; said: string } => {
      const wide = block(
        'train #wide',
        'data: waves',
        `network: { hidden: [${width}, ${width}] }`,
        'optimizer: { kind: sgd, rate: 0.1 }',
        'steps: 1',
      );
      const folder = reportFolder({ 'index.md': page(waves, wide, block('svd #s', 'of: wide', ...lines)) });
      const limits = { memory: 1e12, addressable: 2 ** 32 };
      const { plan: planned, problems } = planReport(readReport(folder, directiveKinds).report, limits);
      return { steps: planned.steps, said: problems.map(({ message }) => message).join() };
    };
    const bytes = (width: number): number => plan(width).steps.find(({ id }) => id === 's')!.cost.engineBytes;
    // 20 rows: the matrix is formed to about 1290 units, where its bytes pass half a GB, and not beyond.
    expect(bytes(1280)).toBeGreaterThan(5e8);
    expect(bytes(1300)).toBeLessThan(5e7);
    expect(plan(30, 'method: gram', 'parameters: [0.weight]').said).toContain('all parameters');
    expect(plan(30, 'method: gram').said).toBe('');
  });

  it('says its accuracy floor on the figure of a built page', () => {
    const figure = block('figure #fig-s', 'show: s.singular-values', 'caption: The spectrum.');
    const report = page(waves, net, block('svd #s', 'of: net', 'method: gram', 'on: { grid: 20 }'), figure);
    const folder = reportFolder({ 'report/index.md': report });
    expect(colophon(folder, 'build', 'report').code).toBe(0);
    const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
    expect(html).toContain('accuracy floor of the Gram route');
    expect(html).toMatch(/rank \d+, as many as are above the accuracy floor \d/);
  });
});

describe('the exact rank', () => {
  const relu = block(
    'train #relu',
    'data: waves',
    'network: { hidden: [8], elbows: uniform }',
    'optimizer: { kind: sgd, rate: 0.02 }',
    'steps: 200',
  );

  it('is the rank found in float64 of one hidden layer of relu units', async () => {
    const found = await results(
      relu,
      block('svd #spectrum', 'of: relu', 'at: [0, 200]', 'precision: float64', 'on: train'),
      block('svd #on-a-grid', 'of: relu', 'at: [0, 200]', 'rows: { grid: 23 }', 'precision: float64', 'on: train'),
    );
    for (const id of ['spectrum', 'on-a-grid']) {
      const exact = numbers(found.get(id), 'exact-rank');
      expect(exact).toEqual(numbers(found.get(id), 'rank'));
      expect(Math.min(...exact)).toBeGreaterThan(3);
    }
  });

  it('is absent of other networks, and of some of the parameters', async () => {
    const found = await results(
      relu,
      block('svd #tanh', 'of: net', 'on: train'),
      block('svd #some', 'of: relu', 'parameters: [2.weight, 2.bias]', 'on: train'),
    );
    for (const id of ['tanh', 'some']) for (const one of numbers(found.get(id), 'exact-rank')) expect(one).toBeNaN();
  });
});
