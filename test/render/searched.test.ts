/** What a reader finds: all that a page says, wherever on it that stands. */
import { expect, it } from 'vitest';
import { findSections } from '../../src/client/search/find.js';
import { openIndex } from '../../src/client/search/open-index.js';
import { renderPages } from '../../src/render/render-pages.js';
import type { FigurePart, TablePart } from '../../src/render/parts.js';
import type { SearchPage } from '../../src/shared/search-options.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { reportFolder } from '../report-folder.js';
import { nothing, textOf } from './render-report.js';

const folder = reportFolder({
  'references.bib':
    '@article{drmac, author = {Drmač, Zlatko and Veselić, Krešimir}, title = {A Jacobi algorithm}, journal = {SIMAX}, year = {2008}}',
  'dot.png': '',
  'index.md': `---
title: T
---

## Blocks

> [!TIP] Quagga title
> Inside.

::: {.details title="Ocelot title"}
Folded.
:::

~~~js title="narwhal.js"
const walrus = 1;
~~~

| a |
|---|
| capybara |

: A caption with a pangolin. {#tbl-a}

<details><summary>Axolotl</summary>Of HTML: manatee.</details>

![A caption with a lemur.](dot.png){#fig-dot alt="Drawn: a tapir"}

## Words

It is so [@drmac], and $\\alpha\\beta$.[^1]

[^1]: The note has a dugong.

## Results

\`\`\`dataset #waves
function: sine
\`\`\`

\`\`\`figure #fig-w
show: waves.data
caption: A caption with an ibex [@drmac].
\`\`\`

\`\`\`table #tbl-w
rows: waves
columns: [test-error]
caption: A caption with a gnu.
\`\`\`

\`\`\`reference figure
\`\`\`
`,
});

const figure: FigurePart = {
  drawn: {
    ...{ id: 'fig-w', number: '2', svg: '<svg></svg>', specification: '', vega: '', digest: '' },
    ...{ description: 'Scatter plot of a kinkajou.', width: 1, height: 1 },
  },
  ...{ caption: '', wide: false, runs: [], way: [], pictures: [], files: [] },
  data: () => ({ columns: [], rows: [] }),
};
const table: TablePart = {
  ...{ number: '1', caption: '', note: 'The okapi diverged.', csv: '', runs: [], way: [] },
  columns: [
    { label: 'way', numeric: false },
    { label: 'bongo error', numeric: true },
  ],
  rows: [
    [
      { text: 'serval way', marked: false },
      { text: '0.123', marked: false },
    ],
  ],
};
const parts = {
  ...nothing,
  figures: new Map([['fig-w', figure]]),
  tables: new Map([['tbl-w', table]]),
  reference: () => ({
    description: 'What a numbat is.',
    options: [{ name: 'quokka', value: 'number', fallback: '1', description: 'How many & why.' }],
  }),
};
const { files } = renderPages(readReport(folder, directiveKinds).report, parts);
const script = textOf(files.find(({ path }) => path === 'search-index.js')?.content ?? '');
const index = openIndex(JSON.parse(/\.provide\("search",([\s\S]*)\);\n$/.exec(script)?.[1] ?? '') as SearchPage[]);

it.each([
  ['the title of a callout', 'quagga', 'blocks'],
  ['the title of a fold', 'ocelot', 'blocks'],
  ['the title of code', 'narwhal', 'blocks'],
  ['code', 'walrus', 'blocks'],
  ['a cell of a table', 'capybara', 'blocks'],
  ['the caption of a table', 'pangolin', 'blocks'],
  ['the summary of a fold in HTML', 'axolotl', 'blocks'],
  ['text in HTML', 'manatee', 'blocks'],
  ['the caption of an image', 'lemur', 'blocks'],
  ['the alternative text of an image', 'tapir', 'blocks'],
  ['letters of a formula', 'αβ', 'words'],
  ['a name that is cited', 'Drmač', 'words'],
  ['a footnote', 'dugong', 'colophon.footnotes'],
  ['a work', 'jacobi algorithm', 'references'],
  ['the caption of a figure', 'ibex', 'results'],
  ['a name that a caption cites', 'ibex drmač', 'results'],
  ['the description of a figure', 'kinkajou', 'results'],
  ['the number of a figure', 'figure 2', 'results'],
  ['the caption of a table of results', 'gnu', 'results'],
  ['a column of a table of results', 'bongo', 'results'],
  ['words in a table of results', 'serval', 'results'],
  ['the note under a table of results', 'okapi', 'results'],
  ['the id of an experiment', 'dataset waves', 'results'],
  ['an option in the documentation', 'quokka many why', 'results'],
])('%s', (_what, words, anchor) => {
  const found = findSections(index, words);
  expect(found.map(({ address }) => address)).toContain(`index.html#${anchor}`);
});

it('what stands beside the text is not in it', () => {
  const [words] = findSections(index, 'αβ');
  expect(words?.heading).toBe('Words');
  expect(words?.excerpt.map(({ text }) => text).join('')).toBe('It is so (Drmač and Veselić, 2008), and αβ.');
  const [image] = findSections(index, 'lemur');
  const said = image?.excerpt.map(({ text }) => text).join('') ?? '';
  expect(said).toContain('Drawn: a tapir Figure 1. A caption with a lemur.');
});
