/** Taking over a store that another machine filled, because a person says so. */
import { basename, dirname } from 'node:path';
import { readRecord, recordFiles, storeRoot } from './layout.js';
import { isMemo } from './record.js';
import { recordFile } from './record-file.js';
import { writeWhole } from './write-whole.js';

/**
 * Seals every whole result of a store as this machine's own; gives their number. What is no result stays as it is, and
 * unused. Throws the file system's error.
 */
export function takeOver(folder: string): number {
  const root = storeRoot(folder);
  let taken = 0;
  for (const { path, record, isOurs } of recordFiles(root)) {
    if (record === undefined || isOurs || isMemo(record)) continue;
    const found = readRecord(path, basename(dirname(path)));
    // It has been replaced or removed since.
    if (found === undefined || found.isOurs) continue;
    writeWhole(root, path, recordFile(found.record, [...found.inside.values()]));
    taken += 1;
  }
  return taken;
}
