/** Which fonts a page asks for as early as for its style: those that its first screen shows. */
import { expect, it } from 'vitest';
import { render } from './render-report.js';

it.each([
  ['a page with a description', 'description: What it is.', 'Text.', ['italic']],
  ['a page that starts with emphasis', 'date: 2026-01-31', 'So *much*.', ['italic']],
  ['a page that starts with code', 'date: 2026-01-31', 'As `f(x)`.', ['mono']],
  ['a page that comes to code late', 'date: 2026-01-31', `${'Text. '.repeat(2000)}\n\n\`f(x)\``, []],
  ['a page that comes to formulas late', 'date: 2026-01-31', `${'Text. '.repeat(2000)}\n\n$x$`, ['math']],
])('%s', (_what, line, body, expected) => {
  const { pages } = render({ 'index.md': `---\ntitle: T\n${line}\n---\n\n${body}\n` });
  const fonts = / data-fonts="([^"]*)"/.exec(pages.get('index.html') ?? '')?.[1] ?? '';
  expect(
    ['latin-wght-italic', 'mono', 'math'].filter((name) => fonts.includes(name)).map((name) => name.replace(/.*-/, '')),
  ).toEqual(expected);
  expect(fonts).toContain('source-serif-4-latin-wght-normal');
});
