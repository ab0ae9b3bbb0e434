/** The text of an expression as numbers, names and signs. */

export interface Token {
  readonly kind: 'number' | 'path' | 'word' | 'sign' | 'end';
  readonly text: string;
  /** Into the text. */
  readonly start: number;
  readonly end: number;
}

const number = String.raw`(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const path = String.raw`[A-Za-z][A-Za-z0-9-]*(?:\[[^\]]*\])?\.(?:\d+\.(?:weight|bias)|[A-Za-z][A-Za-z0-9_-]*)`;
const sign = String.raw`<=|>=|==|!=|\*\*|[-+*/^<>(),≤≥≠]`;

/** Names of results have hyphens in them, and those of variables have none: x1-x2 is a difference. */
const patterns = {
  results: new RegExp(String.raw`\s*(?:(${number})|(${path})|([A-Za-z][A-Za-z0-9_-]*)|(${sign}))`, 'y'),
  variables: new RegExp(String.raw`\s*(?:(${number})|((?!))|([A-Za-z_][A-Za-z0-9_]*)|(${sign}))`, 'y'),
} as const;

export type Names = keyof typeof patterns;

/** The token at a place of the text; one of the kind `end` where there is none. */
export function tokenAt(text: string, at: number, names: Names): Token {
  const pattern = patterns[names];
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) {
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    return { kind: 'end', text: '', start, end: Math.min(start + 1, Math.max(start, text.length)) };
  }
  const [whole, number, path, word, sign] = match;
  const found = number ?? path ?? word ?? sign ?? '';
  const kind = number !== undefined ? 'number' : path !== undefined ? 'path' : word !== undefined ? 'word' : 'sign';
  const start = at + whole.length - found.length;
  return { kind, text: found, start, end: start + found.length };
}
