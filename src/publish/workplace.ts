/** Where a site is made ready, and the lock that one build at a time holds on its folder. */
import { lstatSync, readdirSync, realpathSync, rmdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { EnvironmentError } from '../shared/problem.js';
import { announce, whoIsThere } from '../store/presence.js';
import { isErrno, isThere } from './files.js';
import { insideName, lockName, secretName } from './manifest.js';
import { makeFolder } from '../shared/make-folder.js';

export interface Workplace {
  /** The site's folder itself, behind any link. */
  readonly target: string;
  /**
   * Beside the site's folder; inside it where nothing may be written beside it. Its name is known to this machine alone, so
   * what stands in it was put there by a build, whatever came with the site or beside it.
   */
  readonly folder: string;
  readonly beside: boolean;
}

/** The workplace of a site's folder, which is made when it is not there. */
function workplaceOf(site: string): Workplace {
  const target = realFolder(site);
  const beside = besideOf(target);
  try {
    return { target, folder: makeOwn(beside, target), beside: true };
  } catch (error) {
    if (!isErrno(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
  }
  return { target, folder: makeInside(target), beside: false };
}

/** Makes the folder for a site's builds in one for all of them, neither of them behind a link. */
function makeOwn(shared: string, target: string): string {
  const own = join(shared, secretName(target));
  for (const folder of [shared, own]) {
    if (isLink(folder))
      throw new EnvironmentError(`${folder} is a link, and a site is made ready in a folder; remove it`);
    makeFolder(folder);
  }
  const lock = join(shared, lockName);
  if (isLink(lock)) throw new EnvironmentError(`${lock} is a link, which no build makes; remove it`);
  return own;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Where a site that nothing can be moved into is made ready. */
export function insideFolder(target: string): string {
  return join(target, insideName, secretName(target));
}

export function makeInside(target: string): string {
  return makeOwn(join(target, insideName), target);
}

function realFolder(site: string): string {
  const target = resolve(site);
  return isThere(target) ? realpathSync(target) : target;
}

function besideOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.colophon`);
}

/** Whether a build is publishing there, or was killed while it did. */
export function isUnfinished(site: string): boolean {
  const target = realFolder(site);
  return [besideOf(target), join(target, insideName)].some(
    (shared) => isEmptyFolder(shared) || [lockName, secretName(target)].some((name) => isThere(join(shared, name))),
  );
}

/** A build removes the folder last; killed just before, it leaves it empty. */
function isEmptyFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

/** A build's hold on a site's folder. */
export interface Hold extends Workplace {
  readonly release: () => void;
}

/** How often a build that meets another one looks again before it gives up: two that come at once both step back. */
const looks = 8;

/**
 * Takes the folder for this build. A dead build's hold counts for nothing. Throws an EnvironmentError that names a live
 * holder. Each puts its own file down first and looks around then, so of two at least one sees the other.
 */
export function holdSite(site: string): Hold {
  const workplace = workplaceOf(site);
  const shared = dirname(workplace.folder);
  const place = join(shared, lockName);
  const leave = (): void => {
    try {
      rmdirSync(workplace.folder);
      rmdirSync(shared);
    } catch {
      // Another is there, or something of a killed publishing that could not be put right.
    }
  };
  for (let look = 1; ; look += 1) {
    const mine = announce(place, { host: hostname(), since: new Date().toISOString() });
    const [other] = whoIsThere(place).filter(({ path }) => path !== mine.path);
    if (other === undefined) {
      return {
        ...workplace,
        release() {
          mine.withdraw();
          leave();
        },
      };
    }
    mine.withdraw();
    if (look === looks) {
      const { host = 'another machine', since = 'unknown' } = (other.said ?? {}) as { host?: string; since?: string };
      throw new EnvironmentError(
        `another build is writing ${site}: process ${other.pid} on ${host}, since ${since}; ` +
          `wait for it, or, if that machine is gone, remove ${relative('', other.path)}`,
      );
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 + Math.random() * 30);
  }
}
