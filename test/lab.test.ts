/** What a page computes of a lab: the keys and the bytes of a build. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmEngine } from '../src/engine/wasm/index.js';
import { loadKernels } from '../src/engine/wasm/load-kernels.js';
import { computeRun, keyOf, type RunOutcome } from '../src/lab/compute-run.js';
import { asDirective } from '../src/lab/as-directive.js';
import { allowedValue, type Experiment, fieldsOf, withValue } from '../src/lab/fields.js';
import type { LabDataset, LabRun, LabTraining } from '../src/lab/lab-training.js';
import { fieldNames } from '../src/steps/lab-fields.js';
import { colophon } from './colophon.js';
import { block, page, reportFolder, small, waves } from './report-folder.js';

const engine = wasmEngine(loadKernels());
const table = 'x,y\n0,1\n0.5,-1\n0.25,0.5\n0.75,2\n1,0.125\n0.1,0.3\n';
const figure = (training: string, ...more: string[]): string =>
  block(`figure #fig-${training}`, `show: ${training}.fit`, 'slider: step', ...more);
const read = [
  block('dataset #table', 'function: { csv: { file: table.csv } }', 'standardize: both', 'test: { fraction: 0.34 }'),
  block(
    'train #of-table',
    'data: table',
    'network: { hidden: [3] }',
    'optimizer: { kind: adam }',
    'batch: 2',
    'steps: 40',
    'lab: [rate, width]',
  ),
];
let folder = '';

function labOf(site: string, training: string): LabTraining {
  const assets = join(site, 'assets');
  const [name = ''] = readdirSync(assets).filter((file) => file.startsWith(`lab-${training}-`));
  const text = readFileSync(join(assets, name), 'utf8');
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf(')'))) as LabTraining;
}

type Changes = readonly (readonly [string, number | string])[];

function changed(lab: LabTraining, run: LabRun, changes: Changes): { experiment: Experiment; dataset: LabDataset } {
  const dataset = lab.datasets[run.dataset];
  if (dataset === undefined) throw new Error('no data');
  const { samples } = dataset.facts;
  const experiment = changes.reduce<Experiment>(
    (found, [id, value]) => withValue(found, id, value, { optimizers: lab.optimizers, samples }),
    { options: run.options, dataset: dataset.options },
  );
  return { experiment, dataset };
}

function compute(lab: LabTraining, run: LabRun, changes: Changes = []): Promise<RunOutcome> {
  const world = { engine, signal: new AbortController().signal, progress: () => undefined, clock: () => 0 };
  return computeRun({ ...changed(lab, run, changes), training: lab }, world);
}

function firstRun(lab: LabTraining): LabRun {
  const [run] = lab.runs;
  if (run === undefined) throw new Error('no runs');
  return run;
}

beforeAll(() => {
  folder = reportFolder({
    'report/index.md': page(waves, small, figure('small', 'lab: true'), ...read, figure('of-table')),
    'report/table.csv': table,
  });
  const { code, err } = colophon(folder, 'build', 'report');
  expect(err).not.toMatch(/index\.md:/);
  expect(code).toBe(0);
});

describe('a run of the report', () => {
  it.each(['small', 'of-table'])('has in the page the key and the digest of the build: %s', async (training) => {
    const lab = labOf(join(folder, 'site'), training);
    expect(lab.runs.length).toBeGreaterThan(0);
    for (const run of lab.runs) {
      const { key, digest } = await compute(lab, run);
      expect({ key, digest }).toEqual({ key: run.key, digest: run.digest });
    }
  });

  it('is known by its key, however it was come to', () => {
    const lab = labOf(join(folder, 'site'), 'small');
    const [, five] = lab.runs;
    expect(keyOf({ ...changed(lab, firstRun(lab), [['width.0', 5]]), training: lab })).toBe(five?.key);
  });
});

describe('a run that a reader has changed', () => {
  const changes: Changes = [
    ['optimizer', 'adam'],
    ['rate', 0.005],
    ['width.0', 6],
    ['batch', 7],
    ['noise', 0.2],
    ['seed', 3],
    ['activation', 'tanh'],
  ];

  it('has the key and the digest that a build of its directive has', async () => {
    const lab = labOf(join(folder, 'site'), 'small');
    const run = firstRun(lab);
    const { key, digest } = await compute(lab, run, changes);
    const written = asDirective(lab, run, changed(lab, run, changes).experiment);
    expect(written).toMatchInlineSnapshot(`
      "\`\`\`dataset #waves
      function: piecewise-linear
      samples: 20
      noise: 0.2
      test: { grid: 30 }
      seed: 1
      \`\`\`

      \`\`\`train #small
      data: waves
      network: { hidden: [ 6 ], elbows: uniform, activation: tanh }
      optimizer: { kind: adam, rate: 0.005, betas: [ 0.9, 0.999 ], epsilon: 1e-8, weight-decay: 0 }
      batch: 7
      steps: 20
      checkpoints: { every: 10 }
      seed: 3
      \`\`\`
      "
    `);
    const copy = reportFolder({ 'report/index.md': page(written, figure('small', 'lab: true')) });
    expect(colophon(copy, 'build', 'report').code).toBe(0);
    const found = firstRun(labOf(join(copy, 'site'), 'small'));
    expect(found).toMatchObject({ key, digest });
  });

  it('with elbows where the reader put them it has the key and the digest that a build of its directive has', async () => {
    const lab = labOf(join(folder, 'site'), 'small');
    const run = firstRun(lab);
    const moved: Changes = [['elbows', '0.125,0.5,0.75,-0.25']];
    const { key, digest } = await compute(lab, run, moved);
    expect(digest).not.toBe(run.digest);
    const written = asDirective(lab, run, changed(lab, run, moved).experiment);
    expect(written).toContain('network: { hidden: [ 4 ], elbows: [ 0.125, 0.5, 0.75, -0.25 ] }');
    const copy = reportFolder({ 'report/index.md': page(waves, written, figure('small', 'lab: true')) });
    expect(colophon(copy, 'build', 'report').code).toBe(0);
    const again = labOf(join(copy, 'site'), 'small');
    expect(firstRun(again)).toMatchObject({ key, digest });
    // Back to where the report's training puts them.
    expect(keyOf({ ...changed(lab, run, [...moved, ['elbows', 'uniform']]), training: lab })).toBe(run.key);
  });

  it('may have the values within the bounds, and no others', () => {
    const lab = labOf(join(folder, 'site'), 'small');
    const run = firstRun(lab);
    const { experiment, dataset } = changed(lab, run, []);
    const fields = fieldsOf(experiment, lab.fields, dataset.facts.samples);
    const allowed = (id: string, text: string): unknown => {
      const field = fields.find((one) => one.id === id);
      return field && allowedValue(field, text);
    };
    expect(allowed('rate', '0.1')).toBe(0.1);
    expect(allowed('rate', '1e9')).toBeUndefined();
    expect(allowed('width.0', '1000000')).toBeUndefined();
    expect(allowed('width.0', '2.5')).toBeUndefined();
    expect(allowed('seed', 'none')).toBeUndefined();
    expect(allowed('seed', '')).toBeUndefined();
    expect(allowed('optimizer', 'ridge')).toBeUndefined();
    expect(allowed('elbows', ' 0.1, 1,-2,1e3')).toBe('0.1,1,-2,1000');
    expect(allowed('elbows', 'uniform')).toBe('uniform');
    for (const wrong of [
      '',
      'none',
      '0.1',
      '0.1,0.2,0.3,',
      '0.1,0.2,0.3,x',
      '0,0,0,Infinity',
      '0,0,0,1e7',
      '1,2,3,4,5',
    ])
      expect(allowed('elbows', wrong)).toBeUndefined();
    expect(fields.map(({ name }) => name)).toEqual([...fieldNames]);
  });

  it('has no batch of more samples than there are, whatever the author says', () => {
    const lab = labOf(join(folder, 'site'), 'small');
    const { experiment, dataset } = changed(lab, firstRun(lab), []);
    const asked = [
      { name: 'batch', range: [5, 1000] },
      { name: 'rate', range: [0.1, 1] },
    ] as const;
    const [batch, rate] = fieldsOf(experiment, asked, dataset.facts.samples);
    expect(batch).toMatchObject({ from: 5, to: 20 });
    expect(rate).toMatchObject({ from: 0.02, to: 1 });
  });

  it('is offered what the author says, within the author’s bounds', () => {
    const lab = labOf(join(folder, 'site'), 'of-table');
    expect(lab.fields.map(({ name }) => name)).toEqual(['rate', 'width']);
  });
});

it('a lab that could not be is refused where it is written', () => {
  const wrong = (...lines: string[]): string =>
    colophon(reportFolder({ 'report/index.md': page(waves, small, ...lines) }), 'plan', 'report').err;
  expect(wrong(block('figure #fig-a', 'show: small.fit', 'lab: true'))).toContain('"lab" is for figures with a slider');
  expect(wrong(figure('small', 'lab: [speed]'))).toMatch(/index\.md:\d+:\d+.*lab/);
  expect(wrong(figure('small', 'lab: { rate: [1, 0.1] }'))).toContain('must go from a smaller to a larger number');
  expect(wrong(figure('small', 'lab: { rate: [0, 1] }'))).toContain('must be above 0');
  expect(wrong(figure('small', 'lab: { momentum: [0, 1] }'))).toMatch(/must lie within 0 and 0\.99/);
  expect(wrong(figure('small', 'lab: { width: [1, 2.5] }'))).toContain('must be whole numbers');
  expect(wrong(figure('small', 'lab: { seed: [1, 5] }'))).toContain('has no bounds: write true');
  expect(
    wrong(
      block(
        'train #alone',
        'data: waves',
        'network: { hidden: [2] }',
        'optimizer: { rate: 1 }',
        'steps: 5',
        'lab: true',
      ),
    ),
  ).toContain('no figure with a slider shows "alone"');
});
