/** How the text of a site is indexed and asked: the same when its words are counted and when a reader searches. */
import MiniSearch, { type Options } from 'minisearch';
import { foldText, unspaced } from './found-words.js';

/** A part of a page from one heading to the next. */
export interface SearchSection {
  readonly id: number;
  /** Of the page. */
  readonly title: string;
  /** Of the part; empty before the first heading. */
  readonly heading: string;
  readonly text: string;
  /** Relative to the site, with its fragment. */
  readonly address: string;
}

/** A page as the site carries it for the search: its address, its title, and its parts. */
export type SearchPage = readonly [address: string, title: string, parts: readonly SearchPart[]];

/** `words` is what `countWords` makes of the text. */
export type SearchPart = readonly [anchor: string, heading: string, text: string, words: string];

export const searchOptions: Options<SearchSection> = {
  tokenize,
  processTerm: foldText,
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading', 'text', 'address'],
  searchOptions: {
    boost: { title: 3, heading: 2 },
    prefix: (term) => term.length > 2 || unspaced.test(term),
    fuzzy: (term) => (term.length > 4 && !unspaced.test(term) ? 0.15 : false),
    combineWith: 'AND',
  },
};

/** What stands between spaces and marks, as MiniSearch cuts it; where words have no spaces between them, the words in it. */
function tokenize(text: string): string[] {
  const tokens = cut(text);
  return unspaced.test(text) ? tokens.flatMap((token) => (unspaced.test(token) ? wordsIn(token) : token)) : tokens;
}

const cut = MiniSearch.getDefault('tokenize') as (text: string) => string[];

/** The segmenter takes time that grows with the square of a text. */
const longestSegmented = 500;

function wordsIn(token: string): string[] {
  // Absent from older browsers, whatever its type says: a letter is then a word.
  const Segmenter = Intl.Segmenter as typeof Intl.Segmenter | undefined;
  if (Segmenter === undefined) return Array.from(token);
  // One dictionary for Chinese and Japanese, and one for each other script, whatever the language.
  const segmenter = new Segmenter('ja', { granularity: 'word' });
  const words: string[] = [];
  for (let start = 0; start < token.length; start += longestSegmented)
    for (const { segment } of segmenter.segment(token.slice(start, start + longestSegmented))) words.push(segment);
  return words;
}

/**
 * The words of a text and how often each stands there, once where nothing is said: "2 one three:2". The number before them
 * is how many different ones there are as written, which is what MiniSearch takes for a field's length.
 */
export function countWords(text: string): string {
  const written = new Map<string, number>();
  for (const token of tokenize(text)) written.set(token, (written.get(token) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [token, count] of written) {
    const word = foldText(token);
    if (word !== '') counts.set(word, (counts.get(word) ?? 0) + count);
  }
  const words = Array.from(counts, ([word, count]) => (count === 1 ? word : `${word}:${count}`));
  return [written.size, ...words].join(' ');
}
