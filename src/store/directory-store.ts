/**
 * The store in a folder: `v1/objects/ab/cdef...` hold bytes under their SHA-256, `v1/records/<key>/<name>.json` the
 * records under their key. Everything is written to a temporary file beside its target, synced and renamed, so that a
 * reader sees all of it or nothing; every digest is checked on every read. Another version's folder is never looked at.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NdArray } from '../shared/artifact.js';
import { canonicalJson, sha256 } from '../shared/hash.js';
import {
  bytesOf,
  type FoundRecord,
  objectPath,
  recordFiles,
  recordFolder,
  recordPath,
  recordsOf,
  runningFolder,
  sealed,
  storeRoot,
} from './layout.js';
import { readNote, writeNote } from './notes.js';
import { fromNpy, toNpy } from './npy.js';
import { announce } from './presence.js';
import { artifactDigest, isMemo, type RecordBody, type StoredArray, type StoredResult } from './record.js';
import type { Store } from './store.js';
import { lateWriter } from './write-soon.js';
import { writeWhole } from './write-whole.js';
import type { WrittenFile } from './writing.js';
import { makeFolder } from '../shared/make-folder.js';

/** A result with more bytes is written at once: it is not to be in memory three times. */
const mostSoon = 2 ** 22;

/**
 * `warn` hears, once, that results cannot be kept, and that there are some of another machine: they are used only with
 * `trust`, and what saves a build work without being a result not even then.
 */
export function directoryStore(folder: string, warn: (message: string) => void, { trust = false } = {}): Store {
  const root = storeRoot(folder);
  let met = false;
  const isTaken = ({ record, isOurs }: FoundRecord): boolean => {
    if (isOurs || (trust && !isMemo(record))) return true;
    if (!met && !isMemo(record))
      warn(
        `${folder} holds results that this machine did not make: they are computed again, not used; "colophon store trust" takes them over`,
      );
    met ||= !isMemo(record);
    return false;
  };
  let warned = false;
  const cannotKeep = (error: unknown): void => {
    if (!warned)
      warn(
        `results cannot be kept in ${folder}, only read: ${error instanceof Error ? error.message : String(error)}; the build goes on without`,
      );
    warned = true;
  };

  const readArray = ({ digest, shape }: StoredArray): NdArray | undefined => {
    const bytes = bytesOf(objectPath(root, digest));
    if (bytes === undefined || sha256(bytes) !== digest) return undefined;
    try {
      const array = fromNpy(bytes);
      return array.shape.join() === shape.join() ? array : undefined;
    } catch {
      return undefined;
    }
  };

  const load = (record: RecordBody): StoredResult | undefined => {
    const arrays: Record<string, NdArray> = {};
    for (const [name, stored] of Object.entries(record.arrays)) {
      const array = readArray(stored);
      if (array === undefined) return undefined;
      arrays[name] = array;
    }
    const { values, divergedAt } = record;
    return {
      record,
      artifact: { arrays, values, ...(divergedAt !== undefined && { divergedAt }) },
      digest: artifactDigest(record),
    };
  };

  const later = lateWriter(root, cannotKeep);
  const written = (key: string): void => {
    const folder = recordFolder(root, key);
    if (later.awaits((path) => dirname(path) === folder)) later.flush();
  };

  return {
    find(key, accept, likely) {
      written(key);
      for (const found of recordsOf(root, key, likely)) {
        const { record } = found;
        const result = accept(record) && isTaken(found) ? load(record) : undefined;
        if (result !== undefined) return result;
      }
      return undefined;
    },
    peek(key, accept, likely) {
      written(key);
      for (const found of recordsOf(root, key, likely)) {
        const { record } = found;
        if (accept(record) && isTaken(found)) return { record, digest: artifactDigest(record) };
      }
      return undefined;
    },
    *records() {
      later.flush();
      for (const { record } of recordFiles(root)) if (record !== undefined) yield record;
    },
    announce(needs) {
      try {
        return announce(runningFolder(root), { needs: [...needs] }).withdraw;
      } catch (error) {
        cannotKeep(error);
        return () => undefined;
      }
    },
    restamp() {
      try {
        makeFolder(root);
        writeFileSync(join(root, 'stamp'), randomBytes(16));
      } catch (error) {
        cannotKeep(error);
      }
    },
    recall: (name) => readNote(root, name),
    remember(name, content) {
      try {
        writeNote(root, name, content);
      } catch (error) {
        cannotKeep(error);
      }
    },
    keep(known, artifact, { wait, soon = false } = { wait: true }) {
      let kept = true;
      const writeNow = ({ path, bytes }: WrittenFile): void => {
        // A record never points at an object that could not be written.
        if (!kept) return;
        try {
          writeWhole(root, path, bytes, { wait });
        } catch (error) {
          kept = false;
          cannotKeep(error);
        }
      };
      const size = Object.values(artifact.arrays).reduce((sum, { data }) => sum + data.byteLength, 0);
      const waiting: WrittenFile[] = [];
      const write = (file: WrittenFile): void => {
        if (soon && size <= mostSoon) waiting.push(file);
        else writeNow(file);
      };
      const arrays: Record<string, StoredArray> = {};
      // Of a large result each is written before the next is put together: one copy of one array at a time.
      for (const [name, array] of Object.entries(artifact.arrays)) {
        const bytes = toNpy(array);
        const digest = sha256(bytes);
        write({ path: objectPath(root, digest), bytes });
        arrays[name] = { digest, shape: array.shape, bytes: bytes.length };
      }
      const record: RecordBody = {
        ...known,
        arrays,
        values: artifact.values,
        ...(artifact.divergedAt !== undefined && { divergedAt: artifact.divergedAt }),
      };
      // A drawing's values are long.
      const texts = new Map([[record.values, canonicalJson(record.values)]]);
      write({ path: recordPath(root, record), bytes: Buffer.from(sealed(record, texts)) });
      if (waiting.length > 0 && !later.write(waiting, wait)) waiting.forEach(writeNow);
      return { record, artifact, digest: artifactDigest(record, texts) };
    },
    settled: () => later.settled(),
  };
}
