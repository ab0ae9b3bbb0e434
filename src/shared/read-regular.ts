/** Reading a file of which nothing is known but its name: only a regular one, and never more of it than is wanted. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { sha256 } from './hash.js';

/** No link at the end is followed, and a pipe keeps nobody waiting. Windows knows neither of the two. */
const plainly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const mayFollow = process.platform === 'win32';

/** As many bytes as one call may read. */
const atOnce = 2 ** 30;

/** Why a file was not read. */
export type Unread = { readonly is: 'no regular file' } | { readonly is: 'too large'; readonly bytes: number };

/**
 * Opens a file, looks at what was opened, and reads it. `check` may refuse the open file before that. Throws the file
 * system's error.
 */
export function readRegular(
  path: string,
  largest = Number.POSITIVE_INFINITY,
  check: (file: number, stat: Stats) => boolean = () => true,
): Buffer | Unread {
  return opened<Buffer | Unread>(path, check, (file, size) =>
    size > largest ? { is: 'too large', bytes: size } : readWhole(file, size),
  );
}

/** SHA-256 of a regular file that has at most so many bytes; undefined for anything else. Throws the file system's error. */
export function fileDigest(path: string, largest = Number.POSITIVE_INFINITY): string | undefined {
  const digest = opened(
    path,
    () => true,
    (file, size) => {
      if (size > largest) return undefined;
      if (size <= piece) return sha256(readWhole(file, size));
      const hash = createHash('sha256');
      const bytes = Buffer.allocUnsafe(piece);
      for (let read = -1; read !== 0; ) {
        read = readSync(file, bytes, 0, piece, null);
        hash.update(bytes.subarray(0, read));
      }
      return hash.digest('hex');
    },
  );
  return typeof digest === 'string' ? digest : undefined;
}

const piece = 2 ** 20;

function opened<Value>(
  path: string,
  check: (file: number, stat: Stats) => boolean,
  use: (file: number, size: number) => Value,
): Value | Unread {
  // A device may act when it is opened.
  if (!lstatSync(path).isFile()) return { is: 'no regular file' };
  const file = openSync(path, mayFollow ? constants.O_RDONLY : plainly);
  try {
    const stat = fstatSync(file);
    return stat.isFile() && check(file, stat) ? use(file, stat.size) : { is: 'no regular file' };
  } finally {
    closeSync(file);
  }
}

/** Fewer bytes when the file has become shorter. */
function readWhole(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(file, bytes, filled, Math.min(size - filled, atOnce), null);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}
