/** Words to the parts of pages that hold them. */
import type MiniSearch from 'minisearch';
import type { SearchSection } from '../../shared/search-options.js';
import { wordsPattern } from '../page/mark-found.js';

export interface Found {
  readonly title: string;
  readonly heading: string;
  readonly address: string;
  readonly excerpt: readonly Piece[];
  /** The words of the index that were found there. */
  readonly terms: readonly string[];
}

/** Text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

const most = 30;
const excerptLength = 170;

/** The best parts, best first: those with every word, or when there is none, those with any. */
export function findSections(index: MiniSearch<SearchSection>, words: string): Found[] {
  const every = index.search(words);
  const results = every.length > 0 ? every : index.search(words, { combineWith: 'OR' });
  return results.slice(0, most).map((result) => {
    const { title, heading, address, text } = result as unknown as SearchSection;
    return { title, heading, address, excerpt: excerptOf(text, result.terms), terms: result.terms };
  });
}

/** The text around the first of the terms, with all of them marked. */
function excerptOf(text: string, terms: readonly string[]): Piece[] {
  const pattern = wordsPattern(terms);
  const first = terms.length === 0 ? -1 : text.search(pattern);
  let start = Math.max(0, first - Math.floor(excerptLength / 3));
  if (start > 0) start = text.indexOf(' ', start) + 1;
  const cut = start + excerptLength < text.length;
  const shown = cut ? text.slice(start, text.lastIndexOf(' ', start + excerptLength)) : text.slice(start);
  const pieces: Piece[] = [];
  let done = 0;
  if (terms.length > 0) {
    for (const match of shown.matchAll(pattern)) {
      pieces.push({ text: shown.slice(done, match.index), marked: false }, { text: match[0], marked: true });
      done = match.index + match[0].length;
    }
  }
  pieces.push({ text: shown.slice(done), marked: false });
  if (start > 0) pieces.unshift({ text: '… ', marked: false });
  if (cut) pieces.push({ text: ' …', marked: false });
  return pieces.filter(({ text: piece }) => piece !== '');
}
