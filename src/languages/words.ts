/** The type of a language's words, made from the English table, and how a word is filled in. */
import type { english } from './english.js';

/** What is put into a word: the names in its braces. */
type Names<Word extends string> = Word extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** A word, and for the compiler what is put into it. */
export type Word<Name extends string = never> = string & { readonly names?: Name };

/** A word that depends on a count. A language has those of the categories that it tells apart; `other` is for the rest. */
export type CountedWord<Name extends string = never> = Readonly<Partial<Record<PluralCategory, Word<Name>>>> & {
  readonly other: Word<Name>;
};

export type PluralCategory = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

type WordsOf<Table> = Table extends string
  ? Word<Names<Table>>
  : Table extends { readonly other: infer Other extends string }
    ? CountedWord<Names<Other>>
    : { readonly [Key in keyof Table]: WordsOf<Table[Key]> };

/** All words of one language. */
export type Words = WordsOf<typeof english>;

/** What a language's file holds. */
export interface LanguageTable {
  /** Marks that open and close a quotation, and one within it. */
  readonly quotes: Quotes;
  readonly words: Words;
}

export type Quotes = readonly [open: string, close: string, innerOpen: string, innerClose: string];

/** Those of a page's scripts. */
export type ScriptWords = Words['scripts'];

/** Puts values where their names stand: `say('Figure {number}', { number: 3 })`. */
export function say<Name extends string>(
  word: Word<Name>,
  values: Readonly<Record<NoInfer<Name>, string | number>>,
): string {
  const given: Readonly<Record<string, string | number>> = values;
  return word.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
}

/** The form of a word for a count, in the language of this tag. */
export function counted<Name extends string>(word: CountedWord<Name>, count: number, tag: string): Word<Name> {
  return word[pluralRules(tag).select(count)] ?? word.other;
}

const known = new Map<string, Intl.PluralRules>();

function pluralRules(tag: string): Intl.PluralRules {
  const rules = known.get(tag) ?? new Intl.PluralRules(tag);
  known.set(tag, rules);
  return rules;
}
