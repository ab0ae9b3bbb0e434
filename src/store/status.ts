/** How large a store is, and which part of it someone needs. */
import { objectFiles, recordFiles, type RecordFile, runningFolder, storeRoot } from './layout.js';
import { whoIsThere } from './presence.js';
import type { RecordBody } from './record.js';

export interface Share {
  readonly records: number;
  /** Of the records and of the objects that they name; an object that several need counts for each of them. */
  readonly bytes: number;
}

export interface Status {
  readonly all: Share;
  /** One for each of the needs. */
  readonly shares: readonly Share[];
  /** What none of them needs. */
  readonly unreachable: Share;
  /** Records that cannot be read. */
  readonly damaged: number;
  readonly builds: number;
}

/** Sizes of a store as a whole and of what each of the `needs` asks for. Reads records, no object. */
export function statusOf(folder: string, needs: readonly ((record: RecordBody) => boolean)[]): Status {
  const root = storeRoot(folder);
  const sizes = new Map(objectFiles(root).map(({ digest, bytes }) => [digest, bytes]));
  const files = recordFiles(root);
  const share = (chosen: readonly RecordFile[]): Share => {
    const digests = new Set(chosen.flatMap((file) => file.objects.map(({ digest }) => digest)));
    const objects = [...digests].reduce((sum, digest) => sum + (sizes.get(digest) ?? 0), 0);
    return { records: chosen.length, bytes: objects + chosen.reduce((sum, { bytes }) => sum + bytes, 0) };
  };
  const asks = (need: (record: RecordBody) => boolean) => (file: RecordFile) =>
    file.record !== undefined && need(file.record);
  const needed = share(files.filter((file) => needs.some((need) => asks(need)(file))));
  const bytes =
    files.reduce((sum, file) => sum + file.bytes, 0) + [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return {
    all: { records: files.length, bytes },
    shares: needs.map((need) => share(files.filter(asks(need)))),
    unreachable: { records: files.length - needed.records, bytes: bytes - needed.bytes },
    damaged: files.filter(({ record }) => record === undefined).length,
    builds: whoIsThere(runningFolder(root)).length,
  };
}
