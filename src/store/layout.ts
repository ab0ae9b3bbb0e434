/** Where what lies in a store's folder, and how it is read. Names come from hashes only, and no link is followed. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../shared/artifact.js';
import { canonicalJson, type Written } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { machineKey } from '../shared/machine-key.js';
import { readRegular } from '../shared/read-regular.js';
import { checkedRecord, type RecordBody } from './record.js';
import type { Likely } from './store.js';

/** The folder of this version's format; another version's is never looked at. */
export function storeRoot(folder: string): string {
  return join(folder, 'v1');
}

export function objectPath(root: string, digest: string): string {
  return join(root, 'objects', digest.slice(0, 2), digest.slice(2));
}

export function recordFolder(root: string, key: string): string {
  return join(root, 'records', key);
}

/** One record for each profile and choice of inputs; a newer run of the same replaces the older. */
export function recordName({ profile, inputs }: Likely): string {
  return sha256(canonicalJson({ profile, inputs: inputs as unknown as Json })).slice(0, 16);
}

export function recordPath(root: string, record: Likely & Pick<RecordBody, 'key'>): string {
  return join(recordFolder(root, record.key), `${recordName(record)}.json`);
}

/** Where running builds say what they need. */
export function runningFolder(root: string): string {
  return join(root, 'running');
}

/** Changes with every verification of results in a store; empty when there was none. */
export function storeStamp(folder: string): string {
  const bytes = bytesOf(join(storeRoot(folder), 'stamp'));
  return bytes === undefined ? '' : sha256(bytes);
}

/** What is not there is the usual case, and an error is slow to make. */
const quietly = { throwIfNoEntry: false } as const;

/** The names in a folder that is no link, sorted; none when it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return isFolder(folder) ? readdirSync(folder).sort() : [];
  } catch {
    return [];
  }
}

/** The same, for who must not miss any: throws what keeps it from being read. */
export function allNamesIn(folder: string): string[] {
  try {
    return lstatSync(folder, quietly)?.isDirectory() === true ? readdirSync(folder).sort() : [];
  } catch (error) {
    // It has gone meanwhile.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A link to one is none; nor is what cannot be looked at. */
function isFolder(path: string): boolean {
  try {
    return lstatSync(path, quietly)?.isDirectory() === true;
  } catch {
    return false;
  }
}

/** The bytes of a regular file; undefined for anything else and for what cannot be read. */
export function bytesOf(path: string): Buffer | undefined {
  try {
    const bytes = readRegular(path);
    return 'is' in bytes ? undefined : bytes;
  } catch {
    return undefined;
  }
}

/** An object of the store as it lies there, its digest not yet checked. */
export interface ObjectFile {
  readonly path: string;
  readonly digest: string;
  readonly bytes: number;
}

/** Every object. */
export function objectFiles(root: string): ObjectFile[] {
  const objects = join(root, 'objects');
  return namesIn(objects).flatMap((start) =>
    namesIn(join(objects, start)).flatMap((rest): ObjectFile[] => {
      const [path, digest] = [join(objects, start, rest), start + rest];
      if (!/^[0-9a-f]{64}$/.test(digest)) return [];
      const bytes = sizeOf(path);
      return bytes === undefined ? [] : [{ path, digest, bytes }];
    }),
  );
}

/** A record, and whether this machine wrote it: of a result that it made, or took from a store that others share. */
export interface FoundRecord {
  readonly record: RecordBody;
  readonly isOurs: boolean;
}

export interface RecordFile {
  readonly path: string;
  /** Undefined when it is damaged, or cannot be read. */
  readonly record: RecordBody | undefined;
  readonly isOurs: boolean;
  readonly isRead: boolean;
  readonly bytes: number;
}

/** Every record. */
export function recordFiles(root: string, names = namesIn): RecordFile[] {
  return names(join(root, 'records')).flatMap((key) =>
    recordPathsOf(root, key, names).flatMap((path): RecordFile[] => {
      const bytes = bytesOf(path);
      if (bytes !== undefined) {
        const { record, isOurs } = recordIn(bytes, key) ?? { record: undefined, isOurs: false };
        return [{ path, record, isOurs, isRead: true, bytes: bytes.length }];
      }
      const why = whyUnread(path);
      return why === 'gone' ? [] : [{ path, record: undefined, isOurs: false, isRead: why === 'link', bytes: 0 }];
    }),
  );
}

/** Why `bytesOf` gives nothing: there is no such file, or a link, of which a store has none, or it cannot be read. */
export function whyUnread(path: string): 'gone' | 'link' | 'unreadable' {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat === undefined ? 'gone' : stat.isSymbolicLink() ? 'link' : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function recordPathsOf(root: string, key: string, names = namesIn): string[] {
  const folder = recordFolder(root, key);
  return names(folder).flatMap((name) => (name.endsWith('.json') ? [join(folder, name)] : []));
}

/** The records under one key that are whole; the likely one first, and then all of them. */
export function* recordsOf(root: string, key: string, likely?: Likely): Generator<FoundRecord, undefined> {
  if (likely !== undefined && isFolder(recordFolder(root, key))) {
    const record = readRecord(recordPath(root, { key, ...likely }), key);
    if (record !== undefined) yield record;
  }
  for (const path of recordPathsOf(root, key)) {
    const record = readRecord(path, key);
    if (record !== undefined) yield record;
  }
}

/** What killed writers left: files that never got their names. */
export function unfinishedFiles(root: string): string[] {
  const folders = ['objects', 'records'].flatMap((name) =>
    namesIn(join(root, name)).map((inner) => join(root, name, inner)),
  );
  return folders.flatMap((folder) =>
    namesIn(folder)
      .filter((name) => name.endsWith('.tmp'))
      .map((name) => join(folder, name)),
  );
}

/**
 * A record's text in three lines: its digest, so that a changed bit anywhere in it is seen, itself, and the seal of the
 * machine that wrote it. `written` is `canonicalJson`'s.
 */
export function sealed(record: RecordBody, written?: Written): string {
  const text = canonicalJson(record as unknown as Json, written);
  const digest = sha256(text);
  return `${digest}\n${text}\n${machineKey().seal(use, digest)}\n`;
}

const use = 'record';
const digestLength = 64;
const lineFeed = 10;

/** The record in a file of a key's folder; undefined when it is damaged, or another key's. */
export function readRecord(path: string, key: string): FoundRecord | undefined {
  const bytes = bytesOf(path);
  return bytes && recordIn(bytes, key);
}

function recordIn(bytes: Buffer, key: string): FoundRecord | undefined {
  const end = bytes.indexOf(lineFeed, digestLength + 1);
  const text = bytes.subarray(digestLength + 1, end);
  if (bytes[digestLength] !== lineFeed || end < 0 || bytes.at(-1) !== lineFeed) return undefined;
  const digest = bytes.toString('latin1', 0, digestLength);
  if (digest !== sha256(text)) return undefined;
  const seal = bytes.toString('latin1', end + 1, Math.max(end + 1, bytes.length - 1));
  try {
    const record = checkedRecord(JSON.parse(text.toString()));
    // A valid record under another's name answers for nothing.
    return record?.key === key ? { record, isOurs: machineKey().isSealed(use, digest, seal) } : undefined;
  } catch {
    return undefined;
  }
}

/** The size of a regular file; undefined when there is none. */
export function sizeOf(path: string): number | undefined {
  try {
    const stat = lstatSync(path);
    return stat.isFile() ? stat.size : undefined;
  } catch {
    return undefined;
  }
}
