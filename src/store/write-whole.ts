/** Writing into a store: a file is there whole or not at all, and never behind a link that someone planted. */
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../shared/make-folder.js';

let temporary = 0;

/**
 * Writes a file two folders below a store's root, and waits until the disk has it unless it may be gone after a power
 * failure. Throws the file system's error.
 */
export function writeWhole(root: string, path: string, bytes: Uint8Array, { wait = true } = {}): void {
  const folder = dirname(path);
  makeFolder(folder);
  for (const inside of [root, dirname(folder), folder]) {
    if (!lstatSync(inside).isDirectory()) throw new Error(`${inside} is a link, and a store has none`);
  }
  temporary += 1;
  const beside = `${path}.${process.pid}-${temporary}.tmp`;
  try {
    const file = openSync(beside, 'w');
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(file, bytes, written);
      if (wait) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    try {
      rmSync(beside, { force: true });
    } catch {
      // It has no name that anyone looks for.
    }
    throw error;
  }
}
