/** A result's files on their way to a store's thread, and its answer. */
import { lstatSync, rmSync } from 'node:fs';
import { writeWhole } from './write-whole.js';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** A file that it takes the place of. */
  readonly replaces?: string;
}

/** Throws the file system's error. */
export function writeFileWhole(root: string, { path, bytes, replaces }: WrittenFile, wait: boolean): void {
  writeWhole(root, path, bytes, { wait });
  if (replaces !== undefined && lstatSync(replaces, { throwIfNoEntry: false }) !== undefined)
    rmSync(replaces, { force: true });
}

export interface Writing {
  readonly id: number;
  readonly root: string;
  /** In this order: one is written only when those before it are. */
  readonly files: readonly WrittenFile[];
  readonly wait: boolean;
}

export interface Written {
  readonly id: number;
  /** What the file system said when it refused. */
  readonly error?: string;
}
