/** What a page includes stands in its place, and what is wrong in it is said where it was written. */
import { describe, expect, it } from 'vitest';
import { withIncludes } from '../../src/source/include.js';
import { notedPages, type PageNote } from '../../src/source/page-memo.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { reportFolder } from '../report-folder.js';
import { article, page, render, rules } from '../render/render-report.js';

const include = (file: string): string => `{{< include ${file} >}}`;

it('stands on the page, is no page of its own, and can be referred to', () => {
  const { pages, problems } = render({
    'index.md': page(`One.\n\n${include('_part.md')}\n\nThree, @sec-two and @fig-a.`),
    '_part.md': '---\ntitle: Part\n---\n\n## Two {#sec-two}\n\n![A](p.png){#fig-a}\n',
    'p.png': 'png',
  });
  expect(problems).toEqual([]);
  expect(pages.has('_part.html')).toBe(false);
  expect(article(pages, 'index.html')).toMatch(
    /<p>One\.<\/p>\n<h2 id="sec-two">Two.*\n<figure id="fig-a">.*\n<p>Three/,
  );
});

it('has its problems where they were written, in every stage, and what follows has its own lines', () => {
  const files = {
    'index.md': page(`${include('parts/a.md')}\n\n@fig-after\n\n\`\`\`figure #fig-one\nshow: nothing.fit\n\`\`\``),
    'parts/a.md': `Text.\n\n${include('b.md')}\n\n@fig-none\n`,
    'parts/b.md': '---\ntitle: B\n---\n@fig-deep\n\n```trian #x\nsteps: 1\n```\n\n$\\frac$\n',
  };
  expect(rules(render(files))).toEqual([
    'index.md:7:1 unknown-reference',
    'parts/a.md:5:1 unknown-reference',
    'parts/b.md:4:1 unknown-reference',
    'parts/b.md:6:4 unknown-kind',
    'parts/b.md:10:6 tex',
  ]);
});

it('may be named from the page too, and by its name in Quarto, where that is not there', () => {
  const { pages, problems } = render({
    'index.md': page('Text.'),
    'a/b/page.md': page(include('../../parts/one.qmd')),
    'parts/one.md': `One.\n\n${include('../../parts/two.qmd')}\n`,
    'parts/two.md': 'Two.\n',
  });
  expect(problems).toEqual([]);
  expect(article(pages, 'a/b/page.html')).toContain('<p>One.</p>\n<p>Two.</p>');
});

it('is remembered with the places of its parts', () => {
  const folder = reportFolder({
    'index.md': page(`${include('a.md')}\n\nAfter.`),
    'a.md': 'Text.\n\n```train #net\ndata: none\n```\n',
  });
  const known = new Map<string, PageNote>();
  const notes = { find: (key: string) => known.get(key), keep: (key: string, note: PageNote) => known.set(key, note) };
  const places = [0, 1].map(() => {
    const { report } = readReport(folder, directiveKinds, { memo: notedPages(notes) });
    const [directive] = report.pages[0]?.directives ?? [];
    const { file, line } = directive?.placeOf(['data'], 'value') ?? {};
    return [
      directive?.place.file,
      directive?.place.line,
      file,
      line,
      report.pages[0]?.placeOf({ file: 'index.md', line: 11, column: 1 }),
    ];
  });
  expect(places[0]).toEqual(['a.md', 3, 'a.md', 4, { file: 'index.md', line: 6, column: 1 }]);
  expect(places[1]).toEqual(places[0]);
});

describe('is a problem where it is asked for', () => {
  const read = (files: Readonly<Record<string, string>>) => (file: string) =>
    file in files ? Buffer.from(files[file] ?? '') : ({ refused: 'there is no such file', isAbsent: true } as const);
  const said = (text: string, files: Readonly<Record<string, string>> = {}): string[] =>
    withIncludes('a/index.md', text, read(files)).problems.map(
      ({ place, rule, message }) => `${place?.file ?? ''}:${place?.line ?? 0}:${place?.column ?? 0} ${rule} ${message}`,
    );
  it.each([
    ['b.md', {}, 'a/index.md:1:1 unreadable-include a/b.md cannot be included: there is no such file'],
    ['../../b.md', {}, 'a/index.md:1:1 unreadable-include ../b.md leads out of the report'],
    ['b.csv', {}, 'a/index.md:1:1 unreadable-include a/b.csv is no Markdown file'],
    ['index.md', {}, 'a/index.md:1:1 cycle a/index.md includes a/index.md'],
    [
      '/b.md',
      { 'b.md': include('/c.md'), 'c.md': `\n ${include('b.md')}` },
      'c.md:2:2 cycle b.md includes c.md includes b.md',
    ],
  ])('%s', (file, files, problem) => {
    expect(said(include(file), files)).toEqual([problem]);
  });

  it('that has no end', () => {
    const deep = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`a/${index}.md`, include(`${index + 1}.md`)]),
    );
    expect(said(include('0.md'), deep)).toEqual([
      'a/19.md:1:1 too-many-includes files are included more than 20 levels deep',
    ]);
    const wide = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `a/${index}.md`,
        index === 8 ? 'x' : `${include(`${index + 1}.md`)}\n`.repeat(9),
      ]),
    );
    expect(new Set(said(include('0.md'), wide).map((one) => one.replace(/^\S* /, '')))).toEqual(
      new Set(['too-many-includes this page includes more than 1000 files']),
    );
    const large = { 'a/b.md': 'x'.repeat(7 * 2 ** 20) };
    expect(said(`${include('b.md')}\n${include('b.md')}`, large)).toEqual([
      'a/index.md:2:1 page-too-large with a/b.md the page is longer than 12582912 characters',
    ]);
  });
});

it('is text in code', () => {
  const text = `\`\`\`\n${include('b.md')}\n\`\`\`\n`;
  expect(withIncludes('index.md', text, () => ({ refused: 'never' }))).toEqual({
    text,
    included: new Set(),
    problems: [],
  });
});
