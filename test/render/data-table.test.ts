/** The page with the data behind a figure: how many rows it has, and what it says of the others. */
import { expect, it } from 'vitest';
import { languageOf } from '../../src/languages/language.js';
import { dataTableHtml } from '../../src/render/data-table.js';
import type { FigurePart } from '../../src/render/parts.js';

const tableOf = (rows: number): string => {
  const part: FigurePart = {
    drawn: {
      ...{ id: 'fig', number: '3', description: 'Many points.', width: 1, height: 1, digest: '' },
      ...{ svg: '', vega: '', specification: '' },
    },
    ...{ caption: '', wide: false, runs: [], way: [], pictures: [], files: [] },
    data: () => ({ columns: ['x'], rows: Array.from({ length: rows }, (_, index) => [index]) }),
  };
  return dataTableHtml(part, 'index.html#fig', languageOf('en'));
};
const numbers = (html: string): number[] =>
  [...html.matchAll(/<td class="number">(\d+)<\/td>/g)].map(([, text]) => Number(text));
const all = (length: number): number[] => Array.from({ length }, (_, index) => index);

it('a thousand rows are all there, and nothing is said of others', () => {
  expect(numbers(tableOf(1000))).toEqual(all(1000));
  expect(tableOf(1000)).toContain('<p>What <a href="index.html#fig">figure 3</a> draws.</p><p>Many points.</p>');
});

it.each([1001, 5000])('of %i rows there are the first thousand, and the page says where all are', (rows) => {
  expect(numbers(tableOf(rows))).toEqual(all(1000));
  expect(tableOf(rows)).toContain(`; the first 1,000 of ${rows.toLocaleString('en')} rows, the CSV has all.</p>`);
});
