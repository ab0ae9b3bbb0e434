/** The parts of links: destinations, titles, labels and reference definitions. */
import { decodeEscapes } from './escapes.js';

export interface LinkTarget {
  readonly url: string;
  readonly title: string | undefined;
}

/** By normalised label. */
export type Definitions = Map<string, LinkTarget>;

/** A destination at an index: `<...>` or balanced text without blanks; undefined when there is none. */
export function readDestination(text: string, at: number): { url: string; end: number } | undefined {
  if (text[at] === '<') {
    for (let index = at + 1; index < text.length; index += 1) {
      const character = text[index];
      if (character === '>') return { url: decodeEscapes(text.slice(at + 1, index)), end: index + 1 };
      if (character === '\n' || character === '<') return undefined;
      if (character === '\\') index += 1;
    }
    return undefined;
  }
  let depth = 0;
  let index = at;
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x5c && index + 1 < text.length && isPunctuation(text.charCodeAt(index + 1))) index += 1;
    else if (code === 0x28) {
      depth += 1;
      // CommonMark asks for at least three; more than this is no address.
      if (depth > 32) return undefined;
    } else if (code === 0x29) {
      if (depth === 0) break;
      depth -= 1;
    } else if (code <= 0x20 || code === 0x7f) break;
  }
  if (index === at && text[at] !== ')') return undefined;
  return depth === 0 ? { url: decodeEscapes(text.slice(at, index)), end: index } : undefined;
}

/** A title in quotes or parentheses at an index. */
export function readTitle(text: string, at: number): { title: string; end: number } | undefined {
  const open = text[at];
  if (open !== '"' && open !== "'" && open !== '(') return undefined;
  const close = open === '(' ? ')' : open;
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === close) return { title: decodeEscapes(text.slice(at + 1, index)), end: index + 1 };
    if (character === '(' && open === '(') return undefined;
    if (character === '\\') index += 1;
  }
  return undefined;
}

const label = /\[(?:[^\\[\]]|\\[^])*\]/y;

/** `[label]` at an index: its length, or 0. */
export function labelLength(text: string, at: number): number {
  label.lastIndex = at;
  const match = label.exec(text);
  return match === null || match[0].length > 1001 ? 0 : match[0].length;
}

/** Labels are compared without regard to case and runs of blanks. */
export function normaliseLabel(written: string): string {
  return written
    .trim()
    .replace(/[ \t\r\n]+/g, ' ')
    .toLowerCase()
    .toUpperCase();
}

/** Blanks with at most one line ending, from an index; where they end. */
export function skipBlanks(text: string, at: number): number {
  let index = at;
  let lines = 0;
  for (; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\n') lines += 1;
    else if (character !== ' ' && character !== '\t') break;
    if (lines > 1) break;
  }
  return index;
}

/** `[label]: destination "title"` at an index, up to the end of its last line. */
export function readDefinition(
  text: string,
  at: number,
): { label: string; target: LinkTarget; end: number } | undefined {
  const length = labelLength(text, at);
  if (length < 3 || text[at + length] !== ':') return undefined;
  const written = text.slice(at + 1, at + length - 1);
  if (normaliseLabel(written) === '') return undefined;
  let index = skipBlanks(text, at + length + 1);
  if (index >= text.length) return undefined;
  const destination = readDestination(text, index);
  if (destination === undefined || destination.end === index) return undefined;
  const afterDestination = destination.end;
  index = skipBlanks(text, afterDestination);
  let title = index > afterDestination ? readTitle(text, index) : undefined;
  let end = title === undefined ? undefined : lineEnd(text, title.end);
  if (end === undefined) {
    // A title that does not end its line is none, if it stands on a line of its own.
    title = undefined;
    end = lineEnd(text, afterDestination);
    if (end === undefined) return undefined;
  }
  return { label: written, target: { url: destination.url, title: title?.title }, end };
}

/** The index after a line's ending when only blanks are left of it. */
function lineEnd(text: string, at: number): number | undefined {
  let index = at;
  while (text[index] === ' ' || text[index] === '\t') index += 1;
  if (index >= text.length) return index;
  return text[index] === '\n' ? index + 1 : undefined;
}

/** Whether a character code is ASCII punctuation. */
export function isPunctuation(code: number): boolean {
  return (
    (code >= 0x21 && code <= 0x2f) ||
    (code >= 0x3a && code <= 0x40) ||
    (code >= 0x5b && code <= 0x60) ||
    (code >= 0x7b && code <= 0x7e)
  );
}
