/** Emphasis, strong emphasis and strikethrough from runs of `*`, `_` and `~`, by CommonMark's delimiter stack. */
import { inlineNode, type InlineNode, remove, wrap } from './inline-node.js';

export interface Delimiter {
  readonly character: string;
  /** Characters left, and as written. */
  count: number;
  readonly written: number;
  readonly node: InlineNode;
  readonly opens: boolean;
  readonly closes: boolean;
  previous: Delimiter | undefined;
  next: Delimiter | undefined;
}

const blank = /[\s\u00a0]/u;
const punctuation = /[\p{P}\p{S}]/u;

/** Whether a run of `length` characters at `at` can open or close emphasis. */
export function flanking(
  text: string,
  at: number,
  length: number,
  character: string,
): { opens: boolean; closes: boolean } {
  const before = at === 0 ? '\n' : characterBefore(text, at);
  const after = at + length >= text.length ? '\n' : String.fromCodePoint(text.codePointAt(at + length) ?? 10);
  const blankBefore = blank.test(before);
  const blankAfter = blank.test(after);
  const punctuationBefore = punctuation.test(before);
  const punctuationAfter = punctuation.test(after);
  const left = !blankAfter && (!punctuationAfter || blankBefore || punctuationBefore);
  const right = !blankBefore && (!punctuationBefore || blankAfter || punctuationAfter);
  if (character !== '_') return { opens: left, closes: right };
  return { opens: left && (!right || punctuationBefore), closes: right && (!left || punctuationAfter) };
}

/** The character that ends before an index, whole even when it takes two code units. */
export function characterBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && at > 1;
  return pair ? text.slice(at - 2, at) : (text[at - 1] ?? '\n');
}

/** Makes emphasis of the delimiters above `bottom`, and takes them off the stack. */
export function processEmphasis(parent: InlineNode, top: Delimiter | undefined, bottom: Delimiter | undefined): void {
  /** Below which no opener was found, by what could have matched: keeps the search linear. */
  const noOpener = new Map<string, Delimiter | undefined>();
  let closer = top;
  while (closer !== undefined && closer.previous !== bottom) closer = closer.previous;
  while (closer !== undefined) {
    if (!closer.closes) {
      closer = closer.next;
      continue;
    }
    const { character } = closer;
    const group = character === '~' ? `~${closer.written}` : `${character}${closer.opens ? 1 : 0}${closer.written % 3}`;
    const floor = noOpener.has(group) ? noOpener.get(group) : bottom;
    let opener = closer.previous;
    while (opener !== undefined && opener !== bottom && opener !== floor && !match(opener, closer)) {
      opener = opener.previous;
    }
    const found = opener !== undefined && opener !== bottom && opener !== floor;
    if (!found || opener === undefined) {
      noOpener.set(group, closer.previous);
      const next: Delimiter | undefined = closer.next;
      if (!closer.opens) unlink(closer);
      closer = next;
      continue;
    }
    const used = character === '~' ? closer.count : closer.count >= 2 && opener.count >= 2 ? 2 : 1;
    const type = character === '~' ? 'delete' : used === 2 ? 'strong' : 'emphasis';
    const from = opener.node;
    const to = closer.node;
    shorten(opener, used);
    const wrapper = inlineNode(type, from.end, to.start + used);
    const { next: first } = from;
    const { previous: last } = to;
    if (first !== undefined && last !== undefined && first !== to) wrap(parent, wrapper, first, last);
    else insertAfter(parent, from, wrapper);
    to.start += used;
    to.value = to.value.slice(used);
    closer.count -= used;
    // What stands between the two can open or close nothing any more.
    for (let between = closer.previous; between !== undefined && between !== opener; ) {
      const { previous }: Delimiter = between;
      unlink(between);
      between = previous;
    }
    if (opener.count === 0) {
      remove(parent, from);
      unlink(opener);
    }
    if (closer.count === 0) {
      const { next } = closer;
      remove(parent, to);
      unlink(closer);
      closer = next;
    }
  }
  for (let left = top; left !== undefined && left !== bottom; ) {
    const { previous }: Delimiter = left;
    unlink(left);
    left = previous;
  }
}

function match(opener: Delimiter, closer: Delimiter): boolean {
  if (!opener.opens || opener.character !== closer.character) return false;
  if (closer.character === '~') return opener.count === closer.count;
  const odd = (closer.opens || opener.closes) && (opener.written + closer.written) % 3 === 0;
  return !odd || (opener.written % 3 === 0 && closer.written % 3 === 0);
}

function shorten(opener: Delimiter, used: number): void {
  opener.count -= used;
  opener.node.value = opener.node.value.slice(0, opener.count);
  opener.node.end -= used;
}

function insertAfter(parent: InlineNode, before: InlineNode, node: InlineNode): void {
  node.previous = before;
  node.next = before.next;
  if (before.next === undefined) parent.last = node;
  else before.next.previous = node;
  before.next = node;
}

/** Takes a delimiter off the stack; its text stays. */
export function unlink(delimiter: Delimiter): void {
  if (delimiter.previous !== undefined) delimiter.previous.next = delimiter.next;
  if (delimiter.next !== undefined) delimiter.next.previous = delimiter.previous;
}
