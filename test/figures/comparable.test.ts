/** What can be compared from figure to figure, and what of a line is seen, in the rows that the real build draws. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, waves } from '../report-folder.js';

interface Row {
  readonly part: string;
  readonly column: number;
  readonly series?: number;
  readonly x: number;
  readonly y: number;
  readonly area?: number;
}

let site = '';
const specificationOf = (id: string): string => readFileSync(join(site, 'figures', `${id}.vl.json`), 'utf8');

/** The rows of a specification, wherever they stand in it. */
function rowsOf(id: string): Row[] {
  const found: Row[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('part' in value && 'x' in value) found.push(value as Row);
    Object.values(value).forEach(look);
  };
  look(JSON.parse(specificationOf(id)));
  return found;
}

beforeAll(() => {
  const net = block(
    ...['train #net', 'data: waves', 'network: { hidden: [6], elbows: uniform }', 'optimizer: { rate: 0.1 }'],
    ...['steps: 3000', 'checkpoints: { every: 500, and: [1, 10, 100] }'],
  );
  const folder = reportFolder({
    'report/index.md': page(
      ...[waves, net, block('svd #spectrum', 'of: net', 'at: [0]', 'on: train')],
      ...[
        block('project #along', 'of: net', 'onto: spectrum'),
        block('linearize #linear', 'of: net', 'on: { grid: 9 }'),
      ],
      ...[
        block('figure #fig-start', 'show: net.fit', 'at: [0]'),
        block('figure #fig-both', 'show: net.fit', 'at: [0, 3000]'),
      ],
      ...[block('figure #fig-decay', 'show: along.decay'), block('figure #fig-linear', 'show: linear.errors')],
      block('dataset #moons', 'function: moons', 'samples: 40'),
      block(
        'train #told',
        'data: moons',
        'network: { hidden: [4] }',
        'loss: logistic',
        'optimizer: { rate: 1 }',
        'steps: 40',
      ),
      block('figure #fig-accuracy', 'show: told.accuracy'),
      'At the end `= told.test-accuracy .6f` and `= told.train-accuracy .6f`.',
    ),
  });
  const built = colophon(folder, 'build', 'report');
  expect(built.code, built.err).toBe(0);
  site = join(folder, 'site');
});

it('the dot of an elbow is as large in a figure of one moment as in one of several', () => {
  const [alone, beside] = [rowsOf('fig-start'), rowsOf('fig-both')].map((rows) =>
    rows.filter(({ part, column }) => part === 'kink' && column === 0).map(({ x, area }) => [x, area]),
  );
  expect(alone?.length).toBeGreaterThan(2);
  expect(alone).toEqual(beside);
});

it('a line that falls off a logarithmic axis is drawn down to its edge', () => {
  const predicted = rowsOf('fig-decay').filter(({ part }) => part === 'predicted');
  const { layer } = JSON.parse(specificationOf('fig-decay')) as {
    layer: { encoding: { y: { scale: { domain: [number, number] } } } }[];
  };
  const low = layer[0]?.encoding.y.scale.domain[0] ?? Number.NaN;
  expect(predicted.filter(({ y }) => y === low).length).toBeGreaterThan(0);
  const whole = rowsOf('fig-decay').filter(({ part }) => part === 'measured');
  expect(Math.min(...whole.map(({ y }) => y))).toBeGreaterThanOrEqual(low);
});

it('steps from the first to the thousandth have room, and commas', () => {
  expect(specificationOf('fig-linear')).toMatch(/"symlog"/);
  expect(specificationOf('fig-linear')).toContain("format(datum.value, ',d')");
});

it('of accuracies the first colour is the test’s, and the key says which is which', () => {
  const curves = rowsOf('fig-accuracy').filter(({ part }) => part === 'curve');
  const last = (series: number): string | undefined => curves.findLast((row) => row.series === series)?.y.toFixed(6);
  const told = [
    ...(/At the end[\s\S]*?<\/p>/.exec(readFileSync(join(site, 'index.html'), 'utf8'))?.[0] ?? '').matchAll(
      />(\d\.\d+)</g,
    ),
  ];
  expect([last(0), last(1)]).toEqual(told.map(([, value]) => value));
  const drawing = readFileSync(join(site, 'figures', 'fig-accuracy.svg'), 'utf8');
  expect(drawing.indexOf('test samples')).toBeGreaterThan(0);
  expect(drawing.indexOf('training samples')).toBeGreaterThan(drawing.indexOf('test samples'));
});
