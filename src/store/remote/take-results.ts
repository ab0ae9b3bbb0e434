/** Results of a shared store taken into the local one: every digest checked, sizes as the records say, nothing half there. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256 } from '../../shared/hash.js';
import { makeFolder } from '../../shared/make-folder.js';
import { earlierPath, objectPath, recordName, recordNamed, recordPath, sizeOf } from '../layout.js';
import { loadResult } from '../load-result.js';
import type { RecordBody, StoredArray } from '../record.js';
import { mostInside, placedArrays, recordFile } from '../record-file.js';
import { writeWhole } from '../write-whole.js';
import { writeFileWhole } from '../writing.js';
import { arrayPath, type Bundle, bundlePath, mostOfBundle, readBundle } from './bundle.js';
import { RemoteFailure, type RemoteStore } from './remote-store.js';

/** The bundle of a key; undefined where there is none. Throws a RemoteFailure, also for one that is damaged. */
export async function takeBundle(remote: RemoteStore, key: string): Promise<Bundle | undefined> {
  const got = await remote.get(bundlePath(key), mostOfBundle);
  if (got === undefined) return undefined;
  const bundle = readBundle(got.bytes, key);
  if (bundle === undefined) throw new RemoteFailure(`${remote.name}/${bundlePath(key)} is damaged`, 'file');
  return bundle;
}

/**
 * Writes a record of a bundle into the local store at `root`, sealed as this machine's: who names a shared store takes its word.
 * False where the local store has it whole. Throws a RemoteFailure where an array is missing or damaged there, and the file
 * system's error. Nothing waits for the disk: what is lost is asked for again.
 */
export async function takeRecord(
  root: string,
  remote: RemoteStore,
  record: RecordBody,
  objects: Bundle['objects'],
): Promise<boolean> {
  const own = recordNamed(root, record.key, recordName(record));
  if (own?.isOurs === true && loadResult(root, own) !== undefined) return false;
  const damaged = new RemoteFailure(`${remote.name}: a record of ${record.key.slice(0, 16)} is damaged`, 'file');
  const placed = placedArrays(record, mostInside);
  // Another version may have put fewer of them into its bundles.
  const hasAll = placed.inside.every(({ digest }) => objects.has(digest));
  const inside = (hasAll ? placed.inside : []).map(({ digest, bytes }) => {
    const array = objects.get(digest);
    if (array?.length !== bytes) throw damaged;
    return array;
  });
  for (const array of hasAll ? placed.beside : [...placed.inside, ...placed.beside]) {
    const place = objectPath(root, array.digest);
    const bundled = objects.get(array.digest);
    // What is there already is checked when it is read, as everything is.
    if (sizeOf(place) === array.bytes && own === undefined) continue;
    if (bundled === undefined) await download(root, remote, array);
    else if (bundled.length === array.bytes) writeWhole(root, place, bundled, { wait: false });
    else throw damaged;
  }
  const path = recordPath(root, record);
  writeFileWhole(root, { path, bytes: recordFile(record, inside), replaces: earlierPath(path) }, false);
  return true;
}

/** An array that is larger than memory may be, to its place in the local store, and there only when it is what its name says. */
async function download(root: string, remote: RemoteStore, { digest, bytes }: StoredArray): Promise<void> {
  const place = objectPath(root, digest);
  // Makes the folders, and refuses links.
  if (bytes === 0) {
    if (digest === sha256('')) writeWhole(root, place, new Uint8Array(), { wait: false });
    return;
  }
  makeFolder(dirname(place));
  const beside = `${place}.${randomBytes(8).toString('hex')}.tmp`;
  let file = openSync(beside, 'wx');
  try {
    let hash = createHash('sha256');
    let length = 0;
    const isThere = await remote.stream(arrayPath(digest), bytes, () => {
      closeSync(file);
      file = openSync(beside, 'w');
      hash = createHash('sha256');
      length = 0;
      return (piece) => {
        hash.update(piece);
        length += piece.length;
        for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
      };
    });
    const where = `${remote.name}/${arrayPath(digest)}`;
    if (!isThere) throw new RemoteFailure(`${where} is missing`, 'file');
    if (length !== bytes || hash.digest('hex') !== digest) throw new RemoteFailure(`${where} is damaged`, 'file');
    renameSync(beside, place);
  } finally {
    closeSync(file);
    rmSync(beside, { force: true });
  }
}
