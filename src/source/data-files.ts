/** The data files of a report: what is hashed of one is what is used of it, however often it is asked for, in bounded memory. */
import { sha256 } from '../shared/hash.js';
import type { FileKind, Refused, Report } from './report.js';

/** Bytes of all files together that stay in memory; those beyond are let go where memory is needed, and read again. */
const mostKept = 64 * 2 ** 20;

interface Known {
  readonly bytes: () => Uint8Array | undefined;
  readonly digest: string;
}

/** `weakly` gives the bytes for as long as they are there. */
export function dataFiles(
  read: (path: string, kind: FileKind) => Uint8Array | Refused,
  weakly: (bytes: Uint8Array) => () => Uint8Array | undefined = whileUsed,
  most = mostKept,
): Report['dataFile'] {
  const known = new Map<string, Known>();
  const refused = new Map<string, Refused>();
  let kept = 0;
  return (path, kind = 'data') => {
    const before = known.get(path);
    const there = before?.bytes();
    if (there !== undefined) return { path, bytes: there };
    const found = refused.get(path) ?? read(path, kind);
    if (!(found instanceof Uint8Array)) {
      refused.set(path, found);
      return found;
    }
    if (kept + found.length <= most) {
      kept += found.length;
      known.set(path, { bytes: () => found, digest: '' });
      return { path, bytes: found };
    }
    const digest = sha256(found);
    if (before !== undefined && before.digest !== digest)
      return { refused: 'it has changed since it was planned with' };
    known.set(path, { bytes: weakly(found), digest });
    return { path, bytes: found };
  };
}

function whileUsed(bytes: Uint8Array): () => Uint8Array | undefined {
  const reference = new WeakRef(bytes);
  return () => reference.deref();
}
