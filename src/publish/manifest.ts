/**
 * The list of what Colophon wrote into a site's folder, by which it knows its own files again. A site's folder may come from
 * anyone, with a list in it: only one that this machine has sealed counts.
 */
import { readdirSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { dictionary } from '../shared/dictionary.js';
import { machineKey } from '../shared/machine-key.js';
import { fileDigest, readRegular } from '../shared/read-regular.js';
import { isErrno } from './files.js';

export const manifestName = '.colophon-site.json';
/** The manifest of a site that is being moved in file by file; once it is there the publishing goes forward only. */
export const journalName = '.colophon-publishing.json';
/** Where files stand ready when nothing may be written beside the site's folder. */
export const insideName = '.colophon-publish';
/** A person's own that may stand in a site's folder: never touched. */
const tolerated = new Set(['.gitignore', '.gitkeep', '.git', '.nojekyll', 'CNAME']);

/** In it and beside the site: where builds say that they are at work. */
export const lockName = 'lock';

/** In it and beside the site: the folder of this machine's builds, which no one else can have made. */
export function secretName(target: string): string {
  return machineKey().seal('workplace', target).slice(0, 16);
}

/** Digests by path. */
export type Files = Readonly<Record<string, string>>;

export interface Manifest {
  readonly files: Files;
  /** Digest of what the site was built from; absent when a build should look at everything again. */
  readonly source?: string;
}

/** A manifest as it was found; without `isOurs` it says nothing of who wrote the files. */
export interface FoundManifest extends Manifest {
  readonly isOurs: boolean;
}

/** The manifest that this machine wrote into a folder; one that lists nothing when there is none. Throws the disk's errors. */
export function readManifest(folder: string, name = manifestName): Manifest {
  const found = findManifest(folder, name);
  return found?.isOurs === true ? found : { files: none };
}

/** Whose manifest ever is in a folder; undefined when there is none that can be read. Throws the disk's errors. */
export function findManifest(folder: string, name = manifestName): FoundManifest | undefined {
  const target = resolve(folder);
  try {
    const text = unlessAbsent(() => regularText(join(target, name)));
    if (text === undefined) return undefined;
    const parsed = JSON.parse(text) as (Partial<Manifest> & { readonly seal?: unknown }) | null;
    const listed = Object.entries(parsed?.files ?? {}).filter(
      // A path that climbs out of the site was not written by Colophon.
      ([path, digest]) => typeof digest === 'string' && resolve(target, path).startsWith(target + sep),
    );
    const files = dictionary(Object.fromEntries(listed));
    const manifest = { files, ...(typeof parsed?.source === 'string' && { source: parsed.source }) };
    const seal = typeof parsed?.seal === 'string' ? parsed.seal : '';
    return { ...manifest, isOurs: machineKey().isSealed(use, sealedPart(manifest), seal) };
  } catch (error) {
    if (error instanceof SyntaxError) return { files: none, isOurs: false };
    throw error;
  }
}

/** A file may be called "constructor". */
const none: Files = dictionary({});
/** What a manifest is sealed for. */
const use = 'site';
/** More than any site's has. */
const largest = 2 ** 28;

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, seal: machineKey().seal(use, sealedPart(manifest)) }, null, 1)}\n`;
}

function sealedPart({ files, source }: Manifest): string {
  return JSON.stringify([Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)), source ?? null]);
}

/** Undefined for a link, a pipe and the like. */
function regularText(path: string): string | undefined {
  const bytes = readRegular(path, largest);
  return 'is' in bytes ? undefined : bytes.toString();
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
  const own = new Set([
    manifestName,
    journalName,
    ...[lockName, secretName(realpathSync(folder))].map((name) => `${insideName}/${name}`),
  ]);
  const walk = (inner: string): void => {
    for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (own.has(path)) continue;
      if (inner === '' && tolerated.has(entry.name)) found.push({ path, isFile: entry.isFile(), tolerated: true });
      else if (entry.isDirectory()) walk(path);
      else if (!Object.hasOwn(ours, path)) found.push({ path, isFile: entry.isFile(), tolerated: false });
    }
  };
  walk('');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
