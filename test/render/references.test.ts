/** Numbered things and works of others: counted over the report, linked from every page, faults at their places. */
import { describe, expect, it } from 'vitest';
import { article, page, render, rules } from './render-report.js';

// As Quarto has them.
it.each([
  ['thm', 'theorem', 'Theorem'],
  ['lem', 'lemma', 'Lemma'],
  ['cor', 'corollary', 'Corollary'],
  ['prp', 'proposition', 'Proposition'],
  ['cnj', 'conjecture', 'Conjecture'],
  ['def', 'definition', 'Definition'],
  ['exm', 'example', 'Example'],
  ['exr', 'exercise', 'Exercise'],
  ['rem', 'remark', 'Remark'],
])('blocks labelled %s- are each a numbered %s, counted apart and referred to from any page', (prefix, style, noun) => {
  const other = prefix === 'thm' ? 'lem' : 'thm';
  const blocks = `::: {#${prefix}-a}\nOne.\n:::\n\n::: {#${other}-x}\nOther.\n:::\n\n::: {#${prefix}-b}\n## Name\n\nTwo.\n:::`;
  const rendered = render({ 'index.md': page(`See @${prefix}-b and @${other}-x.`), 'more.md': page(blocks) });
  expect(rendered.problems).toEqual([]);
  const [index, more] = [article(rendered.pages, 'index.html'), article(rendered.pages, 'more.html')];
  expect(index).toContain(`<a class="reference" href="more.html#${prefix}-b">${noun} 2</a>`);
  expect(index).toMatch(/<a class="reference" href="more\.html#(?:thm|lem)-x">(?:Theorem|Lemma) 1<\/a>/);
  expect(more).toContain(
    `<div class="theorem ${style}" id="${prefix}-a">\n<p><b class="label"><a href="#${prefix}-a">${noun} 1</a>.</b> One.</p>`,
  );
  expect(more).toContain(`<b class="label"><a href="#${prefix}-b">${noun} 2</a> (Name).</b> Two.`);
  const slips = render({ 'index.md': page(`See @${prefix}-c.`), 'more.md': page(blocks) }).problems;
  expect(slips).toEqual([
    expect.objectContaining({ rule: 'unknown-reference', message: `there is no ${style} "${prefix}-c"` }),
  ]);
});

describe('references', () => {
  const files = {
    'index.md': page('See @eq-loss, @thm-main, @fig-photo and [@tbl-sizes]; and @sec-method.'),
    'method.md': page(
      '## Method {#sec-method}\n\n$$\nL = x\n$$ {#eq-loss}\n\n::: {#thm-main}\n### Main\n\nIt holds.\n:::\n\n![A *photo*](p.png){#fig-photo}\n\n| a |\n|---|\n| 1 |\n\n: Sizes {#tbl-sizes}',
    ),
    'p.png': 'png',
  };

  it('lead across pages and are numbered', () => {
    const { pages, problems } = render(files);
    expect(problems).toEqual([]);
    const index = article(pages, 'index.html');
    expect(index).toContain('<a class="reference" href="method.html#eq-loss">Equation 1</a>');
    expect(index).toContain('<a class="reference" href="method.html#thm-main">Theorem 1</a>');
    expect(index).toContain('<a class="reference" href="method.html#fig-photo">Figure 1</a>');
    expect(index).toContain('<a class="reference" href="method.html#tbl-sizes">Table 1</a>');
    expect(index).toContain('<a class="reference" href="method.html#sec-method">“Method”</a>');
    const method = article(pages, 'method.html');
    expect(method).toContain('<div class="equation numbered" id="eq-loss">');
    expect(method).toContain('<a class="number" href="#eq-loss" aria-label="Equation 1">(1)</a>');
    expect(method).toContain(
      '<div class="theorem theorem" id="thm-main">\n<p><b class="label"><a href="#thm-main">Theorem 1</a> (Main).</b> It holds.</p>',
    );
    expect(method).toMatch(
      /<figure id="fig-photo"><div class="drawing"><img src="p.png" alt="A photo"><\/div><figcaption><b class="label"><a href="#fig-photo">Figure 1<\/a>.<\/b> A <em>photo<\/em>/,
    );
    expect(method).toContain('<b class="label"><a href="#tbl-sizes">Table 1</a>.</b> Sizes');
  });

  it('to sections have their numbers when the report numbers its sections', () => {
    const numbered = { ...files, 'colophon.yaml': 'number-sections: true\n' };
    const { pages } = render(numbered);
    expect(article(pages, 'index.html')).toContain('href="method.html#sec-method">Section 1.1</a>');
    const method = article(pages, 'method.html');
    expect(method).toContain('<span class="section-number">1.1</span> Method');
  });

  it('to pages have the numbers of the pages, which title, contents and the way to the next page have too', () => {
    const { pages, problems } = render({
      'colophon.yaml': 'number-sections: true\n',
      'index.md': page('See @sec-two and @sec-how.'),
      'a.md': '---\norder: 1\n---\n# Preface {.unnumbered}\n\n## Thanks\n',
      'b.md': '---\norder: 2\n---\n# One\n\n## How {#sec-how}\n',
      'c.md': '---\norder: 3\n---\n# Two {#sec-two}\n\n## What\n\n## Why\n',
    });
    expect(problems).toEqual([]);
    expect(article(pages, 'index.html')).toContain(
      'See <a class="reference" href="c.html#sec-two">Section 2</a> and <a class="reference" href="b.html#sec-how">Section 1.1</a>.',
    );
    const whole = (name: string): string => pages.get(name) ?? '';
    expect(whole('c.html')).toContain('<h1 id="sec-two"><span class="section-number">2</span> Two</h1>');
    expect(whole('c.html')).toContain('<title>2 Two · ');
    expect(whole('c.html')).toContain('<a rel="prev" href="b.html"><span>Previous</span> 1 One</a>');
    expect(whole('c.html')).toContain('>2.1 What</a>');
    expect(whole('index.html')).toContain('<a href="c.html">2 Two</a>');
    expect(whole('a.html')).toMatch(/<h1>Preface<\/h1>[^]*<h2 id="thanks">Thanks/);
  });

  it('to the sections of an only page have their numbers alone', () => {
    const { pages } = render({
      'colophon.yaml': 'number-sections: true\n',
      'index.md': page('## One {#sec-one}\n\n### Part {#sec-part}\n\n## Two\n\n@sec-one and @sec-part.'),
    });
    const html = article(pages, 'index.html');
    expect(html.replace(/<[^>]*>/g, '')).toContain('Section 1 and Section 1.1.');
    expect(html.match(/"section-number">[\d.]+/g)).toEqual(['1', '1.1', '2'].map((n) => `"section-number">${n}`));
  });

  it('after a word that is joined to them, as in Arabic, or that no blank ends, as in Chinese', () => {
    const { pages } = render({
      'index.md': page('كما في @eq-a و@eq-b. 如@eq-a 所示 me@eq-a\n\n$$ x $$ {#eq-a}\n\n$$ y $$ {#eq-b}'),
    });
    expect(
      article(pages, 'index.html')
        .match(/<p>(.*?)<\/p>/)?.[1]
        ?.replace(/<[^>]*>/g, ''),
    ).toBe('كما في Equation 1 وEquation 2. 如Equation 1 所示 me@eq-a');
  });

  it('that mean nothing, and labels given twice, are problems at their places', () => {
    const found = render({
      'index.md': page('See @fig-non and @eq-los.\n\n$$ x $$ {#eq-loss}\n\n$$ y $$ {#eq-loss}\n\n$$ z $$ {#loss}'),
    });
    expect(rules(found)).toEqual([
      'index.md:5:5 unknown-reference',
      'index.md:5:18 unknown-reference',
      'index.md:9:1 duplicate-label',
      'index.md:11:1 invalid-label',
    ]);
    expect(found.problems[1]?.hint).toBe('did you mean "eq-loss"?');
    expect(found.problems[2]?.related?.[0]?.place).toMatchObject({ line: 7, column: 1 });
  });

  it('that mean nothing say how what was meant gets its label, or which of its names to write', () => {
    const { problems } = render({
      'index.md': page(
        'See @sec-data, @eq-loss, @fig-net, @tbl-net, @thm-main, @net-curves, @curves.\n\n```figure #net-curves\nshow: a.b\n```\n\n```figure #fig-curves\nshow: a.b\n```',
      ),
      'references.bib': bib,
    });
    const hints = problems.filter(({ rule }) => rule.startsWith('unknown-')).map(({ hint }) => hint);
    expect(hints).toEqual([
      'write {#sec-data} at the end of its heading',
      'write {#eq-loss} after the closing $$ of an equation',
      'choose from "fig-curves", or name a figure so: ```figure #fig-net',
      'name a table so: ```table #tbl-net, or write ": Its caption {#tbl-net}" below one',
      'start a block with ::: {#thm-main}',
      'that is Figure 1; name it fig-net-curves and write @fig-net-curves',
      'did you mean "@fig-curves"?',
    ]);
  });

  it('are left alone in code, in addresses and after a backslash', () => {
    const { pages, problems } = render({ 'index.md': page('`@fig-one`, \\@fig-one, me@fig-one.org') });
    expect(problems).toEqual([]);
    expect(article(pages, 'index.html')).toContain('<code>@fig-one</code>, @fig-one, <a href="mailto:me@fig-one.org">');
  });
});

const bib = `@article{jacot, author = {Jacot, Arthur and Gabriel, Franck and Hongler, Cl{\\'e}ment}, title = {Neural {Tangent} Kernel}, journal = {NeurIPS}, year = 2018, doi = {10.1/x_y}}
@book{neumann, author = "John von Neumann", title = {Games}, year = {1944}, publisher = {PUP}}
@misc{two, author = {Lee, A. and Xiao, B.}, title = {Wide}, year = 2019, eprint = {1902.06720}}
`;

describe('citations', () => {
  it('are author and year, in the sentence or in brackets, and the page ends with the works', () => {
    const { pages, problems } = render({
      'index.md': page('@jacot say so [see @two, p. 3; @neumann]. Again [-@jacot].'),
      'references.bib': bib,
    });
    expect(problems).toEqual([]);
    const text = article(pages, 'index.html').replace(/<\/?a[^>]*>/g, '');
    expect(text).toContain(
      'Jacot et al. (2018) say so (see Lee and Xiao, 2019, p. 3; von Neumann, 1944). Again (2018).',
    );
    expect(text).toContain(
      '<li id="ref-jacot">Jacot, A., Gabriel, F., and Hongler, C. (2018). Neural Tangent Kernel. <cite>NeurIPS</cite>. doi:10.1/x_y</li>',
    );
    expect(text).toContain('<li id="ref-neumann">von Neumann, J. (1944). <cite>Games</cite>. PUP.</li>');
    expect(article(pages, 'index.html')).toContain('href="https://arxiv.org/abs/1902.06720"');
    const order = [...text.matchAll(/<li id="ref-(\w+)"/g)].map(([, key]) => key);
    expect(order).toEqual(['jacot', 'two', 'neumann']);
  });

  it('are numbers in the order of citing when the report says so', () => {
    const { pages } = render({
      'index.md': page('@two first, then [@jacot; @two].'),
      'colophon.yaml': 'citation-style: numeric\n',
      'references.bib': bib,
    });
    const text = article(pages, 'index.html').replace(/<\/?a[^>]*>/g, '');
    expect(text).toContain('Lee and Xiao [1] first, then [1, 2].');
    expect(text).toMatch(/<ol class="works numeric">\n<li id="ref-two">[\s\S]*<li id="ref-jacot">/);
  });

  const several = (count: number): string =>
    Array.from(
      { length: count },
      (_, at) => `@book{w${at + 1}, author = {Doe, Jane}, title = {T${at + 1}}, year = 2019}`,
    ).join('\n');
  const cited = (body: string, style = 'author-year'): string => {
    const { pages, problems } = render({
      'index.md': page(body),
      'colophon.yaml': `citation-style: ${style}\n`,
      'references.bib': `${bib}${several(6)}\n@misc{none, title = {No $x^2$ date}}`,
    });
    expect(problems).toEqual([]);
    const html = article(pages, 'index.html').split('<section class="references">')[0] ?? '';
    return html
      .replace(/<\/?(?:a|p)(?: [^>]*)?>/g, '')
      .replace(/<math.*?<\/math>/g, '<math>')
      .trim();
  };

  it.each([
    ['@jacot [p. 33] say so.', 'Jacot et al. (2018, p. 33) say so.'],
    ['@w1 [p. 33; @w2] and @w3.', 'Doe (2019a, p. 33; Doe, 2019b) and Doe (2019c).'],
    ['@w1 [chap. 2; see @w2, p. 3; @two].', 'Doe (2019a, chap. 2; see Doe, 2019b, p. 3; Lee and Xiao, 2019).'],
    ['@w1 [p. 3; @w2](x) no.', undefined],
    ['@w1 [it; and @w2 no.', 'Doe (2019a) [it; and Doe (2019b) no.'],
    ['@jacot [pp. 3-5, *see* it](x) no.', undefined],
    ['[@jacot, pp. 3-5 and *passim*]', '(Jacot et al., 2018, pp. 3–5 and <i>passim</i>)'],
    [
      '[see **the** @two $x$, chap. 2; @neumann]',
      '(see <b>the</b> Lee and Xiao, 2019 <math>, chap. 2; von Neumann, 1944)',
    ],
    ['Doe [-@w1] and [@w2; @w3].', 'Doe (2019a) and (Doe, 2019b; Doe, 2019c).'],
    ['[@none]', '(No <math> date, n.d.)'],
  ])('of authors and years with what is said besides: %s', (body, expected) => {
    if (expected !== undefined) expect(cited(body)).toBe(expected);
  });

  it.each([
    ['[@w1; @w2; @w3; @w4; @w6; @w5; @jacot] [@w6; @jacot] [@w2; @w1]', '[1–7] [5, 7] [1, 2]'],
    ['@w1 [p. 3] [see @w2, pp. 1--2]', 'Doe [1, p. 3] [see 2, pp. 1–2]'],
    ['[@w1, 33; @w2]', '[1, 33; 2]'],
    ['@w1 [p. 3; @w2]', 'Doe [1, p. 3; 2]'],
  ])('by numbers, with ranges: %s', (body, expected) => {
    expect(cited(body, 'numeric')).toBe(expected);
  });

  it('are no concern of flaws in entries that nobody cites', () => {
    const flawed = `${bib}@book{dup, title = {A}}\n@book{dup, title = {B}}\n@book{s, title = nosuch, month = sept}\n@book{x, crossref = {gone}}\n@book{o, title = {open\n`;
    const { problems } = render({ 'index.md': page('@jacot.'), 'references.bib': flawed });
    expect(problems.map(({ place, severity, rule }) => `${place?.line ?? 0} ${severity ?? 'error'} ${rule}`)).toEqual([
      '5 warning duplicate-key',
      '6 warning bibtex',
      '7 warning bibtex',
      '8 warning bibtex',
    ]);
    const asked = render({ 'index.md': page('@jacot and [@s; @x].'), 'references.bib': flawed }).problems;
    expect(asked.filter(({ severity }) => severity === undefined).map(({ place }) => place?.line)).toEqual([6, 7]);
  });

  it.each([
    ['de', '(Jacot et al., 2018; Lee und Xiao, 2019)', 'In Ed, E. (Hrsg.), Book, S. 1–2'],
    ['fr', '(Jacot et al., 2018; Lee et Xiao, 2019)', 'Dans Ed, E. (éd.), Book, p. 1–2'],
    ['ja', '(Jacotほか, 2018; Lee、Xiao, 2019)', 'Ed, E. (編), Book所収, 1–2頁'],
  ])('are in the words of the language: %s', (language, inText, where) => {
    const { pages, problems } = render({
      'index.md': page('[@jacot; @two] [@part]'),
      'colophon.yaml': `language: ${language}\n`,
      'references.bib': `${bib}@incollection{part, author = {Z, A}, title = {P}, booktitle = {Book}, editor = {Ed, Eve}, pages = {1-2}}`,
    });
    expect(problems).toEqual([]);
    const text = article(pages, 'index.html').replace(/<[^>]*>/g, '');
    expect(text).toContain(inText);
    expect(text).toContain(where);
  });

  it('share one list where a page asks for it', () => {
    const { pages, problems } = render({
      'index.md': page('[@jacot]'),
      'works.md': page('::: {#refs}\n:::'),
      'references.bib': bib,
    });
    expect(problems).toEqual([]);
    expect(article(pages, 'index.html')).toContain('href="works.html#ref-jacot"');
    expect(article(pages, 'index.html')).not.toContain('class="references"');
    expect(article(pages, 'works.html')).toContain('<li id="ref-jacot">');
  });

  it('of unknown works, and broken entries, are problems at their places', () => {
    const found = render({
      'index.md': page('[@jaco] and @nobody.'),
      'references.bib': `${bib}@article{broken, title = {Open\n@misc{fine, title = {Fine}}\n@misc{bad title = {x}}\n@misc{jacot, title = {Again}}\n`,
    });
    expect(rules(found)).toEqual([
      'index.md:5:2 unknown-citation',
      'index.md:5:13 unknown-citation',
      'references.bib:4:26 bibtex',
      'references.bib:6:11 bibtex',
      'references.bib:7:7 duplicate-key',
    ]);
    expect(found.problems[0]?.hint).toBe('did you mean "jacot"?');
  });
});
