/** The frame of a page: its title stands once, its date and its links whatever its file is called. */
import { expect, it } from 'vitest';
import { render } from './render-report.js';

it.each(['The rank of $A^\\top A$', 'A *very* good page', 'See [the other](other.md)', 'With `code` and **all** $x$'])(
  'the title "%s" of a page without front matter stands once',
  (title) => {
    const { pages, problems } = render({ 'index.md': `# ${title}\n\nText.\n`, 'other.md': '# Other\n\nText.\n' });
    expect(problems).toEqual([]);
    const html = pages.get('index.html') ?? '';
    expect(html.match(/<h1/g)).toHaveLength(1);
  },
);

it('a heading that says more than the title stays', () => {
  const { pages } = render({ 'index.md': '---\ntitle: Rank\n---\n\n# The rank of $A$\n\nText.\n' });
  expect(pages.get('index.html')?.match(/<h1/g)).toHaveLength(2);
});

it.each(["it's.md", 'a&b.md', 'a=b.md', '`x`.md', "q'/it's too.md"])('a page may be called %s', (name) => {
  const { pages, problems } = render({ 'index.md': '# Home\n\nText.\n', [name]: '# Called\n\nText.\n' });
  expect(problems).toEqual([]);
  expect([...pages.keys()]).toContain(name.replace('.md', '.html'));
});

it.each([
  [
    'a date without authors',
    'date: 2026-01-31',
    '<p class="byline"><time datetime="2026-01-31">January 31, 2026</time></p>',
  ],
  ['authors without a date', 'authors: [Ada]', '<p class="byline">Ada</p>'],
  [
    'both',
    'authors: [Ada, Emmy]\ndate: 2026-01-31',
    '<p class="byline">Ada and Emmy · <time datetime="2026-01-31">January 31, 2026</time></p>',
  ],
])('%s stands under the title', (_what, lines, html) => {
  const { pages } = render({ 'index.md': `---\ntitle: A page\n${lines}\n---\n\nText.\n` });
  expect(pages.get('index.html')).toContain(html);
});
