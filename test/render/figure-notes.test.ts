/** What stands under figures and behind them: the citation, read again as BibTeX, and the page of the data beside its CSV. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readBibtex } from '../../src/source/bibtex/read.js';
import { wordsOf } from '../../src/shared/rich-text.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

const title = String.raw`50% of {A & B} cost #1, a_b ~ c^2 \ {`;
let site: string;

beforeAll(() => {
  const folder = reportFolder({
    'report/colophon.yaml': `title: '${title}'\n`,
    'report/two_parts.md': page(waves, small, block('figure #fig-few', 'show: small.predictions')),
    'report/index.md': page('Text.'),
  });
  const { code, err } = colophon(folder, 'build', 'report');
  expect(code, err).toBe(0);
  site = join(folder, 'site');
}, 60_000);

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

it('a citation is BibTeX that says the title and the address as they are, whatever characters they have', () => {
  const html = readFileSync(join(site, 'two_parts.html'), 'utf8');
  const [, cited = ''] = /Cite it:<\/p><pre><code>([\s\S]*?)<\/code>/.exec(html) ?? [];
  const { works, formulas, problems } = readBibtex('cited.bib', textOf(cited), new Set(['fig-few']));
  expect(problems).toEqual([]);
  const texts = works.get('fig-few')?.texts;
  expect(wordsOf(texts?.['title'] ?? '', formulas)).toBe(`Figure 1 of ${title}`);
  expect(texts?.['note']).toContain('; two_parts.html#fig-few; keys ');
  // BibTeX counts braces wherever they stand.
  let depth = 0;
  for (const [brace] of textOf(cited).matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
});

/** The cells of a CSV, none of which is quoted here with a comma or a quote inside. */
function cellsOf(figure: string): string[][] {
  const lines = readFileSync(join(site, 'figures', `${figure}.csv`), 'utf8')
    .trim()
    .split('\r\n');
  return lines.map((line) => line.split(','));
}

it('the page of the data of a figure has the rows of its CSV, numbers to six digits, and leaves none out', () => {
  const html = readFileSync(join(site, 'figures/fig-few.html'), 'utf8');
  const table = /<table>[\s\S]*?<\/table>/.exec(html)?.[0] ?? '';
  const rows = table.split('<tr>').slice(1);
  const shown = rows.map((row) => Array.from(row.matchAll(/<t[hd][^>]*>([^<]*)</g), ([, cell = '']) => textOf(cell)));
  const [head = [], ...all] = cellsOf('fig-few');
  const short = (cell: string): string =>
    cell === '' || Number.isNaN(Number(cell)) ? cell : String(Number(Number(cell).toPrecision(6)));
  expect(all.length).toBeGreaterThan(20);
  expect(shown).toEqual([head, ...all.map((row) => row.map(short))]);
  expect(html).not.toContain('the CSV has all');
});
