/** Letters as the search compares them, and where its words stand in a text. */

/** Accents of Latin, Greek and Cyrillic letters, and the points of Hebrew and Arabic, without which most people write. */
const accents =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
/** What no decomposition takes apart. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};

/** Without case, accents, and the widths of letters: "Größe" is "grosse". */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (/^[ -~]*$/.test(lower)) return lower;
  return Array.from(lower, foldLetter).join('');
}

const known = new Map<string, string>();

function foldLetter(letter: string): string {
  if (letter <= '~') return letter;
  let folded = known.get(letter);
  if (folded === undefined) {
    const bare = letter.normalize('NFKD').replace(accents, '').normalize('NFC').toLowerCase();
    known.set(letter, (folded = plain[bare] ?? bare));
  }
  return folded;
}

/** Scripts that are written without spaces between words. */
export const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A place in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the words of a text start with one of these terms; of scripts without spaces, wherever a term stands. */
export function findWords(text: string, terms: readonly string[]): Span[] {
  if (terms.length === 0) return [];
  const { folded, places } = foldedPlaces(text);
  return Array.from(folded.matchAll(termsPattern(terms)), ({ index, 0: found }) => ({
    start: places(index),
    end: places(index + found.length),
  }));
}

function termsPattern(terms: readonly string[]): RegExp {
  const escaped = terms.map((term) => {
    const literal = foldText(term).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return unspaced.test(term) ? literal : `(?<![\\p{L}\\p{N}])${literal}`;
  });
  return new RegExp(escaped.join('|'), 'gu');
}

/** A text folded, and the place in the text of each place in it. */
function foldedPlaces(text: string): { folded: string; places: (at: number) => number } {
  const folded = foldText(text);
  if (/^[ -~]*$/.test(text)) return { folded, places: (at) => at };
  const starts: number[] = [];
  let at = 0;
  for (const letter of text) {
    const { length } = Array.from(letter.toLowerCase(), foldLetter).join('');
    for (let part = 0; part < length; part += 1) starts.push(at);
    at += letter.length;
  }
  return { folded, places: (place) => starts[place] ?? text.length };
}
