/** The kinds `curvature` and `spectral` against PyTorch's Hessian and NumPy, and exact products against central differences. */
import { describe, expect, it } from 'vitest';
import { curvature } from '../../src/engine/curvature.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { activations, type Network, parameterCount } from '../../src/model/network.js';
import { largestEigenvalues } from '../../src/model/largest-eigenvalues.js';
import { LossCurvature } from '../../src/model/loss-curvature.js';
import { cosineModes, midpoints, octavePowers, octavesOf } from '../../src/model/octaves.js';
import { planReport } from '../../src/plan/plan-report.js';
import { formatProblem } from '../../src/shared/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder, waves } from '../report-folder.js';
import { farthest, golden, goldenData, goldenNet, numbersAt } from './golden-study.js';
import { resultsOf } from './computed.js';

/** Numbers that look random, the same every time. */
const numbers = (count: number, seed: number): Float64Array =>
  new Float64Array(count).map((_, index) => Math.sin(12.9898 * (index + 1) + seed) * 0.8);

describe.each([...activations, ['tanh', 'silu'] as const])('products for %s', (activation) => {
  const network: Network = { inputs: 2, hidden: [5, 4], activation };
  const parameters = numbers(parameterCount(network), 1);
  const samples = { inputs: numbers(12, 2), targets: numbers(6, 3) };
  const vector = numbers(parameters.length, 4);
  const moved = (by: number): LossCurvature =>
    new LossCurvature(
      network,
      parameters.map((value, index) => value + by * vector[index]!),
      samples,
    );

  it('the gradient and the Hessian’s product are those of central differences within 1e-7', async () => {
    const at = new LossCurvature(network, parameters, samples);
    const loss = async (flat: Float64Array): Promise<number> => {
      const outputs = await referenceEngine.predict(network, flat, samples.inputs);
      return outputs.reduce((sum, output, index) => sum + (output - samples.targets[index]!) ** 2, 0) / outputs.length;
    };
    const h = 1e-5;
    const slope = Promise.all([h, -h].map((by) => loss(parameters.map((value, index) => value + by * vector[index]!))));
    const [up = 0, down = 0] = await slope;
    const along = at.gradient.reduce((sum, value, index) => sum + value * vector[index]!, 0);
    expect((up - down) / (2 * h)).toBeCloseTo(along, 7);
    const [after, before] = [moved(h).gradient, moved(-h).gradient];
    const differences = after.map((value, index) => (value - before[index]!) / (2 * h));
    expect(farthest([...at.hessianTimes(vector)], [...differences])).toBeLessThan(1e-7);
  });

  it('the Gauss-Newton matrix is (2 / n) J’J within 1e-13', async () => {
    const jacobian = await referenceEngine.jacobian(network, parameters, samples.inputs);
    const d = parameters.length;
    const outputs = Array.from({ length: 6 }, (_, i) =>
      vector.reduce((sum, value, k) => sum + value * jacobian[i * d + k]!, 0),
    );
    const wanted = Array.from(
      { length: d },
      (_, k) => (2 / 6) * outputs.reduce((sum, value, i) => sum + value * jacobian[i * d + k]!, 0),
    );
    expect(
      farthest([...new LossCurvature(network, parameters, samples).gaussNewtonTimes(vector)], wanted),
    ).toBeLessThan(1e-13);
  });

  it('with the output layer alone the two matrices are one, and all else is held', () => {
    const found = curvature(network, parameters, samples, 'output', 3);
    expect(farthest([...found.hessian], [...found.gaussNewton])).toBeLessThan(1e-13);
    const held = new LossCurvature(network, parameters, samples, 2);
    expect(held.gradient.slice(0, -5).every((value) => value === 0)).toBe(true);
  });
});

describe('the study, in float64', async () => {
  const at = 'at: [0, 1, 10, 100, 1000, 2000]';
  const found = await resultsOf(
    'reference',
    goldenData,
    goldenNet,
    block('curvature #c', 'of: gd', at, 'eigenvalues: 3'),
    block('spectral #s', 'of: gd', 'at: [0, 100, 1000, 2000]'),
  );

  it.each(['10', '40', '10x10'])('sharpness of width %s is within 1e-12 of PyTorch’s at every checkpoint', (width) => {
    const result = found.get(`c[hidden=${width}]`);
    for (const [step, wanted] of Object.entries(golden.cases[width]!.sharpness)) {
      if (step === 'two_over_rate') continue;
      expect(farthest(numbersAt(result, 'gauss-newton', Number(step)), [wanted.gauss_newton])).toBeLessThan(1e-12);
      expect(farthest(numbersAt(result, 'hessian', Number(step)), [wanted.hessian])).toBeLessThan(1e-12);
      expect(numbersAt(result, 'stability-limit', Number(step))).toEqual([100]);
      const [first, second = 0, third = 0] = numbersAt(result, 'hessian-values', Number(step));
      expect(first).toBe(numbersAt(result, 'hessian', Number(step))[0]);
      expect(second > third && third > 0).toBe(true);
    }
  });

  it.each(['10', '40', '10x10'])('the error of width %s by octave is within 1e-12 of the largest octave’s', (width) => {
    for (const [step, { total = 0, ...octaves }] of Object.entries(golden.cases[width]!.spectral)) {
      const result = found.get(`s[hidden=${width}]`);
      expect(farthest(numbersAt(result, 'octave-error', Number(step)), Object.values(octaves))).toBeLessThan(1e-12);
      expect(farthest(numbersAt(result, 'error', Number(step)), [total])).toBeLessThan(1e-12);
    }
    const { 'first-mode': first, 'last-mode': last } = found.get(`s[hidden=${width}]`)!.artifact.arrays;
    const names = Array.from(first!.data, (from, index) => (from === 0 ? '0' : `${from}-${last!.data[index]}`));
    expect(names).toEqual(Object.keys(golden.cases[width]!.spectral['0']!).filter((name) => name !== 'total'));
  });
});

it('the worker’s curvature is the reference’s to the bit, and of momentum the limit is 2 (1 + m) / rate less the decay', async () => {
  const blocks = [
    waves,
    block(
      'train #net',
      'data: waves',
      'network: { hidden: [6], activation: tanh }',
      'optimizer: { kind: sgd, rate: 0.1, momentum: 0.5, weight-decay: 2 }',
      'steps: 0',
    ).replace('steps: 0', 'steps: 1'),
    block('curvature #c', 'of: net', 'at: [0]'),
  ];
  const [one, two] = await Promise.all([resultsOf('reference', ...blocks), resultsOf('wasm', ...blocks)]);
  for (const name of ['hessian', 'gauss-newton', 'gradient-norm']) {
    expect(numbersAt(two.get('c'), name, 0)).toEqual(numbersAt(one.get('c'), name, 0));
  }
  expect(numbersAt(one.get('c'), 'stability-limit', 0)).toEqual([28]);
});

it('the limit follows the rate, and Nesterov’s momentum lowers it', async () => {
  const rate = '{ schedule: piecewise, rates: [0.1, 0.2], at: [2] }';
  const found = await resultsOf(
    'reference',
    waves,
    block(
      'train #net',
      ...['data: waves', 'network: { hidden: [3] }', 'steps: 3', 'checkpoints: { every: 1 }'],
      `optimizer: { rate: ${rate}, momentum: 0.5, nesterov: true }`,
    ),
    block('curvature #c', 'of: net'),
  );
  expect(Array.from(found.get('c')!.artifact.arrays['stability-limit']!.data)).toEqual([15, 15, 7.5, 7.5]);
});

it('the largest of 200 eigenvalues are found to 1e-14 with a tenth as many products as there are values', () => {
  let products = 0;
  const times = (vector: Float64Array): Float64Array => {
    products += 1;
    return vector.map((value, index) => value * (index < 3 ? 10 - index : (1 + Math.cos(index)) / 4));
  };
  const values = largestEigenvalues(times, 200, 3, 200);
  expect(farthest([...values.slice(0, 3)], [10, 9, 8])).toBeLessThan(1e-14);
  expect(products).toBeLessThanOrEqual(24);
});

it('a cosine has its mean square in its own octave', () => {
  const n = 16;
  const values = midpoints([2, 4], n).map((x) => 3 * Math.cos((5 * Math.PI * (x - 2)) / 2) + 2);
  const modes = cosineModes(n);
  const amplitudes = new Float64Array(n).map((_, m) =>
    values.reduce((sum, value, k) => sum + value * modes[k * n + m]!, 0),
  );
  const powers = octavePowers(amplitudes, octavesOf(n));
  expect(octavesOf(n).map(({ from, to }) => `${from}-${to}`)).toEqual(['0-0', '1-1', '2-3', '4-7', '8-15']);
  expect(farthest([...powers], [4, 0, 0, 4.5, 0])).toBeLessThan(1e-14);
});

it('what is not there is refused at its place before anything runs', () => {
  const text = page(
    waves,
    block('train #net', 'data: waves', 'network: { hidden: [4] }', 'optimizer: { kind: adam }', 'steps: 5'),
    block('dataset #rows', 'function: { csv: { file: a.csv, inputs: [x], target: y } }'),
    block('train #other', 'data: rows', 'network: { hidden: [4] }', 'optimizer: { kind: adam }', 'steps: 5'),
    block('curvature #c', 'of: net'),
    block('spectral #s', 'of: other'),
    'Of `= c[step=0].stability-limit .1f`, of `= c[step=5].hessian .1f` and of `= c[step=3].hessian .1f`.',
  );
  const { report } = readReport(reportFolder({ 'index.md': text, 'a.csv': 'x,y\n0,1\n1,2\n' }), directiveKinds);
  const { problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  const said = problems.map((problem) => formatProblem(problem, 'report', () => undefined).split('\n')[0] ?? '');
  expect(said).toHaveLength(3);
  expect(said[0]).toMatch(
    /index\.md:\d+:5 .*no samples of a function of one number, so no function between them is known/,
  );
  expect(said[1]).toContain('it is of gradient descent');
  expect(said[2]).toContain('records no checkpoint at step 3');
});
