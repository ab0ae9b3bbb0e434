/** Raw HTML is written anew from a list of harmless elements; what is not on it is left out, with a warning at its line. */
import { describe, expect, it } from 'vitest';
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

it('a link that leads nowhere is one problem, with its place, and no word about templates', () => {
  expect(rules(render({ 'index.md': page('[a](b.md)') }))).toEqual(['index.md:5:1 broken-link']);
});
