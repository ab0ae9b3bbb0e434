/**
 * What a shared store has under a key: a pack of its records with their small arrays, so that most results are one question and
 * one answer. Large arrays stand beside, under their digests.
 */
import { recordName } from '../layout.js';
import { entriesOf, packed } from '../pack.js';
import type { RecordBody } from '../record.js';
import type { MostInside } from '../record-file.js';
import { RemoteFailure } from './remote-store.js';

/** Everything lies below it: another version's is never looked at. */
const root = 'colophon-1';

export function bundlePath(key: string): string {
  return `${root}/results/${key.slice(0, 2)}/${key.slice(2)}`;
}

export function arrayPath(digest: string): string {
  return `${root}/arrays/${digest.slice(0, 2)}/${digest.slice(2)}`;
}

/** What stands at a path: a key's bundle, or an array; undefined for what is neither. */
export function namedAt(path: string): { readonly is: 'result' | 'array'; readonly name: string } | undefined {
  const [, is, start = '', rest = ''] =
    /^colophon-1\/(results|arrays)\/([0-9a-f]{2})\/([0-9a-f]{62})$/.exec(path) ?? [];
  if (is === undefined) return undefined;
  return { is: is === 'results' ? 'result' : 'array', name: start + rest };
}

/** No bundle has more bytes. */
export const mostOfBundle = 2 ** 23;
/** Of an array that stands in the bundle itself, and of all of them of one record. */
export const mostInBundle: MostInside = { array: 2 ** 18, record: 2 ** 22 };

export interface Bundle {
  readonly records: readonly RecordBody[];
  readonly objects: ReadonlyMap<string, Uint8Array>;
}

/** Undefined when anything is wrong with it. */
export function readBundle(bytes: Uint8Array, key: string): Bundle | undefined {
  const read = entriesOf(bytes);
  if ('refused' in read || read.records.some((record) => record.key !== key)) return undefined;
  const names = new Set(read.records.map(recordName));
  return names.size === read.records.length ? read : undefined;
}

/** Throws a RemoteFailure for what is too large to be shared. */
export function writeBundle({ records, objects }: Bundle): Uint8Array {
  const sorted = [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => bytes);
  const bytes = packed(sorted, records);
  if (bytes.length > mostOfBundle) throw new RemoteFailure('a result is too large to be shared', 'size');
  return bytes;
}
