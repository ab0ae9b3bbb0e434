/** What of a report is for whom: drafts, files that are left out, solutions; what a page shows of its experiments. */
import { expect, it } from 'vitest';
import { forReaders, whole } from '../../src/shared/edition.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { page, render, rules } from '../render/render-report.js';
import { reportFolder } from '../report-folder.js';

const files = {
  'index.md': page('One.'),
  'README.md': '# About the folder\n',
  '_later.md': page('@fig-none'),
  'later.md': '---\ntitle: Later\ndraft: true\n---\n\n@fig-none\n',
  'notes/README.md': '# Notes\n',
  'notes/a.md': page('A.'),
  'notes/old-a.md': page('Old.'),
};

function names(more: Readonly<Record<string, string>>, edition = forReaders): string[] {
  const { report } = readReport(reportFolder({ ...files, ...more }), directiveKinds, { edition });
  return report.pages.map(({ file }) => file);
}

it('drafts are pages of those who write alone, and README.md is one where that is asked for', () => {
  expect(names({})).toEqual(['index.md', 'notes/a.md', 'notes/old-a.md']);
  expect(names({}, whole)).toEqual(['index.md', '_later.md', 'later.md', 'notes/a.md', 'notes/old-a.md']);
  expect(names({ 'colophon.yaml': 'readme: true\n' })).toContain('notes/README.md');
});

it.each([
  ['[notes]', ['index.md']],
  ['["**/old-*.md"]', ['index.md', 'notes/a.md']],
  ['[./notes/a.md]', ['index.md', 'notes/old-a.md']],
])('exclude: %s leaves out', (exclude, left) => {
  expect(names({ 'colophon.yaml': `exclude: ${exclude}\n` })).toEqual(left);
});

it('a link to what is left out says why', () => {
  const found = render({ ...files, 'index.md': page('[a](later.md), [b](README.md), [c](_later.md)') });
  expect(rules(found)).toEqual(['index.md:5:1 broken-link', 'index.md:5:16 broken-link', 'index.md:5:32 broken-link']);
  expect(found.problems.map(({ hint }) => hint)).toEqual([
    'leave the link out: it is a draft, which colophon dev shows and no site has',
    expect.stringContaining('README.md tells those who find the folder what it is'),
    'leave the link out: it is a draft, which colophon dev shows and no site has',
  ]);
});

it('a folder with nothing else says why it has no page', () => {
  const [problem] = readReport(reportFolder({ 'README.md': '# A\n' }), directiveKinds).problems;
  expect(problem?.hint).toContain('readme: true in colophon.yaml makes it a page');
});

it('solutions are there where they are asked for, and nothing of them is elsewhere', () => {
  const text =
    '::: {#exr-one}\nWhat is 1 + 1?\n:::\n\n::: solution\n![Two](p.png){#fig-two}\n\n```train #net\ndata: none\n```\n:::\n\n![Three](p.png){#fig-three}';
  const folder = reportFolder({ 'index.md': page(text), 'p.png': 'png' });
  const numbers = [false, true].map((solutions) => {
    const { report } = readReport(folder, directiveKinds, { edition: { drafts: false, solutions } });
    return [report.labels.get('fig-three')?.number, report.pages[0]?.directives.length];
  });
  expect(numbers).toEqual([
    ['1', 0],
    ['2', 1],
  ]);
});

it('what a page says of echo and fold is of its directives, unless they say otherwise', () => {
  const text =
    '---\ntitle: T\necho: false\nfold: false\n---\n\n```train #a\ndata: d\n```\n\n```train #b\ndata: d\necho: true\nfold: true\n```\n\n```train #c\ndata: d\necho: some\n```\n';
  const { report, problems } = readReport(reportFolder({ 'index.md': text }), directiveKinds);
  const shown = report.pages[0]?.directives.map(({ id, echo, fold, body }) => ({ id, echo, fold, body }));
  expect(shown).toEqual([
    { id: 'a', echo: false, fold: false, body: { data: 'd' } },
    { id: 'b', echo: true, fold: true, body: { data: 'd' } },
    { id: 'c', echo: false, fold: false, body: { data: 'd' } },
  ]);
  expect(problems.map(({ rule, place }) => `${rule} ${place?.line ?? 0}`)).toEqual(['invalid-option 19']);
});
