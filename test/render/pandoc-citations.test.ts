/** Forty citations in styles of CSL, word for word as Pandoc has them (test/fixtures/citations/make-expected.mjs), but for what is listed here. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textOf } from '../fixtures/citations/text-of.mjs';
import { article, render } from './render-report.js';

const folder = 'test/fixtures/citations';
const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');

interface Expected {
  readonly cites: readonly string[];
  readonly works: readonly (readonly [key: string, text: string])[];
}

const expected = JSON.parse(read('expected.json')) as Readonly<Record<string, Expected>>;

function ours(style: string): Expected {
  const { pages, problems } = render({
    'index.md': read('index.md').replace(/^(\d+)\. /gm, 'N$1 '),
    'references.bib': read('references.bib'),
    'colophon.yaml': `citation-style: ${style}\n`,
  });
  expect(problems).toEqual([]);
  const html = article(pages, 'index.html');
  return {
    cites: [...html.matchAll(/<p>N\d+ ?(.*?)<\/p>/gs)].map(([, cite = '']) => textOf(cite)),
    works: [...html.matchAll(/<li id="ref-([^"]*)">(.*?)<\/li>/gs)].map(([, key = '', work = '']) => [
      key,
      textOf(work),
    ]),
  };
}

/** What differs, by style and place, and why it may. */
const named = 'a sentence needs its subject: Pandoc prints the number alone';
const report = "BibTeX's techreport is a technical report";
const preprint = 'a preprint names its archive and its number there';
const locators = 'the style prints no locators; Pandoc prints those that are no pages';
const inSentences = { 12: named, 13: named, 14: named, 22: named, 29: named, 37: named };
const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  apa: { page1999: report, vaswani2017: preprint },
  ieee: {
    ...inSentences,
    ...{
      page1999: report,
      vaswani2017: preprint,
      goodfellow2016: 'the style prints "[Online]", which Pandoc leaves out',
    },
  },
  'chicago-author-date': { page1999: report, vaswani2017: preprint },
  nature: {
    ...{ 6: locators, 7: locators, 11: locators },
    ...inSentences,
    vaswani2017: preprint,
    rumelhart1986: 'the British "eds" has a full stop in newer tables',
  },
};

describe.each(Object.keys(expected))('%s', (style) => {
  const made = ours(style);
  const wanted = expected[style] ?? { cites: [], works: [] };
  const known = differences[style] ?? {};

  it('citations', () => {
    const here = Object.fromEntries(made.cites.map((cite, index) => [index + 1, known[index + 1] ?? cite]));
    const there = Object.fromEntries(wanted.cites.map((cite, index) => [index + 1, known[index + 1] ?? cite]));
    expect(here).toEqual(there);
  });

  it('works', () => {
    const but = (works: Expected['works']): [string, string][] => works.map(([key, text]) => [key, known[key] ?? text]);
    expect(but(made.works)).toEqual(but(wanted.works));
  });
});
