/** What a neighbour's syntax means is never dropped in silence, and ordinary text is never taken for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyNth } from '../every-nth.js';
import { standardReader } from '../../src/source/markdown.js';
import { neighbourSyntax } from '../../src/source/neighbours/index.js';
import { LineIndex } from '../../src/source/place.js';
import { parsePage } from '../../src/source/parse-page.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { reportFolder } from '../report-folder.js';
import { markdownToHtml } from './markdown-to-html.js';

/** "line:column hint" of each warning about a page that starts with a title and a blank line. */
function warnings(text: string): string[] {
  const { problems } = parsePage('index.md', `# A page\n\n${text}\n`, directiveKinds);
  return problems
    .filter(({ rule }) => rule === 'neighbour-syntax')
    .map(({ place, hint, message, severity }) => {
      expect([severity, message === '', hint === '']).toEqual(['warning', false, false]);
      return `${(place?.line ?? 0) - 2}:${place?.column ?? 0} ${hint}`;
    });
}

const include = 'write the text here, or make it a page and write a link to it: [its title](page.md)';
const noCode = (language: string): string =>
  `write \`\`\`${language} to show it, and a directive such as train for what it computes`;

/** The HTML of a text, without what leads back from footnotes. */
const shown = (text: string): string =>
  markdownToHtml(text)
    .replaceAll(/ <a class="footnote-back".*?<\/a>/g, '')
    .trim();

describe('what Pandoc reads is read here:', () => {
  it.each([
    ['E = mc^2^, the 3^rd^, m^-1^.', '<p>E = mc<sup>2</sup>, the 3<sup>rd</sup>, m<sup>-1</sup>.</p>'],
    ['H~2~O and ~~gone~~ and ~gone~', '<p>H<sub>2</sub>O and <del>gone</del> and <del>gone</del></p>'],
    ['x^2+y^2 and a^b^c and ^_^', '<p>x^2+y^2 and a^b^c and ^_^</p>'],
    [
      'A [few *words*\nhere]{.smallcaps} and [mots]{lang=fr}.',
      '<p>A <span class="smallcaps">few <em>words</em>\nhere</span> and <span lang="fr">mots</span>.</p>',
    ],
    ['[so]{.mark} and [it]{#place}', '<p><mark class="mark">so</mark> and <span id="place">it</span></p>'],
    [
      '[`a[1]`]{.x} and \\[a]{.x} and [a] {.x}',
      '<p><span class="x"><code>a[1]</code></span> and [a]{.x} and [a] {.x}</p>',
    ],
    ['A \\index{word}word.\n\n\\newpage\n\n`\\newpage`', '<p>A word.</p>\n<p><code>\\newpage</code></p>'],
    ['::: {.content-visible when-format="html"}\n<figure>a</figure>\n:::', '<div>\n<figure>a</figure>\n</div>'],
  ])('%j', (text, html) => {
    expect(shown(text)).toBe(html);
  });

  it('notes in a line, also over its end, are footnotes among the others', () => {
    const html = shown(
      'One^[A note with\n*two* [lines](https://a.org).] and two[^a].^[Three]\n\n[^a]: Other.\n\nEscaped \\^[a].',
    );
    expect(html).toMatch(
      /^<p>One<sup>.*>1<.*<\/sup> and two<sup>.*>2<.*<\/sup>\.<sup>.*>3<.*<\/p>\n<p>Escaped \^\[a\]\.<\/p>/,
    );
    expect(html).toContain('<li id="fn-1"><p>A note with\n<em>two</em> <a href="https://a.org">lines</a>.</p></li>');
    expect(html.match(/<li id="fn-\d"><p>\w+/g)?.slice(1)).toEqual([
      '<li id="fn-2"><p>Other',
      '<li id="fn-3"><p>Three',
    ]);
  });
});

describe('is said at its place with what to write:', () => {
  it.each([
    // Quarto, Pandoc, R Markdown
    ['![A](a.png){width=5em}', '1:12 write width=400, in CSS pixels, or a share of the text such as width=50%'],
    ['![A](a.png){#fig-a height=50%}', '1:12 write height=400, in CSS pixels'],
    ['![A](a.png){group=one}', '1:12 leave it out: an image has alt, width, height and .wide'],
    ['![A](a.png){.lightbox}', '1:12 leave it out: an image has alt, width, height and .wide'],
    ['Table: A caption {#tbl:q}', '1:1 put it right above or below its table, with a blank line between'],
    ['See [it](https://a.org){.btn}.', '1:24 leave it out'],
    ['See {{< include intro.qmd >}}.', '1:5 put it on a line of its own, with a Markdown file of the report'],
    ['See {{< video https://example.org/v >}}.', '1:5 write a link to the video: [its title](https://…)'],
    ['{{% figure src="a.png" %}}', '1:1 write ![Its caption](file.png){#fig-name}'],
    ['[words]{style="color: red"}', '1:8 leave it out: words have .class, lang and dir'],
    ['## A heading {.smaller}', '1:14 leave it out'],
    ['  A    B\n---- ----\n  1    2', '2:1 write | a | b |, below it |---|---|, and each row between |'],
    ['## A heading {#sec-a .hidden}', '1:14 write {#sec-a}'],
    [
      'Some text {#sec-a}',
      '1:11 leave it out: headings, images, captions of tables, equations and blocks between ::: have labels',
    ],
    ['It is `={net.test-error .3f}`.', '1:7 write `= net.test-error .3f`'],
    ['It is `=net[hidden=4].test-error`.', '1:7 write `= net[hidden=4].test-error`'],
    ['It is ==marked== here.', '1:7 write <mark>marked</mark>'],
    ['+---+---+\n| a | b |\n+---+---+', '1:1 write | a | b |, below it |---|---|, and each row between |'],
    ['It is `{python} model.loss`.', '1:7 write `= model.loss`'],
    ['It is `{python} f"{net.test_error:.3f}"`.', '1:7 write `= net.test-error .3f`'],
    ['It is `r round(net$test_error, 2)`.', '1:7 write `= net.test-error .2f`'],
    ['It is `r mean(x)`.', '1:7 write the number of a result: `= id.name .3f`'],
    ['```{python}\nprint(1)\n```', `1:1 ${noCode('python')}`],
    ['```{r setup, include=FALSE}\nx\n```', `1:1 ${noCode('r')}`],
    ['```{.python code-fold="true"}\nx\n```', '1:13 leave it out: code has a language, a label, lst-cap and filename'],
    ['```{=html}\n<b>\n```', '1:1 write Markdown'],
    ['```{train, echo=FALSE}\ndata: waves\n```', '1:1 write ```train #name'],
    [
      '```figure #fig-a\n#| fig-cap: The fit\n#| fig-width: 5\nshow: a.b\n```',
      ['2:1 write it as an option: caption: The fit', '3:1 write it as an option: width: 5'],
    ],
    ['> ```table\n> #| label: tbl-a\n> rows: a\n> ```', '2:3 write it after the kind: ```table #tbl-a'],
    ['$x = `= net.test-error`$', '1:6 end the formula before it: $…$ `= net.test-error`'],
    ['$$\nx = `= net.test-error .2f`\n$$', '2:5 end the formula before it: $…$ `= net.test-error .2f`'],
    // MyST, Jupyter Book, reStructuredText
    [':::{note}\nText.\n:::', '1:1 write ::: note … :::'],
    ['::::{admonition} Mind the gap\nText.\n::::', '1:1 write > [!NOTE] Mind the gap'],
    [':::{figure} a.png\n:name: fig-a\nA caption\n:::', '1:1 write ![Its caption](a.png){#fig-name}'],
    ['```{note}\nText.\n```', '1:1 write ::: note … :::'],
    ['```{figure} a.png\nA caption\n```', '1:1 write ![Its caption](a.png){#fig-name}'],
    ['```{code-cell} ipython3\nx\n```', `1:1 a report runs no code: ${noCode('ipython3')}`],
    [
      '```{math}\n:label: a\nx\n```',
      '1:1 write the formula between lines of $$, and {#eq-name} after the last of them',
    ],
    [':::{prf:theorem} Main\nText.\n:::', '1:1 write ::: {#thm-name} … :::'],
    ['See {ref}`the part <sec-part>`.', '1:5 write @sec-part'],
    ['See {numref}`fig:one`.', '1:5 write @fig-one'],
    ['By {eq}`loss`.', '1:4 write @eq-loss'],
    ['As {cite:p}`a,b` say.', '1:4 write [@a; @b]'],
    ['As {cite:t}`a` says.', '1:4 write @a'],
    ['See {doc}`intro`.', '1:5 write [intro](intro.md)'],
    ['It is {math}`x^2`.', '1:7 write $x^2$'],
    ['See :ref:`part`.', '1:5 write @sec-part'],
    ['(my-section)=\n## A section', '1:1 write {#sec-my-section} at the end of the heading below'],
    ['.. warning:: Mind\n', '1:1 write > [!WARNING] Mind'],
    ['The version is {{ version }}.', '1:16 write it out; a computed number is `= id.name`'],
    // LaTeX
    [
      '\\begin{figure}\n\\centering\n\\includegraphics[width=3in]{a.png}\n\\caption{A fit}\n\\label{fig:a}\n\\end{figure}',
      '1:1 write ![A fit](a.png){#fig-a}, or a figure directive',
    ],
    ['\\begin{itemize}\n\\item One\n\\end{itemize}', '1:1 write each item in a line that starts with -'],
    ['It is \\textbf{bold} and \\emph{so}.', ['1:7 write **bold**', '1:25 write *so*']],
    ['\\section{Method}', '1:1 write ## Method'],
    ['Text\\footnote{An aside.}', '1:5 write [^1] there, and in a paragraph of its own: [^1]: An aside.'],
    ['Where \\(x_1\\) is.', '1:7 write $x_1$'],
    ['\\[\nx^2\n\\]', '1:1 write $$ in a line before it and in one after it'],
    // Other generators
    ['!!! warning "Mind"\n    The gap.', '1:1 write > [!WARNING] Mind, and > before each of its lines'],
    ['!!! note\n    The gap.', '1:1 write > [!NOTE], and > before each of its lines'],
    ['??? info "More"\n    Text.', '1:1 write ::: {.details title="More"} … :::'],
    [':::tip My title\nText.\n:::', '1:1 write ::: {.tip title="My title"}'],
    [':::info[My title]\nText.\n:::', '1:1 write ::: {.note title="My title"}'],
    ['{% include note.html %}', `1:1 ${include}`],
    ['See [[A note]] and [[other|this]].', ['1:5 write [A note](<A note.md>)', '1:20 write [this](other.md)']],
    ['![[a.png]]', '1:1 write ![a.png](a.png)'],
    ['[TOC]', '1:1 leave it out: contents are made from the headings'],
    ['A paragraph.\n{: .lead}', '2:1 leave them out'],
    ['*[HTML]: Hypertext', '1:1 write <abbr title="Hypertext">HTML</abbr> where it stands'],
  ])('%j', (text, said) => {
    expect(warnings(text)).toEqual(typeof said === 'string' ? [expect.stringContaining(said)] : said);
  });

  it('a page that starts with +++', () => {
    const { problems } = parsePage('index.md', '+++\ntitle = "A"\n+++\n\n# A\n', directiveKinds);
    expect(problems.map(({ hint }) => hint)).toEqual(['write it in YAML between lines of ---']);
  });

  it('in the caption of a figure, at the caption', () => {
    expect(warnings('```figure #fig-a\nshow: a.b\ncaption: As {ref}`x` shows\n```')).toEqual(['3:10 write @sec-x']);
  });

  it('in quotes and lists', () => {
    expect(warnings('> - See [[note]].')).toEqual(['1:9 write [note](note.md)']);
  });
});

describe('is nothing where it is', () => {
  const forms = [
    '{{< include x >}}',
    '[[x]]',
    '{% x %}',
    ':::{note}',
    '!!! note',
    '\\begin{figure}',
    '==x==',
    '@fig:x',
    '{{ x }}',
  ];
  it.each(forms)('code: %s', (form) => {
    expect(warnings(`Write \`${form}\` so.`)).toEqual([]);
    expect(warnings(`\`\`\`text\n${form}\n\`\`\``)).toEqual([]);
    expect(warnings(`    ${form}`)).toEqual([]);
  });

  it('code to be shown, with blanks inside its backticks', () => {
    expect(warnings('Quarto writes `` `{python} x` `` and ` {python} x `.')).toEqual([]);
    expect(warnings('````md\n```{python}\nx\n```\n````')).toEqual([]);
  });

  it.each([
    'An ordinary sentence, with {braces}, a = b == c, x^2 and f(x)^2, 5^th and 10 ^ 3.',
    'A [link](https://a.org){target="_blank" .uri}, \\index{word}a word and {{< pagebreak >}}.',
    'The set {x, y} and {n = 3}; a matrix [[1, 2], [3, 4]] and [[1]](https://example.org).',
    'A range 3:4, a time 10:30, a ratio :-), `code`, and C:\\path\\to\\{file}.',
    'Escaped \\{{< x >}} and \\[[x]] and \\==x== and \\(x\\) and \\[note\\].',
    'Table: a word, in a sentence that starts with it.',
    'The command \\textbf is of LaTeX, and so is \\begin.',
    'An equation $x_{1}^{2} = {y}$ and $$a == b$$ and a [link](https://example.org/a?b=={c}).',
    '> [!NOTE] A callout',
    '::: {.details title="More"}\nText\n:::',
    '::: note\nText\n:::',
    'Term\n: What it means',
    '| a |\n|---|\n| 1 |\n\n: Its caption {#tbl-a}',
    'Table: Its caption {#tbl-a}\n\n| a |\n|---|\n| 1 |',
    '| a |\n|---|\n| 1 |\nTable: Its caption',
    '![A](a.png){#fig-a width=50% fig-alt="It (and {that})" fig-align=center fig-pos="h"}',
    '## A heading {.unnumbered}',
    '## A heading {-}',
    '![A](a.png){#fig-a width=400 height=300px .wide alt="It"}',
    '## A heading {#sec-a}',
    'A heading {#sec-a}\n---',
    '$$\nx\n$$ {#eq-a}\n\nIt is `= net.test-error`, `=x` and `a=b.c`.',
    'Struck ~out~ and ~~out~~.',
    'A footnote[^1].\n\n[^1]: Its text.',
    'Well!!! note that. ??? note',
    'Text\n\n---\n\n+++ plus',
    'A [reference][x] and [x].\n\n[x]: https://example.org/{{y}}',
    '<div class="a">{{ x }}</div>',
  ])('ordinary text: %j', (text) => {
    expect(warnings(text)).toEqual([]);
  });

  it.each(['report', 'templates/project/report'])('the pages of %s', (folder) => {
    const { problems } = readReport(join(import.meta.dirname, '../..', folder), directiveKinds);
    expect(problems).toEqual([]);
  });

  // Two of these are MyST's: what is said of them is about roles.
  it('pages that other people wrote', () => {
    const folder = join(import.meta.dirname, '../fixtures/tex/pages');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
      const { problems } = parsePage(file, readFileSync(join(folder, file), 'utf8'), directiveKinds);
      const found = problems.filter(({ rule }) => rule === 'neighbour-syntax').map(({ message }) => message);
      expect(
        found.filter((message) => !/^"\{[\w:-]+\}`[^`]+`" is not read here$/.test(message)),
        file,
      ).toEqual([]);
      if (!file.startsWith('gpjax')) expect(found).toEqual([]);
    }
  });
});

it('a warning does not stop anything', () => {
  const { report, problems } = readReport(reportFolder({ 'index.md': '# A\n\n[[x]]\n' }), directiveKinds);
  expect([report.pages.length, problems.map(({ severity }) => severity)]).toEqual([1, ['warning']]);
});

it.each(
  everyNth(4, [
    '{{<',
    '[[a',
    '==a',
    '\\begin{figure}',
    '^[abc ',
    '{%a ',
    '\\(x_',
    ':::{a} ',
    'Table: a {#',
    '{: ',
    '!!! a "',
    '{{a ',
    '.. a:: ',
    '\\[',
  ]),
)('a long page of %j is searched in time that grows with its length', (part) => {
  const least = (count: number): number => {
    // In paragraphs of five hundred: one that is much longer is refused.
    const text = `# A\n\n${`${part.repeat(500)}\n\n${`${part}\n`.repeat(500)}\n`.repeat(count / 500)}`;
    const [tree, lines] = [standardReader.parse(text), new LineIndex('index.md', text)];
    const times = [1, 2, 3, 4, 5].map(() => {
      const start = performance.now();
      neighbourSyntax(
        tree,
        text,
        lines,
        [],
        directiveKinds.map(({ kind }) => kind),
      );
      return performance.now() - start;
    });
    return Math.min(...times);
  };
  least(500);
  // Sixteen times the text: 16 where the time is in proportion, 256 where it is in proportion to the square.
  expect(least(8000) / Math.max(2, least(500))).toBeLessThan(128);
});
