/** TeX as papers have it: it renders, its faults have their places, and a long page of it takes time that grows with it. */
import { describe, expect, it } from 'vitest';
import { texToMathMl } from '../../src/render/math.js';
import { texToText } from '../../src/render/math-text.js';
import { formula, formulas } from '../fixtures/tex/formulas.js';
import { article, page, render, rules } from './render-report.js';

const block = (tex: string, label = ''): string => `$$\n${tex}\n$$${label}`;
const longPage = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return `In line ${n} $\\lVert \\theta_{${n}} \\rVert_2^2 = \\frac{1}{${n + 1}}$, as @eq-${n} says.\n\n${block(formula(n), ` {#eq-${n}}`)}`;
  }).join('\n\n');

describe('a page with six hundred heavy formulas', () => {
  const rendered = render({ 'index.md': page(longPage(600)) });
  const html = article(rendered.pages, 'index.html');

  it('renders without a problem, every formula numbered and referred to', () => {
    expect(rendered.problems).toEqual([]);
    expect(html.match(/<math/g)).toHaveLength(1200);
    expect(html.match(/<a class="number" href="#eq-(\d+)" aria-label="Equation \d+">\(\d+\)<\/a>/g)).toHaveLength(600);
    expect(html).toContain('<a class="reference" href="#eq-599">Equation 600</a>');
  });

  it('has no style attribute, no TeX left over and no empty formula', () => {
    expect(html).not.toContain(' style=');
    expect(html.replace(/<annotation[\s\S]*?<\/annotation>/g, '')).not.toMatch(/\\[a-z]+/);
    for (const math of html.match(/<math[\s\S]*?<\/math>/g) ?? []) {
      expect(math.replace(/<[^>]*>/g, '').trim(), math).not.toBe('');
      expect(math.match(/<m[a-z]+/g)?.length).toBe(math.match(/<\/m[a-z]+>|<m[a-z]+[^>]*\/>/g)?.length);
    }
  });

  it('takes at most forty times the time of a page with a tenth of them', () => {
    const processor = (count: number, from: number): number => {
      const before = process.cpuUsage();
      expect(render({ 'index.md': page(longPage(count, from)) }).problems).toEqual([]);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    // Formulas that nothing has seen before: what is known is not read again.
    const short = Math.min(processor(60, 1000), processor(60, 2000));
    expect(processor(600, 3000)).toBeLessThan(40 * short);
  });
});

it('a page with mistakes among many formulas lists each at its place, and what else is wrong with it', () => {
  const lines = longPage(40).split('\n');
  const wrong = [
    '$$',
    '\\begin{aligned} a &= \\frac{1}{2} \\\\',
    '  &= \\undefinedcommand{b} \\end{aligned}',
    '$$',
    '',
    'A $\\left( x$ and [nothing](#nowhere), @eq-nosuch.',
    '',
    '> $$',
    '> x^2^3',
    '> $$',
  ];
  const { problems } = render({ 'index.md': page([...lines, '', ...wrong].join('\n')) });
  const first = 5 + lines.length + 1;
  expect(rules({ problems }).map((rule) => rule.replace('index.md:', ''))).toEqual([
    `${first + 2}:6 tex`,
    `${first + 5}:11 tex`,
    `${first + 5}:18 broken-link`,
    `${first + 5}:39 unknown-reference`,
    `${first + 8}:6 tex`,
  ]);
});

describe('LaTeX that Markdown does not know', () => {
  it.each([
    ['$$\nE = mc^2 \\label{eq:einstein}\n$$', '6:10 tex', 'write {#eq-einstein} after the closing $$ instead'],
    ['See $\\eqref{eq:x}$.', '5:6 tex', 'write @eq-x in the text, for the equation {#eq-x}'],
    [
      'See \\eqref{eq:my_loss}.',
      '5:5 bare-tex',
      'write @eq-my_loss, for what is labelled {#eq-my_loss}, or write it as code',
    ],
    ['Figure \\ref{fig-a}.', '5:8 bare-tex', 'write @fig-a, for what is labelled {#fig-a}, or write it as code'],
    ['Figure \\ref{fig:a}.', '5:8 bare-tex', 'write @fig-a, for what is labelled {#fig-a}, or write it as code'],
    ['As \\citep{lee2019, jacot2018} say.', '5:4 bare-tex', 'write [@lee2019; @jacot2018], or write it as code'],
    [
      'As \\begin{align*}\na &= b\n\\end{align*}',
      '5:4 bare-tex',
      'put a line of $$ before it and one after it, or write it as code',
    ],
  ])('%j is a problem that says what to write', (text, where, hint) => {
    const { problems } = render({ 'index.md': page(text) });
    expect(rules({ problems })).toEqual([`index.md:${where}`]);
    expect(problems[0]?.hint).toBe(hint);
  });

  it("a label as MyST writes it is the equation's, and anything else after the dollars is a problem at the dollars", () => {
    const made = render({
      'index.md': page('As @eq-a says\n\n$$\na = b\n$$ (eq-a)\n\nand $$c$$ (eq-c)\n\n$$ d $$ (eq-d)'),
    });
    expect(made.problems).toEqual([]);
    const html = article(made.pages, 'index.html');
    expect(html).toContain('<a class="reference" href="#eq-a">Equation 1</a> says');
    expect(html).toContain('(eq-c)');
    expect(html).toContain('id="eq-d"');
    expect(rules(render({ 'index.md': page('$$\na\n$$ (loss)') }))).toEqual(['index.md:5:1 invalid-label']);
    const { problems } = render({ 'index.md': page('$$\na\n$$, where\n$$\nb\n$$') });
    expect(problems[0]).toMatchObject({ rule: 'tex', place: { line: 7 } });
    expect(problems[0]?.hint).toContain('close a formula with $$ on a line of its own');
  });

  it.each([
    '\\begin{align*}\na &= b\n\\end{align*}',
    'so that\n\\begin{eqnarray*}\na & = & b\n\\end{eqnarray*}.\nIt follows.',
    '> \\begin{multline}\n> a\n> \\end{multline}',
    '$$\n\\begin{eqnarray} a &=& b \\end{eqnarray}\n$$',
    '$$\n\\begin{displaymath} a \\end{displaymath}\n$$',
    '$$\na\n$$.',
  ])('%j is a formula on a line of its own', (text) => {
    const { problems, pages } = render({ 'index.md': page(text) });
    expect(problems).toEqual([]);
    expect(article(pages, 'index.html')).toMatch(/<div class="equation"><math/);
  });

  it('is left alone in code', () => {
    expect(render({ 'index.md': page('`\\eqref{eq:x}`\n\n```tex\n\\begin{align}\n```') }).problems).toEqual([]);
  });
});

it('no line parts a formula from the marks that touch it', () => {
  const { pages } = render({
    'index.md': page('Let $x$, ($y$): a $n$-set and $z$ of $q$*s*، $u$، w.\n\n$$ w $$, and'),
  });
  const html = article(pages, 'index.html').replace(
    /<math.*?<\/math>/gs,
    (math) => />(\w)<\/mi>/.exec(math)?.[1] ?? '',
  );
  const kept = '<span class="with-marks">';
  expect(html).toContain(
    `<p>Let ${kept}x,</span> ${kept}(y):</span> a ${kept}n-</span>set and z of q<em>s</em>، ${kept}u،</span> w.</p>`,
  );
});

it('a formula in a heading is words in contents, titles, references and the search', () => {
  const { pages, problems } = render({
    'index.md':
      "# The $\\ell_2$ norm\n\n## Of $\\frac{\\partial L}{\\partial \\boldsymbol{\\theta}_i}$ and $\\sqrt{x^2 + 1} \\le f'(x)$ {#sec-of}\n\nAs @sec-of says.\n\n## Sums\n",
    'two.md': '---\ntitle: At $5 and $\\sum_{i=1}^n x_i$\n---\n\nText.\n',
  });
  expect(problems).toEqual([]);
  const html = pages.get('index.html') ?? '';
  expect(html).toContain('<title>The l_2 norm');
  expect(html).toContain('<a href="#sec-of">Of (∂L)/(∂θ_i) and √(x^2+1) ≤ f′(x)</a>');
  expect(html).toContain('<a class="reference" href="#sec-of">“Of (∂L)/(∂θ_i) and √(x^2+1) ≤ f′(x)”</a>');
  expect(html).toContain('At $5 and ∑_(i &#x3D; 1)^n x_i</a>');
  expect(html).not.toMatch(/\\(?:frac|ell|sqrt)/);
  expect(pages.get('search-index.js')).not.toMatch(/frac|sqrt/);
});

it.each([
  ['\\sum_i v_i \\max(0, w_i x)', '∑_i v_i max(0,w_ix)'],
  ['-2\\log x', '−2 log x'],
  ['(\\sin x)^2 + \\tfrac{\\log n}{n}', '(sin x)^2+(log n)/n'],
  ['USV^\\top', 'USV^⊤'],
  ['L_{\\mathrm{test}}(x)', 'L_(test)(x)'],
  ['a\\,\\mathrm{MSE}', 'a MSE'],
])('%s is, in words for titles and the search, %s', (tex, text) => {
  expect(texToText(tex)).toBe(text);
});

it('what Temml says in style attributes is said in classes and attributes', () => {
  const math = (tex: string): string => {
    const made = texToMathMl(tex, true);
    return typeof made === 'string' ? made : made.message;
  };
  expect(math('\\begin{aligned} a &= b \\\\ &= c \\end{aligned}')).toContain('<mtd class="m-l0 m-r0 tml-right">');
  expect(math('\\begin{array}{l|r} a & b \\\\ \\hline c & d \\end{array}')).toMatch(/class="m-l0 m-rc m-br[^"]*"/);
  expect(math('\\boxed{x}')).toContain('class="m-box"');
  expect(math('\\color{red} x')).toContain('class="m-red"');
  expect(math('\\color{#123456} x')).toContain('mathcolor="#123456"');
  expect(math("f'")).not.toContain('style');
  for (const tex of formulas) expect(math(tex)).not.toContain(' style=');
});
