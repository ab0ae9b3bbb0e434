/** Names as BibTeX divides them: "von Last, Jr, First" or "First von Last", with "and" between people. */
import { latexToText } from './latex.js';
import type { Name } from './work.js';

/** The people of an author or editor field, and whether it ends with "and others". */
export function readNames(field: string): { names: Name[]; others: boolean } {
  // One blank is as good as many, which the patterns below would search from each of them.
  const written = splitAt(field.replace(/\s+/g, ' '), / and /gi).map((name) => name.trim());
  const others = /^others$/i.test(written.at(-1) ?? '');
  const people = others ? written.slice(0, -1) : written;
  return { names: people.filter((name) => name !== '').map(readName), others };
}

/** Splits outside braces. */
function splitAt(text: string, separator: RegExp): string[] {
  // What braces hold is masked by as many letters, so that the separator cannot be found in it.
  let depth = 0;
  let masked = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '{') depth += 1;
    masked += depth > 0 ? '\u0001' : character;
    if (character === '}') depth = Math.max(0, depth - 1);
  }
  const parts: string[] = [];
  let from = 0;
  for (const match of masked.matchAll(separator)) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

function readName(written: string): Name {
  const parts = splitAt(written, / ?, ?/g);
  if (parts.length >= 2) {
    const [last = '', second = '', third] = parts;
    const words = splitAt(last.trim(), /[\s~]+/g);
    const von = leadingParticles(words.slice(0, -1));
    return {
      given: latexToText(third ?? second),
      particle: latexToText(words.slice(0, von).join(' ')),
      family: latexToText(words.slice(von).join(' ')),
      suffix: third === undefined ? '' : latexToText(second),
    };
  }
  const words = splitAt(written, /[\s~]+/g);
  if (words.length === 1) return { given: '', particle: '', family: latexToText(written), suffix: '' };
  const first = words.slice(0, -1).findIndex(isParticle);
  if (first < 0) {
    return {
      given: latexToText(words.slice(0, -1).join(' ')),
      particle: '',
      family: latexToText(words.at(-1) ?? ''),
      suffix: '',
    };
  }
  let end = first + 1;
  for (let index = first; index < words.length - 1; index += 1) if (isParticle(words[index] ?? '')) end = index + 1;
  return {
    given: latexToText(words.slice(0, first).join(' ')),
    particle: latexToText(words.slice(first, end).join(' ')),
    family: latexToText(words.slice(end).join(' ')),
    suffix: '',
  };
}

function leadingParticles(words: readonly string[]): number {
  let count = 0;
  for (const [index, word] of words.entries()) if (isParticle(word)) count = index + 1;
  return count;
}

/** A word whose first letter is small: von, de, la. What stands in braces has no case. */
function isParticle(word: string): boolean {
  if (word.startsWith('{') && !word.startsWith('{\\')) return false;
  const letter = /\p{L}/u.exec(latexToText(word))?.[0];
  return letter !== undefined && letter === letter.toLowerCase() && letter !== letter.toUpperCase();
}
