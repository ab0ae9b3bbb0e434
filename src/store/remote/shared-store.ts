/**
 * A local store with a shared one behind it: what is not here is taken from there when it is asked for by `bring`, and what is
 * kept here is sent there meanwhile. A shared store that cannot be had is said once, and the build goes on without.
 */
import { artifactDigest } from '../../shared/artifact-digest.js';
import { messageOf } from '../../shared/message-of.js';
import { recordName, storeRoot } from '../layout.js';
import { isMemo, type RecordBody } from '../record.js';
import type { Store, Want } from '../store.js';
import { queueFor } from './queue.js';
import { RemoteFailure, type RemoteStore } from './remote-store.js';
import { type Sending, sender } from './sender.js';
import { takeBundle, takeRecord } from './take-results.js';

export interface SharedStoreRequest {
  readonly local: Store;
  /** The local store's. */
  readonly folder: string;
  readonly remoteName: string;
  /** Undefined when nothing is to be asked: what is kept then waits to be sent. */
  readonly remote: RemoteStore | undefined;
  /** Whether a record is a result, which others may use. */
  readonly isResult: (record: RecordBody) => boolean;
  /** Told of what is wrong, once each. */
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal;
}

export interface SharedStore extends Store {
  /** Why the shared store is asked no more; undefined while it is. */
  readonly gone: () => string | undefined;
  /** Sends what waits, says how much it was, and ends; once, however often it is called. Never rejects. */
  readonly finish: (log?: (line: string) => void) => Promise<Sending>;
}

export function sharedStore(request: SharedStoreRequest): SharedStore {
  const { local, folder, remote, remoteName, isResult, signal } = request;
  const root = storeRoot(folder);
  const told = new Set<string>();
  const warnOnce = (about: string, message: string): void => {
    if (!told.has(about)) request.warn(message);
    told.add(about);
  };
  signal.addEventListener('abort', () => remote?.close());
  const damaged = new Set<string>();
  const queue = queueFor(root, remoteName);
  const sending = sender({
    root,
    remote,
    queue,
    damaged,
    signal,
    warn: (message) => {
      warnOnce('sending', message);
    },
  });
  let gone: string | undefined;
  const refused = (error: unknown, key: string): void => {
    if (signal.aborted) return;
    if (!(error instanceof RemoteFailure)) {
      warnOnce('keeping', `results of ${remoteName} cannot be kept: ${messageOf(error)}; they are computed again`);
      return;
    }
    switch (error.what) {
      case 'gone':
        gone ??= error.message;
        sending.giveUp();
        // What waits for its turn would wait as long as this did, one turn after the other.
        remote?.close();
        warnOnce('gone', `${error.message}; the build goes on without it, and what is to be sent waits`);
        return;
      case 'denied':
        warnOnce(
          'denied',
          `${error.message}; it may say so of what is not there, if you may not list it. Such results are computed again`,
        );
        return;
      case 'file':
      case 'size':
        damaged.add(key);
        warnOnce('damaged', `${error.message}; such results are computed again`);
    }
  };

  /** Records that are there, and have not been taken. */
  const seen = new Map<string, readonly RecordBody[]>();
  const asked = new Map<string, Promise<boolean>>();
  const take = async ({ key, kind }: Want, recordsOnly: boolean): Promise<boolean> => {
    if (remote === undefined || gone !== undefined) return false;
    try {
      const bundle = await takeBundle(remote, key);
      // Under a key stand results of its kind, whoever wrote them.
      const records = bundle?.records.filter((record) => record.kind === kind && !isMemo(record)) ?? [];
      if (recordsOnly) {
        seen.set(key, records);
        return records.length > 0;
      }
      let came = 0;
      for (const record of records)
        if (await takeRecord(root, remote, record, bundle?.objects ?? new Map<string, Uint8Array>())) came += 1;
      return came > 0;
    } catch (error) {
      refused(error, key);
      return false;
    }
  };
  let finished: Promise<Sending> | undefined;
  const finish = async (log?: (line: string) => void): Promise<Sending> => {
    await local.settled();
    const outcome = await sending.finish();
    if (outcome.sent > 0) log?.(`${outcome.sent} results sent to ${remoteName}`);
    remote?.close();
    return outcome;
  };
  return {
    ...local,
    async bring(wants, { recordsOnly = false, anyway = false } = {}) {
      const isHere = ({ key, kind }: Want): boolean => local.peek(key, (record) => record.kind === kind) !== undefined;
      const missing = anyway ? wants : wants.filter((want) => !isHere(want));
      const came = await Promise.all(
        missing.map(async (want) => {
          const id = `${want.key} ${recordsOnly}`;
          const before = asked.get(id);
          if (before !== undefined) return before;
          const asking = take(want, recordsOnly);
          asked.set(id, asking);
          return asking;
        }),
      );
      signal.throwIfAborted();
      return came.filter(Boolean).length;
    },
    peek(key, accept, likely) {
      const found = local.peek(key, accept, likely);
      if (found !== undefined) return found;
      const there = seen.get(key)?.find(accept);
      return there && { record: there, digest: artifactDigest(there) };
    },
    keep(record, artifact, how) {
      const result = local.keep(record, artifact, how);
      if (remote?.isWritable === false || isMemo(result.record) || !isResult(result.record)) return result;
      try {
        queue.add(result.record);
        sending.soon({ key: result.record.key, name: recordName(result.record) });
      } catch {
        // The local store has said that it cannot be written.
      }
      return result;
    },
    gone: () => gone,
    finish: async (log) => (finished ??= finish(log)),
  };
}
