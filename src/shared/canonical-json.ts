/** Canonical bytes of a value: RFC 8785, the JSON Canonicalization Scheme. */
import type { Json } from './artifact.js';

/** Objects by identity, and what `canonicalJson` makes of them. */
export type Written = ReadonlyMap<object, string>;

/**
 * The value as RFC 8785 writes it: no white space, members sorted by UTF-16 code units, numbers and strings as
 * ECMAScript prints them. Two equal values have equal bytes whatever the order of their members.
 *
 * `written` has such texts of objects in it, which are not written again.
 *
 * Throws for what JSON cannot say (NaN, Infinity, lone surrogates): such a value must not reach a key.
 */
export function canonicalJson(value: Json, written?: Written): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`cannot canonicalize the number ${value}`);
    return String(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += `${text === '' ? '' : ','}${canonicalJson(item, written)}`;
    return `[${text}]`;
  }
  const object = value as { readonly [key: string]: Json };
  const known = written?.get(object);
  if (known !== undefined) return known;
  for (const name of inOrder(Object.keys(object)))
    text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(object[name] ?? null, written)}`;
  return `{${text}}`;
}

/** The names sorted in place by their code units. They are few and nearly in order, for which `sort` takes long. */
function inOrder(names: string[]): string[] {
  if (names.length > 32) return names.sort();
  for (let end = 1; end < names.length; end += 1) {
    const name = names[end] as string;
    let at = end;
    for (; at > 0 && (names[at - 1] as string) > name; at -= 1) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}

/** Texts in which JSON escapes nothing, as nearly all are. */
const plainText = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (plainText.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new Error('cannot canonicalize a string with a lone surrogate');
  return JSON.stringify(text);
}

/** Whether two values are the same to keys. */
export function isSameJson(one: Json, other: Json): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
