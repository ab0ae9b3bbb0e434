/** Taking over a store that another machine filled, because a person says so. */
import { recordFiles, sealed, storeRoot } from './layout.js';
import { isMemo } from './record.js';
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
    writeWhole(root, path, Buffer.from(sealed(record)));
    taken += 1;
  }
  return taken;
}
