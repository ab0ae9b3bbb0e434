/** Where what lies in a store's folder, and how it is read. Names come from hashes only, and no link is followed. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { readRegular } from '../shared/read-regular.js';
import type { RecordBody, StoredArray } from './record.js';
import { type FoundRecord, recordIn } from './record-file.js';
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
  return join(recordFolder(root, record.key), `${recordName(record)}${ending}`);
}

/** Earlier versions know nothing of arrays in a record's file, and of files that end so. What they wrote is read as before. */
const [ending, earlierEnding] = ['.record', '.json'];

/** Where an earlier version would have put the record of a path. */
export function earlierPath(path: string): string {
  return path.slice(0, -ending.length) + earlierEnding;
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

export interface RecordFile {
  readonly path: string;
  /** Undefined when it is damaged, or cannot be read. */
  readonly record: RecordBody | undefined;
  /** Its arrays that stand in objects, each once. */
  readonly objects: readonly StoredArray[];
  readonly isOurs: boolean;
  readonly isRead: boolean;
  readonly bytes: number;
}

/** Every record; `isWhole` may look at what its file holds and call it damaged. */
export function recordFiles(
  root: string,
  names = namesIn,
  isWhole: (found: FoundRecord) => boolean = () => true,
): RecordFile[] {
  const none = { record: undefined, objects: [], isOurs: false };
  return names(join(root, 'records')).flatMap((key) =>
    recordPathsOf(root, key, names).flatMap((path): RecordFile[] => {
      const bytes = bytesOf(path);
      if (bytes !== undefined) {
        const found = recordIn(bytes, key);
        if (found === undefined || !isWhole(found)) return [{ ...none, path, isRead: true, bytes: bytes.length }];
        const { record, isOurs } = found;
        return [{ path, record, objects: objectsOf(found), isOurs, isRead: true, bytes: bytes.length }];
      }
      const why = whyUnread(path);
      return why === 'gone' ? [] : [{ ...none, path, isRead: why === 'link', bytes: 0 }];
    }),
  );
}

/** The arrays of a record that stand in objects, each once. */
export function objectsOf({ record, inside }: FoundRecord): StoredArray[] {
  const unique = new Map(Object.values(record.arrays).map((array) => [array.digest, array]));
  return [...unique.values()].filter(({ digest }) => !inside.has(digest));
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
  const isRecord = (name: string): boolean => name.endsWith(ending) || name.endsWith(earlierEnding);
  return names(folder).flatMap((name) => (isRecord(name) ? [join(folder, name)] : []));
}

/** The records under one key that are whole; the likely one first, and then all of them. */
export function* recordsOf(root: string, key: string, likely?: Likely): Generator<FoundRecord, undefined> {
  if (likely !== undefined && isFolder(recordFolder(root, key))) {
    const record = recordNamed(root, key, recordName(likely));
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

/** The record in a file of a key's folder; undefined when it is damaged, or another key's. */
export function readRecord(path: string, key: string): FoundRecord | undefined {
  const bytes = bytesOf(path);
  return bytes && recordIn(bytes, key);
}

/** The record of that name under a key, whichever version wrote it. */
export function recordNamed(root: string, key: string, name: string): FoundRecord | undefined {
  const path = join(recordFolder(root, key), `${name}${ending}`);
  return readRecord(path, key) ?? readRecord(earlierPath(path), key);
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
