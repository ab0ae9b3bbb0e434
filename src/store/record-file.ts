/**
 * A record's file: three lines of text, which are the digest of the record, so that a changed bit anywhere in it is seen, the
 * record, and the seal of the machine that wrote it; and after them the record's small arrays as the bytes of .npy files, the
 * smallest first, each under the digest that the record has of it. Large arrays stand in objects. Where no array stands in it, it is
 * a file as earlier versions wrote it.
 */
import type { Json } from '../shared/artifact.js';
import { canonicalJson, type Written } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { machineKey } from '../shared/machine-key.js';
import { checkedRecord, type RecordBody, type StoredArray } from './record.js';

/** A record, and whether this machine wrote it: of a result that it made, or took from a store that others share. */
export interface FoundRecord {
  readonly record: RecordBody;
  readonly isOurs: boolean;
  /** The arrays that stand in its file, by their digests, which are not checked yet. */
  readonly inside: ReadonlyMap<string, Uint8Array>;
}

/** Bytes of arrays that go with something: of each one, and of all together. */
export interface MostInside {
  readonly array: number;
  readonly record: number;
}

/** What is written into a record's file. How much it was says the file itself. */
export const mostInside: MostInside = { array: 2 ** 16, record: 2 ** 18 };

/** The arrays of a record, each digest once, the smallest first. */
function ascending({ arrays }: Pick<RecordBody, 'arrays'>): StoredArray[] {
  const unique = [...new Map(Object.values(arrays).map((array) => [array.digest, array])).values()];
  return unique.sort((a, b) => a.bytes - b.bytes || (a.digest < b.digest ? -1 : 1));
}

/** The arrays of a record that go with it, and those that stand beside; each digest once. */
export function placedArrays(
  record: Pick<RecordBody, 'arrays'>,
  most: MostInside,
): { inside: StoredArray[]; beside: StoredArray[] } {
  const [inside, beside]: [StoredArray[], StoredArray[]] = [[], []];
  let total = 0;
  for (const array of ascending(record)) {
    total += array.bytes;
    (array.bytes <= most.array && total <= most.record ? inside : beside).push(array);
  }
  return { inside, beside };
}

/** A record's file with these arrays in it, as `placedArrays` orders them. `written` is `canonicalJson`'s. */
export function recordFile(record: RecordBody, inside: readonly Uint8Array[], written?: Written): Buffer {
  const text = canonicalJson(record as unknown as Json, written);
  const digest = sha256(text);
  return Buffer.concat([Buffer.from(`${digest}\n${text}\n${machineKey().seal(use, digest)}\n`), ...inside]);
}

const use = 'record';
const digestLength = 64;
const lineFeed = 10;

/** The record in the bytes of its file; undefined when it is damaged, or another key's. */
export function recordIn(bytes: Buffer, key: string): FoundRecord | undefined {
  const end = bytes.indexOf(lineFeed, digestLength + 1);
  const last = end < 0 ? end : bytes.indexOf(lineFeed, end + 1);
  if (bytes[digestLength] !== lineFeed || last < 0) return undefined;
  const text = bytes.subarray(digestLength + 1, end);
  const digest = bytes.toString('latin1', 0, digestLength);
  if (digest !== sha256(text)) return undefined;
  const seal = bytes.toString('latin1', end + 1, last);
  try {
    const record = checkedRecord(JSON.parse(text.toString()));
    // A valid record under another's name answers for nothing.
    if (record?.key !== key) return undefined;
    const inside = arraysIn(record, bytes.subarray(last + 1));
    return inside && { record, isOurs: machineKey().isSealed(use, digest, seal), inside };
  } catch {
    return undefined;
  }
}

/** The smallest arrays of a record, as many as fill the bytes; undefined when none do. */
function arraysIn(record: RecordBody, bytes: Uint8Array): Map<string, Uint8Array> | undefined {
  const inside = new Map<string, Uint8Array>();
  if (bytes.length === 0) return inside;
  let at = 0;
  for (const { digest, bytes: length } of ascending(record)) {
    if (at === bytes.length) break;
    inside.set(digest, bytes.subarray(at, at + length));
    at += length;
  }
  return at === bytes.length ? inside : undefined;
}

/** Whether every array in a record's file is what the record says. */
export function isInsideWhole({ inside }: FoundRecord): boolean {
  return [...inside].every(([digest, bytes]) => sha256(bytes) === digest);
}
