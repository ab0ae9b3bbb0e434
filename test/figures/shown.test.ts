/** What heat maps, histograms and scatters draw, row by row, against the results that they are of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, waves } from '../report-folder.js';

const net = block(
  'train #net',
  'data: waves',
  'network: { hidden: [4], elbows: uniform }',
  'optimizer: { kind: sgd, rate: 0.02 }',
  'batch: 10',
  'steps: 20',
  'checkpoints: { every: 10 }',
);

let folder: string;

beforeAll(() => {
  folder = reportFolder({
    'report/index.md': page(
      waves,
      net,
      net.replace('#net', '#wide').replace('[4], elbows: uniform', '[40, 40]'),
      block('features #wide-grads', 'of: wide', 'at: [20]', 'on: { grid: 60 }'),
      block('figure #fig-many', 'show: wide-grads.features', 'parameters: [2.weight]'),
      block('features #grads', 'of: net', 'at: [0, 20]'),
      block('figure #fig-kernel', 'show: grads.kernel'),
      block('figure #fig-cosine', 'show: grads.cosine'),
      block('figure #fig-course', 'show: net.parameters-by-step'),
      block('svd #spectrum', 'of: net'),
      block('figure #fig-predictions', 'show: net.predictions'),
      block('figure #fig-residuals', 'show: net.residual-histogram'),
      block('figure #fig-change', 'show: net.parameter-change'),
      block('figure #fig-values', 'show: net.parameter-histogram', 'bins: 7'),
      block('figure #fig-ridges', 'show: spectrum.principal-features', 'components: 3'),
      block('svd #right-half', 'of: net', 'on: { grid: 30, domain: [0.5, 1] }'),
      block('figure #fig-right', 'show: right-half.principal-features', 'facet: component', 'components: 2'),
      block('figure #fig-sizes', 'show: spectrum.singular-value-histogram'),
    ),
  });
  const { code, err } = colophon(folder, 'build', 'report');
  expect(code, err).toBe(0);
}, 60_000);

type Cells = Readonly<Record<string, string>>;

/** The rows of one part of a figure, as a reader downloads them. */
function rowsOf(figure: string, part: string): Cells[] {
  const [head = '', ...lines] = readFileSync(join(folder, 'site/figures', `${figure}.csv`), 'utf8')
    .trim()
    .split('\r\n');
  const names = head.split(',');
  const rows = lines.map((line): Cells => {
    const cells = Array.from(line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g), ([, cell = '']) => cell);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
  return rows.filter((row) => row['part'] === part);
}

const numberIn = (row: Cells, name: string): number => Number(row[name]);

/** Whether a value is in the range that its cell tells; the bounds are said with six digits. */
function within(value: number, cell: Cells): boolean {
  const [low, high] = [numberIn(cell, 'value'), numberIn(cell, 'value2')];
  return value >= low - 5e-6 * Math.abs(low) && value <= high + 5e-6 * Math.abs(high);
}

interface Result {
  readonly arrays: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
}

const results = new Map<string, Result>();

function resultOf(id: string): Result {
  const known = results.get(id);
  if (known !== undefined) return known;
  const { out } = colophon(folder, 'results', id, '--json');
  const [result = { arrays: {} }] = JSON.parse(out) as readonly Result[];
  results.set(id, result);
  return result;
}

it.each(['kernel', 'cosine'])('every cell of %s holds that of the gradients at its inputs', (measure) => {
  const { arrays } = resultOf('grads');
  const inputs = arrays['inputs']?.data ?? [];
  const jacobian = arrays['jacobian']?.data ?? [];
  const parameters = arrays['jacobian']?.shape[2] ?? 0;
  const nearest = (x: number): number =>
    inputs.reduce((best, input, at) => (Math.abs(input - x) < Math.abs((inputs[best] ?? 0) - x) ? at : best), 0);
  const dot = (first: number, a: number, b: number): number => {
    let product = 0;
    for (let at = 0; at < parameters; at += 1)
      product += (jacobian[first + a * parameters + at] ?? 0) * (jacobian[first + b * parameters + at] ?? 0);
    return product;
  };
  const cells = rowsOf(`fig-${measure}`, 'cell');
  const xs = [...new Set(cells.map((row) => numberIn(row, 'y')))].sort((a, b) => a - b);
  expect(xs.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  let told = 0;
  for (const row of cells) {
    for (const x of xs.filter((at) => at > numberIn(row, 'x') && at < numberIn(row, 'x2'))) {
      const [a, b] = [nearest(x), nearest(numberIn(row, 'y'))];
      const first = Number(row['column']) * inputs.length * parameters;
      const lengths = measure === 'cosine' ? Math.sqrt(dot(first, a, a) * dot(first, b, b)) : 1;
      const value = dot(first, a, b) / lengths;
      if (!within(value, row)) wrong.push(`${measure}(${x}, ${row['y'] ?? ''}) = ${value}`);
      told += 1;
    }
  }
  expect(wrong).toEqual([]);
  // Both moments, every two inputs.
  expect(told).toBe(2 * xs.length * xs.length);
});

/** PyTorch's names of the parameters of four units, each with its values at the three checkpoints. */
function parameters(): Map<string, readonly number[]> {
  const { arrays } = resultOf('net');
  const blocks = ['0.weight', '0.bias', '2.weight', '2.bias'].flatMap((block) => {
    const { data = [], shape = [] } = arrays[block] ?? {};
    const size = data.length / (shape[0] ?? 1);
    return Array.from({ length: size }, (_, at): [string, number[]] => {
      const name = block === '2.weight' ? `${block}[0,${at}]` : `${block}[${at}]`;
      return [name, [0, 1, 2].map((checkpoint) => data[checkpoint * size + at] ?? Number.NaN)];
    });
  });
  expect(blocks).toHaveLength(13);
  return new Map(blocks);
}

it('every row of the parameters by step holds the value of its parameter at every checkpoint', () => {
  const cells = rowsOf('fig-course', 'cell');
  for (const [name, values] of parameters()) {
    const own = cells.filter((row) => row['name']?.replaceAll('"', '') === name);
    values.forEach((value, checkpoint) => {
      const step = [0, 10, 20][checkpoint] ?? 0;
      const at = own.filter((row) => numberIn(row, 'x') <= step && step <= numberIn(row, 'x2'));
      expect(at.length, `${name} at ${step}`).toBeGreaterThan(0);
      expect(
        at.some((row) => within(value, row)),
        `${name} = ${value} at ${step}`,
      ).toBe(true);
    });
  }
});

/** What the trained network answers, by hand. */
function answers(part: '' | 'test-'): { target: number; output: number }[] {
  const last = new Map(Array.from(parameters(), ([name, values]) => [name, values[2] ?? Number.NaN]));
  const of = (name: string): number => last.get(name) ?? Number.NaN;
  const { arrays } = resultOf('waves');
  return (arrays[`${part}inputs`]?.data ?? []).map((x, index) => {
    let output = of('2.bias[0]');
    for (let unit = 0; unit < 4; unit += 1)
      output += of(`2.weight[0,${unit}]`) * Math.max(0, of(`0.weight[${unit}]`) * x + of(`0.bias[${unit}]`));
    return { target: arrays[`${part}targets`]?.data[index] ?? Number.NaN, output };
  });
}

it('every dot of the predictions is a target with what the network answers there', () => {
  const dots = [...rowsOf('fig-predictions', 'dots-0'), ...rowsOf('fig-predictions', 'dots-1')];
  const expected = [...answers('test-'), ...answers('')];
  expect(expected).toHaveLength(50);
  expect(dots.map((row) => numberIn(row, 'x'))).toEqual(expected.map(({ target }) => target));
  for (const [index, row] of dots.entries())
    expect(numberIn(row, 'y')).toBeCloseTo(expected[index]?.output ?? Number.NaN, 9);
});

it('every dot of the parameters against their change is a parameter, before and after', () => {
  const dots = [0, 1, 2, 3].flatMap((block) => rowsOf('fig-change', `dots-${block}`));
  const drawn = dots.map((row) => [row['name']?.replaceAll('"', ''), numberIn(row, 'x'), numberIn(row, 'y')]);
  expect(drawn).toEqual(Array.from(parameters(), ([name, values]) => [name, values[0], values[2]]));
});

/** Holds the bars of one panel to the values that they count: each in one bar, and the bars beside each other. */
function expectBars(figure: string, column: string, values: readonly number[]): void {
  const bars = rowsOf(figure, 'bar').filter((row) => (row['column'] ?? '') === column);
  expect(bars.length).toBeGreaterThan(1);
  for (const bar of bars) {
    const [from, to] = [numberIn(bar, 'x'), numberIn(bar, 'x2')];
    expect(numberIn(bar, 'y')).toBe(values.filter((value) => value >= from && value < to).length);
  }
  expect(bars.reduce((sum, bar) => sum + numberIn(bar, 'y'), 0)).toBe(values.length);
}

it('the bars of a histogram count the residuals, the parameters and the singular values between their bounds', () => {
  const residuals = answers('').map(({ target, output }) => output - target);
  expectBars('fig-residuals', '0', residuals);
  for (const [column, checkpoint] of [0, 2].entries())
    expectBars(
      'fig-values',
      String(column),
      Array.from(parameters().values(), (values) => values[checkpoint] ?? Number.NaN),
    );
  const { data = [], shape = [] } = resultOf('spectrum').arrays['singular-values'] ?? {};
  const count = shape[1] ?? 0;
  const floor = 1e-18 * Math.max(...data);
  for (const column of [0, 1])
    expectBars(
      'fig-sizes',
      String(column),
      data.slice(column * count, (column + 1) * count).map((value) => Math.max(value, floor)),
    );
});

it('a ridgeline has the principal features themselves, above base lines that count the components', () => {
  const { arrays } = resultOf('spectrum');
  const { data = [], shape = [] } = arrays['principal-features'] ?? {};
  const inputs = arrays['inputs']?.data ?? [];
  const [, points = 0, components = 0] = shape;
  for (const [column, component] of [0, 1].flatMap((at) => [0, 1, 2].map((one) => [at, one] as const))) {
    const rows = rowsOf('fig-ridges', 'ridge').filter(
      (row) => row['column'] === String(column) && row['name'] === `component ${component + 1}`,
    );
    expect(rows.length).toBeGreaterThan(1);
    const feature = inputs.map((_, point) => data[(column * points + point) * components + component] ?? Number.NaN);
    const largest = Math.max(...feature.map(Math.abs));
    for (const row of rows) {
      const value = feature[inputs.indexOf(numberIn(row, 'x'))] ?? Number.NaN;
      expect(Math.abs(numberIn(row, 'value') - value)).toBeLessThanOrEqual(1e-5 * largest);
      expect(Math.abs(numberIn(row, 'y') - (component + 1))).toBeLessThanOrEqual(0.5 + 0.1);
    }
    // Up is up: the largest value is farthest above the base line.
    const top = rows.reduce((best, row) => (numberIn(row, 'y') < numberIn(best, 'y') ? row : best));
    expect(numberIn(top, 'value')).toBe(Math.max(...rows.map((row) => numberIn(row, 'value'))));
  }
});

it('principal features mark the training inputs among theirs, and say how many others there are', () => {
  const inputs = resultOf('waves').arrays['inputs']?.data ?? [];
  const seen = inputs.filter((x) => x >= 0.5);
  expect(seen.length).toBeGreaterThan(0);
  const marked = rowsOf('fig-right', 'input').filter((row) => row['column'] === '0');
  expect(marked.map((row) => numberIn(row, 'x')).sort()).toEqual([...seen].sort());
  const drawing = readFileSync(join(folder, 'site/figures/fig-right.svg'), 'utf8');
  expect(drawing).toContain(`training inputs; ${inputs.length - seen.length} of them outside the picture`);
});

interface Place {
  readonly x: number;
  readonly y: number;
}

/** From a point to the segment between two others. */
function distance(point: Place, from: Place, to: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

it('of 1,600 features the range holds all, the middle half is between the quartiles, and 30 are drawn as they are', () => {
  const { arrays } = resultOf('wide-grads');
  const inputs = arrays['inputs']?.data ?? [];
  const { data = [], shape = [] } = arrays['jacobian'] ?? {};
  const all = shape[2] ?? 0;
  // Its 40 x 40 weights stand behind the 40 + 40 parameters of the first layer.
  const features = Array.from({ length: 1600 }, (_, feature) =>
    inputs.map((_, point) => data[point * all + 80 + feature] ?? Number.NaN),
  );
  const at = (point: number): number[] => features.map((values) => values[point] ?? 0).sort((a, b) => a - b);
  const pointOf = (row: Cells): number => inputs.indexOf(numberIn(row, 'x'));
  const lowHigh = (row: Cells): [number, number] => [numberIn(row, 'y'), numberIn(row, 'y2')];

  const range = rowsOf('fig-many', 'range');
  for (const row of range) expect(lowHigh(row)).toEqual([at(pointOf(row))[0], at(pointOf(row))[1599]]);
  // Between the points that are drawn nothing is farther than half a pixel from the edge of the range.
  const panel = { width: 584, height: 220 };
  const tall = Math.max(...range.map((row) => lowHigh(row)[1])) - Math.min(...range.map((row) => lowHigh(row)[0]));
  const pixel = (point: number, side: number): Place => ({
    x: (inputs[point] ?? 0) * panel.width,
    y: ((at(point)[side] ?? 0) / tall) * panel.height,
  });
  for (const [index, row] of range.slice(1).entries()) {
    const [first, last] = [pointOf(range[index] ?? row), pointOf(row)];
    for (const side of [0, 1599])
      for (let point = first; point <= last; point += 1)
        expect(distance(pixel(point, side), pixel(first, side), pixel(last, side))).toBeLessThan(0.51);
  }
  expect([pointOf(range[0] ?? {}), pointOf(range.at(-1) ?? {})]).toEqual([0, inputs.length - 1]);

  const middle = rowsOf('fig-many', 'middle');
  expect(middle.map(pointOf)).toEqual(inputs.map((_, point) => point));
  for (const row of middle) expect(lowHigh(row)).toEqual([at(pointOf(row))[400], at(pointOf(row))[1199]]);

  const sample = rowsOf('fig-many', 'sample');
  const featureOf = (row: Cells): number => Number(row['line']?.split('/')[1]);
  expect(new Set(sample.map(featureOf)).size).toBe(30);
  for (const row of sample) expect(numberIn(row, 'y')).toBe(features[featureOf(row)]?.[pointOf(row)]);
});
