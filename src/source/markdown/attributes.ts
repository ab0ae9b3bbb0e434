/** `{#id .class key=value}`, as Pandoc and Quarto write it. */
import type { Attributes } from './syntax.js';

/** In quotes a backslash makes the next character itself. */
const value = String.raw`"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[^\s"'{}]+`;
const part = String.raw`(?:[#.]\p{L}[\p{L}\p{M}\p{N}_.:-]*|-(?=[\s}])|[A-Za-z][\w-]*=(?:${value}))`;
const atStart = new RegExp(String.raw`^\{\s*${part}(?:\s+${part})*\s*\}`, 'u');
const whole = new RegExp(String.raw`^\{\s*${part}(?:\s+${part})*\s*\}$`, 'u');
const parts = new RegExp(part, 'gu');

/** The attributes at the start of a text, and how long they are. */
export function attributesAtStart(text: string): { attributes: Attributes; length: number } | undefined {
  if (!text.startsWith('{')) return undefined;
  const match = atStart.exec(text);
  return match === null ? undefined : { attributes: readAttributes(match[0]), length: match[0].length };
}

/** The attributes at the end of a text, and where the text before them ends. */
export function attributesAtEnd(text: string): { attributes: Attributes; from: number } | undefined {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end -= 1;
  if (text[end - 1] !== '}') return undefined;
  // A text without an opening brace near its end is not searched for one from every place.
  const brace = text.lastIndexOf('{');
  if (brace < 0) return undefined;
  let from = brace;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
  const written = text.slice(brace, end);
  return whole.test(written) ? { attributes: readAttributes(written), from } : undefined;
}

export const noAttributes: Attributes = { classes: [], values: {} };

/** A whole `{...}` that has matched. */
function readAttributes(written: string): Attributes {
  const classes: string[] = [];
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  let id: string | undefined;
  for (const [word] of written.slice(1).matchAll(parts)) {
    if (word.startsWith('#')) id = word.slice(1);
    else if (word.startsWith('.')) classes.push(word.slice(1));
    // Pandoc's short form.
    else if (word === '-') classes.push('unnumbered');
    else {
      const equals = word.indexOf('=');
      values[word.slice(0, equals)] = unquoted(word.slice(equals + 1));
    }
  }
  return { ...(id !== undefined && { id }), classes, values };
}

function unquoted(written: string): string {
  const [, , inside] = /^(["'])([^]*)\1$/.exec(written) ?? [];
  return inside === undefined ? written : inside.replace(/\\([^])/g, '$1').replace(/\s*\n\s*/g, ' ');
}
