/** Removing from a shared store what none of the named reports needs, while others may be writing to it. */
import { messageOf } from '../../shared/message-of.js';
import { inTurns } from '../../shared/turns.js';
import type { RecordBody } from '../record.js';
import { placedArrays } from '../record-file.js';
import { mostInBundle, namedAt } from './bundle.js';
import { RemoteFailure, type RemoteFile, type RemoteStore } from './remote-store.js';
import { takeBundle } from './take-results.js';

export interface RemotelyCollected {
  readonly results: number;
  readonly arrays: number;
  /** That were freed. */
  readonly bytes: number;
  /** Of what stays. */
  readonly left: number;
  /** What stays though none of the reports needs it, because it is young. */
  readonly young: number;
  /** Results that cannot be read, and are too young to be removed: they may name any array, so all arrays stay. */
  readonly unreadable: readonly string[];
}

interface Listed extends RemoteFile {
  readonly is: 'result' | 'array';
  readonly digest: string;
}

/** How large a shared store is. */
export interface RemoteStatus {
  readonly results: number;
  readonly bytes: number;
  readonly keys: ReadonlySet<string>;
}

async function listOf(remote: RemoteStore): Promise<Listed[]> {
  const found: Listed[] = [];
  for await (const file of remote.list()) {
    const named = namedAt(file.path);
    if (named !== undefined) found.push({ ...file, is: named.is, digest: named.name });
  }
  return found;
}

/** Lists it. Throws a RemoteFailure. */
export async function remoteStatus(remote: RemoteStore): Promise<RemoteStatus> {
  const files = await listOf(remote);
  const keys = new Set(files.filter(({ is }) => is === 'result').map(({ digest }) => digest));
  return { results: keys.size, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), keys };
}

/**
 * Removes every result that `isNeeded` does not ask for and every array that then none names, as far as they are older than `age`
 * in milliseconds. Writers write arrays anew that have reached half of the least age (`leastAge`), so what a record on its way
 * names is young. Throws a RemoteFailure.
 */
export async function collectRemote(
  remote: RemoteStore,
  isNeeded: (record: RecordBody) => boolean,
  age: number,
): Promise<RemotelyCollected> {
  const files = await listOf(remote);
  const inTurn = inTurns(() => 32);
  const named = new Set<string>();
  const unreadable: string[] = [];
  let young = 0;
  const goes = async (file: Listed): Promise<boolean> => {
    if (file.age < age) young += 1;
    if (file.age < age) return false;
    // Another may have written it again since it was listed.
    const now = await remote.look(file.path);
    if (now === undefined || now.age < age) return false;
    await remote.remove(file.path);
    return true;
  };
  const look = async (file: Listed): Promise<boolean> => {
    let records: readonly RecordBody[] = [];
    try {
      records = (await takeBundle(remote, file.digest))?.records ?? [];
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.what !== 'file') throw error;
      if (file.age >= age) return goes(file);
      unreadable.push(messageOf(error));
      return false;
    }
    if (!records.some(isNeeded) && (await goes(file))) return true;
    for (const record of records) for (const { digest } of placedArrays(record, mostInBundle).beside) named.add(digest);
    return false;
  };
  const among = async (chosen: readonly Listed[], act: (file: Listed) => Promise<boolean>): Promise<Listed[]> => {
    const gone = await Promise.all(chosen.map(async (file) => inTurn(async () => act(file))));
    return chosen.filter((_, index) => gone[index]);
  };
  const results = await among(
    files.filter(({ is }) => is === 'result'),
    look,
  );
  const loose = files.filter(({ is, digest }) => is === 'array' && !named.has(digest));
  const arrays = unreadable.length > 0 ? [] : await among(loose, goes);
  const sum = (some: readonly Listed[]): number => some.reduce((total, { bytes }) => total + bytes, 0);
  const bytes = sum(results) + sum(arrays);
  return { results: results.length, arrays: arrays.length, bytes, left: sum(files) - bytes, young, unreadable };
}
