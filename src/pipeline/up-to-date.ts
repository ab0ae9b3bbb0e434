/** Whether a site is what this program would make of this report once more; asked before anything else is loaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceName } from '../shared/device-names.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { folderDigest, programDigest } from '../shared/program.js';
import { storeStamp } from '../store/layout.js';
import { filesBuiltFrom } from '../publish/write-site.js';

/** Where a site is to stand, as far as it was said. */
export interface SitePlace {
  readonly base?: string | undefined;
  readonly url?: string | undefined;
}

/** What else was said of a build. */
interface SourceOptions {
  readonly store: string;
  readonly device: DeviceName;
  readonly trust?: boolean;
  readonly followLinks?: boolean;
  readonly solutions?: boolean;
}

/**
 * SHA-256 of all that a site is made from: the program, every file of the report, what verifications found in the store,
 * and the device that was asked for, whose results alone a site shows when it is named. Undefined when something of it
 * cannot be read, which the build itself explains.
 */
export function sourceDigest(
  report: string,
  { store, device, trust = false, followLinks = false, solutions = false }: SourceOptions,
  { base, url }: SitePlace = {},
): string | undefined {
  // What lies behind links, and packages of plugins and kinds, is no part of the folder.
  if (followLinks || (trust && mayHaveCode(report))) return undefined;
  try {
    const place = { base: base ?? null, url: url ?? null };
    const stamp = storeStamp(store);
    return sha256(
      canonicalJson({ program: programDigest(), report: folderDigest(report), stamp, device, trust, solutions, place }),
    );
  } catch {
    return undefined;
  }
}

/** Told without reading the settings: as much as can be before anything is loaded. */
function mayHaveCode(report: string): boolean {
  try {
    return readFileSync(join(report, 'colophon.yaml'), 'utf8').match(/plugins|kinds/) !== null;
  } catch {
    return false;
  }
}

/** The number of files of a site that stands as it was built from this very source. */
export function upToDate(out: string, source: string | undefined): number | undefined {
  try {
    return source === undefined ? undefined : filesBuiltFrom(out, source);
  } catch {
    return undefined;
  }
}
