/** Datasets against scikit-learn, NumPy and PyTorch, and what is wrong with them at its place. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../src/shared/artifact.js';
import { dataset } from '../../src/steps/dataset.js';
import type { FileReader, StepWorld } from '../../src/steps/step.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder } from '../report-folder.js';

const fixtures = new URL('../fixtures/data/', import.meta.url);
const bytesOf = (name: string): Uint8Array => readFileSync(new URL(name, fixtures));
interface Points {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}
interface Expected {
  readonly moons: Points;
  readonly circles: Points;
  readonly expression: Points & { readonly testInputs: readonly number[]; readonly testTargets: readonly number[] };
  readonly teacher: Points;
  readonly labels: {
    readonly targets: readonly number[];
    readonly permuted: readonly number[];
    readonly noisy: readonly number[];
  };
  readonly table: {
    readonly csv: string;
    readonly train: readonly number[];
    readonly test: readonly number[];
    readonly mean: readonly number[];
    readonly scale: readonly number[];
    readonly targetMean: number;
    readonly targetScale: number;
  };
}
const expected = JSON.parse(readFileSync(new URL('expected.json', fixtures), 'utf8')) as Expected;

async function made(raw: unknown, files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Artifact> {
  const options = dataset.options.parse(raw);
  const file: FileReader = (name) => {
    const content = files[name] ?? '';
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  expect(dataset.check(options, {}, file)).toEqual([]);
  const facts = dataset.facts(options, {}, file);
  const artifact = await dataset.run(options, {}, { file } as StepWorld);
  // What is said of the arrays before is what they are.
  const shapes = Object.entries(dataset.shapes(options, facts)).map(([name, shape]) => [
    name,
    shape.map(({ size }) => size),
  ]);
  expect(Object.fromEntries(shapes)).toEqual(
    Object.fromEntries(Object.entries(artifact.arrays).map(([name, { shape }]) => [name, shape])),
  );
  return artifact;
}

const numbers = ({ arrays }: Artifact, name: string): number[] => Array.from(arrays[name]?.data ?? []);
const near = (actual: readonly number[], wanted: readonly number[], within: number): void => {
  expect(actual).toHaveLength(wanted.length);
  actual.forEach((value, at) => {
    expect(Math.abs(value - (wanted[at] ?? Number.NaN)), `at ${at}`).toBeLessThanOrEqual(within);
  });
};

describe('samples', () => {
  it.each([
    ['moons', { function: 'moons', samples: 9, noise: 0.1, seed: 3 }],
    ['circles', { function: { circles: { factor: 0.5 } }, samples: 10, noise: 0.05, seed: 1 }],
  ] as const)('of %s are those of scikit-learn', async (name, options) => {
    const artifact = await made({ ...options, test: 'none' });
    near(numbers(artifact, 'inputs'), expected[name].inputs, 1e-14);
    expect(numbers(artifact, 'targets')).toEqual(expected[name].targets);
    expect(artifact.values).toEqual({ classes: ['0', '1'] });
  });

  it('of a formula of two inputs are those of NumPy, with its noise, and others without to test on', async () => {
    const expression = 'sin(3*x1) * x2^2 - exp(-abs(x1)) / 2';
    const artifact = await made({
      ...{ function: { expression }, samples: 6, domain: [-2, 2], noise: 0.1, seed: 7, test: { samples: 4 } },
    });
    expect(numbers(artifact, 'inputs')).toEqual(expected.expression.inputs);
    near(numbers(artifact, 'targets'), expected.expression.targets, 1e-14);
    expect(numbers(artifact, 'test-inputs')).toEqual(expected.expression.testInputs);
    near(numbers(artifact, 'test-targets'), expected.expression.testTargets, 1e-14);
  });

  it('of a formula of x are those of the same function by its name', async () => {
    const common = { samples: 30, noise: 0.2, seed: 5, test: { grid: 20 } };
    const [one, other] = [
      await made({ function: { expression: 'sin(20*x)' }, ...common }),
      await made({ function: 'sin(20x)', ...common }),
    ];
    expect(one).toEqual(other);
    const step = await made({ function: { expression: 'x >= 0.5' }, ...common });
    expect(step).toEqual(await made({ function: 'step', ...common }));
  });

  it("of a teacher are what PyTorch's network of its seed says", async () => {
    const teacher = { hidden: [4], activation: 'tanh', inputs: 3, seed: 5 };
    const artifact = await made({ function: { teacher }, samples: 5, inputs: 'normal', seed: 2, test: 'none' });
    near(numbers(artifact, 'inputs'), expected.teacher.inputs, 1e-15);
    near(numbers(artifact, 'targets'), expected.teacher.targets, 1e-14);
  });

  it('on the circle lie on it, at even angles if asked for; arms of spirals and quadrants of xor have their classes', async () => {
    const circle = await made({
      function: { circle: 'cos(2*angle)' },
      samples: 8,
      inputs: 'grid',
      test: { samples: 3 },
    });
    near(numbers(circle, 'targets'), [1, 0, -1, 0, 1, 0, -1, 0], 1e-15);
    const [x = 0, y = 0] = numbers(circle, 'test-inputs');
    expect(x * x + y * y).toBeCloseTo(1, 15);
    near([numbers(circle, 'test-targets')[0] ?? 0], [x * x - y * y], 1e-15);
    const spirals = await made({ function: { spirals: { turns: 0.5, arms: 3 } }, samples: 10, test: 'none' });
    const counts = [0, 1, 2].map((label) => numbers(spirals, 'targets').filter((target) => target === label).length);
    expect(counts).toEqual([3, 3, 4]);
    const points = numbers(spirals, 'inputs');
    numbers(spirals, 'targets').forEach((label, at) => {
      const [px = 0, py = 0] = points.slice(2 * at, 2 * at + 2);
      // Half a turn from the middle to radius 1, each arm a third of a turn on.
      const turn = Math.PI * Math.hypot(px, py) + (2 * Math.PI * label) / 3;
      expect(Math.cos(Math.atan2(py, px) - turn)).toBeCloseTo(1, 12);
    });
    const xor = await made({ function: 'xor', samples: 50, test: 'none' });
    const corners = numbers(xor, 'inputs');
    expect(numbers(xor, 'targets')).toEqual(
      Array.from({ length: 50 }, (_, i) => Number((corners[2 * i] ?? 0) * (corners[2 * i + 1] ?? 0) < 0)),
    );
  });

  it('of a table have words as 0 and 1, the scale of the training rows, and the rows to test on that a column names', async () => {
    const { csv, ...wanted } = expected.table;
    const columns = { file: 't.csv', inputs: ['size', 'h*', 'flat'], categorical: 'hue' };
    const options = { function: { csv: columns }, test: { column: 'part' }, standardize: 'both' };
    const artifact = await made(options, { 't.csv': csv });
    near(numbers(artifact, 'inputs'), wanted.train, 1e-15);
    near(numbers(artifact, 'test-inputs'), wanted.test, 1e-15);
    near(numbers(artifact, 'input-mean'), wanted.mean, 1e-15);
    near(numbers(artifact, 'input-scale'), wanted.scale, 1e-15);
    expect(artifact.values['categories']).toEqual({ hue: ['blue', 'green', 'red'] });
    near(
      [artifact.values['target-mean'] as number, artifact.values['target-scale'] as number],
      [wanted.targetMean, wanted.targetScale],
      1e-15,
    );
  });

  it('of columns by number, by pattern and of two files', async () => {
    const csv = 'y,p2,p0,p1,q\n1,2,3,4,5\n6,7,8,9,10\n';
    const inputs = async (names: string | readonly string[], test?: unknown): Promise<number[]> =>
      numbers(
        await made(
          { function: { csv: { file: 'a.csv', inputs: names } }, ...(test !== undefined && { test }) },
          { 'a.csv': csv, 'b.csv': 'q,p0,y\n0,1,2\n' },
        ),
        test === undefined ? 'inputs' : 'test-inputs',
      );
    expect(await inputs('p[0..2]')).toEqual([3, 4, 2, 8, 9, 7]);
    expect(await inputs(['q', 'p*'])).toEqual([5, 2, 3, 4, 10, 7, 8, 9]);
    expect(await inputs('*')).toEqual([2, 3, 4, 5, 7, 8, 9, 10]);
    expect(await inputs(['p0', 'q'], { file: 'b.csv' })).toEqual([1, 0]);
  });

  it("of NumPy's arrays are those, and words among their targets are classes", async () => {
    const files = { 'a.npz': bytesOf('arrays.npz') };
    const plain = await made({ function: { arrays: { file: 'a.npz' } } }, files);
    expect(plain.arrays['inputs']?.shape).toEqual([4, 6]);
    expect(numbers(plain, 'targets')).toEqual([1, 0, 1, 1]);
    const named = await made(
      { function: { arrays: { file: 'a.npz', target: 'names' } }, test: { fraction: 0.5 } },
      files,
    );
    expect(named.values).toEqual({ classes: ['a', 'b', 'c'] });
    expect([...numbers(named, 'targets'), ...numbers(named, 'test-targets')].sort()).toEqual([0, 1, 1, 2]);
  });

  it('with wrong labels are those of NumPy', async () => {
    const { targets, permuted, noisy } = expected.labels;
    const csv = `x,y\n${targets.map((target, x) => `${x},${target}`).join('\n')}\n`;
    const labelled = async (labels: unknown): Promise<number[]> =>
      numbers(await made({ function: { csv: { file: 'l.csv' } }, labels }, { 'l.csv': csv }), 'targets');
    expect(await labelled({ permuted: true, seed: 4 })).toEqual(permuted);
    expect(await labelled({ noise: 0.5, seed: 4 })).toEqual(noisy);
  });
});

it('what is wrong is said before anything runs, at its place', () => {
  const csv = 'a,b,y,part\n1,2,3,train\n4,,6,train\n7,x,9,test\n';
  const of = (id: string, ...lines: readonly string[]): string => block(`dataset #${id}`, ...lines);
  const folder = reportFolder({
    'report/index.md': page(
      of('d1', 'function: { csv: { file: t.csv, inputs: "q*" } }'),
      of('d2', 'function: { csv: { file: t.csv, inputs: [a, y] } }'),
      of('d3', 'function: { csv: { file: t.csv, inputs: b } }'),
      of('d4', 'function: { csv: { file: u.csv, inputs: a, categorical: a } }', 'test: { column: part }'),
      of('d5', 'function: { expression: "sin(3) + 1" }'),
      of(
        'd6',
        'function: { expression: "1 / (x1 - x2)" }',
        'inputs: uniform',
        'domain: [0, 0.5]',
        'features: 2',
        'noise: 0',
      ),
      of('d7', 'function: { expression: "x1 * y2" }'),
      of('d8', 'function: { expression: "1 / x" }', 'test: { grid: 3 }'),
      of('d9', 'function: { teacher: { hidden: [0] } }'),
      of('d10', 'function: { arrays: { file: a.npz, target: short } }'),
      of('d11', 'function: { arrays: { file: a.npz, inputs: holes } }'),
      of('d12', 'function: { arrays: { file: a.npz, target: labels } }'),
      of('d13', 'function: { csv: { file: t.csv, inputs: "b[3..5]" } }'),
      of('d14', 'function: moons', 'domain: [0, 1]'),
      of('d15', 'function: { csv: { file: u.csv, inputs: n } }', 'test: { column: part, value: held }'),
      of('d16', 'function: sin(20x)', 'labels: { noise: 0.1 }', 'samples: 2000'),
    ),
    'report/t.csv': csv,
    'report/u.csv': 'a,n,y,part\nred,1,3,train\nblue,2,4,test\n',
    'report/a.npz': bytesOf('arrays.npz'),
  });
  const { err, code } = colophon(folder, 'plan', 'report');
  expect(code).toBe(1);
  for (const said of [
    /:6:\d+ .*t\.csv has no column "q\*"/,
    /:10:\d+ .*"y" is an input, and the target/,
    /:14:\d+ .*t\.csv has "" in line 3, column 2 \(b\)/,
    /t\.csv has "x" in line 4, column 2 \(b\).*\n?.*name the column in "categorical"/,
    /:18:\d+ .*u\.csv has "blue" in line 3 \(a\), a row to test on, and no row to train on has it/,
    /:23:\d+ .*this names no input/,
    /"y2" is neither an input nor a function/,
    /this is Infinity at x = 0, and a target must be a finite number/,
    /hidden.*must be at least 1/,
    /"x" has 4 samples, and "short" is of shape 3/,
    /"holes" has NaN at \[1, 1\], which is not a finite number/,
    /a\.npz has no array "labels"/,
    /t\.csv has no column "b\[3\.\.5\]"/,
    /"domain" has no meaning for this set of points/,
    /holding out the rows where "part" is "held" leaves none to test on/,
    /these data have 2000 different targets/,
  ])
    expect(err).toMatch(said);
  const formula = err.split('\n').find((line) => line.includes('"y2"'));
  expect(formula).toContain(`:35:${'function: { expression: "x1 * '.length + 1} `.trim());
});
