/** `@fig-one`, `@key`, `[@key, p. 3; see @other]`: references to numbered things and to the bibliography. */
import { labelKinds } from '../../shared/label-kinds.js';
import type { Cited } from './syntax.js';

const label = new RegExp(String.raw`^(?:${Object.keys(labelKinds).join('|')})-[A-Za-z0-9_:-]*[A-Za-z0-9]$`);
const key = /@([\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-](?=[\p{L}\p{N}_]))*)/uy;

/** A work of a group, and where it is named in it. */
export interface WrittenWork extends Omit<Cited, 'position'> {
  readonly start: number;
  readonly end: number;
}

/** Whether a name is a label and not the key of a work. */
export function isLabel(name: string): boolean {
  return label.test(name);
}

/** What `[see @key, p. 3; @other]` names, its brackets included: works, or the one label that stands in it alone. */
export function groupOf(
  written: string,
): { readonly id: string } | { readonly works: readonly WrittenWork[] } | undefined {
  const only = /^\[@([\w:-]+)\]$/.exec(written)?.[1];
  if (only !== undefined && isLabel(only)) return { id: only };
  const works: WrittenWork[] = [];
  let from = 1;
  for (const part of written.slice(1, -1).split(';')) {
    const sign = findSign(part);
    if (sign === undefined) return undefined;
    works.push({
      key: sign.key,
      prefix: part.slice(0, sign.start).trim(),
      suffix: part.slice(sign.end).trim(),
      yearOnly: sign.yearOnly,
      start: from + sign.start,
      end: from + sign.end,
    });
    from += part.length + 1;
  }
  return { works };
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
