/** Removing from a store what nothing needs any more, while builds may be running on it. */
import { rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  allNamesIn,
  objectFiles,
  recordFiles,
  type RecordFile,
  runningFolder,
  storeRoot,
  unfinishedFiles,
} from './layout.js';
import { noteFiles } from './notes.js';
import { whoIsThere } from './presence.js';
import type { RecordBody } from './record.js';

export interface Collected {
  readonly records: number;
  readonly objects: number;
  /** That were freed. */
  readonly bytes: number;
  /** Of what stays. */
  readonly left: number;
  /** Builds that were running: their objects stay, and with them all others. */
  readonly builds: number;
  /** Paths of records that cannot be read and may name any object: with them all objects stay. */
  readonly unreadable: readonly string[];
}

/**
 * Removes every record that `isNeeded` does not ask for, and every object that then no record names. With `most`, records
 * that are not needed stay as well while the store has no more bytes, those that took longest to compute for their bytes
 * first. What a running build said that it needs stays in any case; while any build runs, so do all objects, as it may be
 * about to name them. What cannot be read stays too, and then all objects. Throws the file system's error.
 */
export function collect(folder: string, isNeeded: (record: RecordBody) => boolean, most = 0): Collected {
  const root = storeRoot(folder);
  // In this order: an object that is listed here and has no record then was left by a build that is over.
  const objects = objectFiles(root);
  const builds = whoIsThere(runningFolder(root));
  const needs = builds.map(({ said }) => needsOf(said));
  const running = new Set(builds.map(({ path }) => path));
  const files = recordFiles(root, allNamesIn);
  const stays = (record: RecordBody): boolean =>
    isNeeded(record) || needs.some((need) => need === undefined || need.has(record.key) || need.has(chainOf(record)));
  const sizes = new Map(objects.map(({ digest, bytes }) => [digest, bytes]));
  // What cannot be read may be anything, and name anything.
  const kept = files.filter(({ record, isRead }) => !isRead || (record !== undefined && stays(record)));
  keepWithin(most, kept, files, sizes);
  const keptPaths = new Set(kept.map(({ path }) => path));
  const total = [...objects, ...files].reduce((sum, { bytes }) => sum + bytes, 0);

  let [records, removed, bytes] = [0, 0, 0];
  let unreadable: string[] = [];
  // A build that has come since may need anything.
  const isAlone = (): boolean =>
    allNamesIn(runningFolder(root)).every((name) => running.has(join(runningFolder(root), name)));
  for (const file of files) {
    if (keptPaths.has(file.path) || !isAlone()) continue;
    rmSync(file.path, { force: true });
    removeIfEmpty(dirname(file.path));
    records += 1;
    bytes += file.bytes;
  }
  if (builds.length === 0) {
    // Of the pages, what the next build finds out again while it renders them.
    for (const path of [...unfinishedFiles(root), ...noteFiles(root)]) {
      if (!isAlone()) continue;
      rmSync(path, { force: true });
      removeIfEmpty(dirname(path));
    }
    const left = recordFiles(root, allNamesIn);
    const named = new Set(left.flatMap((file) => file.objects.map(({ digest }) => digest)));
    unreadable = left.filter(({ isRead }) => !isRead).map(({ path }) => path);
    for (const object of objects) {
      if (named.has(object.digest) || unreadable.length > 0 || !isAlone()) continue;
      rmSync(object.path, { force: true });
      removeIfEmpty(dirname(object.path));
      removed += 1;
      bytes += object.bytes;
    }
  }
  return { records, objects: removed, bytes, left: total - bytes, builds: builds.length, unreadable };
}

/** Adds to `kept`, of the records that are not needed, those that are worth most for their bytes. */
function keepWithin(
  most: number,
  kept: RecordFile[],
  files: readonly RecordFile[],
  sizes: ReadonlyMap<string, number>,
): void {
  const there = new Set<string>();
  const added = ({ objects, bytes }: RecordFile): number =>
    objects.reduce((sum, { digest }) => sum + (there.has(digest) ? 0 : (sizes.get(digest) ?? 0)), bytes);
  let total = 0;
  const add = (file: RecordFile): void => {
    total += added(file);
    for (const { digest } of file.objects) there.add(digest);
  };
  kept.forEach(add);
  const worth = (file: RecordFile): number => (file.record?.made.seconds ?? 0) / added(file);
  const others = files
    .filter((file) => file.record !== undefined && !kept.includes(file))
    .map((file) => ({ file, worth: worth(file) }))
    .sort((a, b) => b.worth - a.worth || (a.file.path < b.file.path ? -1 : 1));
  for (const { file } of others) {
    if (total + added(file) > most) continue;
    add(file);
    kept.push(file);
  }
}

/** The chain that a part belongs to, for records of parts. */
function chainOf({ options }: RecordBody): string {
  const chain = typeof options === 'object' && options !== null && 'of' in options ? options['of'] : undefined;
  return typeof chain === 'string' ? chain : '';
}

/** What a build says that it needs; undefined for everything, when it has not said yet. */
function needsOf(said: unknown): ReadonlySet<string> | undefined {
  const needs = typeof said === 'object' && said !== null && 'needs' in said ? said.needs : undefined;
  return Array.isArray(needs) ? new Set(needs.map(String)) : undefined;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else is in it.
  }
}
