/** The text of a .bib file to its entries, whose values are TeX still. What is broken is a flaw at its place; the rest is read. */
import { suggestion } from '../../shared/suggest.js';
import { monthOf } from './dates.js';

/** Of one value, in characters, and of all that the @strings of a file make. */
const [longestValue, mostFromStrings] = [100_000, 10_000_000];

/** A file with more broken entries is no .bib file. */
const mostBroken = 1000;

export interface Field {
  /** TeX. */
  readonly text: string;
  /** Where it starts in the file. */
  readonly at: number;
  /** Whether it stands there as it is: not joined of parts, and no @string. */
  readonly isLiteral: boolean;
}

export interface Entry {
  /** In lower case. */
  readonly type: string;
  readonly key: string;
  readonly keyAt: number;
  /** By name in lower case. */
  readonly fields: Map<string, Field>;
}

/** What is wrong with a file, and with which entry. */
export interface Flaw {
  readonly at: number;
  readonly end: number;
  /** Of the entry, as far as it is known. */
  readonly key?: string;
  readonly rule: 'bibtex' | 'duplicate-key';
  readonly message: string;
  readonly hint: string;
  /** Where else to look. */
  readonly related?: { readonly at: number; readonly end: number; readonly message: string };
}

export interface Scan {
  /** By key in lower case. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly flaws: readonly Flaw[];
}

/** Thrown where an entry cannot be read further. */
class Broken extends Error {
  readonly at: number;
  readonly hint: string;

  constructor(at: number, message: string, hint: string) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

export function scanBibtex(text: string): Scan {
  return new Scanner(text).scan();
}

/** Each sticky: they match where they are asked to and search nowhere else. */
const patterns = {
  head: /@\s{0,20}([A-Za-z]{1,40})\s{0,100}([{(])/y,
  stringName: /\s*([^\s=,{}"#]{1,200})\s*=/y,
  key: /\s*([^\s,{}"#%=](?:[^\n,{}"#%=]{0,300}[^\s,{}"#%=])?)\s*(?=[,})])/y,
  /** Before a missing comma, or in parentheses. */
  plainKey: /\s*([^\s,(){}"#%=]{1,300})\s*(?!=)/y,
  fieldName: /([^\s=,{}"#%()]{1,200})\s*=/y,
  word: /[^\s,{}()"#=%]{1,300}/y,
};

class Scanner {
  readonly #text: string;
  readonly #entries = new Map<string, Entry>();
  readonly #flaws: Flaw[] = [];
  readonly #strings = new Map<string, string>();
  /** How many characters may still be made from @strings. */
  #left = mostFromStrings;
  /** Of the entry that is being read. */
  #key: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): Scan {
    let broken = 0;
    let at = this.#text.indexOf('@');
    while (at >= 0) {
      this.#key = undefined;
      try {
        at = this.#entry(at);
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        this.#flaw(error.at, error.message, error.hint);
        this.#standIn(at);
        broken += 1;
        if (broken === mostBroken) {
          this.#flaw(
            error.at,
            `more than ${mostBroken} entries are broken; the rest is not read`,
            'is it a .bib file?',
          );
          break;
        }
        // The next entry starts at the next line that starts with an at sign.
        const next = this.#text.indexOf('\n@', at + 1);
        at = next < 0 ? this.#text.length : next + 1;
      }
      at = this.#text.indexOf('@', at);
    }
    return { entries: this.#entries, flaws: this.#flaws };
  }

  #flaw(at: number, message: string, hint: string): void {
    const place = Math.max(0, Math.min(at, this.#text.length - 1));
    this.#flaws.push({
      ...{ at: place, end: place + 1, rule: 'bibtex', message, hint },
      ...(this.#key !== undefined && { key: this.#key }),
    });
  }

  /** Whoever cites a broken entry cites something: the one problem is enough. */
  #standIn(at: number): void {
    const key = this.#key;
    if (key !== undefined && !this.#entries.has(key.toLowerCase()))
      this.#entries.set(key.toLowerCase(), { type: 'misc', key, keyAt: at, fields: new Map() });
  }

  #match(name: keyof typeof patterns, at: number): RegExpExecArray | null {
    const pattern = patterns[name];
    pattern.lastIndex = at;
    return pattern.exec(this.#text);
  }

  /** Reads what an at sign starts; gives where it ends. */
  #entry(start: number): number {
    const head = this.#match('head', start);
    // An at sign outside an entry is a comment.
    if (head === null) return start + 1;
    const type = (head[1] ?? '').toLowerCase();
    const close = head[2] === '(' ? ')' : '}';
    const at = start + head[0].length;
    if (type === 'comment') return at;
    if (type === 'preamble') return this.#expect(this.#value(at, '').end, close, type);
    if (type === 'string') return this.#string(at, close);
    return this.#fields(at, type, close);
  }

  #string(at: number, close: string): number {
    const name = this.#match('stringName', at);
    if (name === null) throw new Broken(at, '@string needs a name and a value', 'write @string{name = "value"}');
    const value = this.#value(at + name[0].length, '');
    this.#strings.set((name[1] ?? '').toLowerCase(), value.text);
    return this.#expect(value.end, close, 'string');
  }

  #expect(from: number, close: string, type: string): number {
    const at = this.#skip(from);
    if (this.#text[at] !== close) throw new Broken(at, `this @${type} is never closed`, `end it with ${close}`);
    return at + 1;
  }

  #fields(from: number, type: string, close: string): number {
    const found = (close === '}' ? this.#match('key', from) : null) ?? this.#match('plainKey', from);
    const key = found?.[1];
    if (found === null || key === undefined)
      throw new Broken(from, `this @${type} has no key`, `write @${type}{key, ...}`);
    this.#key = key;
    const keyAt = from + found[0].indexOf(key);
    const fields = new Map<string, Field>();
    let at = from + found[0].length;
    for (;;) {
      at = this.#skip(at);
      const isSeparated = this.#text[at] === ',';
      while (this.#text[at] === ',') at = this.#skip(at + 1);
      if (this.#text[at] === close) break;
      const name = this.#match('fieldName', at);
      if (name?.[1] === undefined) {
        if (at >= this.#text.length) throw new Broken(at, `"${key}" is never closed`, `end it with ${close}`);
        throw isSeparated
          ? new Broken(at, `"name = value" is expected here, in "${key}"`, 'mend this field')
          : new Broken(at, `a comma or ${close} is missing here, in "${key}"`, 'put a comma between fields');
      }
      if (!isSeparated) this.#flaw(at, `a comma is missing here, in "${key}"`, 'put a comma between fields');
      const value = this.#value(at + name[0].length, name[1].toLowerCase());
      fields.set(name[1].toLowerCase(), { text: value.text, at: value.at, isLiteral: value.isLiteral });
      at = value.end;
    }
    this.#add({ type, key, keyAt, fields });
    return at + 1;
  }

  #add(entry: Entry): void {
    const { key, keyAt } = entry;
    const first = this.#entries.get(key.toLowerCase());
    if (first === undefined) {
      this.#entries.set(key.toLowerCase(), entry);
      return;
    }
    const related = { at: first.keyAt, end: first.keyAt + first.key.length, message: 'it is taken here' };
    this.#flaws.push({
      ...{ at: keyAt, end: keyAt + key.length, key, rule: 'duplicate-key', related },
      message: `the key "${key}" is taken; the first entry counts`,
      hint: 'give one of the two another key, or remove it',
    });
  }

  /** Blanks, and comments from a percent sign to the end of its line. */
  #skip(from: number): number {
    let at = from;
    for (;;) {
      while (/\s/.test(this.#text[at] ?? 'x')) at += 1;
      if (this.#text[at] !== '%') return at;
      const end = this.#text.indexOf('\n', at);
      at = end < 0 ? this.#text.length : end + 1;
    }
  }

  /** `{...}`, `"..."`, a number or a @string's name, joined by #. */
  #value(from: number, field: string): Field & { readonly end: number } {
    let text = '';
    let at = this.#skip(from);
    let isLiteral = true;
    const start = at;
    for (;;) {
      const part = this.#part(at, field);
      text += part.text;
      if (text.length > longestValue)
        throw new Broken(from, `this value has more than ${longestValue} characters`, 'shorten it');
      isLiteral &&= part.isLiteral;
      at = this.#skip(part.end);
      if (this.#text[at] !== '#') {
        const opened = isLiteral && /["{]/.test(this.#text[start] ?? '');
        return { text, at: opened ? start + 1 : start, end: part.end, isLiteral };
      }
      at = this.#skip(at + 1);
      isLiteral = false;
    }
  }

  #part(at: number, field: string): { text: string; end: number; isLiteral: boolean } {
    const open = this.#text[at];
    if (open === '{' || open === '"') {
      const end = this.#closing(at, open);
      return { text: this.#text.slice(at + 1, end), end: end + 1, isLiteral: true };
    }
    const word = this.#match('word', at)?.[0];
    if (word === undefined) throw new Broken(at, 'a value is missing here', 'write {text} or "text"');
    const end = at + word.length;
    if (/^\d+$/.test(word)) return { text: word, end, isLiteral: true };
    return { text: this.#named(word, at, field), end, isLiteral: false };
  }

  /** What a bare word stands for. */
  #named(word: string, at: number, field: string): string {
    const known = this.#strings.get(word.toLowerCase());
    if (known !== undefined) {
      this.#left -= known.length;
      if (this.#left >= 0) return known;
      const message = `the @strings of this file make more than ${mostFromStrings} characters`;
      throw new Broken(at, message, 'write the text itself');
    }
    if (monthOf(word) !== undefined && (field.endsWith('month') || field === 'date' || word.length === 3)) return word;
    const names = [...this.#strings.keys()];
    this.#flaw(
      at,
      `"${word}" is not the name of a @string`,
      names.length === 0 || this.#flaws.length > mostBroken
        ? 'put the text in braces'
        : `${suggestion(word, names)}, or put the text in braces`,
    );
    return field === 'month' ? word : '';
  }

  /** Where a value in braces or quotation marks ends. */
  #closing(at: number, open: string): number {
    let depth = 0;
    const end = Math.min(this.#text.length, at + longestValue + 2);
    for (let index = at + 1; index < end; index += 1) {
      const code = this.#text.charCodeAt(index);
      if (code === backslash) index += 1;
      else if (code === openingBrace) depth += 1;
      else if (code === quotationMark && open === '"' && depth === 0) return index;
      else if (code === closingBrace) {
        if (depth === 0 && open === '{') return index;
        depth -= 1;
        if (depth < 0) throw new Broken(index, 'this brace closes nothing', 'remove it');
      }
    }
    if (end < this.#text.length)
      throw new Broken(
        at,
        `this value has more than ${longestValue} characters`,
        'shorten it, or end it where it ends',
      );
    throw new Broken(at, 'this value is never closed', open === '{' ? 'balance its braces' : 'end it with "');
  }
}

const [quotationMark, backslash, openingBrace, closingBrace] = [34, 92, 123, 125];
