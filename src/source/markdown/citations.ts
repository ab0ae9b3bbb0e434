/** `@fig-one`, `@key`, `[@key, p. 3; see @other]`: references to numbered things and to the bibliography. */
import { labelKinds } from '../../shared/label-kinds.js';
import type { Cited } from './syntax.js';

const label = new RegExp(String.raw`^(?:${Object.keys(labelKinds).join('|')})-[A-Za-z0-9_:-]*[A-Za-z0-9]$`);
const key = /@([\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-](?=[\p{L}\p{N}_]))*)/uy;

export interface FoundInline {
  readonly type: 'reference' | 'citation';
  readonly end: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Whether a name is a label and not the key of a work. */
export function isLabel(name: string): boolean {
  return label.test(name);
}

/** `@name` in running text. */
export function citationAt(text: string, at: number): FoundInline | undefined {
  const before = text[at - 1] ?? ' ';
  if (/[\p{L}\p{N}_@/.\\]/u.test(before)) return undefined;
  key.lastIndex = at;
  const name = key.exec(text)?.[1];
  if (name === undefined) return undefined;
  const end = at + 1 + name.length;
  if (isLabel(name)) return { type: 'reference', end, fields: { id: name } };
  const work: Cited & { start: number; end: number } = {
    key: name,
    prefix: '',
    suffix: '',
    yearOnly: false,
    position: undefined,
    start: at,
    end,
  };
  return { type: 'citation', end, fields: { inSentence: true, works: [work], written: text.slice(at, end) } };
}

const group = /\[[^[\]`$\n]*(?:\n[^[\]`$\n]*)*@[^[\]]*\]/y;

/** `[see @key, p. 3; @other]` at an opening bracket; `[@fig-one]` is the reference alone. */
export function citationGroupAt(text: string, at: number): FoundInline | undefined {
  group.lastIndex = at;
  const close = text.indexOf(']', at);
  if (close < 0 || close - at > 2000 || !text.slice(at, close).includes('@')) return undefined;
  const written = group.exec(text)?.[0];
  if (written === undefined) return undefined;
  const end = at + written.length;
  const only = /^\[@([\w:-]+)\]$/.exec(written)?.[1];
  if (only !== undefined && isLabel(only)) return { type: 'reference', end, fields: { id: only } };
  const works: (Cited & { start: number; end: number })[] = [];
  let from = at + 1;
  for (const part of written.slice(1, -1).split(';')) {
    const sign = findSign(part);
    if (sign === undefined) return undefined;
    works.push({
      key: sign.key,
      prefix: part.slice(0, sign.start).trim(),
      suffix: part.slice(sign.end).trim(),
      yearOnly: sign.yearOnly,
      position: undefined,
      start: from + sign.start,
      end: from + sign.end,
    });
    from += part.length + 1;
  }
  return { type: 'citation', end, fields: { inSentence: false, works, written } };
}

function findSign(part: string): { start: number; end: number; key: string; yearOnly: boolean } | undefined {
  for (let at = part.indexOf('@'); at >= 0; at = part.indexOf('@', at + 1)) {
    const yearOnly = part[at - 1] === '-';
    const start = yearOnly ? at - 1 : at;
    if (start > 0 && !/[\s([]/.test(part[start - 1] ?? '')) continue;
    key.lastIndex = at;
    const name = key.exec(part)?.[1];
    if (name !== undefined) return { start, end: at + 1 + name.length, key: name, yearOnly };
  }
  return undefined;
}
