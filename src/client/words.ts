/** The words of the page's scripts, which its first script has set (`english-words.ts`). */
import { type CountedWord, counted, say, type ScriptWords, type Word } from '../languages/words.js';
import { wordsName } from '../shared/data-script.js';
import { language, number } from './numbers.js';

export { say } from '../languages/words.js';

const page = globalThis as unknown as Readonly<Record<symbol, ScriptWords | undefined>>;

export const words: ScriptWords = known();

function known(): ScriptWords {
  const words = page[Symbol.for(wordsName)];
  if (words === undefined) throw new Error('the page has no words');
  return words;
}

/** The form of a word for a count, with the count and other values in it. */
export function sayCounted<Name extends string>(
  word: CountedWord<Name>,
  count: number,
  values: Readonly<Record<Exclude<Name, 'count'>, string>>,
): string {
  return say(counted(word, count, language) as Word, { ...values, count: number(count) });
}

/** A date such as 2026-01-31 in words. */
export function dateInWords(date: string): string {
  return new Intl.DateTimeFormat(language, {
    ...{ dateStyle: 'long', timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' },
  }).format(new Date(`${date}T00:00:00Z`));
}
