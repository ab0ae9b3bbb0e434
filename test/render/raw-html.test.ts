/** Raw HTML is written anew from a list of harmless elements; what is not on it is left out, with a warning at its line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/shared/problem.js';
import { article, page, render, rules } from './render-report.js';

const body = (markdown: string): string => article(render({ 'index.md': page(markdown) }).pages, 'index.html');

describe('raw HTML', () => {
  it.each([
    ['Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.', '<p>Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.</p>'],
    ['H<sub>2</sub>O and x<sup>2</sup>', '<p>H<sub>2</sub>O and x<sup>2</sup></p>'],
    ['<mark title="a &amp; b">so</mark>', '<p><mark title="a &amp; b">so</mark></p>'],
  ])('%s is as it was written', (markdown, html) => {
    const { pages, problems } = render({ 'index.md': page(markdown) });
    expect(article(pages, 'index.html')).toBe(html);
    expect(problems).toEqual([]);
  });

  it('is closed where its author forgot to, and only what was opened is closed', () => {
    expect(body('a <kbd>b')).toBe('<p>a <kbd>b</kbd></p>');
    expect(body('a </kbd> b')).not.toContain('</kbd>');
  });

  it.each([
    ['<script>alert(1)</script>', 5, 1],
    ['one\n\n<iframe src="x"></iframe>', 7, 1],
    ['text <b onclick="x()">b</b>', 5, 6],
    ['text <b style="color: red">b</b>', 5, 6],
    ['text <blink>b</blink>', 5, 6],
  ])('%s is a warning at its place, and the page is published without it', (markdown, line, column) => {
    const rendered = render({ 'index.md': page(markdown) });
    expect(rules(rendered)[0]).toMatch(new RegExp(`^index\\.md:${line}:${column} `));
    expect(rendered.problems.every(({ severity }) => severity === 'warning')).toBe(true);
    const html = article(rendered.pages, 'index.html');
    expect(html).not.toMatch(/<script|<iframe|onclick|style=|<blink|alert/);
  });
});

it('HTML on which the parser itself fails is a problem at its place', () => {
  const broken = '</blink><!--"--!><ins/popover=\'&quot;>>&</<olslot=`"\nformaction = "&#0;-->[a](b)</video>';
  const { problems } = render({ 'index.md': page(`- ${broken}\n\n  <div>\n  ${broken}`) });
  expect(problems.map(({ message }) => message)).toContain('the HTML that starts here cannot be read');
});

it('a link that leads nowhere is one problem, with its place, and no word about templates', () => {
  expect(rules(render({ 'index.md': page('[a](b.md)') }))).toEqual(['index.md:5:1 broken-link']);
});

describe('what would be too much HTML is a problem at its place, whatever its tags seem to close', () => {
  const many = 20_000;
  it.each([
    ['<rt>', '<rt>'.repeat(many)],
    ['<optgroup>', '<optgroup>'.repeat(many)],
    ['<li> and <dd>', '<li><dd>'.repeat(many)],
    ['void elements of a picture', `<svg>${'<link>'.repeat(many)}`],
    ['ends of what was never opened', '<div></x>'.repeat(many)],
    ['ends in attributes', '<div title="</div>">'.repeat(many)],
    ['ends in comments', '<div><!--</div>-->'.repeat(many)],
    ['templates', '<template>'.repeat(many)],
    [
      'bold letters that other ends seem to close',
      Array.from({ length: many }, (_, at) => `<b id=x${at}></i>`).join(''),
    ],
    ['bold letters in paragraphs that are moved out of tables', `<table>${'<p><b>x'.repeat(many)}`],
  ])('%s', (_what, html) => {
    const rendered = render({ 'index.md': page(`<div>${html}\n\nText.`) });
    expect(rules(rendered)[0]).toMatch(/^index\.md:5:\d+ raw-html$/);
    expect(rendered.problems[0]?.message).toContain('HTML of this length is not read');
    expect(article(rendered.pages, 'index.html')).toContain('<p>Text.</p>');
  });

  it('a picture of many parts is none: it is only left out', () => {
    const { problems } = render({ 'index.md': page(`<div><svg>${'<g/>'.repeat(many)}</svg></div>`) });
    expect(problems.map(({ message }) => message)).toEqual(['<svg> and what it holds are not published']);
  });
});

it.each([
  ['<a'.repeat(100_000), 5],
  [`<a b='<a b="`.repeat(20_000), 5],
])('a tag that never ends is a warning, found in one go', (html, line) => {
  const rendered = render({ 'index.md': page(`<div>${html}`) });
  expect(rules(rendered)).toEqual([`index.md:${line}:6 raw-html`]);
  expect(rendered.problems[0]?.message).toContain('<a is never closed with ">"');
});

it('quotes outside of values end no tag late: what follows has its own warnings', () => {
  expect(rules(render({ 'index.md': page(`<div><b x'>y</b> <blink>z</blink></div>`) }))).toEqual([
    'index.md:5:6 raw-html',
    'index.md:5:18 raw-html',
  ]);
});

it.each(['text <?php x ?>', 'text <!ENTITY x>', 'text <![CDATA[ x ]]>'])('%s is not left out in silence', (html) => {
  expect(rules(render({ 'index.md': page(html) }))).toEqual(['index.md:5:6 raw-html']);
});

it('a comment is left out, as its author meant', () => {
  expect(rules(render({ 'index.md': page('text <!-- <b onclick=x> --> more') }))).toEqual([]);
});

it('thousands of warnings about one long tag are shown without measuring the tag for each', () => {
  const tag = `<div ${Array.from({ length: 20_000 }, (_, at) => `a${at}=1`).join(' ')}>`;
  const text = page(tag);
  const { problems } = render({ 'index.md': text });
  expect(problems).toHaveLength(20_000);
  for (const problem of problems) expect(formatProblem(problem, '', () => text).length).toBeLessThan(600);
});

it('no author can write an attribute by which a script of the page knows what it acts upon', () => {
  const client = join(import.meta.dirname, '../../src/client');
  const sources = readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(client, name), 'utf8'))
    .join('\n');
  const inSelectors = Array.from(sources.matchAll(/\[(data-[a-z-]+)/g), ([, name = '']) => name);
  const inScripts = Array.from(
    sources.matchAll(/dataset\['([A-Za-z]+)'\]/g),
    ([, name = '']) => `data-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  const names = [...new Set([...inSelectors, ...inScripts])];
  expect(names).toEqual(expect.arrayContaining(['data-copy', 'data-png', 'data-moving']));
  const attributes = names.map((name) => `${name}="x"`).join(' ');
  const html = body(`<div ${attributes}>a</div>\n\nb <span ${attributes}>c</span>`);
  expect(html).toContain('<div>a</div>');
  expect(names.filter((name) => html.includes(name))).toEqual([]);
});
