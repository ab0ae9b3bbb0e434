/** The kind `limit-kernel` against numerical integration (limit_kernels.py) and the expected kernel that NumPy's draws confirm. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitKernels } from '../../src/model/limit-kernel.js';
import { activations } from '../../src/model/network.js';
import { acos } from '../../src/model/transcendental/acos.js';
import { planReport } from '../../src/plan/plan-report.js';
import { formatProblem } from '../../src/shared/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder, waves } from '../report-folder.js';
import { farthest, golden, numbersAt } from './golden-study.js';
import { resultsOf } from './computed.js';

type Kernels = Readonly<Record<'nngp' | 'ntk', readonly number[]>>;
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/numerics/limit-kernels.json'), 'utf8'),
) as {
  readonly points: readonly number[];
  readonly weight: number;
  readonly bias: number;
  readonly kernels: Readonly<Record<string, Readonly<Record<string, Kernels>>>>;
};
const known = Object.entries(fixture.kernels).flatMap(([name, depths]) =>
  Object.entries(depths).map(([depth, kernels]) => [name, Number(depth), kernels] as const),
);

it.each(known)(
  'NNGP and NTK of %s with %i hidden layers are within 1e-12 of what integration finds',
  (name, depth, wanted) => {
    const named = name.split(',').map((part) => activations.find((one) => one === part) ?? 'tanh');
    const activation = named.length > 1 ? named : (named[0] ?? 'tanh');
    const network = { inputs: 1, hidden: Array.from({ length: depth }, () => 1), activation };
    const found = limitKernels(network, Float64Array.from(fixture.points), fixture);
    expect(farthest([...found.nngp], wanted.nngp)).toBeLessThan(1e-12);
    expect(farthest([...found.ntk], wanted.ntk)).toBeLessThan(1e-12);
  },
);

it('inputs of several numbers meet by their inner product over how many they are', () => {
  const network = { inputs: 2, hidden: [], activation: 'relu' } as const;
  const { nngp, ntk } = limitKernels(network, Float64Array.of(1, 2, 3, -1), { weight: 3, bias: 0.5 });
  expect([...nngp]).toEqual([8, 2, 2, 15.5]);
  expect(ntk).toEqual(nngp);
});

it('the angle of a cosine is within 1 ulp, at the ends exact', () => {
  expect([1, -1, 0].map(acos)).toEqual([0, Math.PI, Math.PI / 2]);
  for (let i = -1000; i <= 1000; i += 1) {
    const wanted = Math.acos(i / 1000);
    expect(Math.abs(acos(i / 1000) - wanted)).toBeLessThanOrEqual(Number.EPSILON * wanted);
  }
  expect(acos(1.1)).toBeNaN();
});

describe('of a report', async () => {
  const found = await resultsOf(
    'wasm',
    waves,
    block(
      'train #net',
      'data: waves',
      'network: { hidden: [10], elbows: uniform }',
      'optimizer: { kind: sgd, rate: 0.02 }',
      'steps: 1',
      'sweep: { network.hidden: [[10], [40], [1000], [4, 4]] }',
    ),
    block('limit-kernel #inf', 'of: net', 'on: { grid: 5 }'),
  );

  it.each(['10', '40', '1000'])('the expected kernel of the draw of width %s is within 1e-14 of NumPy’s', (width) => {
    const kernel = numbersAt(found.get(`inf[hidden=${width}]`), 'expected', 0);
    expect(farthest(kernel, golden.expected_kernel[width]!.flat())).toBeLessThan(1e-14);
  });

  it('two layers have no closed form of their draw, and kernels of infinite width all the same', () => {
    const { arrays } = found.get('inf[hidden=4x4]')!.artifact;
    expect(Object.keys(arrays)).toEqual(['step', 'inputs', 'nngp', 'ntk']);
    expect(arrays['ntk']!.shape).toEqual([1, 5, 5]);
  });
});

it('what has no closed form is refused at its place before anything runs', () => {
  const net = (id: string, network: string): string =>
    block(`train #${id}`, 'data: waves', `network: ${network}`, 'optimizer: { kind: adam }', 'steps: 1');
  const text = page(
    waves,
    net('tanh', '{ hidden: [4], activation: tanh }'),
    net('relu', '{ hidden: [4], elbows: uniform }'),
    net('free', '{ hidden: [4] }'),
    block('limit-kernel #a', 'of: tanh'),
    block('limit-kernel #b', 'of: relu', 'on: { grid: 5, domain: [-1, 1] }'),
    block('limit-kernel #c', 'of: free', 'on: { grid: 5, domain: [-1, 1] }'),
    'Of `= c[step=0,point=0,other=0].expected .1f`.',
  );
  const { report } = readReport(reportFolder({ 'index.md': text }), directiveKinds);
  const { problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  const said = problems.map((problem) => formatProblem(problem, 'report', () => undefined).split('\n')[0] ?? '');
  expect(said).toHaveLength(3);
  expect(said[0]).toMatch(/index\.md:\d+:5 .*the kernels of tanh units have no closed form here/);
  expect(said[1]).toMatch(/index\.md:\d+:5 .*lie in \[0, 1\]/);
  expect(said[2]).toContain('whose elbows are uniform');
});
