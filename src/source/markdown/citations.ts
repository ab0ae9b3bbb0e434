/** `@fig-one`, `@key`, `[@key, p. 3; see @other]`: references to numbered things and to the bibliography. */
import { labelNamed } from '../../shared/label-kinds.js';
import type { Cited, Referenced } from './syntax.js';

const key = /@([\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-](?=[\p{L}\p{N}_]))*)/uy;

/** Where something of a group is named in it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

export type WrittenWork = Omit<Cited, 'position'> & Span;
export type WrittenThing = Omit<Referenced, 'position'> & Span;

/** That of Arabic and that of Chinese and Japanese too. */
const semicolon = /[;؛；]/;

/** What `[see @key, p. 3; @other]` names, its brackets included: works, or numbered things of the report. */
export function groupOf(
  written: string,
): { readonly things: readonly WrittenThing[] } | { readonly works: readonly WrittenWork[] } | undefined {
  const works: WrittenWork[] = [];
  let from = 1;
  for (const part of written.slice(1, -1).split(semicolon)) {
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
  const things = works.flatMap(({ key, yearOnly, ...work }): WrittenThing[] => {
    const id = labelNamed(key);
    return id === undefined ? [] : [{ id, numberOnly: yearOnly, ...work }];
  });
  return things.length === works.length ? { things } : { works };
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
