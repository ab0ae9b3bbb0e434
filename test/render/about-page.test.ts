/** What a page says of itself to Zotero, to search engines and to those who cite it, all from its front matter. */
import { describe, expect, it } from 'vitest';
import { readBibtex } from '../../src/source/bibtex/read.js';
import { wordsOf } from '../../src/shared/rich-text.js';
import { render } from './render-report.js';

const front = `---
title: Waves & <Particles>
authors:
  - { name: Jane Doe, orcid: 0000-0002-1825-0097, affiliation: [University of X, Institute of Y] }
  - Richard Roe
date: 2026-01-31
description: What they are.
doi: https://doi.org/10.5281/zenodo.1234567
licence: CC-BY-4.0
---

As in [@a]. </script><b>x</b>
`;
const files = {
  'index.md': front,
  'more.md': '---\ntitle: More\n---\n\nText.\n',
  'references.bib':
    '@book{a, author = {Neal, Radford}, title = {Bayesian $x</script>$ Learning}, year = 1996, doi = {10.1/x}}',
  'colophon.yaml': 'title: Course\nurl: https://example.org/course/\n',
};
const { pages, problems } = render(files);
const index = pages.get('index.html') ?? '';

function plain(html: string): string {
  return html
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** The tags of HighWire Press, in their order. */
function tagsOf(html: string): [name: string, content: string][] {
  return [...html.matchAll(/<meta name="citation_(\w+)" content="([^"]*)">/g)].map(([, name = '', content = '']) => [
    name,
    plain(content),
  ]);
}

function linkedData(html: string): Record<string, unknown> {
  const [, json = '{}'] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json) as Record<string, unknown>;
}

describe('a page with authors', () => {
  it('has the tags that Google Scholar asks for and Zotero reads: affiliations after their author, dates with slashes, one DOI', () => {
    expect(problems).toEqual([]);
    expect(tagsOf(index)).toEqual([
      ['title', 'Waves & <Particles>'],
      ['author', 'Jane Doe'],
      ['author_institution', 'University of X'],
      ['author_institution', 'Institute of Y'],
      ['author_orcid', 'https://orcid.org/0000-0002-1825-0097'],
      ['author', 'Richard Roe'],
      ['publication_date', '2026/01/31'],
      ['technical_report_institution', 'University of X'],
      ['doi', '10.5281/zenodo.1234567'],
      ['abstract', 'What they are.'],
      ['language', 'en'],
      ['public_url', 'https://example.org/course/index.html'],
    ]);
  });

  it('is a ScholarlyArticle with what it cites, in data that ends with its element', () => {
    expect(linkedData(index)).toMatchObject({
      '@type': 'ScholarlyArticle',
      headline: 'Waves & <Particles>',
      author: [
        {
          name: 'Jane Doe',
          sameAs: 'https://orcid.org/0000-0002-1825-0097',
          affiliation: [{ name: 'University of X' }, { name: 'Institute of Y' }],
        },
        { name: 'Richard Roe' },
      ],
      datePublished: '2026-01-31',
      license: 'https://creativecommons.org/licenses/by/4.0/',
      identifier: { propertyID: 'DOI', value: '10.5281/zenodo.1234567' },
      isPartOf: { name: 'Course' },
      citation: [
        {
          '@type': 'Book',
          name: 'Bayesian x</script> Learning',
          author: [{ name: 'Radford Neal' }],
          url: 'https://doi.org/10.1/x',
        },
      ],
    });
    expect(index.match(/<\/script>/g)).toHaveLength((index.match(/<script/g) ?? []).length);
  });

  it('shows its DOI, its licence and an entry of BibTeX that is read as it is meant', () => {
    expect(index).toContain('<a href="https://doi.org/10.5281/zenodo.1234567">10.5281/zenodo.1234567</a>');
    expect(index).toContain('<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>');
    const [, entry = ''] = /<details class="cite">.*?<code>(.*?)<\/code>/s.exec(index) ?? [];
    const { keys, works, formulas, problems: wrong } = readBibtex('own.bib', plain(entry), new Set(['doe2026waves']));
    expect([keys, wrong]).toEqual([['doe2026waves'], []]);
    const work = works.get('doe2026waves');
    expect(wordsOf(work?.texts['title'] ?? '', formulas)).toBe('Waves & <Particles>');
    expect(work?.names.author?.map(({ family }) => family)).toEqual(['Doe', 'Roe']);
    expect(work?.dates.issued?.parts).toEqual([[2026, 1]]);
    expect(work?.texts).toMatchObject({
      DOI: '10.5281/zenodo.1234567',
      URL: 'https://example.org/course/index.html',
      medium: 'Course',
    });
  });

  it('speaks for pages without authors and licence, but not with its DOI or date', () => {
    const more = pages.get('more.html') ?? '';
    expect(tagsOf(more).map(([name]) => name)).toEqual([
      ...['title', 'author', 'author_institution', 'author_institution', 'author_orcid', 'author'],
      ...['technical_report_institution', 'language', 'public_url'],
    ]);
    expect(more).toContain('rel="license"');
    expect(more).not.toContain('DOI:');
  });
});

it('a page that nobody is said to have written says nothing', () => {
  const html = render({ 'index.md': '---\ntitle: T\n---\n\nText.\n' }).pages.get('index.html') ?? '';
  expect(tagsOf(html)).toEqual([]);
  expect(html).not.toMatch(/ld\+json|class="cite"/);
});

it.each([
  ['doi: 12/3', '3:6 "doi" must be a DOI such as 10.5281/zenodo.1234567'],
  [
    'authors: { name: A, orcid: 0000-0002-1825-0098 }',
    '3:10 "authors" must be a name, or a list of names, each alone or as { name, orcid, affiliation }',
  ],
  [
    'authors: { nme: A }',
    '3:10 "authors" must be a name, or a list of names, each alone or as { name, orcid, affiliation }',
  ],
  ['licence: two words', '3:10 "licence" must be a licence such as CC-BY-4.0, or its address'],
  ['license: All rights reserved', '3:1 "license" is not a field of a page\'s front matter'],
  ['licens: MIT', '3:1 "licens" is not a field of a page\'s front matter'],
])('%s is a problem at its place', (line, message) => {
  const { problems: found } = render({ 'index.md': `---\ntitle: T\n${line}\n---\n\nText.\n` });
  expect(found.map(({ place, message: said }) => `${place?.line ?? 0}:${place?.column ?? 0} ${said}`)).toEqual([
    message,
  ]);
});

describe('front matter as it is written elsewhere', () => {
  const written = `---
title: T
author:
  - name: { given: Jane, family: Doe }
    orcid: 0000-0002-1825-0097
    email: jane@example.org
    affiliations: [{ name: University of X, city: Y }, { ref: inst }]
  - Richard Roe
date: March 5, 2024
lang: de
license: CC-BY-4.0
format: html
execute: { freeze: auto }
my-own-field: 1
---

Text.
`;

  it('with a date of the clock, or words of a language, is read without them', () => {
    const { problems: found } = render({
      'index.md': '---\ntitle: T\ndate: today\nlanguage: { a: b }\n---\n\nText.\n',
    });
    expect(found.map(({ severity, rule }) => `${severity ?? 'error'} ${rule}`)).toEqual(
      Array.from({ length: 2 }, () => 'warning invalid-option'),
    );
  });

  it('says what ours does, and what only others read is a warning', () => {
    const { pages: made, problems: found } = render({ 'index.md': written });
    expect(found.map(({ severity, message, hint }) => `${severity ?? 'error'} ${message}; ${hint}`)).toEqual(
      ['format', 'execute', 'my-own-field'].map(
        (name) => `warning "${name}" is not a field of a page's front matter; leave it out`,
      ),
    );
    const html = made.get('index.html') ?? '';
    expect(html).toContain('<html lang="de"');
    expect(tagsOf(html)).toEqual(
      expect.arrayContaining([
        ['author', 'Jane Doe'],
        ['author_institution', 'University of X'],
        ['author', 'Richard Roe'],
        ['publication_date', '2024/03/05'],
      ]),
    );
  });
});
