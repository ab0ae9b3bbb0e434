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
      block('features #grads', 'of: net', 'at: [0, 20]'),
      block('figure #fig-kernel', 'show: grads.kernel'),
      block('figure #fig-course', 'show: net.parameters-by-step'),
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

function resultOf(id: string): Result {
  const { out } = colophon(folder, 'results', id, '--json');
  return (JSON.parse(out) as readonly Result[])[0] ?? { arrays: {} };
}

it('every cell of the kernel holds the inner product of the gradients at its inputs', () => {
  const { arrays } = resultOf('grads');
  const inputs = arrays['inputs']?.data ?? [];
  const jacobian = arrays['jacobian']?.data ?? [];
  const parameters = arrays['jacobian']?.shape[2] ?? 0;
  const nearest = (x: number): number =>
    inputs.reduce((best, input, at) => (Math.abs(input - x) < Math.abs((inputs[best] ?? 0) - x) ? at : best), 0);
  const cells = rowsOf('fig-kernel', 'cell');
  const xs = [...new Set(cells.map((row) => numberIn(row, 'y')))].sort((a, b) => a - b);
  expect(xs.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  let told = 0;
  for (const row of cells) {
    for (const x of xs.filter((at) => at > numberIn(row, 'x') && at < numberIn(row, 'x2'))) {
      const [a, b] = [nearest(x), nearest(numberIn(row, 'y'))];
      let product = 0;
      const first = Number(row['column']) * inputs.length * parameters;
      for (let at = 0; at < parameters; at += 1)
        product += (jacobian[first + a * parameters + at] ?? 0) * (jacobian[first + b * parameters + at] ?? 0);
      if (!within(product, row)) wrong.push(`k(${x}, ${row['y'] ?? ''}) = ${product}`);
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
