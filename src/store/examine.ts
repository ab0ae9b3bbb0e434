/** Looking a whole store through for damage. */
import { rmSync } from 'node:fs';
import { sha256 } from '../hash.js';
import { bytesOf, objectFiles, recordFiles, storeRoot } from './layout.js';
import type { RecordBody } from './record.js';

export interface Examined {
  readonly objects: number;
  readonly records: number;
  /** Paths of what is not what its name says; removed. */
  readonly damaged: readonly string[];
  /** Records that are whole and name an object that is not there any more; removed, and computed again when needed. */
  readonly broken: readonly RecordBody[];
}

/** Reads every byte of a store. What is damaged could never be served; it is removed, so that it is not found again. */
export function examine(folder: string): Examined {
  const root = storeRoot(folder);
  const damaged: string[] = [];
  const drop = (path: string): void => {
    rmSync(path, { force: true });
  };
  // In this order: a build that is under way has written a record's objects before the record, so they are listed too.
  const records = recordFiles(root);
  const whole = new Map<string, number>();
  const objects = objectFiles(root);
  for (const { path, digest } of objects) {
    const bytes = bytesOf(path);
    if (bytes !== undefined && sha256(bytes) === digest) whole.set(digest, bytes.length);
    else damaged.push(path);
  }
  const broken: RecordBody[] = [];
  for (const { path, record } of records) {
    if (record === undefined) damaged.push(path);
    else if (Object.values(record.arrays).some(({ digest, bytes }) => whole.get(digest) !== bytes)) {
      broken.push(record);
      drop(path);
    }
  }
  damaged.forEach(drop);
  return { objects: objects.length, records: records.length, damaged, broken };
}
