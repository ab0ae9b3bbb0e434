/** The second half of reading Markdown: the text of a paragraph, heading or cell to inline nodes. */
import type { PhrasingContent } from 'mdast';
import { attributesAtStart } from './attributes.js';
import { emailAt, trimAutolink, webAt } from './autolinks.js';
import { citationAt, citationGroupAt } from './citations.js';
import type { Content } from './content.js';
import { type Delimiter, flanking, processEmphasis } from './emphasis.js';
import { characterReference, decodeReference } from './escapes.js';
import { inlineHtml } from './html.js';
import { append, inlineNode, type InlineNode, remove, wrap } from './inline-node.js';
import {
  type Definitions,
  isPunctuation,
  labelLength,
  type LinkTarget,
  normaliseLabel,
  readDestination,
  readTitle,
  skipBlanks,
} from './links.js';
import { toTree } from './inline-tree.js';

export interface InlineContext {
  readonly definitions: Definitions;
  /** Labels in lower case. */
  readonly footnotes: ReadonlySet<string>;
  /** In a cell, `\|` is a bar even inside code. */
  readonly inTable?: boolean;
}

interface Bracket {
  readonly node: InlineNode;
  readonly image: boolean;
  /** After the bracket. */
  readonly index: number;
  readonly delimiters: Delimiter | undefined;
  readonly previous: Bracket | undefined;
  /** Links hold no links. */
  active: boolean;
  bracketAfter: boolean;
}

/** Reads a content. Nodes have the positions of the page. */
export function readInlines(content: Content, context: InlineContext): PhrasingContent[] {
  return toTree(new InlineReader(content.text, context).read(), content);
}

const plain = /[^\n\\`*_~[\]!<&$@]+/y;
const plainBeforeWeb = /[^\n\\`*_~[\]!<&$@hw]+|[hw][^\n\\`*_~[\]!<&$@hw]*/y;
const linkStart = /^(?:https?:\/\/|www\.)/i;

class InlineReader {
  readonly #text: string;
  readonly #context: InlineContext;
  readonly #root = inlineNode('root', 0, 0);
  readonly #plain: RegExp;
  #at = 0;
  #delimiters: Delimiter | undefined;
  #brackets: Bracket | undefined;
  /** Lengths of runs of backticks and dollars that nothing closes after an index; keeps the search linear. */
  readonly #unclosed = new Map<string, number>();
  #noHtmlEnd = new Map<string, number>();

  constructor(text: string, context: InlineContext) {
    this.#text = text;
    this.#context = context;
    this.#plain = /https?:\/\/|www\./i.test(text) ? plainBeforeWeb : plain;
  }

  read(): InlineNode {
    const text = this.#text;
    while (this.#at < text.length) this.#one(text[this.#at] ?? '');
    processEmphasis(this.#root, this.#delimiters, undefined);
    return this.#root;
  }

  #one(character: string): void {
    switch (character) {
      case '\n':
        this.#lineEnding();
        return;
      case '\\':
        this.#backslash();
        return;
      case '`':
        this.#code();
        return;
      case '$':
        this.#math();
        return;
      case '*':
      case '_':
      case '~':
        this.#delimiterRun(character);
        return;
      case '[':
        if (!this.#cited() && !this.#footnote()) this.#openBracket(false);
        return;
      case '!':
        if (this.#text[this.#at + 1] === '[' && this.#text[this.#at + 2] !== '^') this.#openBracket(true);
        else this.#plainText(1);
        return;
      case ']':
        this.#closeBracket();
        return;
      case '<':
        this.#angle();
        return;
      case '&':
        this.#entity();
        return;
      case '@':
        this.#at_();
        return;
      default:
        this.#run(character);
    }
  }

  #add(type: string, end: number, value = '', fields: Readonly<Record<string, unknown>> = {}): InlineNode {
    const node = inlineNode(type, this.#at, end, value, fields);
    append(this.#root, node);
    this.#at = end;
    return node;
  }

  #plainText(length: number): InlineNode {
    return this.#add('text', this.#at + length, this.#text.slice(this.#at, this.#at + length));
  }

  #run(character: string): void {
    if (this.#plain === plainBeforeWeb && /[hw]/i.test(character) && this.#web()) return;
    this.#plain.lastIndex = this.#at;
    const length = this.#plain.exec(this.#text)?.[0].length ?? 1;
    this.#plainText(length);
  }

  #lineEnding(): void {
    const { last } = this.#root;
    let hard = false;
    if (last?.type === 'text') {
      const trimmed = last.value.replace(/[ \t]+$/, '');
      hard = last.value.length - trimmed.length >= 2 && / {2,}$/.test(last.value);
      last.end -= last.value.length - trimmed.length;
      last.value = trimmed;
    }
    let end = this.#at + 1;
    while (this.#text[end] === ' ' || this.#text[end] === '\t') end += 1;
    if (hard) this.#add('break', end);
    else this.#add('text', end, '\n');
  }

  #backslash(): void {
    const next = this.#text[this.#at + 1];
    if (next === '\n') {
      let end = this.#at + 2;
      while (this.#text[end] === ' ' || this.#text[end] === '\t') end += 1;
      this.#add('break', end);
    } else if (next !== undefined && isPunctuation(next.charCodeAt(0))) this.#add('text', this.#at + 2, next);
    else this.#plainText(1);
  }

  /** The run of one character at an index. */
  #runLength(at: number, character: string): number {
    let end = at;
    while (this.#text[end] === character) end += 1;
    return end - at;
  }

  /** Where a run of exactly this length starts after an index; undefined when there is none. */
  #closingRun(character: string, length: number, from: number): number | undefined {
    const key = `${character}${length}`;
    const known = this.#unclosed.get(key);
    if (known !== undefined && from >= known) return undefined;
    let index = this.#text.indexOf(character, from);
    while (index >= 0) {
      const run = this.#runLength(index, character);
      if (run === length) return index;
      index = this.#text.indexOf(character, index + run);
    }
    this.#unclosed.set(key, from);
    return undefined;
  }

  #code(): void {
    const length = this.#runLength(this.#at, '`');
    const close = this.#closingRun('`', length, this.#at + length);
    if (close === undefined) {
      this.#plainText(length);
      return;
    }
    let value = this.#text.slice(this.#at + length, close).replaceAll('\n', ' ');
    if (value.length > 2 && value.startsWith(' ') && value.endsWith(' ') && value.trim() !== '') {
      value = value.slice(1, -1);
    }
    if (this.#context.inTable === true) value = value.replaceAll('\\|', '|');
    this.#add('inlineCode', close + length, '', { value });
  }

  /** `$x$` as Pandoc reads it: no blank inside its dollars, no digit after the last one; `$$x$$` for a display. */
  #math(): void {
    const length = this.#runLength(this.#at, '$');
    if (length > 2) {
      this.#plainText(length);
      return;
    }
    const from = this.#at + length;
    const close = this.#mathEnd(from, length);
    if (close === undefined) {
      this.#plainText(length);
      return;
    }
    let value = this.#text.slice(from, close);
    if (this.#context.inTable === true) value = value.replaceAll('\\|', '|');
    this.#add('inlineMath', close + length, '', { value: value.trim(), display: length === 2 });
  }

  #mathEnd(from: number, length: number): number | undefined {
    const text = this.#text;
    if (length === 1 && /\s/.test(text[from] ?? ' ')) return undefined;
    const key = `$${length}`;
    const known = this.#unclosed.get(key);
    if (known !== undefined && from >= known) return undefined;
    for (let index = text.indexOf('$', from); index >= 0; index = text.indexOf('$', index)) {
      const run = this.#runLength(index, '$');
      const escaped = isEscaped(text, index);
      const closes =
        run === length &&
        !escaped &&
        (length === 2 || (!/\s/.test(text[index - 1] ?? ' ') && !/\d/.test(text[index + run] ?? '')));
      if (closes && index > from) return index;
      // A dollar before a digit is a price; what follows it is no formula of ours.
      index += run;
    }
    this.#unclosed.set(key, from);
    return undefined;
  }

  #delimiterRun(character: string): void {
    const count = this.#runLength(this.#at, character);
    const { opens, closes } = flanking(this.#text, this.#at, count, character);
    const node = this.#plainText(count);
    if ((!opens && !closes) || (character === '~' && count > 2)) return;
    const delimiter: Delimiter = {
      character,
      count,
      written: count,
      node,
      opens,
      closes,
      previous: this.#delimiters,
      next: undefined,
    };
    if (this.#delimiters !== undefined) this.#delimiters.next = delimiter;
    this.#delimiters = delimiter;
  }

  #footnote(): boolean {
    if (this.#text[this.#at + 1] !== '^') return false;
    const close = this.#text.indexOf(']', this.#at);
    const label = this.#text.slice(this.#at + 2, close);
    if (close < 0 || label === '' || label.length > 999 || /[\s[]/.test(label)) return false;
    if (!this.#context.footnotes.has(label.toLowerCase()) && '(['.includes(this.#text[close + 1] ?? ' ')) return false;
    this.#add('footnoteReference', close + 1, '', { identifier: label.toLowerCase(), label });
    return true;
  }

  #cited(): boolean {
    const found = citationGroupAt(this.#text, this.#at);
    if (found === undefined) return false;
    const next = this.#text[found.end];
    const label = normaliseLabel(this.#text.slice(this.#at + 1, found.end - 1));
    if (next === '(' || next === '[' || this.#context.definitions.has(label)) return false;
    this.#add(found.type, found.end, '', found.fields);
    return true;
  }

  #at_(): void {
    const email = emailAt(this.#text, this.#at);
    if (email !== undefined && this.#takeBack(email.start)) {
      this.#addLink(email.end, `mailto:${this.#text.slice(email.start, email.end)}`);
      return;
    }
    const found = citationAt(this.#text, this.#at);
    if (found === undefined) this.#plainText(1);
    else this.#add(found.type, found.end, '', found.fields);
  }

  /** Goes back to an index over plain text that has been read; not over anything else. */
  #takeBack(to: number): boolean {
    for (let node = this.#root.last; node !== undefined && node.end > to; node = node.previous) {
      if (node.type !== 'text' || node.value.length !== node.end - node.start) return false;
    }
    for (let { last } = this.#root; last !== undefined && last.end > to; last = this.#root.last) {
      while (this.#delimiters?.node === last) this.#delimiters = this.#delimiters.previous;
      if (last.start < to) {
        last.value = last.value.slice(0, to - last.start);
        last.end = to;
      } else remove(this.#root, last);
    }
    if (this.#delimiters !== undefined) this.#delimiters.next = undefined;
    this.#at = to;
    return true;
  }

  #openBracket(image: boolean): void {
    const node = this.#plainText(image ? 2 : 1);
    if (this.#brackets !== undefined) this.#brackets.bracketAfter = true;
    this.#brackets = {
      node,
      image,
      index: this.#at,
      delimiters: this.#delimiters,
      previous: this.#brackets,
      active: true,
      bracketAfter: false,
    };
  }

  #closeBracket(): void {
    const opener = this.#brackets;
    const start = this.#at;
    if (opener === undefined) {
      this.#plainText(1);
      return;
    }
    if (!opener.active) {
      this.#plainText(1);
      this.#brackets = opener.previous;
      return;
    }
    const target = this.#inlineTarget(start + 1) ?? this.#referenceTarget(opener, start);
    if (target === undefined) {
      this.#plainText(1);
      this.#brackets = opener.previous;
      return;
    }
    this.#at = target.end;
    const attributes = opener.image ? attributesAtStart(this.#text.slice(target.end, target.end + 400)) : undefined;
    if (attributes !== undefined) this.#at += attributes.length;
    const { url, title } = target;
    const wrapper = inlineNode(opener.image ? 'image' : 'link', opener.node.start, this.#at, '', {
      url,
      ...(title !== undefined && { title }),
      ...(attributes !== undefined && { attributes: attributes.attributes }),
    });
    processEmphasis(this.#root, this.#delimiters, opener.delimiters);
    this.#delimiters = opener.delimiters;
    if (this.#delimiters !== undefined) this.#delimiters.next = undefined;
    const { next: first } = opener.node;
    const { last } = this.#root;
    if (first !== undefined && last !== undefined) wrap(this.#root, wrapper, first, last);
    else append(this.#root, wrapper);
    remove(this.#root, opener.node);
    this.#brackets = opener.previous;
    if (!opener.image) {
      for (let bracket = this.#brackets; bracket !== undefined && bracket.active; bracket = bracket.previous) {
        if (!bracket.image) bracket.active = false;
      }
    }
  }

  /** `(destination "title")` at an index. */
  #inlineTarget(at: number): (LinkTarget & { end: number }) | undefined {
    const text = this.#text;
    if (text[at] !== '(') return undefined;
    let index = skipBlanks(text, at + 1);
    const destination = readDestination(text, index);
    if (destination === undefined) return undefined;
    index = skipBlanks(text, destination.end);
    let title: string | undefined;
    if (index > destination.end) {
      const found = readTitle(text, index);
      if (found !== undefined) {
        title = found.title;
        index = skipBlanks(text, found.end);
      }
    }
    return text[index] === ')' ? { url: destination.url, title, end: index + 1 } : undefined;
  }

  /** `[label]`, `[]` or nothing at an index, where a definition has that label. */
  #referenceTarget(opener: Bracket, close: number): (LinkTarget & { end: number }) | undefined {
    const length = labelLength(this.#text, close + 1);
    let label: string | undefined;
    if (length > 2) label = this.#text.slice(close + 2, close + length);
    else if (!opener.bracketAfter && close - opener.index <= 999) label = this.#text.slice(opener.index, close);
    if (label === undefined) return undefined;
    const found = this.#context.definitions.get(normaliseLabel(label));
    return found && { ...found, end: close + 1 + length };
  }

  #angle(): void {
    const text = this.#text;
    const close = text.indexOf('>', this.#at);
    if (close > 0) {
      const inside = text.slice(this.#at + 1, close);
      if (inside.length < 2000 && /^[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>\x00-\x20]*$/.test(inside)) {
        this.#addLink(close + 1, inside, inside);
        return;
      }
      if (inside.length < 400 && email.test(inside)) {
        this.#addLink(close + 1, `mailto:${inside}`, inside);
        return;
      }
      const kind = text.slice(this.#at, this.#at + 3);
      const known = this.#noHtmlEnd.get(kind.slice(0, 2));
      if (known === undefined || !'!?'.includes(kind[1] ?? ' ')) {
        inlineHtml.lastIndex = this.#at;
        const found = inlineHtml.exec(text)?.[0];
        if (found !== undefined) {
          this.#add('html', this.#at + found.length, '', { value: found });
          return;
        }
        this.#noHtmlEnd.set(kind.slice(0, 2), this.#at);
      }
    }
    this.#plainText(1);
  }

  #entity(): void {
    characterReference.lastIndex = this.#at;
    const found = characterReference.exec(this.#text)?.[0];
    if (found === undefined) this.#plainText(1);
    else this.#add('text', this.#at + found.length, decodeReference(found));
  }

  /** GitHub's links without angle brackets. */
  #web(): boolean {
    const before = this.#text[this.#at - 1] ?? '\n';
    if (!/[\s*_~(]/.test(before) || !linkStart.test(this.#text.slice(this.#at, this.#at + 8))) return false;
    for (let bracket = this.#brackets; bracket !== undefined; bracket = bracket.previous) {
      if (!bracket.image && bracket.active && this.#text.indexOf('](', this.#at) >= 0) return false;
    }
    const found = webAt(this.#text, this.#at);
    if (found === undefined) return false;
    const end = this.#at + trimAutolink(found).length;
    const shown = this.#text.slice(this.#at, end);
    this.#addLink(end, /^www\./i.test(shown) ? `http://${shown}` : shown);
    return true;
  }

  #addLink(end: number, url: string, shown = this.#text.slice(this.#at, end)): void {
    const inset = shown.length === end - this.#at ? 0 : 1;
    const child = inlineNode('text', this.#at + inset, end - inset, shown);
    const link = this.#add('link', end, '', { url });
    append(link, child);
  }
}

const email =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Whether an odd number of backslashes stands before an index. */
function isEscaped(text: string, at: number): boolean {
  let count = 0;
  while (text[at - 1 - count] === '\\') count += 1;
  return count % 2 === 1;
}
