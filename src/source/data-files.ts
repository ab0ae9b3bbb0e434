/** The data files of a report: what is hashed of one is what is used of it, however often it is asked for, in bounded memory. */
import { sha256 } from '../shared/hash.js';
import type { FileKind, Refused, Report } from './report.js';

/** Bytes of all files together that stay in memory; of those beyond only the last that was asked for does. */
const mostKept = 64 * 2 ** 20;

export function dataFiles(
  read: (path: string, kind: FileKind) => Uint8Array | Refused,
  most = mostKept,
): Report['dataFile'] {
  const known = new Map<string, Uint8Array | Refused>();
  /** Of files whose bytes were let go. */
  const digests = new Map<string, string>();
  let kept = 0;
  let last: { readonly path: string; readonly bytes: Uint8Array } | undefined;
  return (path, kind = 'data') => {
    if (last?.path === path) return last;
    const found = known.get(path) ?? read(path, kind);
    if (!(found instanceof Uint8Array)) {
      known.set(path, found);
      return found;
    }
    if (known.has(path)) return { path, bytes: found };
    if (!digests.has(path) && kept + found.length <= most) {
      kept += found.length;
      known.set(path, found);
      return { path, bytes: found };
    }
    const digest = sha256(found);
    const before = digests.get(path) ?? digest;
    if (before !== digest) return { refused: 'it has changed since it was planned with' };
    digests.set(path, digest);
    last = { path, bytes: found };
    return last;
  };
}
