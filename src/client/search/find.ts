/** Words to the parts of pages that hold them. */
import type MiniSearch from 'minisearch';
import type { SearchSection } from '../../shared/search-options.js';
import { findWords } from '../../shared/found-words.js';

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
const longestWord = 30;

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
  const first = findWords(text, terms)[0]?.start ?? -1;
  const wanted = Math.max(0, first - Math.floor(excerptLength / 3));
  const start = wanted === 0 ? 0 : cutNear(text, wanted, wanted + longestWord);
  const cut = start + excerptLength < text.length;
  const end = start + excerptLength;
  const shown = text.slice(start, cut ? cutNear(text, end - longestWord, end) : text.length);
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of findWords(shown, terms)) {
    pieces.push({ text: shown.slice(done, found.start), marked: false });
    pieces.push({ text: shown.slice(found.start, found.end), marked: true });
    done = found.end;
  }
  pieces.push({ text: shown.slice(done), marked: false });
  if (start > 0) pieces.unshift({ text: '… ', marked: false });
  if (cut) pieces.push({ text: ' …', marked: false });
  return pieces.filter(({ text: piece }) => piece !== '');
}

/** Between words, where one ends between these places; where words have no spaces, at the first of them. */
function cutNear(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/);
  return space < 0 ? from : from + space + 1;
}
