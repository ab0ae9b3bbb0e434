/** Where formulas end that real books have, and where dollars are none. */
import { expect, it } from 'vitest';
import { markdownToHtml } from './markdown-to-html.js';

const textOf = (markdown: string): string =>
  markdownToHtml(markdown)
    .replaceAll(/<math[\s\S]*?<\/math>/g, 'MATH')
    .replaceAll(/<[^>]*>/g, '')
    .trim();

it.each([
  ['*$HOME/.cargo/bin*, in your `$PATH` to', '$HOME/.cargo/bin, in your $PATH to'],
  ['$a `$` $b$', '$a $ MATH'],
  ['$\\text{\\`e}$', 'MATH'],
  ['$5 and `$PATH`, $x$', '$5 and $PATH, MATH'],
  ['$$a\\text{`b`}$$ `c`', 'MATH c'],
  ['a $45$$^\\circ$ line', 'a MATHMATH line'],
  ['is $n!\\ $ for', 'is MATH for'],
  ['$5 and $$x$$', '$5 and MATH'],
])('%s', (markdown, text) => {
  expect(textOf(markdown)).toBe(text);
});

it('a block that dollars alone open ends where a line of it ends with two', () => {
  expect(textOf('$$\n\\begin{aligned}\n  a \\\\ b \\end{aligned}$$\n\nand\n\n$$\nb\n$$').split(/\s+/)).toEqual([
    ...['MATH', 'and', 'MATH'],
  ]);
});
