/**
 * The site's files exchanged one by one, where its folder cannot be: everything is written first, then a journal is put
 * down, and from then on the publishing goes forward only. One that is killed is finished by the next command; until
 * then readers find old files beside new ones, each of them whole.
 */
import { cpSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isErrno, isThere, removeEmptyAbove } from './files.js';
import { digestOf, insideName, journalName, manifestName, readManifest } from './manifest.js';
import { makeFolder } from '../make-folder.js';

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
    const inside = readyInside(target);
    cpSync(ready, inside, { recursive: true });
    renameSync(join(inside, manifestName), join(target, journalName));
    finishMoves(target, inside);
  }
}

/** Where files stand ready in a site that nothing can be moved into. */
export function readyInside(target: string): string {
  return join(target, insideName, 'new');
}

/** Finishes moves that a journal tells of; nothing without one. */
export function finishMoves(target: string, ready: string): void {
  if (!isThere(join(target, journalName))) return;
  const before = readManifest(target).files;
  const { files } = readManifest(target, journalName);
  for (const path of Object.keys(files).sort()) {
    const [from, to] = [join(ready, path), join(target, path)];
    if (!isThere(from)) continue;
    makeFolder(dirname(to));
    renameSync(from, to);
  }
  for (const [path, digest] of Object.entries(before)) {
    const place = join(target, path);
    if (path in files || digestOf(place) !== digest) continue;
    unlinkSync(place);
    removeEmptyAbove(dirname(place), target);
  }
  renameSync(join(target, journalName), join(target, manifestName));
  try {
    rmSync(ready, { recursive: true, force: true });
  } catch {
    // The site is right; what is left goes with the next build.
  }
  removeEmptyAbove(join(target, insideName), target);
}
