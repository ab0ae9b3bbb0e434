/**
 * The site's folder exchanged for a whole new one: the new site stands ready beside the old one and takes its place by two
 * renames. A reader finds the old site or the new one, and for the instant between the renames none.
 *
 * What is beside the site's folder tells how far a publishing came that was killed, and the next one finishes it.
 */
import { chmodSync, linkSync, lstatSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../shared/message-of.js';
import { EnvironmentError } from '../shared/problem.js';
import { entriesBelow, isErrno, isThere, removeEmptyBelow } from './files.js';
import { type Foreign, journalName, manifestName, readManifest } from './manifest.js';
import type { Workplace } from './workplace.js';
import { makeFolder } from '../shared/make-folder.js';

const readyName = 'new';
const retiredName = 'old';

/** The folder in which the new site is made ready. */
export function readyFolder({ folder }: Workplace): string {
  return join(folder, readyName);
}

/**
 * Puts the new site, which stands ready and complete, in the place of the old one. `foreign` are files of others in the
 * old site: they are in the new one as well, before and after. False, with nothing changed, when this file system or these
 * files do not allow it. Throws any other error with the old site in its place.
 */
export function swapIn({ target, folder, beside }: Workplace, foreign: readonly Foreign[]): boolean {
  if (!beside || foreign.some(({ isFile }) => !isFile)) return false;
  const ready = join(folder, readyName);
  const retired = join(folder, retiredName);
  if (isThere(retired)) return false;
  let moved = false;
  try {
    for (const { path } of foreign) {
      makeFolder(dirname(join(ready, path)));
      linkSync(join(target, path), join(ready, path));
    }
    if (isThere(target)) {
      chmodSync(ready, lstatSync(target).mode & 0o7777);
      renameSync(target, retired);
      moved = true;
    }
  } catch (error) {
    if (!isErrno(error, 'EBUSY', 'EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EMLINK', 'EOPNOTSUPP')) throw error;
    for (const { path } of foreign) rmSync(join(ready, path), { force: true });
    return false;
  }
  try {
    renameSync(ready, target);
  } catch (error) {
    if (moved) putBack(retired, target);
    throw error;
  }
  return true;
}

/** The old site in its place again. Throws an EnvironmentError that says where it stands when that place cannot be taken. */
function putBack(retired: string, target: string): void {
  try {
    renameSync(retired, target);
  } catch (error) {
    throw new EnvironmentError(
      `${messageOf(error)}; the new site could not take its place, and the previous one ` +
        `stands whole in ${retired}, from where the next build puts it back`,
    );
  }
}

/** Finishes what a killed swap left, in either direction, and clears away what is left over. */
export function finishSwap(workplace: Workplace): void {
  const { target, folder } = workplace;
  const [ready, retired] = [join(folder, readyName), join(folder, retiredName)];
  if (isThere(retired)) {
    // The old site leaves its place only when the new one is complete.
    if (!isThere(target)) renameSync(isThere(join(ready, manifestName)) ? ready : retired, target);
    clearRetired(workplace);
  }
  rmSync(ready, { recursive: true, force: true });
}

/** Removes of the old site what Colophon wrote, and what is in the new one too; anything else goes back to the site. */
export function clearRetired({ target, folder }: Workplace): void {
  const retired = join(folder, retiredName);
  if (!isThere(retired)) return;
  const { files } = readManifest(retired);
  const last = new Set([manifestName, journalName]);
  const entries = entriesBelow(retired);
  // The manifest last: without it a sweep that was killed would not know the files again.
  for (const path of [...entries.filter((entry) => !last.has(entry)), ...entries.filter((entry) => last.has(entry))]) {
    const [from, to] = [join(retired, path), join(target, path)];
    const ours = files[path] !== undefined || last.has(path);
    if (ours || isSameFile(from, to)) unlinkSync(from);
    else if (!isThere(to)) {
      makeFolder(dirname(to));
      renameSync(from, to);
    }
  }
  removeEmptyBelow(retired);
}

function isSameFile(a: string, b: string): boolean {
  try {
    const [one, other] = [lstatSync(a, { bigint: true }), lstatSync(b, { bigint: true })];
    return one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}
