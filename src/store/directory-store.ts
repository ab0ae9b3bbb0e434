/**
 * The store in a folder: `v1/objects/ab/cdef...` hold bytes under their SHA-256, `v1/records/<key>/<name>.json` the
 * records under their key. Everything is written to a temporary file beside its target, synced and renamed, so that a
 * reader sees all of it or nothing; every digest is checked on every read. Another version's folder is never looked at.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json, NdArray } from '../artifact.js';
import { canonicalJson, sha256 } from '../hash.js';
import { fromNpy, toNpy } from './npy.js';
import { artifactDigest, type RecordBody, type StoredArray, type StoredResult } from './record.js';
import type { Store } from './store.js';

/** `warn` hears, once, that results cannot be kept. */
export function directoryStore(folder: string, warn: (message: string) => void): Store {
  const root = join(folder, 'v1');
  const objectPath = (digest: string): string => join(root, 'objects', digest.slice(0, 2), digest.slice(2));
  const recordFolder = (key: string): string => join(root, 'records', key);
  let warned = false;

  const records = (key: string): RecordBody[] => {
    let names: string[];
    try {
      names = readdirSync(recordFolder(key));
    } catch {
      return [];
    }
    return names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .flatMap((name) => readRecord(join(recordFolder(key), name), key) ?? []);
  };

  const readArray = ({ digest, shape }: StoredArray): NdArray | undefined => {
    try {
      const bytes = readFileSync(objectPath(digest));
      if (sha256(bytes) !== digest) return undefined;
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

  return {
    find(key, accept) {
      for (const record of records(key)) {
        const result = accept(record) ? load(record) : undefined;
        if (result !== undefined) return result;
      }
      return undefined;
    },
    peek(key, accept) {
      const record = records(key).find(accept);
      return record && { record, digest: artifactDigest(record) };
    },
    keep(known, artifact) {
      let kept = true;
      const attempt = (path: string, bytes: Uint8Array): void => {
        // A record never points at an object that could not be written.
        if (!kept) return;
        try {
          writeWhole(path, bytes);
        } catch (error) {
          kept = false;
          if (!warned)
            warn(`results cannot be kept in ${folder}: ${error instanceof Error ? error.message : String(error)}`);
          warned = true;
        }
      };
      const arrays: Record<string, StoredArray> = {};
      // Each is written before the next is put together: one copy of one array at a time.
      for (const [name, array] of Object.entries(artifact.arrays)) {
        const bytes = toNpy(array);
        const digest = sha256(bytes);
        attempt(objectPath(digest), bytes);
        arrays[name] = { digest, shape: array.shape, bytes: bytes.length };
      }
      const record: RecordBody = {
        ...known,
        arrays,
        values: artifact.values,
        ...(artifact.divergedAt !== undefined && { divergedAt: artifact.divergedAt }),
      };
      // One record for each profile and choice of inputs; a newer run of the same replaces the older.
      const name = sha256(canonicalJson({ profile: record.profile, inputs: record.inputs as unknown as Json })).slice(
        0,
        16,
      );
      attempt(join(recordFolder(record.key), `${name}.json`), new TextEncoder().encode(sealed(record)));
      return { record, artifact, digest: artifactDigest(record) };
    },
  };
}

/** A record's text: its own digest and then itself, so that a changed bit anywhere in it is seen. */
function sealed(record: RecordBody): string {
  const text = canonicalJson(record as unknown as Json);
  return `${sha256(text)}\n${text}\n`;
}

function readRecord(path: string, key: string): RecordBody | undefined {
  try {
    const [digest, text = ''] = readFileSync(path, 'utf8').split('\n');
    if (digest !== sha256(text)) return undefined;
    const record = JSON.parse(text) as RecordBody;
    // A valid record under another's name answers for nothing.
    return record.key === key ? record : undefined;
  } catch {
    return undefined;
  }
}

let temporary = 0;

/** Writes a file so that it is there whole or not at all. */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  temporary += 1;
  const beside = `${path}.${process.pid}-${temporary}.tmp`;
  try {
    const file = openSync(beside, 'w');
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(file, bytes, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
