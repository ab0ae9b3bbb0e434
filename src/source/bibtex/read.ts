/** A .bib file to works. What is broken is a problem at its line and column; the other entries are still read. */
import { dictionary } from '../../shared/dictionary.js';
import type { Place, Problem } from '../../shared/problem.js';
import { suggestion } from '../../shared/suggest.js';
import { LineIndex } from '../place.js';
import { latexToText } from './latex.js';
import { readNames } from './names.js';
import type { Work } from './work.js';

const months = new Map(
  Object.entries({
    jan: 'January',
    feb: 'February',
    mar: 'March',
    apr: 'April',
    may: 'May',
    jun: 'June',
    jul: 'July',
    aug: 'August',
    sep: 'September',
    oct: 'October',
    nov: 'November',
    dec: 'December',
  }),
);

/** Of one value, in characters, and of all that the @strings of a file make. */
const [longestValue, mostFromStrings] = [100_000, 10_000_000];

/** So many entries may have their fields one from the other. */
const longestChain = 8;

/** For so many of a file's missing entries it is said which may be meant: each is compared with all that there are. */
const mostGuesses = 20;

interface Entry {
  readonly type: string;
  readonly key: string;
  readonly keyAt: number;
  /** TeX, by name in lower case. */
  readonly fields: Map<string, string>;
}

/** What @strings stand for, and how many characters may still be made from them. */
interface Strings {
  readonly values: Map<string, string>;
  left: number;
}

/** Thrown inside the reader and caught for each entry. */
class Broken extends Error {
  readonly at: number;
  readonly hint: string;

  constructor(at: number, message: string, hint: string) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/** Reads a file's text. */
export function readBibtex(file: string, text: string): { works: Map<string, Work>; problems: Problem[] } {
  const lines = new LineIndex(file, text);
  const problems: Problem[] = [];
  const strings: Strings = { values: new Map(months), left: mostFromStrings };
  const entries = new Map<string, Entry>();
  let at = 0;
  for (;;) {
    at = text.indexOf('@', at);
    if (at < 0) break;
    const start = at;
    try {
      const read = readEntry(text, start, strings);
      at = read.end;
      if (read.entry === undefined) continue;
      const { entry } = read;
      const first = entries.get(entry.key.toLowerCase());
      if (first === undefined) entries.set(entry.key.toLowerCase(), entry);
      else {
        problems.push({
          place: lines.at(entry.keyAt, entry.keyAt + entry.key.length),
          rule: 'duplicate-key',
          message: `the key "${entry.key}" is taken`,
          hint: 'give one of the two another key',
          related: [{ place: lines.at(first.keyAt, first.keyAt + first.key.length), message: 'it is taken here' }],
        });
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      problems.push({
        place: lines.at(error.at, error.at + 1),
        rule: 'bibtex',
        message: error.message,
        hint: error.hint,
      });
      // Whoever cites it cites something: this one problem is enough.
      const head = /^@\s*[A-Za-z]+\s*[{(]\s*([^\s,{}()"#%=]+)\s*,/.exec(text.slice(start, start + 600));
      const key = head?.[1];
      if (key !== undefined && !entries.has(key.toLowerCase()))
        entries.set(key.toLowerCase(), { type: 'misc', key, keyAt: start, fields: new Map() });
      // The next entry starts at the next line that starts with an at sign.
      const next = text.indexOf('\n@', start + 1);
      at = next < 0 ? text.length : next + 1;
    }
  }
  const works = new Map<string, Work>();
  const keys = [...entries.values()].map(({ key }) => key);
  let guesses = mostGuesses;
  const guess = (name: string): string => {
    guesses -= 1;
    return guesses < 0 ? 'name an entry of this file' : suggestion(name, keys);
  };
  for (const entry of entries.values()) {
    const place = lines.at(entry.keyAt, entry.keyAt + entry.key.length);
    works.set(entry.key, toWork(entry, entries, guess, place, problems));
  }
  return { works, problems };
}

function readEntry(text: string, start: number, strings: Strings): { entry: Entry | undefined; end: number } {
  const head = /^@\s*([A-Za-z]+)\s*([{(])/.exec(text.slice(start, start + 200));
  // An at sign outside an entry is a comment.
  if (head === null) return { entry: undefined, end: start + 1 };
  const type = (head[1] ?? '').toLowerCase();
  const close = head[2] === '(' ? ')' : '}';
  let at = start + head[0].length;
  if (type === 'comment') return { entry: undefined, end: start + head[0].length };
  if (type === 'preamble') {
    const value = readValue(text, at, strings);
    return { entry: undefined, end: expect(text, value.end, close, type) };
  }
  if (type === 'string') {
    const name = /^\s*([^\s=,{}"#]+)\s*=/.exec(text.slice(at, at + 300));
    if (name === null) throw new Broken(at, '@string needs a name and a value', 'write @string{name = "value"}');
    const value = readValue(text, at + name[0].length, strings);
    strings.values.set((name[1] ?? '').toLowerCase(), value.text);
    return { entry: undefined, end: expect(text, value.end, close, type) };
  }
  const key = /^\s*([^\s,{}()"#%]+)\s*/.exec(text.slice(at, at + 400));
  if (key?.[1] === undefined) throw new Broken(at, `this @${type} has no key`, `write @${type}{key, ...}`);
  const keyAt = at + key[0].indexOf(key[1]);
  at += key[0].length;
  const fields = new Map<string, string>();
  for (;;) {
    at = skip(text, at);
    if (text[at] === ',') at = skip(text, at + 1);
    else if (text[at] !== close) {
      throw new Broken(
        Math.min(at, text.length - 1),
        `a comma or ${close} is missing here, in "${key[1]}"`,
        'put a comma between fields',
      );
    }
    if (text[at] === close) return { entry: { type, key: key[1], keyAt, fields }, end: at + 1 };
    const name = /^([A-Za-z][\w:-]*)\s*=/.exec(text.slice(at, at + 200));
    if (name?.[1] === undefined) {
      throw new Broken(
        Math.min(at, text.length - 1),
        at >= text.length ? `"${key[1]}" is never closed` : `"name = value" is expected here, in "${key[1]}"`,
        at >= text.length ? `end it with ${close}` : 'mend this field',
      );
    }
    const value = readValue(text, at + name[0].length, strings);
    fields.set(name[1].toLowerCase(), value.text);
    at = value.end;
  }
}

function expect(text: string, from: number, close: string, type: string): number {
  const at = skip(text, from);
  if (text[at] !== close)
    throw new Broken(Math.min(at, text.length - 1), `this @${type} is never closed`, `end it with ${close}`);
  return at + 1;
}

/** Blanks, and comments from a percent sign to the end of its line. */
function skip(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s/.test(text[at] ?? 'x')) at += 1;
    if (text[at] !== '%') return at;
    const end = text.indexOf('\n', at);
    at = end < 0 ? text.length : end + 1;
  }
}

/** `{...}`, `"..."`, a number or a @string's name, joined by #. */
function readValue(text: string, from: number, strings: Strings): { text: string; end: number } {
  let value = '';
  let at = skip(text, from);
  for (;;) {
    const part = readPart(text, at, strings);
    value += part.text;
    if (value.length > longestValue) {
      throw new Broken(from, `this value has more than ${longestValue} characters`, 'shorten it');
    }
    at = skip(text, part.end);
    if (text[at] !== '#') return { text: value, end: part.end };
    at = skip(text, at + 1);
  }
}

function readPart(text: string, at: number, strings: Strings): { text: string; end: number } {
  const open = text[at];
  if (open === '{' || open === '"') {
    let depth = 0;
    for (let index = at + 1; index < text.length; index += 1) {
      const character = text[index];
      if (character === '\\') index += 1;
      else if (character === '{') depth += 1;
      else if (open === '"' && character === '"' && depth === 0)
        return { text: text.slice(at + 1, index), end: index + 1 };
      else if (character === '}') {
        if (depth === 0 && open === '{') return { text: text.slice(at + 1, index), end: index + 1 };
        depth -= 1;
        if (depth < 0) throw new Broken(index, 'this brace closes nothing', 'remove it');
      }
    }
    throw new Broken(at, 'this value is never closed', open === '{' ? 'balance its braces' : 'end it with "');
  }
  const word = /^[^\s,{}()"#=%]+/.exec(text.slice(at, at + 300))?.[0];
  if (word === undefined)
    throw new Broken(Math.min(at, text.length - 1), 'a value is missing here', 'write {text} or "text"');
  if (/^\d+$/.test(word)) return { text: word, end: at + word.length };
  const known = strings.values.get(word.toLowerCase());
  if (known === undefined) {
    const named = [...strings.values.keys()].filter((name) => !months.has(name));
    throw new Broken(
      at,
      `"${word}" is not the name of a @string`,
      named.length === 0 ? 'put the text in braces' : `${suggestion(word, named)}, or put the text in braces`,
    );
  }
  strings.left -= known.length;
  if (strings.left < 0) {
    const message = `the @strings of this file make more than ${mostFromStrings} characters`;
    throw new Broken(at, message, 'write the text itself');
  }
  return { text: known, end: at + word.length };
}

/** Its own fields, and those that it has from the entry that it names with crossref. */
function inherited(
  entry: Entry,
  entries: ReadonlyMap<string, Entry>,
  guess: (name: string) => string,
  problems: Problem[],
  place: Place,
): Map<string, string> {
  const fields = new Map(entry.fields);
  const wrong = (message: string, hint: string): void => {
    problems.push({ place, rule: 'bibtex', message, hint });
  };
  const seen = new Set([entry.key.toLowerCase()]);
  let child = entry;
  for (;;) {
    const next = child.fields.get('crossref')?.trim() ?? '';
    if (next === '') return fields;
    const parent = entries.get(next.toLowerCase());
    if (parent === undefined) {
      // Of a chain the one that names it says so.
      if (child === entry) wrong(`crossref names "${next}", and there is no such entry`, guess(next));
      return fields;
    }
    if (seen.has(next.toLowerCase())) {
      wrong(`crossref of "${entry.key}" leads back to itself`, 'remove one of them');
      return fields;
    }
    if (seen.size > longestChain) {
      wrong(
        `crossref of "${entry.key}" leads over more than ${longestChain} entries`,
        'write the fields where they belong',
      );
      return fields;
    }
    seen.add(next.toLowerCase());
    for (const [name, value] of parent.fields) {
      // The title of a book is the book title of a part of it.
      const own = name === 'title' && !fields.has('booktitle') ? 'booktitle' : name;
      if (!fields.has(own)) fields.set(own, value);
    }
    child = parent;
  }
}

/** Fields whose bytes mean what they say: no TeX in them. */
const verbatim = new Set(['doi', 'url', 'eprint']);

function toWork(
  entry: Entry,
  entries: ReadonlyMap<string, Entry>,
  guess: (name: string) => string,
  place: Place,
  problems: Problem[],
): Work {
  const fields = inherited(entry, entries, guess, problems, place);
  const authors = readNames(fields.get('author') ?? '');
  const editors = readNames(fields.get('editor') ?? '');
  const texts = [...fields].map(([name, value]) => [
    name,
    verbatim.has(name)
      ? value
          .trim()
          .replace(/\\([_%&#~])/g, '$1')
          .replace(/[{}]/g, '')
      : latexToText(value),
  ]);
  return {
    key: entry.key,
    type: entry.type,
    authors: authors.names,
    moreAuthors: authors.others,
    editors: editors.names,
    fields: dictionary(Object.fromEntries(texts) as Record<string, string>),
    place,
  };
}
