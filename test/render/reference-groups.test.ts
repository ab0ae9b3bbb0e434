/** References in every form and every place: a number with a link that leads somewhere, or a problem that says so. */
import { describe, expect, it } from 'vitest';
import { article, page, render, rules } from './render-report.js';

const photos = ['p', 'q', 'r', 's'].map((name) => `![Photo](p.png){#fig-${name}}`).join('\n\n');
const more = { 'p.png': 'png' };

/** What the first paragraph says, and where its references lead. */
function first(text: string, rest = photos): { readonly said: string; readonly to: string[] } {
  const rendered = render({ 'index.md': page(`${text}\n\n${rest}`), ...more });
  expect(rendered.problems).toEqual([]);
  const html = article(rendered.pages, 'index.html');
  const [paragraph = ''] = /<p>[\s\S]*?<\/p>/.exec(html) ?? [];
  const to = [...paragraph.matchAll(/href="#([^"]*)"/g)].map(([, id = '']) => id);
  for (const id of to) expect(html).toContain(` id="${id}"`);
  return { said: paragraph.replace(/<[^>]*>/g, ''), to };
}

describe('references', () => {
  it.each([
    ['[-@fig-p]', '1', ['fig-p']],
    ['@Fig-p', 'Figure 1', ['fig-p']],
    ['[@fig-p; @fig-q]', 'Figures 1 and 2', ['fig-p', 'fig-q']],
    ['[@fig-p; @fig-q; @fig-r]', 'Figures 1 to 3', ['fig-p', 'fig-r']],
    ['[@fig-p; @fig-q; @fig-s]', 'Figures 1, 2, and 4', ['fig-p', 'fig-q', 'fig-s']],
    ['[-@fig-p; -@fig-q]', '1 and 2', ['fig-p', 'fig-q']],
    ['[see @fig-p, left]', 'see Figure 1, left', ['fig-p']],
    ['[Fig. @fig-q]', 'Fig. 2', ['fig-q']],
    ['[@fig-p; @sec-a]', 'Figure 1 and “About Figure 1”', ['fig-p', 'sec-a']],
  ])('%s', (written, said, to) => {
    expect(first(written, `${photos}\n\n## About @fig-p {#sec-a}`)).toEqual({ said, to });
  });

  it('in a link are text, and so are notes', () => {
    const { pages } = render({ 'index.md': page(`[see @fig-p[^1]](index.md)\n\n${photos}\n\n[^1]: Note.`), ...more });
    expect(article(pages, 'index.html')).toContain(
      '<p><a href="index.html">see Figure 1<sup><span id="fnref-1">1</span></sup></a></p>',
    );
  });

  it('lead to the title of a page', () => {
    const rendered = render({
      'index.md': '# Title {#sec-x}\n\nSee @sec-x and [it](index.md#sec-x).\n',
      'other.md': page('@sec-x'),
    });
    expect(rendered.problems).toEqual([]);
    expect(rendered.pages.get('index.html')).toContain('<h1 id="sec-x">Title</h1>');
    expect(article(rendered.pages, 'other.html')).toContain('href="index.html#sec-x">“Title”</a>');
  });

  it('stand in captions, cells, notes, headings and alternative texts', () => {
    const { pages, problems } = render({
      'index.md': page(
        `## See @fig-p\n\n| a |\n|---|\n| @fig-q |\n\n: Of @fig-r {#tbl-t}\n\nNote[^1].\n\n[^1]: As @fig-s.\n\n![A](p.png){#fig-a alt="like @fig-p and [@fig-q]"} \n\n${photos}`,
      ),
      ...more,
    });
    expect(problems).toEqual([]);
    const html = article(pages, 'index.html').replace(/<a class="reference" href="#([^"]*)">([^<]*)<\/a>/g, '[$2]($1)');
    expect(html).toContain('See [Figure 2](fig-p)');
    expect(html).toContain('<td>[Figure 3](fig-q)</td>');
    expect(html).toContain('Of [Figure 4](fig-r)');
    expect(html).toContain('As [Figure 5](fig-s).');
    expect(html).toContain('alt="like Figure 2 and Figure 3"');
  });

  it.each([
    ['a formula', '$\\text{by @fig-p}$', '5:11 misplaced-reference'],
    ['an equation', '$$\nx, @fig-p\n$$', '6:4 misplaced-reference'],
    ['an alternative text', '![like @fig-none](p.png)', '5:8 unknown-reference'],
    ['one in attributes', '![A](p.png){alt="like @fig-none"}', '5:1 unknown-reference'],
    ['a group', '[@fig-p; @fig-none]', '5:10 unknown-reference'],
    ['brackets', '[-@fig-none]', '5:2 unknown-reference'],
  ])('are problems in %s that has no number for them', (_where, text, said) => {
    expect(rules(render({ 'index.md': page(`${text}\n\n${photos}`), ...more }))).toEqual([`index.md:${said}`]);
  });

  it('are problems in the title of a page', () => {
    expect(rules(render({ 'index.md': `# About @fig-p\n\n${photos}`, ...more }))).toEqual([
      'index.md:1:1 misplaced-reference',
    ]);
    expect(rules(render({ 'index.md': `---\ntitle: About @fig-p\n---\n\n${photos}`, ...more }))).toEqual([
      'index.md:2:8 misplaced-reference',
    ]);
  });
});

describe('labels', () => {
  it.each([
    ['in a tight list', '- ![x](p.png){#fig-a}\n- see @fig-a'],
    ['on a line of a paragraph', 'Text\n![x](p.png){#fig-a}\nmore @fig-a.'],
    ['in a quote', '> Text\n> ![x](p.png){#fig-a}\n\n@fig-a'],
    ['beside another', '![x](p.png){#fig-a} ![y](p.png){#fig-b}\n\n[@fig-a; @fig-b]'],
    ['in a link', '[![x](p.png){#fig-a}](https://a.org)\n\n@fig-a'],
    ['after a link', '[![x](p.png)](https://a.org){#fig-a}\n\n@fig-a'],
    ['with quotes in its attributes', '![x](p.png){#fig-a alt="a \\"b\\" {c} *d*"}\n\n@fig-a'],
    ['with attributes over two lines', '> ![x](p.png){#fig-a\n> alt="a\n> b"}\n\n@fig-a'],
    ['with letters of other alphabets', '![x](p.png){#fig-übersicht}\n\n@fig-übersicht'],
  ])('of an image %s is that of a figure', (_where, text) => {
    const { pages, problems } = render({ 'index.md': page(text), ...more });
    expect(problems).toEqual([]);
    const html = article(pages, 'index.html');
    const led = [...html.matchAll(/class="reference" href="#([^"]*)"/g)].map(([, id = '']) => id);
    expect(led).not.toEqual([]);
    for (const id of led) expect(html).toMatch(new RegExp(`<figure id="${id}">.*<figcaption>.*Figure \\d`));
  });

  it('of an image inside a sentence is a problem, and so are those in cells and headings', () => {
    const text =
      'See ![x](p.png){#fig-a} here, @fig-a.\n\n| a |\n|---|\n| ![x](p.png){#fig-b} |\n\n## ![x](p.png){#fig-c}';
    expect(rules(render({ 'index.md': page(text), ...more }))).toEqual([
      'index.md:5:5 invalid-label',
      'index.md:9:3 invalid-label',
      'index.md:11:4 invalid-label',
    ]);
  });

  const table = '| a |\n|---|\n| 1 |';
  it.each([
    ['Table: Sizes {#tbl-q}', 'above', `Table: Sizes {#tbl-q}\n\n${table}`],
    ['Table: Sizes {#tbl-q}', 'below', `${table}\n\nTable: Sizes {#tbl-q}`],
    [': Sizes {#tbl-q}', 'above', `- An item\n\n\n: Sizes {#tbl-q}\n\n${table}`],
    [': Sizes {#tbl-q}', 'right below', `${table}\n: Sizes {#tbl-q tbl-colwidths="[1]"}`],
  ])('%s may stand %s', (_caption, _where, text) => {
    const { pages, problems } = render({ 'index.md': page(`${text}\n\n@tbl-q`) });
    expect(problems).toEqual([]);
    expect(article(pages, 'index.html')).toMatch(
      /<figure class="table" id="tbl-q"><figcaption><b class="label">.*Table 1.*<\/b> Sizes<\/figcaption>[\s\S]*<td>1<\/td>\n<\/tr>\n<\/tbody>/,
    );
  });

  it('of captions between two tables belong to the one above, or below where that has one', () => {
    const text = `Table: One {#tbl-1}\n\n${table}\n\nTable: Two {#tbl-2}\n\n${table}`;
    const html = article(render({ 'index.md': page(text) }).pages, 'index.html');
    expect(html).toMatch(/id="tbl-1"[\s\S]*<td>1<\/td>[\s\S]*id="tbl-2"[\s\S]*<td>1<\/td>/);
  });
});

describe('blocks beside each other', () => {
  it('are one figure with parts, which have letters', () => {
    const parts = '![One](p.png){#fig-x-a}\n\n![Two](p.png){#fig-x-b}\n\nBoth of them';
    const { pages, problems } = render({
      'index.md': page(`::: {#fig-x layout-ncol=2}\n${parts}\n:::\n\n@fig-x-b, [@fig-x-a; @fig-x-b], @fig-x, @fig-p.`),
      'more.md': page(photos),
      ...more,
    });
    expect(problems).toEqual([]);
    const html = article(pages, 'index.html');
    expect(html.replace(/<[^>]*>/g, '')).toContain('Figure 1 (b), Figures 1 (a) and 1 (b), Figure 1, Figure 2.');
    expect(html).toContain(
      '<figure class="panel" id="fig-x"><div class="beside">\n<div class="cell width-50"><figure id="fig-x-a">',
    );
    expect(html).toContain('<a href="#fig-x">Figure 1</a>.</b> Both of them</figcaption></figure>');
  });

  it('have their shares of the width', () => {
    const { pages } = render({
      'index.md': page('::: {layout="[[70,-10,20],[1]]"}\n![A](p.png) ![B](p.png)\n\nText\n:::'),
      ...more,
    });
    expect(article(pages, 'index.html').match(/cell width-\d+/g)).toEqual([
      ...['cell width-70', 'cell width-10', 'cell width-20', 'cell width-100'],
    ]);
  });
});

it.each([
  ['width=50%', 'class="width-50"'],
  ['width=3in', 'width="288"'],
  ['height=2cm', 'height="76"'],
  ['width=400 height=300px', 'width="400" height="300"'],
  ['fig-alt="What it shows"', 'alt="What it shows"'],
])('an image is {%s}', (attributes, written) => {
  const { pages, problems } = render({ 'index.md': page(`![A](p.png){${attributes}}`), ...more });
  expect(problems).toEqual([]);
  expect(article(pages, 'index.html')).toContain(written);
});

it('a reference to a footnote that is never defined is text, with a warning', () => {
  const { pages, problems } = render({ 'index.md': page('So[^x].') });
  expect(article(pages, 'index.html')).toBe('<p>So[^x].</p>');
  expect(problems).toEqual([expect.objectContaining({ rule: 'unknown-footnote', severity: 'warning' })]);
});
