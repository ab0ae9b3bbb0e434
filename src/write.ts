/** Pages and files -> the site's folder; the only code that writes there. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import { sha256 } from './hash.js';
import type { Problem } from './problem.js';

export interface SiteFile {
  /** Relative to the site, with forward slashes. */
  readonly path: string;
  readonly content: Uint8Array | string;
}

/** The list of what Colophon wrote, by which it knows its own files again. */
const manifestName = '.colophon-site.json';
const stagingName = '.colophon-staging';
/** A person's own that may stand in a site's folder: never touched. */
const tolerated = new Set(['.gitignore', '.gitkeep', '.git', '.nojekyll', 'CNAME']);

/** Digests by path. */
type Files = Readonly<Record<string, string>>;

interface Manifest {
  readonly files: Files;
  /** Digest of what the site was built from; absent when a build should look at everything again. */
  readonly source?: string;
}

/** What forbids writing a site to this folder, found before anything runs: it would overwrite what someone else wrote. */
export function checkSite(folder: string, report: string): Problem | undefined {
  const target = resolve(folder);
  const refuse = (message: string): Problem => ({
    rule: 'output-folder',
    message,
    hint: 'choose an empty folder, or one that Colophon wrote',
  });
  const inside = (inner: string, outer: string): boolean =>
    inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  if (target === parse(target).root || target === homedir()) return refuse(`${folder} is not a folder for a site`);
  if (inside(resolve(report), target)) return refuse(`${folder} holds the report itself`);
  let entries: string[];
  try {
    if (lstatSync(target).isSymbolicLink() && !existsSync(realpathSync(target)))
      return refuse(`${folder} is a broken link`);
    entries = readdirSync(target);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    if (isErrno(error, 'ENOTDIR')) return refuse(`${folder} is a file`);
    throw error;
  }
  const ours = readManifest(target).files;
  const foreign = entries.length === 0 ? [] : foreignFiles(target, ours);
  if (foreign.length === 0) return undefined;
  const shown = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : '');
  return refuse(`${folder} holds files that Colophon did not write: ${shown}`);
}

/**
 * Publishes a site: every file is written beside its place first, then all are moved in, then files of the last site
 * that are no longer part of it are removed if they are still as Colophon wrote them. Throws the file system's error,
 * with the old site intact when it comes before the moving. `source` is remembered for `builtFrom`.
 */
export function writeSite(
  folder: string,
  files: readonly SiteFile[],
  source?: string,
): { written: number; unchanged: number; removed: number } {
  const target = resolve(folder);
  mkdirSync(target, { recursive: true });
  const before = readManifest(target).files;
  const staging = join(target, stagingName);
  rmSync(staging, { recursive: true, force: true });
  const written: Record<string, string> = {};
  const moves: [string, string][] = [];
  try {
    for (const { path, content } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      const digest = sha256(content);
      written[path] = digest;
      const place = join(target, path);
      if (before[path] === digest && digestOf(place) === digest) continue;
      moves.push([join(staging, path), place]);
      writeFile(join(staging, path), content);
    }
    const manifest: Manifest = { files: written, ...(source !== undefined && { source }) };
    writeFile(join(staging, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
  for (const [from, to] of moves) {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
  let removed = 0;
  for (const [path, digest] of Object.entries(before)) {
    const place = join(target, path);
    if (path in written || digestOf(place) !== digest) continue;
    unlinkSync(place);
    removed += 1;
    removeEmptyFolders(dirname(place), target);
  }
  renameSync(join(staging, manifestName), join(target, manifestName));
  rmSync(staging, { recursive: true, force: true });
  return { written: moves.length, unchanged: files.length - moves.length, removed };
}

function foreignFiles(target: string, ours: Files): string[] {
  const foreign: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const place = join(folder, entry.name);
      const path = relative(target, place).split(sep).join('/');
      if (folder === target && (tolerated.has(entry.name) || entry.name === manifestName || entry.name === stagingName))
        continue;
      if (entry.isDirectory()) walk(place);
      else if (ours[path] === undefined) foreign.push(path);
    }
  };
  walk(target);
  return foreign.sort();
}

/** What the site in a folder was built from, if every file of it is still as Colophon wrote it. */
export function builtFrom(folder: string): { readonly source: string; readonly files: number } | undefined {
  const target = resolve(folder);
  const { source, files } = readManifest(target);
  if (source === undefined) return undefined;
  const entries = Object.entries(files);
  const intact = entries.every(([path, digest]) => digestOf(join(target, path)) === digest);
  return intact && foreignFiles(target, files).length === 0 ? { source, files: entries.length } : undefined;
}

function readManifest(target: string): Manifest {
  try {
    const parsed = JSON.parse(readFileSync(join(target, manifestName), 'utf8')) as Partial<Manifest> | null;
    const files = Object.fromEntries(
      Object.entries(parsed?.files ?? {}).filter(
        // A path that climbs out of the site was not written by Colophon.
        ([path, digest]) => typeof digest === 'string' && resolve(target, path).startsWith(target + sep),
      ),
    );
    return { files, ...(typeof parsed?.source === 'string' && { source: parsed.source }) };
  } catch {
    return { files: {} };
  }
}

function digestOf(path: string): string | undefined {
  try {
    return lstatSync(path).isFile() ? sha256(readFileSync(path)) : undefined;
  } catch {
    return undefined;
  }
}

function writeFile(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file = openSync(path, 'w');
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removeEmptyFolders(folder: string, root: string): void {
  for (let current = folder; current !== root && current.startsWith(root); current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
