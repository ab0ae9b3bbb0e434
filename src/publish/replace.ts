/**
 * The site's files exchanged one by one, where its folder cannot be: everything is written first, then a journal is put
 * down, and from then on the publishing goes forward only. One that is killed is finished by the next command; until
 * then readers find old files beside new ones, each of them whole.
 */
import { cpSync, realpathSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isErrno, isThere, removeEmptyAbove } from './files.js';
import { digestOf, type Files, findManifest, journalName, manifestName, readManifest } from './manifest.js';
import { EnvironmentError } from '../shared/problem.js';
import { makeFolder } from '../shared/make-folder.js';
import { insideFolder, makeInside } from './workplace.js';

/** Moves the files that stand ready in a folder, with their manifest, into the site. */
export function moveIn(target: string, ready: string): void {
  makeFolder(target);
  try {
    renameSync(join(ready, manifestName), join(target, journalName));
    finishMoves(target, ready);
  } catch (error) {
    if (isThere(join(target, journalName))) {
      // There is no way back; what failed once may succeed now.
      finishMoves(target, ready);
      return;
    }
    if (!isErrno(error, 'EXDEV')) throw error;
    // The site's folder is a mount of its own.
    const inside = join(makeInside(target), readyName);
    cpSync(ready, inside, { recursive: true });
    renameSync(join(inside, manifestName), join(target, journalName));
    finishMoves(target, inside);
  }
}

/** Where files stand ready in a site that nothing can be moved into. */
export function readyInside(target: string): string {
  return join(insideFolder(target), readyName);
}

const readyName = 'new';

/** Finishes moves that a journal of this machine tells of; nothing without one. */
export function finishMoves(target: string, ready: string): void {
  if (findManifest(target, journalName)?.isOurs !== true) return;
  const before = readManifest(target).files;
  const { files } = readManifest(target, journalName);
  refuseStrangers(target, ready, before, files);
  for (const path of Object.keys(files).sort()) {
    const [from, to] = [join(ready, path), join(target, path)];
    if (!isThere(from)) continue;
    makeFolder(dirname(to));
    renameSync(from, to);
  }
  for (const [path, digest] of Object.entries(before)) {
    const place = join(target, path);
    if (Object.hasOwn(files, path) || digestOf(place) !== digest) continue;
    unlinkSync(place);
    removeEmptyAbove(dirname(place), target);
  }
  renameSync(join(target, journalName), join(target, manifestName));
  try {
    rmSync(ready, { recursive: true, force: true });
  } catch {
    // The site is right; what is left goes with the next build.
  }
  removeEmptyAbove(insideFolder(target), target);
}

/** Throws an EnvironmentError for what someone has put where a file is to go, and for a folder that is a link. */
function refuseStrangers(target: string, ready: string, before: Files, files: Files): void {
  const root = realpathSync(target);
  const folders = new Set<string>();
  for (const [path, digest] of Object.entries(files)) {
    const place = join(target, path);
    if (!isThere(join(ready, path))) continue;
    folders.add(dirname(path));
    if (before[path] === undefined && isThere(place) && digestOf(place) !== digest)
      throw new EnvironmentError(`${place} was not written by Colophon; move it elsewhere`);
  }
  for (const folder of folders) {
    const place = join(target, folder);
    if (isThere(place) && realpathSync(place) !== join(root, folder))
      throw new EnvironmentError(`${place} is a link, and nothing is written behind it; remove it`);
  }
}
