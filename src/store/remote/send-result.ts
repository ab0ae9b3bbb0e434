/** A result sent to a shared store: arrays first, and then the record that names them, so that nobody finds one without. */
import { open } from 'node:fs/promises';
import { artifactDigest } from '../../shared/artifact-digest.js';
import { fileDigest } from '../../shared/read-regular.js';
import { objectPath, recordName, recordNamed } from '../layout.js';
import { wholeArray } from '../load-result.js';
import type { RecordBody, StoredArray } from '../record.js';
import { placedArrays } from '../record-file.js';
import { freshFor } from './ages.js';
import { arrayPath, bundlePath, mostInBundle, mostOfBundle, readBundle, writeBundle } from './bundle.js';
import type { Queued } from './queue.js';
import { RemoteFailure, type RemoteStore } from './remote-store.js';

/** Writers that meet over one key begin again so often. */
const mostMeetings = 8;

/** `unsent` for what is not, or no more, a whole result of this machine. `there` when others had it already. */
export type Sent = 'sent' | 'there' | 'unsent';

/**
 * Sends a record of the local store at `root` with its arrays. Where another result of the same computation is there it stays,
 * unless it is `damaged`. Throws a RemoteFailure.
 */
export async function sendResult(
  root: string,
  remote: RemoteStore,
  { key, name }: Queued,
  damaged: ReadonlySet<string> = new Set(),
): Promise<Sent> {
  const found = recordNamed(root, key, name);
  if (found?.isOurs !== true) return 'unsent';
  const { record } = found;
  const objects = new Map<string, Uint8Array>();
  const { inside, beside } = placedArrays(record, mostInBundle);
  for (const { digest } of inside) {
    const bytes = wholeArray(root, found, digest);
    if (bytes === undefined) return 'unsent';
    objects.set(digest, bytes);
  }
  const isForced = damaged.has(key);
  for (const array of beside) if (!(await sendArray(root, remote, array, isForced))) return 'unsent';
  return sendRecord(remote, record, objects, isForced);
}

async function sendArray(
  root: string,
  remote: RemoteStore,
  { digest, bytes }: StoredArray,
  isForced: boolean,
): Promise<boolean> {
  const there = isForced ? undefined : await remote.look(arrayPath(digest));
  if (there?.bytes === bytes && there.age < freshFor) return true;
  const path = objectPath(root, digest);
  let whole: string | undefined;
  try {
    whole = fileDigest(path, bytes);
  } catch {
    return false;
  }
  if (whole !== digest) return false;
  const file = await open(path, 'r');
  try {
    await remote.upload(arrayPath(digest), {
      bytes,
      read: async (from, length) => {
        const piece = Buffer.allocUnsafe(length);
        const { bytesRead } = await file.read(piece, 0, length, from);
        if (bytesRead !== length) throw new RemoteFailure(`${path} has become shorter`, 'file');
        return piece;
      },
    });
  } finally {
    await file.close();
  }
  return true;
}

async function sendRecord(
  remote: RemoteStore,
  record: RecordBody,
  objects: ReadonlyMap<string, Uint8Array>,
  isForced: boolean,
): Promise<Sent> {
  const path = bundlePath(record.key);
  const alone = writeBundle({ records: [record], objects });
  if (await remote.put(path, alone, '')) return 'sent';
  const name = recordName(record);
  for (let meeting = 0; meeting < mostMeetings; meeting += 1) {
    const got = await remote.get(path, mostOfBundle);
    // It has been removed since.
    if (got === undefined) {
      if (await remote.put(path, alone, '')) return 'sent';
      continue;
    }
    const there = readBundle(got.bytes, record.key) ?? { records: [], objects: new Map<string, Uint8Array>() };
    const same = there.records.find((other) => recordName(other) === name);
    // The first one stays: whoever has it need not have two.
    if (same !== undefined && (!isForced || artifactDigest(same) === artifactDigest(record))) return 'there';
    const records = [...there.records.filter((other) => other !== same), record];
    const merged = writeBundle({ records, objects: new Map([...there.objects, ...objects]) });
    if (await remote.put(path, merged, got.tag)) return 'sent';
  }
  throw new RemoteFailure(`${remote.name}/${path} is changed by others all the time`, 'file');
}
