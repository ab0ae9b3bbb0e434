/** The words of every language: each has what the English one has, with the same values in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { english } from '../../src/languages/english.js';
import { languageOf } from '../../src/languages/language.js';
import { tables } from '../../src/languages/tables.js';
import { say } from '../../src/languages/words.js';
import { labelKinds } from '../../src/shared/label-kinds.js';
import { stepKinds } from '../../src/steps/kinds.js';

/** The names in braces of every word, by its path; of counted words, of each form. */
function namesOf(part: object, path = ''): [string, string[]][] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]): [string, string[]][] => {
    const at = `${path}/${key}`;
    if (typeof value === 'string') return [[at, [...value.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()]];
    return typeof value === 'object' && value !== null ? namesOf(value, at) : [];
  });
}
const expected = new Map(namesOf(english));

it.each(Object.keys(tables))('the words of %s hold the values that the English ones hold', (tag) => {
  for (const [path, names] of namesOf(tables[tag]?.words ?? {})) {
    // A form for one or two may say the count in letters.
    const wanted = expected.get(path) ?? expected.get(path.replace(/\/\w+$/, '/other'));
    const needed = /\/(?:zero|one|two)$/.test(path) ? wanted?.filter((name) => name !== 'count') : wanted;
    expect(wanted, path).toEqual(expect.arrayContaining(names));
    expect(names, path).toEqual(expect.arrayContaining(needed ?? []));
  }
});

it.each(Object.keys(tables))('the counted words of %s have each form that the language tells apart', (tag) => {
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
  for (const word of [english.labels.figure, english.experiments.runs]) expect(Object.keys(word)).toContain('other');
  const runs = tables[tag]?.words.experiments.runs ?? { other: '' };
  // Of millions alone (French, Spanish, Portuguese) no page counts so many.
  expect(Object.keys(runs)).toEqual(
    expect.arrayContaining(pluralCategories.filter((name) => name !== 'many' || tag === 'ar')),
  );
});

it('labels and kinds of directives have words', () => {
  expect(Object.keys(english.labels)).toEqual(Object.values(labelKinds));
  expect(english.kinds).toEqual(Object.fromEntries(stepKinds.map(({ kind, noun }) => [kind, noun])));
});

it('values stand where their names do', () => {
  const language = languageOf('en');
  expect(say(language.words.references.range, { first: 'Figure 1', last: 3 })).toBe('Figure 1 to 3');
  expect(language.count(language.words.experiments.runs, 1234)).toBe('1,234 runs');
});

it("a report's own words go before the program's, those of a region before those of its language", () => {
  const own = { en: { callouts: { note: 'Nota bene' } }, 'en-GB': { labels: { figure: { one: 'Fig.' } } } };
  const { words } = languageOf('en-GB', own);
  expect(words.labels.figure).toEqual({ one: 'Fig.', other: 'Figures' });
  expect(words.callouts).toMatchObject({ note: 'Nota bene', tip: 'Tip' });
  expect(languageOf('en-US', own).words.labels.figure.one).toBe('Figure');
});

it('a language that the program has no words of speaks English', () => {
  expect(languageOf('it').words.labels.figure.other).toBe('Figures');
  expect(languageOf('ur').direction).toBe('rtl');
  expect(languageOf('az-Arab').direction).toBe('rtl');
  expect(languageOf('az').direction).toBe('ltr');
});

it.each([
  ['zh-Hant', '圖', '「'],
  ['zh-TW', '圖', '「'],
  ['zh-HK', '圖', '「'],
  ['zh', '图', '“'],
  ['zh-SG', '图', '“'],
])('%s is written in its characters', (tag, figure, quote) => {
  const { words, quotes } = languageOf(tag);
  expect(words.labels.figure.other).toBe(figure);
  expect(quotes[0]).toBe(quote);
});

it('what pictures and their sliders say stands in the tables of languages', () => {
  const folders = ['figures/pictures', 'client/interactive'];
  const written = folders.flatMap((folder) =>
    readdirSync(join('src', folder)).flatMap((name) => {
      // What it says are problems of a report.
      if (name === 'page-spectra.ts') return [];
      const code = readFileSync(join('src', folder, name), 'utf8').replaceAll(
        /\/\*[^]*?\*\/|\/\/.*|new Error\(.*|console\.error\(.*/g,
        '',
      );
      const texts = [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map(([, plain, filled]) => plain ?? filled ?? '');
      // Two words with a space between them are a text for people.
      return texts.filter((text) => /[a-z]{2} [a-z]{2}/.test(text.replaceAll(/\$\{[^}]*\}/g, '')));
    }),
  );
  expect(written).toEqual(['kink elbow']);
});
