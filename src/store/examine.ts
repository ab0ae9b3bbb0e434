/** Looking a whole store through for damage, while builds may be running on it. */
import { rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { sha256 } from '../shared/hash.js';
import {
  bytesOf,
  namesIn,
  objectFiles,
  objectPath,
  objectsOf,
  readRecord,
  recordFiles,
  sizeOf,
  storeRoot,
  whyUnread,
} from './layout.js';
import type { RecordBody, StoredArray } from './record.js';
import { type FoundRecord, isInsideWhole } from './record-file.js';

export interface Examined {
  readonly objects: number;
  readonly records: number;
  /** Paths of what is not what its name says; removed. */
  readonly damaged: readonly string[];
  /** Records that are whole and name an object that is not there any more; removed, and computed again when needed. */
  readonly broken: readonly RecordBody[];
  /** Paths of what the file system does not let anyone read; it may be whole, and stays. */
  readonly unreadable: readonly string[];
}

/** How a file of the store is: `gone` when something has removed it since it was listed. */
type State = 'whole' | 'damaged' | 'unreadable' | 'gone';

/** An object, and its size if it is a file. */
interface Found {
  readonly state: State;
  readonly bytes: number | undefined;
}

function stateOf(path: string, isWhole: (bytes: Uint8Array) => boolean): State {
  const bytes = bytesOf(path);
  if (bytes !== undefined) return isWhole(bytes) ? 'whole' : 'damaged';
  const why = whyUnread(path);
  return why === 'link' ? 'damaged' : why;
}

/**
 * Reads every byte of a store. What is damaged could never be served; it is removed, so that it is not found again. A build
 * that meets the damage at the same time writes the same file whole, so each is looked at once more before it goes.
 */
export function examine(folder: string): Examined {
  const root = storeRoot(folder);
  const objectState = (path: string, digest: string): State => stateOf(path, (bytes) => sha256(bytes) === digest);
  const recordState = (path: string): State => stateOf(path, () => recordAt(path) !== undefined);
  const recordAt = (path: string): FoundRecord | undefined => {
    const found = readRecord(path, basename(dirname(path)));
    return found !== undefined && isInsideWhole(found) ? found : undefined;
  };
  const [damaged, unreadable]: [string[], string[]] = [[], []];
  const look = (path: string, state: () => State): State => {
    const found = state();
    if (found === 'unreadable') unreadable.push(path);
    if (found !== 'damaged') return found;
    const again = state();
    if (again === 'unreadable') unreadable.push(path);
    if (again !== 'damaged') return again;
    damaged.push(path);
    rmSync(path, { force: true });
    return 'gone';
  };

  // In this order: a build that is under way has written a record's objects before the record, so they are listed too.
  const records = recordFiles(root, namesIn, isInsideWhole);
  const objects = objectFiles(root);
  const found = new Map(
    objects.map(({ path, digest, bytes }) => [digest, { state: look(path, () => objectState(path, digest)), bytes }]),
  );
  const objectAt = (digest: string): Found => {
    const path = objectPath(root, digest);
    return { state: objectState(path, digest), bytes: sizeOf(path) };
  };
  const lacksObject = (named: readonly StoredArray[], foundAt: (digest: string) => Found | undefined): boolean =>
    named.some(({ digest, bytes }) => {
      const object = foundAt(digest);
      return object?.state !== 'unreadable' && !(object?.state === 'whole' && object.bytes === bytes);
    });
  const broken: RecordBody[] = [];
  for (const { path, record, objects: named } of records) {
    if (record === undefined) look(path, () => recordState(path));
    else if (lacksObject(named, (digest) => found.get(digest))) {
      const now = recordAt(path);
      if (now === undefined || !lacksObject(objectsOf(now), objectAt)) continue;
      broken.push(now.record);
      rmSync(path, { force: true });
    }
  }
  return { objects: objects.length, records: records.length, damaged, broken, unreadable };
}
