/** Canonical bytes of a value (RFC 8785, the JSON Canonicalization Scheme), and SHA-256. */
import { createHash } from 'node:crypto';
import type { Json } from './artifact.js';

/**
 * The value as RFC 8785 writes it: no white space, members sorted by UTF-16 code units, numbers and strings as
 * ECMAScript prints them. Two equal values have equal bytes whatever the order of their members.
 *
 * Throws for what JSON cannot say (NaN, Infinity, lone surrogates): such a value must not reach a key.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`cannot canonicalize the number ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error('cannot canonicalize a string with a lone surrogate');
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  const object = value as { readonly [key: string]: Json };
  const members = Object.keys(object)
    .sort()
    .map((name) => `${canonicalJson(name)}:${canonicalJson(object[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of bytes or of a text's UTF-8, in lowercase hex. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
