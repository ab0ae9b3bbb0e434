/** Numbers, lists and sentences in the language of a drawing: for its labels and for its text alternative. */
import type { Language } from '../languages/language.js';
import { type CountedWord, counted, say, type ScriptWords } from '../languages/words.js';
import { extreme, general, grouped, minus } from './significant.js';

export { say } from '../languages/words.js';

/** The language of the page that a drawing is for. */
export type Spoken = Pick<Language, 'tag' | 'words'>;

/** What figures say at build and in the page alike. */
export type FigureWords = ScriptWords['figure'];

/** The same with the tag of its language, where a word depends on a count. */
export interface FigureSpeech {
  readonly tag: string;
  readonly words: FigureWords;
}

/** 1234567 as 1,234,567: as the axes write it, in every language. */
export function count(value: number): string {
  return extreme(value) ?? minus(grouped(Math.round(value).toFixed(0)));
}

/** The same text in letters that the drawings' font has: 2×10⁻⁸ as 2e−8, as it has no raised minus. */
export function inDrawing(text: string): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return text.replaceAll(/(?:(\d)×)?10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, digit: string | undefined, power: string) => {
    const exponent = Array.from(power, (raised) => digits.indexOf(raised)).join('');
    return `${digit ?? '1'}e−${exponent}`;
  });
}

/** Three significant digits: 0.00858, 64.7, 5.96×10⁻⁸. */
export function number(value: number): string {
  return extreme(value) ?? minus(general(value, 3));
}

/** "1 sample", "200 samples". */
export function countOf<Name extends string>(
  { tag }: Spoken,
  word: CountedWord<Name>,
  value: number,
  values: Readonly<Record<Exclude<Name, 'count'>, string>>,
): string {
  return say<string>(counted(word, value, tag), { ...values, count: count(value) });
}

/** "a", "a and b", "a, b and c"; of more than `most` only the first, and how many there are besides. */
export function list({ words }: Spoken, items: readonly string[], most = 6): string {
  const { comma, and, more } = words.drawings.text;
  const left = items.length - most + 1;
  const shown = items.length > most ? [...items.slice(0, most - 1), say(more, { count: left })] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : say(and, { before: shown.slice(0, -1).join(comma), last });
}

/** "a, b, c" of those that are there. */
export function joined({ words }: Spoken, parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(words.drawings.text.comma);
}

/** "10 hidden units: of 10 elbows, …"; the fact alone of what has no name. */
export function factOf({ words }: Spoken, place: string, fact: string): string {
  return place === '' ? fact : say(words.drawings.text.of, { place, fact });
}

/** "step 0", "step 150,000". */
export function stepLabel(words: FigureWords, step: number): string {
  return say(words.step, { step: count(step) });
}

/** "diverged at step 11": of a training run whose loss was no longer finite. */
export function divergedAt(words: FigureWords, step: number): string {
  return say(words.divergedAt, { step: count(step) });
}

/** Sentences, one after the other, with their full stops. */
export function sentences({ tag, words }: Spoken, ...parts: readonly (string | undefined)[]): string {
  const { sentence, space } = words.drawings.text;
  // In other scripts a Latin letter at the start is that of an id.
  const isLatin = new Intl.Locale(tag).maximize().script === 'Latn';
  const opened = (part: string): string =>
    isLatin ? `${part.slice(0, 1).toLocaleUpperCase(tag)}${part.slice(1)}` : part;
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map((part) => say(sentence, { text: opened(part) }))
    .join(space);
}

/** At most so many of the items, with a sentence on how many were left out. */
export function someOf(items: readonly string[], most: number, rest: (left: number) => string): string[] {
  return items.length <= most ? [...items] : [...items.slice(0, most), rest(items.length - most)];
}

/** "3 more panels in the same manner". */
export function moreAlike(language: Spoken, what: 'morePanels' | 'moreRuns'): (left: number) => string {
  return (left) => countOf(language, language.words.drawings.text[what], left, {});
}

/** What a picture of runs is, and a fact on each of them: on at most twelve. */
export function aboutRuns(language: Spoken, intro: string, facts: readonly string[]): string {
  return sentences(language, intro, ...someOf(facts, 12, moreAlike(language, 'moreRuns')));
}
