/** Pages and files -> the site's folder; with `publish/`, the only code that writes there. */
import { isLink } from '../shared/is-link.js';
import { dictionary } from '../shared/dictionary.js';
import { linkSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { sha256 } from '../shared/hash.js';
import { type Content, contentOf } from '../shared/content.js';
import { EnvironmentError, type Problem } from '../shared/problem.js';
import { isErrno, isThere, type WholeFile, writeSynced } from './files.js';
import {
  digestOf,
  findManifest,
  foreignIn,
  journalName,
  manifestName,
  manifestText,
  readManifest,
} from './manifest.js';
import { finishMoves, moveIn, readyInside } from './replace.js';
import { clearRetired, finishSwap, readyFolder, swapIn } from './swap.js';
import { type Hold, holdSite, isUnfinished } from './workplace.js';
import { makeFolder } from '../shared/make-folder.js';

export interface SiteFile {
  /** Relative to the site, with forward slashes. */
  readonly path: string;
  readonly content: Content;
}

/**
 * What forbids writing a site to this folder, found before anything runs: it would overwrite what someone else wrote. With
 * `trust` what another machine says that it wrote counts as ours.
 */
export function checkSite(folder: string, report: string, trust = false): Problem | undefined {
  const refuse = (message: string, hint = 'choose an empty folder, or one that Colophon wrote'): Problem => ({
    rule: 'output-folder',
    message,
    hint,
  });
  const target = behindLinks(resolve(folder));
  if (typeof target === 'object')
    return refuse(`${target.broken === resolve(folder) ? folder : target.broken} is a broken link`);
  const inside = (inner: string, outer: string): boolean =>
    inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  const [home, source] = [homedir(), resolve(report)].map((path) => {
    const real = behindLinks(path);
    return typeof real === 'object' ? path : real;
  });
  if (inside(home ?? '', target)) return refuse(`${folder} is not a folder for a site`);
  if (inside(source ?? '', target)) return refuse(`${folder} holds the report itself`);
  let entries: string[];
  try {
    entries = readdirSync(target);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    if (isErrno(error, 'ENOTDIR')) return refuse(`${folder} is a file, or lies in one`);
    throw error;
  }
  if (entries.length === 0) return undefined;
  if (entries.includes(journalName) && findManifest(target, journalName)?.isOurs !== true)
    return refuse(`${folder} holds ${journalName}, which no build on this machine wrote`, 'remove it');
  const manifest = findManifest(target);
  if (entries.includes(manifestName) && manifest?.isOurs !== true && !(trust && manifest !== undefined))
    return refuse(
      `${folder} holds a site that was not built on this machine, or not by you`,
      'remove it, name another folder with --out, or add --trust if it is your own',
    );
  const foreign = strangers(target, trust);
  if (foreign.length === 0) return undefined;
  const shown = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : '');
  return refuse(`${folder} holds files that Colophon did not write: ${shown}`);
}

/** A path without links, also of what is not there yet; else the link that leads nowhere. */
function behindLinks(path: string): string | { readonly broken: string } {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isErrno(error, 'ELOOP')) return { broken: path };
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error;
  }
  if (isLink(path)) return { broken: path };
  const above = behindLinks(dirname(path));
  return typeof above === 'object' ? above : join(above, basename(path));
}

/** Files that nobody may expect in a site's folder, by the manifest and by that of a publishing under way. */
function strangers(target: string, trust = false): string[] {
  const { files } = trust ? (findManifest(target) ?? { files: {} }) : readManifest(target);
  const ours = { ...files, ...readManifest(target, journalName).files };
  return foreignIn(target, ours)
    .filter(({ tolerated }) => !tolerated)
    .map(({ path }) => path);
}

/**
 * Takes a site's folder for one build, and finishes the publishing of a build that was killed. Throws an EnvironmentError
 * that names the holder when another build has it. With `trust` a site of another machine is taken over.
 */
export function openSite(folder: string, trust = false): Hold {
  const hold = holdSite(folder);
  try {
    const inside = readyInside(hold.target);
    const isInside = isThere(inside);
    finishMoves(hold.target, isInside ? inside : readyFolder(hold));
    if (isInside) rmSync(inside, { recursive: true, force: true });
    finishSwap(hold);
    if (trust) takeOver(hold);
    return hold;
  } catch (error) {
    hold.release();
    throw error;
  }
}

/** Makes another machine's list of what it wrote this one's, because a person vouches for it. */
function takeOver({ target, folder }: Hold): void {
  const found = findManifest(target);
  if (found === undefined || found.isOurs) return;
  const text = manifestText({ files: found.files });
  const [beside, place] = [join(folder, manifestName), join(target, manifestName)];
  try {
    writeFileSync(beside, text);
    renameSync(beside, place);
  } catch (error) {
    rmSync(beside, { force: true });
    if (!isErrno(error, 'EXDEV')) throw error;
    writeFileSync(place, text);
  }
}

/** Puts a site right that a killed build left unfinished; nothing otherwise. Throws when a build is under way there. */
export function recoverSite(folder: string): void {
  if (isUnfinished(folder)) openSite(folder).release();
}

/** How many files of a site were written, stayed as they were, or went. */
export interface WrittenSite {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * Publishes a site all at once: it is written beside its place first, and then the folders change places; where they
 * cannot, the files do one by one. Files of the last site that are no longer part of it go if they are still as Colophon
 * wrote them. Throws the file system's error with the old site in its place. `source` is remembered for `filesBuiltFrom`.
 */
export async function writeSite(hold: Hold, files: readonly SiteFile[], source?: string): Promise<WrittenSite> {
  const { target } = hold;
  const before = readManifest(target).files;
  const paths = new Set(files.map(({ path }) => path));
  const kept = isThere(target)
    ? foreignIn(target, dictionary(Object.fromEntries(Object.entries(before).filter(([path]) => paths.has(path)))))
        // Of the last site's pages that are gone, one that someone edited is theirs.
        .filter(({ path }) => before[path] === undefined || digestOf(join(target, path)) !== before[path])
    : [];
  const taken = kept.find(({ path }) => paths.has(path));
  if (taken !== undefined)
    throw new EnvironmentError(`${join(target, taken.path)} was not written by Colophon; move it elsewhere`);
  const ready = readyFolder(hold);
  const removed = Object.entries(before).filter(
    ([path, digest]) => !paths.has(path) && digestOf(join(target, path)) === digest,
  ).length;
  const digests = new Map<string, string>();
  let unchanged = 0;
  const stands = (path: string, digest: string): boolean =>
    before[path] === digest && digestOf(join(target, path)) === digest;
  /** A file as it is to be written; undefined for one that the site has just so, which gets a second name. */
  const made = ({ path, content }: SiteFile): WholeFile | undefined => {
    const known = typeof content === 'object' && 'make' in content ? content.digest : undefined;
    const isKnown = known !== undefined && stands(path, known);
    const bytes = isKnown ? undefined : bytesOf(content);
    const digest = bytes === undefined ? (known ?? '') : sha256(bytes);
    digests.set(path, digest);
    const place = join(ready, path);
    if (isKnown || stands(path, digest)) {
      unchanged += 1;
      if (linked(join(target, path), place)) return undefined;
    }
    return { path: place, content: bytes ?? bytesOf(content) };
  };
  try {
    for (const folder of new Set(files.map(({ path }) => dirname(join(ready, path))))) makeFolder(folder);
    await writeSynced(
      mapped(
        files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
        made,
      ),
    );
    // The manifest last: a folder that has one is complete.
    const written = Object.fromEntries(files.map(({ path }) => [path, digests.get(path) ?? '']));
    const manifest = manifestText({ files: written, ...(source !== undefined && { source }) });
    await writeSynced([{ path: join(ready, manifestName), content: manifest }]);
    if (!swapIn(hold, kept)) moveIn(target, ready);
  } catch (error) {
    try {
      if (!isThere(join(target, journalName))) rmSync(ready, { recursive: true, force: true });
    } catch {
      // What went wrong first is what counts; what is left goes with the next build.
    }
    throw error;
  }
  try {
    clearRetired(hold);
  } catch {
    // The site is right; what is left beside it goes with the next build.
  }
  return { written: files.length - unchanged, unchanged, removed };
}

/** What becomes of each, when it is asked for: no more of a large site is in memory than what is under way. */
function* mapped<From, To>(list: readonly From[], change: (one: From) => To | undefined): Generator<To> {
  for (const one of list) {
    const changed = change(one);
    if (changed !== undefined) yield changed;
  }
}

/** The bytes themselves: what is hashed is what is written. */
function bytesOf(content: Content): Uint8Array {
  const made = contentOf(content);
  return typeof made === 'string' ? Buffer.from(made) : made;
}

/** A second name for a file that stays as it is; false where that is not possible. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** The number of files of a site that was built from this source, if every one of them is still as Colophon wrote it. */
export function filesBuiltFrom(folder: string, expected: string): number | undefined {
  const target = resolve(folder);
  if (isUnfinished(target)) return undefined;
  const { source, files } = readManifest(target);
  if (source !== expected) return undefined;
  const entries = Object.entries(files);
  const intact = entries.every(([path, digest]) => digestOf(join(target, path)) === digest);
  return intact && strangers(target).length === 0 ? entries.length : undefined;
}
