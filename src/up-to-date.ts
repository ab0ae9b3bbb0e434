/** Whether a site is what this program would make of this report once more; asked before anything else is loaded. */
import { canonicalJson, sha256 } from './hash.js';
import { folderDigest, programDigest } from './program.js';
import { storeStamp } from './store/layout.js';
import { filesBuiltFrom } from './write.js';

/** Where a site is to stand, as far as it was said. */
export interface SitePlace {
  readonly base?: string | undefined;
  readonly url?: string | undefined;
}

/** SHA-256 of all that a site is made from: the program, every file of the report, and what verifications found. */
export function sourceDigest(report: string, stamp: string, { base, url }: SitePlace = {}): string {
  const place = { base: base ?? null, url: url ?? null };
  return sha256(canonicalJson({ program: programDigest(), report: folderDigest(report), stamp, place }));
}

/** The number of files of a site that stands as it was built from this very report by this very program. */
export function upToDate(report: string, out: string, store: string, place: SitePlace = {}): number | undefined {
  try {
    return filesBuiltFrom(out, () => sourceDigest(report, storeStamp(store), place));
  } catch {
    // What cannot be read is explained by the build itself.
    return undefined;
  }
}
