/** The list of what Colophon wrote into a site's folder, by which it knows its own files again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileDigest } from '../read-regular.js';
import { isErrno } from './files.js';

export const manifestName = '.colophon-site.json';
/** The manifest of a site that is being moved in file by file; once it is there the publishing goes forward only. */
export const journalName = '.colophon-publishing.json';
/** Where files stand ready when nothing may be written beside the site's folder. */
export const insideName = '.colophon-publish';
/** A person's own that may stand in a site's folder: never touched. */
const tolerated = new Set(['.gitignore', '.gitkeep', '.git', '.nojekyll', 'CNAME']);

/** Digests by path. */
export type Files = Readonly<Record<string, string>>;

export interface Manifest {
  readonly files: Files;
  /** Digest of what the site was built from; absent when a build should look at everything again. */
  readonly source?: string;
}

/** The manifest in a folder; one that lists nothing when there is none or it is damaged. Throws the disk's errors. */
export function readManifest(folder: string, name = manifestName): Manifest {
  const target = resolve(folder);
  try {
    const text = unlessAbsent(() => readFileSync(join(target, name), 'utf8'));
    if (text === undefined) return { files: {} };
    const parsed = JSON.parse(text) as Partial<Manifest> | null;
    const files = Object.fromEntries(
      Object.entries(parsed?.files ?? {}).filter(
        // A path that climbs out of the site was not written by Colophon.
        ([path, digest]) => typeof digest === 'string' && resolve(target, path).startsWith(target + sep),
      ),
    );
    return { files, ...(typeof parsed?.source === 'string' && { source: parsed.source }) };
  } catch (error) {
    if (error instanceof SyntaxError) return { files: {} };
    throw error;
  }
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

/** SHA-256 of a regular file; undefined for anything else. Throws the disk's errors: not to know is not to have changed. */
export function digestOf(path: string): string | undefined {
  return unlessAbsent(() => fileDigest(path));
}

function unlessAbsent<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Something in a site's folder that `ours` does not list. */
export interface Foreign {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly isFile: boolean;
  /** One that people keep there on purpose. */
  readonly tolerated: boolean;
}

/** What others put into a site's folder. A tolerated folder is one entry. */
export function foreignIn(folder: string, ours: Files): Foreign[] {
  const found: Foreign[] = [];
  const own = new Set([manifestName, journalName, insideName]);
  const walk = (inner: string): void => {
    for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (inner === '' && own.has(entry.name)) continue;
      if (inner === '' && tolerated.has(entry.name)) found.push({ path, isFile: entry.isFile(), tolerated: true });
      else if (entry.isDirectory()) walk(path);
      else if (!Object.hasOwn(ours, path)) found.push({ path, isFile: entry.isFile(), tolerated: false });
    }
  };
  walk('');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
