/** A shared store in a folder that several machines see, such as one of a file server. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../../shared/hash.js';
import { messageOf } from '../../shared/message-of.js';
import { RemoteFailure, type RemoteFile, type RemoteStore } from './remote-store.js';

/** What a file system says that has no hard links. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/**
 * The files below a folder, which has to be there: one that is made where a file server is not mounted would share nothing.
 * Where two write the same file over in the same instant the last one stays, whole.
 */
export function folderStore(folder: string, name: string, how: { readonly link?: typeof link } = {}): RemoteStore {
  const ending = new AbortController();
  const failure = (error: unknown): RemoteFailure => new RemoteFailure(`${name}: ${messageOf(error)}`, 'gone');
  /** Undefined where a file is missing. */
  const attempt = async <Value>(act: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      ending.signal.throwIfAborted();
      return await act();
    } catch (error) {
      if (error instanceof RemoteFailure) throw error;
      if (!isMissing(error)) throw failure(error);
      if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true)
        throw new RemoteFailure(`${name} is not there`, 'gone');
      return undefined;
    }
  };
  const beside = (path: string): string => `${path}.${randomBytes(8).toString('hex')}.tmp`;
  /** Writes beside the place of a file, and then puts it there. */
  const write = async (
    path: string,
    fill: (file: FileHandle) => Promise<void>,
    place: (from: string, to: string) => Promise<void>,
  ): Promise<void> => {
    const done = await attempt(async () => {
      await stat(folder);
      const whole = join(folder, path);
      await mkdir(dirname(whole), { recursive: true });
      const temporary = beside(whole);
      try {
        const file = await open(temporary, 'wx');
        try {
          await fill(file);
          await file.sync();
        } finally {
          await file.close();
        }
        await place(temporary, whole);
      } finally {
        await rm(temporary, { force: true });
      }
      return true;
    });
    if (done === undefined) throw new RemoteFailure(`${name}: a folder went away while it was written to`, 'gone');
  };
  const regular = async (path: string): Promise<{ size: number; mtimeMs: number } | undefined> => {
    const found = await lstat(join(folder, path));
    return found.isFile() ? found : undefined;
  };
  const timeThere = timeOf(folder);
  const tooLarge = (path: string): RemoteFailure =>
    new RemoteFailure(`${name}/${path} is larger than expected`, 'file');
  return {
    name,
    isWritable: true,
    get: async (path, most) =>
      attempt(async () => {
        const found = await regular(path);
        if (found === undefined) return undefined;
        if (found.size > most) throw tooLarge(path);
        const bytes = await readFile(join(folder, path), { signal: ending.signal });
        return { bytes, tag: sha256(bytes) };
      }),
    stream: async (path, bytes, begin) =>
      (await attempt(async () => {
        const found = await regular(path);
        if (found === undefined) return false;
        if (found.size > bytes) throw tooLarge(path);
        const take = begin();
        const pieces = createReadStream(join(folder, path), { highWaterMark: 2 ** 20, signal: ending.signal });
        for await (const piece of pieces as AsyncIterable<Uint8Array>) take(piece);
        return true;
      })) ?? false,
    look: async (path) =>
      attempt(async () => {
        const found = await regular(path);
        return found && { bytes: found.size, age: Math.max(0, (await timeThere()) - found.mtimeMs) };
      }),
    async put(path, bytes, over) {
      if (over !== undefined && over !== '') {
        const now = await attempt(async () => readFile(join(folder, path)));
        if (now === undefined || sha256(now) !== over) return false;
      }
      let isFirst = true;
      await write(
        path,
        async (file) => file.writeFile(bytes),
        over !== ''
          ? rename
          : async (from, to) => {
              isFirst = await placeFirst(from, to, how.link ?? link);
            },
      );
      return isFirst;
    },
    async upload(path, { bytes, read }) {
      await write(
        path,
        async (file) => {
          for (let at = 0; at < bytes; at += 2 ** 22) {
            ending.signal.throwIfAborted();
            await file.writeFile(await read(at, Math.min(2 ** 22, bytes - at)));
          }
        },
        rename,
      );
    },
    async *list() {
      await attempt(async () => stat(folder));
      yield* filesBelow(folder, '', await timeThere());
    },
    remove: async (path) => {
      await attempt(async () => rm(join(folder, path), { force: true }));
    },
    close: () => {
      ending.abort();
    },
  };
}

/** Puts a file where none is; false where there is one. */
async function placeFirst(from: string, to: string, name: typeof link): Promise<boolean> {
  try {
    await name(from, to);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return false;
    if (typeof code !== 'string' || !withoutLinks.has(code)) throw error;
    // A file server that knows no second name for a file: of two in the same instant the last one stays, whole.
    if ((await lstat(to).catch(() => undefined)) !== undefined) return false;
    await rename(from, to);
    return true;
  }
}

/** What time it is for who keeps the folder: how far that clock is ahead of this machine's is found out once. */
function timeOf(folder: string): () => Promise<number> {
  let ahead: Promise<number> | undefined;
  return async () => {
    ahead ??= clockOf(folder).then(
      (now) => now - Date.now(),
      () => 0,
    );
    return Date.now() + (await ahead);
  };
}

/** What time it is for who keeps the folder, which may not be this machine. */
async function clockOf(folder: string): Promise<number> {
  const path = join(folder, `clock.${randomBytes(8).toString('hex')}.tmp`);
  const file = await open(path, 'wx');
  try {
    return (await file.stat()).mtimeMs;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

async function* filesBelow(folder: string, path: string, now: number): AsyncGenerator<RemoteFile> {
  const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, inner, now);
    else if (entry.isFile()) {
      const found = await lstat(join(folder, inner)).catch(() => undefined);
      if (found !== undefined) yield { path: inner, bytes: found.size, age: Math.max(0, now - found.mtimeMs) };
    }
  }
}
