/** Names as BibTeX divides them: "von Last, Jr, First" or "First von Last", with "and" between people. */
import type { Name } from './work.js';

/** A name's TeX as text. */
export type ToText = (tex: string) => string;

/** More people than wrote any work; some have 5,000. */
const mostPeople = 10_000;

/** Blanks and ties; `\~n` is a letter. */
const blanks = /(?:\s|(?<!\\)~)+/g;

/** The people of an author or editor field, and whether it ends with "and others". */
export function readNames(field: string, toText: ToText): { names: Name[]; others: boolean } {
  // One blank is as good as many, which the patterns below would search from each of them.
  const written = splitAt(field.replace(/\s+/g, ' '), / and /gi)
    .slice(0, mostPeople)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const others = /^\{?(?:others|et al\.?)\}?$/i.test(written.at(-1) ?? '');
  const people = others ? written.slice(0, -1) : written;
  return { names: people.map((name) => readName(name, toText)).filter(({ family }) => family !== ''), others };
}

/** Splits outside braces. */
function splitAt(text: string, separator: RegExp): string[] {
  // What braces hold is masked by as many letters, so that the separator cannot be found in it.
  let depth = 0;
  let masked = '';
  for (const character of text) {
    if (character === '{') depth += 1;
    masked += depth > 0 ? '\u0001'.repeat(character.length) : character;
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

function readName(written: string, toText: ToText): Name {
  if (isBraced(written)) return { given: '', particle: '', family: toText(written), suffix: '', whole: true };
  const parts = splitAt(written, / ?, ?/g);
  if (parts.length > 1 && parts.every((part) => /^\s*[a-z-]+\s*=/i.test(part))) return namedParts(parts, toText);
  if (parts.length >= 2) {
    const [last = '', second = '', third] = parts;
    const words = splitAt(last.trim(), blanks);
    const von = leadingParticles(words.slice(0, -1), toText);
    const name = {
      family: toText(words.slice(von).join(' ')),
      suffix: third === undefined ? '' : toText(second),
    };
    const given = splitAt((third ?? second).trim(), blanks);
    if (von > 0) return { given: toText(given.join(' ')), particle: toText(words.slice(0, von).join(' ')), ...name };
    // "Aalst, Wil van der", as Zotero writes particles that are left out where the family name stands alone.
    const own = trailingParticles(given, toText);
    const particle = toText(given.slice(own).join(' '));
    return {
      given: toText(given.slice(0, own).join(' ')),
      particle,
      ...name,
      ...(particle !== '' && { dropsParticle: true }),
    };
  }
  const all = splitAt(written, blanks).filter((word) => word !== '');
  // DBLP tells people of one name apart by numbers.
  const words = all.length > 2 && /^\d{4}$/.test(all.at(-1) ?? '') ? all.slice(0, -1) : all;
  if (words.length <= 1) return { given: '', particle: '', family: toText(written), suffix: '' };
  const first = words.slice(0, -1).findIndex((word) => isParticle(word, toText));
  if (first < 0) {
    return {
      given: toText(words.slice(0, -1).join(' ')),
      particle: '',
      family: toText(words.at(-1) ?? ''),
      suffix: '',
    };
  }
  const end = first + leadingParticles(words.slice(first, -1), toText);
  return {
    given: toText(words.slice(0, first).join(' ')),
    particle: toText(words.slice(first, end).join(' ')),
    family: toText(words.slice(end).join(' ')),
    suffix: '',
  };
}

/** `{European Union}`: one pair of braces around all of it. */
function isBraced(written: string): boolean {
  if (!written.startsWith('{') || !written.endsWith('}')) return false;
  let depth = 0;
  for (let at = 0; at < written.length; at += 1) {
    const character = written[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0 && at < written.length - 1) return false;
  }
  return true;
}

/** biblatex's `family=Harman, given=Hans, prefix=von, useprefix=true`. */
function namedParts(parts: readonly string[], toText: ToText): Name {
  const values = new Map(
    parts.map((part): [string, string] => {
      const sign = part.indexOf('=');
      return [part.slice(0, sign).trim().toLowerCase(), part.slice(sign + 1).trim()];
    }),
  );
  const of = (name: string): string => toText(values.get(name) ?? '');
  return {
    ...{ given: of('given'), particle: of('prefix'), family: of('family'), suffix: of('suffix') },
    ...(values.get('useprefix') === 'false' && { dropsParticle: true }),
  };
}

/** How many words before the family name belong to it as "von" does: to the last one that starts small. */
function leadingParticles(words: readonly string[], toText: ToText): number {
  let count = 0;
  for (const [index, word] of words.entries()) if (isParticle(word, toText)) count = index + 1;
  return count;
}

/** Where the particles start that a given name ends with; never its first word. */
function trailingParticles(words: readonly string[], toText: ToText): number {
  let start = words.length;
  while (start > 1 && /^(?:\p{Ll}|['’])/u.test(words[start - 1] ?? '') && isParticle(words[start - 1] ?? '', toText))
    start -= 1;
  return start;
}

/** A word whose first letter is small: von, de, la. What stands in braces has no case. */
function isParticle(word: string, toText: ToText): boolean {
  if (word.startsWith('{') && !word.startsWith('{\\')) return false;
  const letter = /\p{L}/u.exec(toText(word))?.[0];
  return letter !== undefined && letter === letter.toLowerCase() && letter !== letter.toUpperCase();
}
