/**
 * The store in a folder: `v1/records/<key>/<name>.record` hold the records under their key, with their small arrays,
 * `v1/objects/ab/cdef...` large arrays under their SHA-256. Everything is written to a temporary file beside its target, synced and renamed, so that a
 * reader sees all of it or nothing; every digest is checked on every read. Another version's folder is never looked at.
 */
import { artifactDigest } from '../shared/artifact-digest.js';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../shared/message-of.js';
import { recordFiles, recordFolder, recordsOf, runningFolder, storeRoot } from './layout.js';
import { keepResult } from './keep-result.js';
import { loadResult } from './load-result.js';
import { readNote, writeNote } from './notes.js';
import { announce } from './presence.js';
import { isMemo, type RecordBody } from './record.js';
import type { FoundRecord } from './record-file.js';
import type { Likely, Store } from './store.js';
import { lateWriter } from './write-soon.js';
import { makeFolder } from '../shared/make-folder.js';
import { commandLine } from '../shared/own-command.js';

/**
 * `warn` hears, once, that results cannot be kept, and that there are some of another machine: they are used only with
 * `trust`, and what saves a build work without being a result not even then.
 */
export function directoryStore(folder: string, warn: (message: string) => void, { trust = false } = {}): Store {
  const root = storeRoot(folder);
  const isTaken = takenRecords(folder, warn, trust);
  let warned = false;
  const cannotKeep = (error: unknown): void => {
    if (!warned) warn(`results cannot be kept in ${folder}, only read: ${messageOf(error)}; the build goes on without`);
    warned = true;
  };
  /** Does what can fail where nothing can be written; gives `otherwise` then. */
  const attempt = <Result>(write: () => Result, otherwise: Result): Result => {
    try {
      return write();
    } catch (error) {
      cannotKeep(error);
      return otherwise;
    }
  };
  const later = lateWriter(root, cannotKeep);
  /** The records under a key that are taken, once those that wait to be written are there. */
  function* taken(key: string, accept: (record: RecordBody) => boolean, likely?: Likely): Generator<FoundRecord> {
    if (later.awaits(recordFolder(root, key))) later.flush();
    for (const found of recordsOf(root, key, likely)) if (accept(found.record) && isTaken(found)) yield found;
  }

  return {
    bring: async () => Promise.resolve(0),
    find(key, accept, likely) {
      for (const found of taken(key, accept, likely)) {
        const result = loadResult(root, found);
        if (result !== undefined) return result;
      }
      return undefined;
    },
    peek(key, accept, likely) {
      for (const { record } of taken(key, accept, likely)) return { record, digest: artifactDigest(record) };
      return undefined;
    },
    *records() {
      later.flush();
      for (const { record } of recordFiles(root)) if (record !== undefined) yield record;
    },
    announce: (needs) =>
      attempt(
        () => announce(runningFolder(root), { needs: [...needs] }).withdraw,
        () => undefined,
      ),
    restamp() {
      attempt(() => {
        makeFolder(root);
        writeFileSync(join(root, 'stamp'), randomBytes(16));
      }, undefined);
    },
    recall: (name) => readNote(root, name),
    remember(name, content) {
      attempt(() => {
        writeNote(root, name, content);
      }, undefined);
    },
    keep: (known, artifact, how = { wait: true }) => keepResult(root, known, artifact, how, { later, cannotKeep }),
    settled: () => later.settled(),
  };
}

/** Whether a record is used: one that this machine made, or, with `trust`, a result of another; of others it warns once. */
function takenRecords(
  folder: string,
  warn: (message: string) => void,
  trust: boolean,
): (found: FoundRecord) => boolean {
  let met = false;
  return ({ record, isOurs }) => {
    if (isOurs || (trust && !isMemo(record))) return true;
    if (!met && !isMemo(record))
      warn(
        `${folder} holds results that this machine did not make: they are computed again, not used; "${commandLine(['store', 'trust'])}" takes them over`,
      );
    met ||= !isMemo(record);
    return false;
  };
}
