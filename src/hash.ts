/** Canonical bytes of a value (RFC 8785, the JSON Canonicalization Scheme), and SHA-256. */
import { hash } from 'node:crypto';
import type { Json } from './artifact.js';

/**
 * The value as RFC 8785 writes it: no white space, members sorted by UTF-16 code units, numbers and strings as
 * ECMAScript prints them. Two equal values have equal bytes whatever the order of their members.
 *
 * Throws for what JSON cannot say (NaN, Infinity, lone surrogates): such a value must not reach a key.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`cannot canonicalize the number ${value}`);
    return String(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  const object = value as { readonly [key: string]: Json };
  for (const name of inOrder(Object.keys(object)))
    text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(object[name] ?? null)}`;
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

/** SHA-256 of bytes or of a text's UTF-8, in lowercase hex. */
export function sha256(content: Uint8Array | string): string {
  return hash('sha256', content);
}
