/** What is written in the manner of a citation and means a numbered thing: told what to write, with a bibliography and without. */
import { describe, expect, it } from 'vitest';
import { page, render } from './render-report.js';

const photos = '![P](p.png){#fig-p}\n\n![Q](p.png){#fig-q}\n\n$$\nx\n$$ {#eq-one}';
const bibliography = { 'references.bib': '@book{knuth, title = {The Art}, author = {Knuth, Donald}, year = {1968}}' };

function said(text: string, more: Readonly<Record<string, string>>): string[] {
  const { problems } = render({ 'index.md': page(`${text}\n\n${photos}`), 'p.png': 'png', ...more });
  return problems.map(({ severity, rule, hint }) => `${severity ?? 'error'} ${rule}: ${hint}`);
}

describe.each([
  ['with a bibliography', bibliography],
  ['without one', {}],
])('%s', (_name, more) => {
  it.each([
    ['[@fig:p]', 'unknown-reference: write @fig-p'],
    ['[@tab:sizes]', 'unknown-reference: write @tbl-sizes'],
  ])('%s', (text, expected) => {
    expect(said(`See ${text}.`, more)).toEqual([`error ${expected}`]);
  });

  it.each([
    ['@fig:p', '@fig-p'],
    ['@tab:a_b', '@tbl-a-b'],
    ['@eq:one', '@eq-one'],
    ['@sec:method', '@sec-method'],
    ['@figure:p', '@fig-p'],
  ])('%s in a sentence', (text, instead) => {
    const severity = more === bibliography ? 'error' : 'warning';
    expect(said(`See ${text}.`, more)).toEqual([`${severity} unknown-citation: write ${instead}`]);
  });
});

it('works and names with an at sign are as they were', () => {
  expect(said('As @knuth says [@knuth, p. 3].', bibliography)).toEqual([]);
  expect(said('Write to @someone.', {})).toEqual([]);
  expect(said('[@knuth; @fig-p]', bibliography)).toEqual(['error unknown-reference: write [@knuth] and @fig-p']);
});

it.each([
  ['![P](p.png){#fig:r}', '{#fig-r}'],
  ['![P](p.png){#img_r}', '{#fig-r}'],
  ['![P](p.png){#photo}', '{#fig-photo}'],
  ['$$\ny\n$$ {#eq:two}', '{#eq-two}'],
  ['| a |\n|---|\n| 1 |\n\n: A {#tab:a}', '{#tbl-a}'],
])('a label of another program, %j, is told ours', (text, label) => {
  expect(said(text, {})).toEqual([expect.stringContaining(`as in ${label}`)]);
});

it('a block whose attributes do not say what it is names the kinds of blocks', () => {
  const { problems } = render({ 'index.md': page('::: {columns=2}\nText\n:::') });
  expect(problems).toEqual([
    expect.objectContaining({
      rule: 'unknown-container',
      message: 'these attributes do not say what this block is',
      hint: expect.stringMatching(/^name a kind of block, as in ::: note: note, tip/) as string,
    }),
  ]);
});
