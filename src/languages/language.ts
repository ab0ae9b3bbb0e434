/** A language of pages: its words, its direction, its quotation marks, and how it writes dates, numbers and lists. */
import { once } from '../shared/lazy.js';
import { tables } from './tables.js';
import {
  type CountedWord,
  counted,
  type LanguageTable,
  type PluralCategory,
  type Quotes,
  say,
  type Words,
} from './words.js';

/** Some of a language's words, over those that it has. */
export type OwnWords = { readonly [Part in keyof Words]?: Tree<Words[Part]> };
type Tree<Part> = Part extends string
  ? string
  : Part extends { readonly other: string }
    ? string | Readonly<Partial<Record<PluralCategory, string>>>
    : { readonly [Key in keyof Part]?: Tree<Part[Key]> };

export interface Language {
  /** As `lang` of a page: "pt-BR". */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly quotes: Quotes;
  readonly words: Words;
  /** The form of a word for a count, which stands in it as `{count}` as the language writes it. */
  readonly count: <Name extends string>(
    word: CountedWord<Name>,
    count: number,
    ...values: [Exclude<Name, 'count'>] extends [never]
      ? []
      : [Readonly<Record<Exclude<Name, 'count'>, string | number>>]
  ) => string;
  /** "1,234". */
  readonly number: (value: number) => string;
  /** Of a calendar date such as 2026-01-31: "January 31, 2026". */
  readonly date: (date: string) => string;
  /** "a, b and c". */
  readonly list: (items: readonly string[]) => string;
  /** The order in which the language sorts. */
  readonly compare: (a: string, b: string) => number;
}

/** Scripts that are written from right to left. */
const rightToLeft = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

/**
 * The language of a tag, with a report's own words by their languages' tags. What a language lacks is English; of "pt-BR" what
 * is written for it goes before what is written for "pt".
 */
export function languageOf(tag: string, own: Readonly<Record<string, OwnWords>> = {}): Language {
  const locale = new Intl.Locale(tag);
  const names = [
    locale.language,
    ...(locale.script === undefined ? [] : [`${locale.language}-${locale.script}`]),
    locale.baseName,
  ];
  const table = tableOf(locale) ?? tables['en'];
  if (table === undefined) throw new Error('there is no English');
  const words = [...new Set(names)].reduce<Words>((known, name) => over(known, ownOf(own, name)), table.words);
  // Digits and years as in figures and formulas.
  const alike = { numberingSystem: 'latn', calendar: 'gregory', timeZone: 'UTC' } as const;
  const numbers = once(() => new Intl.NumberFormat(tag, alike));
  const dates = once(() => new Intl.DateTimeFormat(tag, { ...alike, dateStyle: 'long' }));
  const lists = once(() => new Intl.ListFormat(tag));
  const collator = once(() => new Intl.Collator(tag));
  const number = (value: number): string => numbers().format(value);
  return {
    ...{ tag, words, quotes: table.quotes, number },
    direction: rightToLeft.has(locale.maximize().script ?? '') ? 'rtl' : 'ltr',
    count: (word, count, ...[values]) => say<string>(counted(word, count, tag), { ...values, count: number(count) }),
    date: (date) => dates().format(new Date(`${date}T00:00:00Z`)),
    list: (items) => lists().format(items),
    compare: (a, b) => collator().compare(a, b),
  };
}

/** Each language once. */
export function languagesOf(own: Readonly<Record<string, OwnWords>> = {}): (tag: string) => Language {
  const known = new Map<string, Language>();
  return (tag) => {
    const language = known.get(tag) ?? languageOf(tag, own);
    known.set(tag, language);
    return language;
  };
}

/** Whether the program has words of a language. */
export function hasWords(tag: string): boolean {
  return tableOf(new Intl.Locale(tag)) !== undefined;
}

/** Of zh-TW, which is written so, that of zh-Hant. */
function tableOf(locale: Intl.Locale): LanguageTable | undefined {
  const { language, script } = locale.maximize();
  return tables[`${language}-${script}`] ?? tables[locale.language];
}

function ownOf(own: Readonly<Record<string, OwnWords>>, name: string): OwnWords {
  return Object.entries(own).find(([tag]) => new Intl.Locale(tag).baseName === name)?.[1] ?? {};
}

/** The words with those of `own` in their places. */
function over<Table extends object>(table: Table, own: object): Table {
  const replaced = Object.entries(own).map(([name, value]: [string, unknown]) => {
    const known: unknown = Object.entries(table).find(([key]) => key === name)?.[1];
    // One text is for every count.
    if (typeof known === 'object' && known !== null && typeof value === 'string') return [name, { other: value }];
    const isPart = typeof known === 'object' && known !== null && typeof value === 'object' && value !== null;
    return [name, isPart ? over(known, value) : value];
  });
  return { ...table, ...(Object.fromEntries(replaced) as Partial<Table>) };
}
