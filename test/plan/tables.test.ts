/** What the columns of a table may be. */
import { expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { block, page, reportFolder, waves } from '../report-folder.js';

const net = block(
  'train #net',
  'data: waves',
  'network: { hidden: [3] }',
  'optimizer: { kind: sgd, rate: 0.1 }',
  'steps: 5',
  'seed: [0, 1]',
  'sweep: { network.hidden: [[3], [4]], optimizer.rate: [0.1, 0.2] }',
);

/** The columns of a table of `net`, and its first row, each number as "number"; or what is wrong with it. */
function table(...options: readonly string[]): { columns: string[]; row: string[]; said: string[] } {
  const text = page(waves, net, block('table #tbl-net', 'rows: net', ...options));
  const { plan, problems } = prepare(reportFolder({ 'index.md': text }), { memory: 4e9, engine: referenceEngine });
  const [{ columns, rows } = { columns: [], rows: [] }] = plan.tables;
  return {
    columns: columns.map(({ label, group }) => (group === undefined ? label : `${group}: ${label}`)),
    row: (rows[0] ?? []).map((cell) => (typeof cell === 'string' ? cell : 'number')),
    said: problems.map(({ rule, message, hint }) => `${rule} ${message}; ${hint}`),
  };
}

it('a column that is swept over stands where it is written, and the others before all', () => {
  expect(table('columns: [train-error, hidden, test-error]')).toEqual({
    columns: ['rate', 'seed', 'train error', 'width', 'test error'],
    row: ['0.1', '0', 'number', '3', 'number'],
    said: [],
  });
  expect(table('seeds: mean', 'columns: [{ value: rate, label: the rate }, test-error]')).toEqual({
    columns: ['width', 'seeds', 'the rate', 'test error'],
    row: ['3', '2', '0.1', 'number'],
    said: [],
  });
});

it.each([
  ['a seed of many', ['seeds: mean', 'columns: [seed]'], 'a row is of many values of "seed"'],
  ['a step in brackets', ['columns: ["test-error[step=0]"]'], 'write { value: test-error, step: 0 }'],
  ['a component of what has none', ['columns: [{ value: test-error, component: 2 }]'], 'leave the component out'],
  ['a step of what has none', ['columns: [{ value: parameter-count, step: 0 }]'], 'leave the step out'],
])('%s is a problem, said once', (_name, options, words) => {
  expect(table(...options).said).toEqual([expect.stringContaining(words)]);
});

it('the values of a pivot stand beside each other, each column once for each of them', () => {
  expect(table('seeds: mean', 'pivot: width', 'columns: [train-error, { value: test-error, label: error }]')).toEqual({
    columns: ['rate', 'seeds', ...['train error', 'error'].flatMap((name) => [`${name}: width 3`, `${name}: width 4`])],
    row: ['0.1', '2', 'number', 'number', 'number', 'number'],
    said: [],
  });
  expect(table('pivot: depth', 'columns: [test-error]').said).toEqual([
    expect.stringContaining('"depth" is nothing that the rows differ in'),
  ]);
  expect(table('pivot: rate', 'columns: [rate, test-error]').said).toEqual([
    expect.stringContaining('"rate" is a column already'),
  ]);
});
