/** Titles in sentence case, as CSL takes them: "Attention is all you need". Styles that capitalise words do so themselves. */
import { marksOf } from '../../../shared/rich-text.js';

const [fixed, unfixed] = marksOf('fixedCase');

/** English text with its words in small letters, but for the first of each sentence, and what keeps its case. */
export function sentenceCase(text: string): string {
  let starts = true;
  let depth = 0;
  return text.replace(/[\uf8e0-\uf8ff]|[^\s\uf8e0-\uf8ff/–—-]+|[\s/–—-]+/g, (part) => {
    if (part === fixed) depth += 1;
    if (part === unfixed) depth -= 1;
    if (/^[\s/–—\uf8e0-\uf8ff-]/.test(part)) return part;
    const begins = starts;
    starts = /[:.?!][”’)"]?$/.test(part);
    if (depth > 0) return part;
    const word = /^(\P{L}*)(\p{L}[\p{L}\p{M}’']*)(.*)$/su.exec(part);
    if (word === null) {
      starts ||= begins;
      return part;
    }
    const [, before = '', letters = '', after = ''] = word;
    // What has capitals inside, or nothing else, is a name or an abbreviation.
    if (!/^\p{Lu}[\p{Ll}\p{M}’']*$/u.test(letters) || /\p{Lu}/u.test(after))
      return begins ? before + capital(letters) + after : part;
    return begins ? part : before + letters.toLowerCase() + after;
  });
}

function capital(word: string): string {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 32);
  return /^\p{Ll}+$/u.test(word) ? first.toUpperCase() + word.slice(first.length) : word;
}
