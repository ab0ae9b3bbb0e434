/** The kind `elbows`, and what `svd` finds with penalties and several precisions, against NumPy. */
import { describe, expect, it } from 'vitest';
import { planReport } from '../../src/plan/plan-report.js';
import { findKinks } from '../../src/model/elbows.js';
import { predict } from '../../src/model/forward.js';
import type { Network } from '../../src/model/network.js';
import { formatProblem } from '../../src/shared/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder, waves } from '../report-folder.js';
import { farthest, golden, goldenData, goldenNet, numbersAt } from './golden-study.js';
import { resultsOf } from './computed.js';

const penalties = [1e-6, 1e-4, 1e-2, 1];

const net = (...lines: readonly string[]): string =>
  block('train #net', 'data: waves', 'optimizer: { kind: sgd, rate: 0.1 }', 'steps: 5', ...lines);

function problemsOf(...blocks: readonly string[]): string[] {
  const { report } = readReport(reportFolder({ 'index.md': page(...blocks) }), directiveKinds);
  const { problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  return problems.map((problem) => formatProblem(problem, 'report', () => undefined).split('\n')[0] ?? '');
}

describe('the study, in float64', async () => {
  const found = await resultsOf(
    'reference',
    goldenData,
    goldenNet,
    block('elbows #e', 'of: gd', 'at: [0, 100, 2000]'),
    block(
      'svd #s',
      'of: gd',
      'at: [0]',
      'on: { grid: 5 }',
      'precision: [float64, float32]',
      `penalties: ${JSON.stringify(penalties)}`,
    ),
  );

  it.each(['10', '40'])('elbows of width %s and their kinks are within 1e-12 of NumPy’s', (width) => {
    const wanted = golden.cases[width]?.elbows ?? {};
    expect(Object.keys(wanted)).toEqual(['0', '100', '2000']);
    for (const [step, { position, kink }] of Object.entries(wanted)) {
      const result = found.get(`e[hidden=${width}]`);
      // The golden numbers have 15 decimals.
      expect(farthest(numbersAt(result, 'position', Number(step)), position)).toBeLessThan(1e-12);
      expect(farthest(numbersAt(result, 'kink', Number(step)), kink)).toBeLessThan(1e-12);
      expect(numbersAt(result, 'count', Number(step))).toEqual([Number(width)]);
      expect(numbersAt(result, 'layer', Number(step))).toEqual(Array.from({ length: Number(width) }, () => 0));
    }
  });

  it('of two layers they are where the slope of the output changes, by as much', () => {
    const result = found.get('e[hidden=10x10]');
    const training = found.get('gd[hidden=10x10]');
    const network = training?.artifact.values['network'] as unknown as Network;
    const names = ['0.weight', '0.bias', '2.weight', '2.bias', '4.weight', '4.bias'];
    const parameters = Float64Array.from(names.flatMap((name) => numbersAt(training, name, 2000)));
    const [count = 0] = numbersAt(result, 'count', 2000);
    const positions = numbersAt(result, 'position', 2000);
    expect(count).toBe(findKinks(network, parameters, [0, 1]).length);
    expect(new Set(numbersAt(result, 'layer', 2000).slice(0, count))).toEqual(new Set([0, 1]));
    expect(positions.slice(count).every(Number.isNaN)).toBe(true);
    const h = 1e-6;
    numbersAt(result, 'kink', 2000)
      .slice(0, count)
      .forEach((kink, index) => {
        const at = positions[index]!;
        if (positions.some((other, position) => position !== index && Math.abs(other - at) < 3 * h)) return;
        const [left = 0, middle = 0, right = 0] = predict(network, parameters, Float64Array.of(at - h, at, at + h));
        expect((right - 2 * middle + left) / h).toBeCloseTo(kink, 4);
      });
  });

  it.each(['10', '40', '10x10'])('effective dimensions of width %s are within 1e-12 of NumPy’s', (width) => {
    const { dimension, rank_float32: rank, rank_law: law } = golden.cases[width]!;
    const result = found.get(`s[hidden=${width}]`);
    const wanted = ['1e-06', '0.0001', '0.01', '1'].map((penalty) => dimension.effective[penalty]!);
    expect(farthest(numbersAt(result, 'effective-dimension', 0), wanted)).toBeLessThan(1e-12);
    expect(numbersAt(result, 'rank-float32', 0)).toEqual([rank]);
    expect(numbersAt(result, 'rank', 0)).toEqual(numbersAt(result, 'rank-float64', 0));
    if (law !== undefined) expect(numbersAt(result, 'rank', 0)).toEqual([law['rank_1e-9']]);
  });
});

it('a leaky unit bends by what its slope below 0 leaves', async () => {
  const found = await resultsOf(
    'reference',
    waves,
    net('network: { hidden: [1], activation: leaky-relu, elbows: uniform }'),
    block('elbows #e', 'of: net'),
  );
  const training = found.get('net');
  const [v = 0, w = 0] = ['2.weight', '0.weight'].map((name) => numbersAt(training, name, 5)[0]);
  expect(numbersAt(found.get('e'), 'kink', 5)).toEqual([v * Math.abs(w) * (1 - 0.01)]);
});

describe('is refused before anything runs, at its place', () => {
  it.each([
    [
      'units of tanh',
      'network: { hidden: [4], activation: tanh }',
      'units of tanh bend nowhere: relu and leaky-relu have elbows',
    ],
    [
      'a layer of tanh',
      'network: { hidden: [4, 3], activation: [relu, tanh] }',
      'units of tanh bend nowhere: relu and leaky-relu have elbows',
    ],
    ['no hidden layer', 'network: { hidden: [] }', 'a network without hidden layers has no elbow'],
    ['widths', 'network: { hidden: [400, 400, 400] }', 'a network of these widths can have 64481200 elbows'],
  ])('%s', (_, network, message) => {
    const [problem, ...others] = problemsOf(waves, net(network), block('elbows #e', 'of: net'));
    expect(others).toEqual([]);
    expect(problem).toMatch(/^report\/index\.md:\d+:5 /);
    expect(problem).toContain(message);
  });

  it('a checkpoint that is not there, and a precision twice', () => {
    const said = problemsOf(
      waves,
      net('network: { hidden: [4] }'),
      block('elbows #e', 'of: net', 'at: [3]'),
      block('svd #s', 'of: net', 'precision: [float32, float32]'),
    );
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('the training records no checkpoint at step 3');
    expect(said[1]).toContain('the same precision is listed twice');
  });

  it('what comes of penalties and of a list of precisions only', () => {
    const numbers = 'Of `= s[step=0,penalty=0].effective-dimension .1f` and `= s.rank-float64 d`.';
    const said = problemsOf(waves, net('network: { hidden: [4] }'), block('svd #s', 'of: net'), numbers);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('it is of penalties');
    expect(said[1]).toContain('it is of a list of precisions');
  });
});
