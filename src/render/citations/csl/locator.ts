/** What follows a work in a citation, divided as Pandoc does: "pp. 33-35 and passim" is a locator with its label, and the rest. */
import { dictionary } from '../../../shared/dictionary.js';
import type { CslNode } from './processor.js';

export interface Locator {
  readonly label?: string;
  readonly locator?: string;
  readonly suffix: string;
}

/** CSL's names of what can be pointed at. */
const labels = new Set(
  (
    'act appendix article-locator book chapter column elocation equation figure folio issue line note opus page paragraph part rule ' +
    'scene section sub-verbo supplement table timestamp title-locator verse version volume'
  ).split(' '),
);

/** Written in all languages. */
const always = { '§': 'section', '§§': 'section', '¶': 'paragraph', '¶¶': 'paragraph' };

/** The words that name such things in a language, by the label that they mean, from CSL's table of it. */
export function locatorTerms(locale: CslNode): Readonly<Record<string, string>> {
  const found: Record<string, string> = { ...always };
  const terms = locale.children.filter((child) => typeof child !== 'string' && child.name === 'terms');
  for (const term of terms.flatMap((child) => (typeof child === 'string' ? [] : child.children))) {
    if (typeof term === 'string') continue;
    const label = term.attrs['name'] ?? '';
    if (!labels.has(label)) continue;
    for (const form of term.children) {
      const words = typeof form === 'string' ? form : form.children.filter((word) => typeof word === 'string').join('');
      if (/\p{L}/u.test(words)) found[words.toLowerCase()] ??= label;
    }
  }
  return dictionary(found);
}

/** A number, in digits or Roman, with what belongs to it: "33-35", "B-3", "iv--x". */
const place = String.raw`(?:[^\s,;{}]*\d[^\s,;{}]*|[ivxlcdmIVXLCDM]+(?:\s*[-–]+\s*[ivxlcdmIVXLCDM]+)?(?![\p{L}\p{N}]))`;
const places = new RegExp(
  `^${place}(?:(?:\\s*[,&]\\s*|\\s+|\\s*[-–]+\\s*)${place.replace('|[ivxlcdmIVXLCDM]+', '|(?!)')})*`,
  'u',
);

/** `after` is rich text. */
export function readLocator(after: string, terms: Readonly<Record<string, string>>): Locator {
  const text = after.replace(/^\s*[,،，、]?\s*/, '');
  const braced = /^\{([^{}]*)\}\s*/.exec(text);
  if (braced !== null) {
    const { label = 'page', locator, suffix } = readLocator(braced[1] ?? '', terms);
    return locator === undefined
      ? { label: 'page', locator: braced[1] ?? '', suffix: text.slice(braced[0].length) }
      : { label, locator: locator + suffix, suffix: text.slice(braced[0].length) };
  }
  const word = /^(?:[\p{L}-]+\.?|[§¶]{1,2})(?:\s*\b[\p{L}]+\.)?(?=[\s\d\u00a0])/u.exec(text)?.[0] ?? '';
  const label = labelOf(word, terms);
  const rest = label === undefined ? text : text.slice(word.length).trimStart();
  const found = places.exec(rest)?.[0];
  if (found === undefined || (label === undefined && !/^\d/.test(found))) return { suffix: after };
  const locator = found.replace(/[.:]$/, '');
  return {
    label: label ?? 'page',
    locator: locator.replace(/\s*(?:--|–)\s*/g, '-'),
    suffix: rest.slice(locator.length),
  };
}

function labelOf(word: string, terms: Readonly<Record<string, string>>): string | undefined {
  const small = word.toLowerCase();
  return small === '' ? undefined : (terms[small] ?? terms[small.replace(/\.$/, '')] ?? terms[`${small}.`]);
}
