/** What pages have besides CommonMark and GitHub's extensions: each as its author writes it and as its reader gets it. */
import { describe, expect, it } from 'vitest';
import { article, page, render, rules } from './render-report.js';

const body = (markdown: string): string => {
  const { pages, problems } = render({ 'index.md': page(markdown) });
  expect(problems).toEqual([]);
  return article(pages, 'index.html');
};

describe('callouts', () => {
  it.each(['note', 'tip', 'important', 'warning', 'caution'])('%s, as GitHub has it and between fences', (kind) => {
    const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    const html = `<aside class="callout ${kind}"><p class="callout-title">${name}</p>\n<p>Text.</p>\n</aside>`;
    expect(body(`> [!${kind.toUpperCase()}]\n> Text.`)).toBe(html);
    expect(body(`::: {.callout-${kind}}\nText.\n:::`)).toBe(html);
  });

  it('have a title, and fold', () => {
    expect(body('> [!TIP] Try *this*\n> Text.')).toContain('<p class="callout-title">Try <em>this</em></p>');
    expect(body('::: {.callout-note collapse="true"}\nText.\n:::')).toMatch(/^<details class="callout note"><summary/);
    expect(body('::: {.callout-note collapse="false"}\nText.\n:::')).toMatch(/^<details class="callout note" open>/);
  });

  it.each([
    ['::: {.callout-tip #tip-a}', 'tip-a', 'Tip 1', 'tip'],
    ['::: {#nte-a .callout-note title="On depth"}', 'nte-a', 'Note 1', 'note'],
    ['::: {#wrn-a}', 'wrn-a', 'Warning 1', 'warning'],
  ])('%s is numbered, and referred to', (fence, id, said, kind) => {
    const html = body(`See @${id}.\n\n${fence}\nText.\n:::`);
    expect(html).toContain(`<a class="reference" href="#${id}">${said}</a>`);
    expect(html).toContain(`<aside class="callout ${kind}" id="${id}"><p class="callout-title"><b class="label">`);
    expect(body(`${fence.replace('}', ' collapse=true}')}\nText.\n:::`)).toContain(`<b class="label">${said}.</b>`);
  });

  it('of an unknown kind and blocks that are never closed have their places', () => {
    expect(rules(render({ 'index.md': page('> [!NOTES]\n> Text.') }))).toEqual(['index.md:5:3 unknown-callout']);
    expect(rules(render({ 'index.md': page('::: {.details}\nText.') }))).toEqual(['index.md:5:1 unclosed-container']);
  });
});

describe('tabs', () => {
  const written = 'Before.\n\n## Python {#sec-py}\n\nIn Python.\n\n### Deeper\n\n## *R* {.active}\n\nIn R.';

  it.each(['::: panel-tabset', '::: {.panel-tabset}', '::: {.panel-tabset .nav-pills group="language"}'])(
    '%s: each part under its heading, which no contents list',
    (fence) => {
      const html = body(`See @sec-py.\n\n${fence}\n${written}\n:::\n\n## After`);
      expect(html).toMatch(
        /<div class="tabs"(?: data-group="language")?>\n<p>Before.<\/p>\n<div class="tab">\n<h2 id="sec-py">Python .*<h3 id="deeper">.*<div class="tab active">\n<h2 id="r"><em>R/s,
      );
      expect(html).toContain('<a class="reference" href="#sec-py">');
      const { pages } = render({ 'index.md': page(`${fence}\n${written}\n:::\n\n## After\n\n## Last`) });
      const whole = pages.get('index.html') ?? '';
      expect(whole).toContain('href="#after"');
      expect(whole.split('href="#sec-py"')).toHaveLength(2);
      expect(whole).toMatch(/<script src="assets\/tabs-\w+\.js" defer>/);
    },
  );

  it('load a script only where there are some, and have names', () => {
    expect(render({ 'index.md': page('Text.') }).pages.get('index.html')).not.toContain('tabs-');
    expect(rules(render({ 'index.md': page('::: panel-tabset\nText.\n:::') }))).toEqual([
      'index.md:5:1 tabs-without-headings',
    ]);
  });

  it('have no numbers where sections have', () => {
    const { pages } = render({
      'colophon.yaml': 'number-sections: true\n',
      'index.md': page('Text.'),
      'two.md': `# Two\n\n::: panel-tabset\n${written}\n:::\n\n## After\n`,
    });
    expect(article(pages, 'two.html').match(/section-number">[^<]*/g)).toEqual(['section-number">1.1']);
  });
});

// Whatever a browser would run.
it.each([
  ['[go](javascript:alert(1))', 'unsafe-link', 'javascript:'],
  ['[go](JaVaScRiPt:alert(1))', 'unsafe-link', 'alert'],
  ['[go](vbscript:x)', 'unsafe-link', 'vbscript:'],
  ['![x](data:text/html;base64,PHNjcmlwdD4=)', 'unsafe-link', 'data:'],
])('%s is %s, at its place, and not in the page', (markdown, rule, absent) => {
  const rendered = render({ 'index.md': page(markdown) });
  expect(rules(rendered)).toEqual([`index.md:5:1 ${rule}`]);
  expect(article(rendered.pages, 'index.html').toLowerCase()).not.toContain(absent.toLowerCase());
});

// Which the policy of a page does not load.
it.each([
  [
    '![A *photo*](https://example.org/x.png "Title")',
    '<p><a href="https://example.org/x.png" title="Title">A photo</a></p>',
  ],
  ['![](//example.org/x.png)', '<p><a href="//example.org/x.png">//example.org/x.png</a></p>'],
  ['![A & B](http://example.org/x.png){#fig-x}', '<a href="http://example.org/x.png">A &amp; B</a></div><figcaption>'],
])('an image of another host, %s, becomes a link of its words, with a warning at its place', (picture, link) => {
  const rendered = render({ 'index.md': page(picture) });
  expect(rules(rendered)).toEqual(['index.md:5:1 outside-image']);
  expect(rendered.problems.map(({ severity }) => severity)).toEqual(['warning']);
  expect(article(rendered.pages, 'index.html')).toContain(link);
  expect(article(rendered.pages, 'index.html')).not.toContain('<img');
});

it('details fold under their title, and margin notes stand beside', () => {
  expect(body('::: {.details title="More"}\nText.\n:::')).toBe(
    '<details class="folded"><summary>More</summary>\n<p>Text.</p>\n</details>',
  );
  expect(body('::: margin\nAside.\n:::')).toBe('<aside class="margin">\n<p>Aside.</p>\n</aside>');
});

it('definition lists have terms and what they mean', () => {
  const html = body('Step\n: One *computation*.\n\nKey\n: A digest.\n: A name.');
  expect(html.match(/<dt>.*?<\/dt>/g)).toEqual(['<dt>Step</dt>', '<dt>Key</dt>']);
  expect(html.match(/<dd>/g)).toHaveLength(3);
  expect(html).toContain('<em>computation</em>');
});

it('footnotes are numbered in the order of their use, with a way back from each use', () => {
  const html = body('One[^b], two[^a], again[^b].\n\n[^a]: Note A.\n\n[^b]: Note B.');
  expect(html.match(/href="#fn-\d" id="[^"]*"/g)).toEqual([
    'href="#fn-1" id="fnref-1"',
    'href="#fn-2" id="fnref-2"',
    'href="#fn-1" id="fnref-1-2"',
  ]);
  expect(html).toMatch(
    /<li id="fn-1"><p>Note B\. .*href="#fnref-1".*href="#fnref-1-2".*<\/li>\n<li id="fn-2"><p>Note A\./,
  );
});

it('code has a title', () => {
  expect(body('```python title="train & test.py"\nx = 1\n```')).toMatch(
    /^<figure class="listing"><figcaption>train &amp; test\.py<\/figcaption><pre><code class="language-python">/,
  );
});

it.each([
  '```{#lst-a .python lst-cap="How @fig-x is made"}\nx = 1\n```',
  '```python {#lst-a lst-cap="How @fig-x is made"}\nx = 1\n```',
  '::: {#lst-a}\n```python\nx = 1\n```\n\nHow @fig-x is made\n:::',
])('code with a label is numbered, has a caption, and is referred to: %s', (code) => {
  const picture = '![A](p.png){#fig-x}';
  const { pages, problems } = render({
    'index.md': page(`See @lst-a and [-@lst-a].\n\n${picture}\n\n${code}`),
    'p.png': 'png',
  });
  expect(problems).toEqual([]);
  const html = article(pages, 'index.html');
  expect(html).toContain(
    '<a class="reference" href="#lst-a">Listing 1</a> and <a class="reference" href="#lst-a">1</a>',
  );
  expect(html.replace(/<a class="reference"[^>]*>(.*?)<\/a>/g, '$1')).toMatch(
    /<figure class="[a-z ]*listing numbered" id="lst-a"><figcaption><b class="label"><a href="#lst-a">Listing 1<\/a>\.<\/b> How Figure 1 is made<\/figcaption>.*<code class="language-python">/s,
  );
});

it('classes of code say its language, an id is where links lead; a label of another kind is a problem at its place', () => {
  expect(body('```{.python filename="train.py"}\nx = 1\n```')).toMatch(
    /<figcaption>train\.py<\/figcaption><pre><code class="language-python">/,
  );
  expect(body('[there](#one)\n\n```{#one .python}\nx\n```')).toContain('<pre id="one"><code class="language-python">');
  expect(rules(render({ 'index.md': page('```{#fig-a .python}\nx\n```') }))).toEqual(['index.md:5:1 invalid-label']);
});

it('quotes, dashes and dots are typographic, but not in code', () => {
  expect(body('"It\'s 1--2," she said --- "so..." `"a" -- b`')).toBe(
    '<p>“It’s 1–2,” she said — “so…” <code>"a" -- b</code></p>',
  );
});

it('bibliographies may have abbreviations, accents and works inside others', () => {
  const { pages, problems } = render({
    'index.md': page('As @part has it.'),
    'references.bib': [
      '@string{pub = "Some Press"}',
      '@inproceedings{part, author={G{\\"o}del, Kurt}, title={A Part}, crossref={whole}}',
      '@proceedings{whole, booktitle={The Whole}, year={1931}, publisher=pub # " Ltd"}',
    ].join('\n'),
  });
  expect(problems).toEqual([]);
  const html = article(pages, 'index.html');
  expect(html).toContain('Gödel');
  expect(html).toContain('1931');
  expect(html).toContain('<cite>The Whole</cite>');
  expect(html).toContain('Some Press Ltd');
});
