/** A figure that stays in sight while the text after it is read. */
import { expect, it } from 'vitest';
import { article, page, render } from './render-report.js';

it('the first block of a pinned one stands apart from the text that is read beside it', () => {
  const { pages, problems } = render({
    'index.md': page('::: pinned\n![Photo](p.png)\n\nOne.\n\nTwo.\n:::'),
    'p.png': 'png',
  });
  expect(problems).toEqual([]);
  const html = article(pages, 'index.html').replace(/\s*\n\s*/g, '');
  expect(html).toMatch(
    /<div class="pinned"><div class="pinned-figure"><p><img[^>]*><\/p><\/div><div class="pinned-text"><p>One\.<\/p><p>Two\.<\/p><\/div><\/div>/,
  );
});
