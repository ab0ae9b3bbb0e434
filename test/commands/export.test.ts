/** `colophon export`: what is taken home is what the store has, and nothing is lost for it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openZip } from '../../src/steps/formats/zip.js';
import { fromNpy } from '../../src/shared/npy.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

const spectrum = block('svd #spectrum', 'of: small');
let folder = '';

beforeAll(() => {
  folder = reportFolder({ 'report/index.md': page(waves, small, spectrum) });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('a program of PyTorch', () => {
  it('is one file for each run, and has what the report has of it', () => {
    const { code, out } = colophon(folder, 'export', 'small', '--torch', '--out', 'home');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toEqual(['home/small[hidden=4].py', 'home/small[hidden=5].py']);
    const [run] = JSON.parse(colophon(folder, 'results', 'small[hidden=5]', '--json').out) as [
      { key: string; arrays: Record<string, { data: (number | null)[] }> },
    ];
    const text = read('home/small[hidden=5].py');
    expect(text).toContain(`key ${run.key}`);
    const rows = [...text.matchAll(/^ {4}(\d+): \((.*), (.*), (.*)\),$/gm)].map(([, ...row]) =>
      row.map((number) => (number === 'nan' ? null : Number(number))),
    );
    const columns = ['step', 'batch-error', 'train-error', 'test-error'].map((name) => run.arrays[name]?.data ?? []);
    expect(rows).toEqual([0, 1, 2].map((index) => columns.map((column) => column[index])));
    expect(text.replace(run.key, 'KEY').replace(/(\d+: \().*(\),)/g, '$1…$2')).toMatchSnapshot();
  });

  it('is a notebook of the same cells', () => {
    expect(colophon(folder, 'export', 'small[hidden=4]', '--ipynb', '--torch', '--out', 'notebook').code).toBe(0);
    const { cells, nbformat } = JSON.parse(read('notebook/small[hidden=4].ipynb')) as {
      nbformat: number;
      cells: { cell_type: string; id: string; source: string[] }[];
    };
    expect(nbformat).toBe(4);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    const program = read('notebook/small[hidden=4].py');
    const code = cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => source.join(''));
    expect(code).toHaveLength(5);
    for (const cell of code.slice(0, -1)) expect(program).toContain(cell);
    expect(code.at(-1)).toMatch(/net, history = train\(\)\ncompare\(history\)$/);
  });

  it('reads from beside it what is too much for a program, wherever it is run', () => {
    const many = block(
      'dataset #many',
      'function: { expression: x1 * x2 }',
      'features: 1000',
      'samples: 1001',
      'test: none',
    );
    const net = block(
      'train #net',
      'data: many',
      'network: { hidden: [] }',
      'optimizer: { rate: 1e-4 }',
      'batch: 10',
      'steps: 2',
    );
    const other = reportFolder({ 'report/index.md': page(many, net) });
    expect(colophon(other, 'build', 'report').code).toBe(0);
    const { code, out } = colophon(other, 'export', 'net', '--torch', '--ipynb');
    expect([code, out.trim().split('\n')]).toEqual([0, ['net.py', 'net.ipynb', 'many.npz']]);
    expect(readFileSync(join(other, 'net.py'), 'utf8')).toContain('.with_name("many.npz"))');
    const [inputs] = openZip(readFileSync(join(other, 'many.npz')));
    expect(inputs?.name).toBe('inputs.npy');
    expect(fromNpy(inputs?.bytes() ?? new Uint8Array()).shape).toEqual([1001, 1000]);
  });

  it('cannot be left by what an author writes', () => {
    const hostile = small
      .replace('seed: 0', '')
      .replace('batch: 10', 'batch: 10 # """ + __import__("os").system("id") + """ \\');
    const other = reportFolder({ 'report/index.md': page(waves, hostile) });
    expect(colophon(other, 'build', 'report').code).toBe(0);
    expect(colophon(other, 'export', 'small[hidden=4]', '--torch').code).toBe(0);
    const text = readFileSync(join(other, 'small[hidden=4].py'), 'utf8');
    expect(text.match(/(?<!\\)"""/g)).toHaveLength(2);
    expect(text).toContain('\\"\\"\\" + __import__');
  });
});

it('arrays of any result are one file of NumPy', () => {
  expect(colophon(folder, 'export', 'spectrum[hidden=4]', '--npz', '--out', 'arrays').code).toBe(0);
  const bytes = readFileSync(join(folder, 'arrays', 'spectrum[hidden=4].npz'));
  const [run] = JSON.parse(colophon(folder, 'results', 'spectrum[hidden=4]', '--json').out) as [
    { arrays: Record<string, { shape: number[]; data: number[] }> },
  ];
  const files = openZip(bytes);
  const arrays = Object.fromEntries(
    files.map(({ name, bytes: content }) => {
      const { shape, data } = fromNpy(content());
      return [name.replace(/\.npy$/, ''), { shape, data: [...data] }];
    }),
  );
  expect(arrays).toEqual(run.arrays);
});

describe('bad input', () => {
  it.each<[string, readonly string[], number, RegExp]>([
    ['nothing to write', ['small'], 2, /say what to write: --torch, --ipynb or --npz/],
    ['what PyTorch does not train', ['spectrum', '--torch'], 2, /"spectrum" is a svd, and .* is a train; write --npz/],
    ['an unknown id', ['smal', '--torch'], 2, /no result "smal"; .*"small"/],
    ['an unknown run', ['small[hidden=6]', '--npz'], 2, /hidden/],
  ])('%s', (_what, words, code, said) => {
    const ended = colophon(folder, 'export', ...words);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(said);
  });

  it('a result that is not there yet', () => {
    const fresh = reportFolder({ 'report/index.md': page(waves, small) });
    const ended = colophon(fresh, 'export', 'small', '--npz');
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/not computed yet: small\[hidden=4\], small\[hidden=5\]; run ".*build report"/);
    expect(readdirSync(fresh)).toEqual(['report']);
  });

  it('a file that has been edited is left as it is', () => {
    expect(colophon(folder, 'export', 'small[hidden=4]', '--torch').code).toBe(0);
    expect(colophon(folder, 'export', 'small[hidden=4]', '--torch').code).toBe(0);
    const path = join(folder, 'small[hidden=4].py');
    writeFileSync(path, 'mine');
    const ended = colophon(folder, 'export', 'small[hidden=4]', '--torch');
    expect(ended.code).toBe(3);
    expect(ended.err).toMatch(/small\[hidden=4\]\.py is there already, and is another/);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });
});
