/** The program's words that a report changes, and what is wrong with them, each at its place. */
import { expect, it } from 'vitest';
import { article, page, render, rules } from '../render/render-report.js';

const index = (language: string): string =>
  `---\ntitle: T\nlanguage: ${language}\n---\n\n> [!NOTE]\n> Text.\n\n::: {#thm-a}\nText.\n:::\n\n@thm-a\n`;

it("a report's own words stand on its pages, in a language of its own too", () => {
  const made = render({
    'index.md': index('it'),
    'de.md': index('de').replaceAll('thm-a', 'thm-b'),
    'colophon.yaml':
      'words:\n  it: { callouts: { note: Nota }, labels: { theorem: Teorema } }\n  de: { callouts: { note: Merke } }\n',
  });
  expect(rules(made)).toEqual([]);
  expect(article(made.pages, 'index.html')).toContain('<p class="callout-title">Nota</p>');
  expect(article(made.pages, 'index.html')).toContain('href="#thm-a">Teorema 1</a></p>');
  expect(article(made.pages, 'de.html')).toContain('<p class="callout-title">Merke</p>');
  expect(article(made.pages, 'de.html')).toContain('>Satz 2</a></p>');
});

it('what is no word, no text or no language is a problem at its place', () => {
  const made = render({
    'index.md': page('Text.'),
    'colophon.yaml': `words:
  de:
    callout: { note: Merke }
    labels: { theorem: { one: Satz, more: Sätze } }
    references: { numbered: "{noun} {no}" }
    blocks: { proof: [Beweis] }
  german language: {}
`,
  });
  expect(made.problems.map(({ place, message, hint }) => [place?.line, place?.column, message, hint])).toEqual([
    [3, 5, '"callout" is not a word of the program', 'did you mean "callouts"?'],
    [4, 37, '"more" is not a word of the program', expect.stringContaining('"one"')],
    [5, 29, '"numbered" must be text with {noun}, {number} in it or less', expect.anything()],
    [6, 22, '"proof" must be text without braces', expect.anything()],
    [7, 3, '"german language" is not the tag of a language', expect.anything()],
  ]);
});

it('a language that nobody has words of is a warning, which empty words take away', () => {
  const file = { 'index.md': page('Text.') };
  expect(rules(render({ ...file, 'colophon.yaml': 'language: it\n' }))).toEqual([
    'colophon.yaml:1:11 language-without-words',
  ]);
  expect(rules(render({ 'index.md': index('it') }))).toEqual(['index.md:1:1 language-without-words']);
  expect(rules(render({ ...file, 'colophon.yaml': 'language: it\nwords: { it: {} }\n' }))).toEqual([]);
});
