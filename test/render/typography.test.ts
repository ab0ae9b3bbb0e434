/** Quotation marks, apostrophes and line breaks as each language sets them. */
import { expect, it } from 'vitest';
import { languageOf } from '../../src/languages/language.js';
import { lineOfText } from '../../src/render/rehype/line-of-text.js';
import { article, render, rules } from './render-report.js';

it.each([
  [
    'en',
    `"She said 'yes', didn't she?" -- the dogs' bowl, '90s...`,
    '“She said ‘yes’, didn’t she?” – the dogs’ bowl, ’90s…',
  ],
  ['en', `"'Yes,' he said" ("so")`, '“‘Yes,’ he said” (“so”)'],
  ['de', `"Sie sagte 'ja', geht's?" ("so")`, '„Sie sagte ‚ja‘, geht’s?“ („so“)'],
  ['fr', `"L'homme" : vraiment ?`, '«\u00a0L’homme\u00a0»\u00a0: vraiment\u00a0?'],
  ['fr', '« oui »', '«\u00a0oui\u00a0»'],
  ['es', `"uno 'dos'"`, '«uno “dos”»'],
  ['pt-BR', `"um 'dois'"`, '“um ‘dois’”'],
  ['zh', `他说"你好"和"再见"。`, '他说“你好”和“再见”。'],
  ['ja', `彼は"はい"と'内'`, '彼は「はい」と『内』'],
  ['ko', `그는 "네"라고`, '그는 “네”라고'],
  ['ar', `قال "نعم" ثم`, 'قال «نعم» ثم'],
  ['he', `צה"ל אמר "כן" בעמ' 3 וג'ירפה`, 'צה״ל אמר ”כן” בעמ׳ 3 וג׳ירפה'],
])('%s: %s', (tag, written, set) => {
  expect(lineOfText(languageOf(tag)).set(written)).toBe(set);
});

it('a quotation goes on through emphasis and code', () => {
  const { pages } = render({ 'index.md': '---\ntitle: T\nlanguage: de\n---\n\n"Das *ist*" und "`x`".\n' });
  expect(article(pages, 'index.html')).toBe('<p>„Das <em>ist</em>“ und „<code>x</code>“.</p>');
});

it('emphasis and strikethrough beside Chinese and Japanese punctuation, spaces that indent, and lines that are broken in the source', () => {
  const made = render({
    'index.md':
      '---\ntitle: T\nlanguage: ja\n---\n\n　**「引用」**と言った。\nそして**終わり。**次~~「旧」~~新。\n\n- 　項目\n',
  });
  expect(rules(made)).toEqual([]);
  expect(article(made.pages, 'index.html')).toBe(
    '<p>　<strong>「引用」</strong>と言った。そして<strong>終わり。</strong>次<del>「旧」</del>新。</p>\n<ul>\n<li>　項目</li>\n</ul>',
  );
});
