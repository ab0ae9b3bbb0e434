/** Small dealings with files that publishing is made of. */
import { closeSync, fsync, open, readdirSync, rmdirSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface WholeFile {
  readonly path: string;
  readonly content: Uint8Array | string;
}

/** So many files are open at a time. */
const together = 32;

/**
 * Writes files into folders that are there, and waits until the disk has them all. It is waited for many at once: a disk
 * that is asked for one after another takes several times as long. Throws the first file's error when nothing is under way
 * any more.
 */
export async function writeSynced(files: Iterable<WholeFile>): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  try {
    for (const file of files) {
      const end: Promise<void> = writeOne(file)
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => underWay.delete(end));
      underWay.add(end);
      if (underWay.size >= together) await Promise.race(underWay);
      if (failures.length > 0) break;
    }
  } finally {
    await Promise.all(underWay);
  }
  if (failures.length > 0) throw failures[0];
}

async function writeOne({ path, content }: WholeFile): Promise<void> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  try {
    const file = await opened(path);
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(file, bytes, written);
      await onDisk(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    // What is asked of an open file fails without its name.
    throw Object.assign(error as Error, { path });
  }
}

/** Making a file is the disk's work too, beside which the next file can be put together. */
function opened(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, 'w', (error, file) => {
      if (error === null) resolve(file);
      else reject(error);
    });
  });
}

function onDisk(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(file, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/**
 * Whether something is at a path; a link counts as what it leads to. Throws when the file system cannot say, which
 * `existsSync` takes for a no: a file that was passed over for that would be missing from a site.
 */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isErrno(error, 'ENOTDIR')) return false;
    throw error;
  }
}

/** Every file, link or other thing below a folder that is not a folder: its path, relative, with forward slashes. */
export function entriesBelow(folder: string): string[] {
  const found: string[] = [];
  const walk = (inner: string): void => {
    for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else found.push(path);
    }
  };
  walk('');
  return found.sort();
}

/** Removes the folders below (and the folder itself) that hold nothing. */
export function removeEmptyBelow(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyBelow(join(folder, entry.name));
  }
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}

/** Removes a folder and those above it, up to the root, as long as they hold nothing. */
export function removeEmptyAbove(folder: string, root: string): void {
  for (let current = folder; current !== root && current.startsWith(root); current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
  }
}

export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
