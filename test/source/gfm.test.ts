/** GitHub's extensions, held to remark-gfm: its HTML for the same text. */
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownToHtml, normalised } from './markdown-to-html.js';

const remark = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify).freeze();

/** Without what is only written otherwise: alignment, task lists' classes, and character references. */
function comparable(html: string): string {
  return normalised(html)
    .replace(/ align="(left|right|center)"/g, ' class="$1"')
    .replace(/ class="(?:contains-task-list|task-list-item)"/g, '')
    .replace(/<input type="checkbox"( checked)? disabled(?: aria-label="[^"]*")?>/g, '<input$1>')
    .replace(/<(\/?)th((?: class="[^"]*")?)><\/th>/g, '<td$2></td>')
    .replace(/&#x([0-9A-F]+);/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/&(?:amp;)?/g, '&');
}

const examples = [
  '| foo | bar |\n| --- | --- |\n| baz | bim |',
  '| abc | defghi |\n:-: | -----------:\nbar | baz',
  '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |',
  '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar',
  '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar',
  '| abc | def |\n| --- |\n| bar |',
  '| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |',
  '| abc | def |\n| --- | --- |',
  '- [ ] foo\n- [x] bar',
  '- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim',
  '~~Hi~~ Hello, ~there~ world!',
  'This ~~has a\n\nnew paragraph~~.',
  'This will ~~~not~~~ strike.',
  'www.commonmark.org',
  'Visit www.commonmark.org/help for more information.',
  'Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.',
  'www.google.com/search?q=Markup+(business)\n\nwww.google.com/search?q=Markup+(business)))\n\n(www.google.com/search?q=Markup+(business))',
  'www.google.com/search?q=(business))+ok',
  'www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;',
  'www.commonmark.org/he<lp',
  'http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))',
  'foo@bar.baz',
  "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
  'a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_',
  '* a\n* b | c\n  -|-\n  d | e',
];

describe("GitHub's extensions", () => {
  it.each(examples)('%j gives the HTML that remark-gfm gives', async (markdown) => {
    expect(comparable(markdownToHtml(markdown))).toBe(comparable(String(await remark.process(markdown))));
  });

  it('and ordinary prose put together at random give the HTML that remark gives', () => {
    const word = fc.constantFrom(
      'gradient',
      'the',
      'of 3',
      '*em*',
      '**strong**',
      '`code`',
      '[link](a.md)',
      '~~gone~~',
      '_a_ b',
    );
    const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
    const block = fc.oneof(
      fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
      line.map((text) => `## ${text}`),
      fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.map((text) => `- ${text}`).join('\n')),
      fc
        .array(line, { minLength: 1, maxLength: 3 })
        .map((lines) => lines.map((text, at) => `${at + 1}. ${text}\n\n   more ${text}`).join('\n')),
      fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((text) => `> ${text}`).join('\n')),
      fc
        .array(line, { minLength: 1, maxLength: 3 })
        .map((lines) => `| a | b |\n|---|--:|\n${lines.map((text) => `| ${text} | x |`).join('\n')}`),
      line.map((text) => `\`\`\`\n${text}\n\`\`\``),
      fc.constant('***'),
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), (blocks) => {
        const markdown = blocks.join('\n\n');
        expect(comparable(markdownToHtml(markdown))).toBe(comparable(remark.processSync(markdown).toString()));
      }),
      { numRuns: 150, seed: 6 },
    );
  });
});
