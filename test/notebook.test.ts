/** The report shows what the notebook showed, and what it should have shown. Read and planned, not run. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepare } from '../src/pipeline/prepare.js';
import { referenceEngine } from '../src/engine/reference/index.js';
import { requestsIn } from '../src/plan/expression/expression.js';
import { dimensionsOf } from '../src/plan/select.js';
import type { TrainOptions } from '../src/steps/train.js';

const folder = join(import.meta.dirname, '..', 'report');
const { report, plan, problems } = prepare(folder, { memory: 4e9, engine: referenceEngine });
const text = report.pages
  .map((page) => page.text)
  .join('\n')
  .replace(/\s+/g, ' ');

/** What a figure of the notebook showed: of which network, at which step, of which parameters. */
interface Content {
  readonly picture: string;
  /** "10" or "10x10"; the data belong to none. */
  readonly hidden?: string;
  readonly step?: number;
  readonly parameter?: string;
  /** At least so many lines. */
  readonly components?: number;
}

const widths = [10, 20, 40];
const last = 150_000;

/** Its 41 figures, in order; the last three have two panels each. */
const notebook: readonly Content[] = [
  { picture: 'data' },
  { picture: 'test-data' },
  ...widths.map((width) => ({ picture: 'learning-curves', hidden: `${width}` })),
  ...widths.flatMap((width) =>
    ['0.weight', '0.bias'].flatMap((parameter) =>
      [0, last].map((step) => ({ picture: 'features', hidden: `${width}`, parameter, step })),
    ),
  ),
  ...widths.flatMap((width) => [
    { picture: 'singular-values', hidden: `${width}`, step: 0 },
    { picture: 'principal-features', hidden: `${width}`, step: 0, components: 3 * width + 1 },
  ]),
  ...widths.map((width) => ({ picture: 'learning-curves', hidden: `${width}x${width}` })),
  ...widths.flatMap((width) =>
    ['0.weight', '2.weight'].flatMap((parameter) =>
      [0, last].map((step) => ({ picture: 'features', hidden: `${width}x${width}`, parameter, step })),
    ),
  ),
  ...widths.flatMap((width) => [
    { picture: 'singular-values', hidden: `${width}x${width}`, step: 0 },
    {
      picture: 'principal-features',
      hidden: `${width}x${width}`,
      step: 0,
      components: Math.min(200, width * width + 4 * width + 1),
    },
  ]),
];

/** What it spoke of and never drew, and what its faults hid: the fit while it trains, everything after training. */
const beyond: readonly Content[] = [
  ...widths.flatMap((width) =>
    [`${width}`, `${width}x${width}`].flatMap((hidden) => [
      ...[0, 1000, 10_000, last].map((step) => ({ picture: 'fit', hidden, step })),
      { picture: 'singular-values', hidden, step: last },
      { picture: 'principal-features', hidden, step: last, components: 8 },
      { picture: 'features', hidden, step: last, parameter: hidden.includes('x') ? '2.bias' : '2.weight' },
    ]),
  ),
  ...widths.map((width) => ({ picture: 'elbows', hidden: `${width}` })),
  ...widths.flatMap((width) =>
    [1000, 10_000].map((step) => ({ picture: 'singular-values', hidden: `${width}`, step })),
  ),
];

/** The figures of the report that show it, by their ids. */
function showing({ picture, hidden, step, parameter, components }: Content): string[] {
  return plan.figures.flatMap(({ id, options, shown }) => {
    const steps = shown.flatMap((one) => (one.picture === picture ? one.steps : []));
    const ofNetwork = steps.filter(
      ({ coordinates }) =>
        hidden === undefined || coordinates.some(({ axis, label }) => axis === 'hidden' && label === hidden),
    );
    const [run] = ofNetwork;
    if (run === undefined) return [];
    const looked = options.at ?? (run.options as { readonly at?: readonly (number | 'last')[] }).at ?? [0, 'last'];
    const inTime = step === undefined || looked.includes(step) || (step === last && looked.includes('last'));
    const ofParameter = parameter === undefined || (options.parameters ?? [parameter]).includes(parameter);
    const enough = components === undefined || (options.components ?? 0) >= components;
    return inTime && ofParameter && enough ? [id] : [];
  });
}

const named = (contents: readonly Content[]): { name: string; content: Content }[] =>
  contents.map((content, index) => ({ name: `${index + 1}: ${Object.values(content).join(' ')}`, content }));

it('has no problem, and no warning', () => {
  expect(problems).toEqual([]);
});

it('the notebook has 41 figures, three of them with two panels', () => {
  expect(notebook).toHaveLength(41 + 3);
});

it.each(named(notebook))('of the notebook, panel $name is in the report', ({ content }) => {
  expect(showing(content)).not.toEqual([]);
});

it.each(named(beyond))('beyond the notebook $name is in the report', ({ content }) => {
  expect(showing(content)).not.toEqual([]);
});

describe('the experiments are those of the notebook', () => {
  const trainings = (id: string): TrainOptions[] =>
    plan.steps.flatMap((step) => (step.id === id ? [step.options as TrainOptions] : []));

  it('200 samples with noise 0.1, seed 1, and 1200 test points', () => {
    expect(plan.steps.find(({ id }) => id === 'waves')?.options).toEqual({
      source: 'function',
      function: { kind: 'piecewise-linear' },
      samples: 200,
      inputs: 'uniform',
      domain: [0, 1],
      noise: 0.1,
      test: { grid: 1000, withTrainingInputs: true },
      seed: 1,
    });
  });

  const sgd = (rate: number): object => ({ kind: 'sgd', rate, momentum: 0, 'weight-decay': 0 });
  it.each([
    ['one-layer', 'all', sgd(0.02), [[10], [20], [40]]],
    ['output-only', 'output', sgd(0.2), [[10], [20], [40]]],
    [
      'two-layer',
      'all',
      sgd(0.02),
      [
        [10, 10],
        [20, 20],
        [40, 40],
      ],
    ],
  ] as const)('%s: %s parameters, 150,000 steps on batches of 40', (id, parameters, optimizer, hidden) => {
    const runs = trainings(id);
    expect(runs.map(({ network }) => network)).toEqual(
      hidden.map((layers) => ({ hidden: layers, activation: 'relu', elbows: 'uniform' })),
    );
    for (const run of runs)
      expect(run).toMatchObject({ parameters, optimizer, steps: last, batch: { size: 40, 'with-replacement': false } });
  });

  it('ridge regression on the output layer, the third way to train', () => {
    expect(trainings('ridge').map(({ network }) => network.hidden)).toEqual([[10], [20], [40]]);
    const penalties = trainings('penalties').map(({ optimizer }) => optimizer.kind === 'ridge' && optimizer.penalty);
    expect(new Set(penalties)).toEqual(new Set([0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2]));
    for (const run of trainings('ridge')) expect(run).toMatchObject({ optimizer: { kind: 'ridge', penalty: 1e-6 } });
    for (const run of trainings('least-squares'))
      expect(run).toMatchObject({ parameters: 'output', optimizer: { kind: 'ridge', penalty: 0 } });
  });

  it('several seeds of each width', () => {
    for (const id of ['seeds-all', 'seeds-ridge']) {
      const drawn = trainings(id).map(({ network, seed }) => `${network.hidden.join('x')} ${seed}`);
      expect(new Set(drawn).size).toBe(24);
    }
  });
});

it.each([
  'at initialisation only',
  'Principal features were evaluated only at the training inputs',
  "second layer's elbows used the wrong tensor",
  'generators were not seeded',
  'The target was 0 at $x = 1$',
  "a minibatch's loss before the step",
  'Two of the three ways of training',
  'its slopes were wrong',
  'on a linear axis',
  'no rank was given',
  '`u[n,d], s[d], vh[d,d]`',
  'Biases of the second layer were asked for and not shown',
  '1,600 lines were drawn over each other',
  'Singular vectors have no sign',
  '200 separate backward passes',
  'Each network was drawn once',
  'were defined and never used',
])('the corrections name the fault: %s', (words) => {
  expect(text).toContain(words);
});

it('every number in the prose and in the tables names a result', () => {
  expect(plan.values.size).toBeGreaterThan(20);
  const cells = plan.tables.flatMap(({ rows }) => rows.flat());
  const inTables = cells.flatMap((cell) => (typeof cell === 'string' ? [] : requestsIn(cell.expression)));
  const inProse = [...plan.values.values(), ...plan.claims].map(({ expression }) => requestsIn(expression));
  for (const runs of inProse) expect(runs.length).toBeGreaterThan(0);
  const requests = [...inProse.flat(), ...inTables];
  for (const { step, name } of requests) expect(dimensionsOf(step, name)).toBeDefined();
  expect(cells.length).toBeGreaterThan(50);
});
