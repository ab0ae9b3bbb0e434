/** What a store has still to send to a shared one: a file for each record, so that an interrupted build forgets nothing. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../shared/hash.js';
import { namesIn, recordName, storeRoot } from '../layout.js';
import type { RecordBody } from '../record.js';
import { writeWhole } from '../write-whole.js';

/** A record, by its key and its name below it. */
export interface Queued {
  readonly key: string;
  readonly name: string;
}

export interface Queue {
  /** Throws the file system's error. */
  readonly add: (record: RecordBody) => void;
  readonly waiting: () => Queued[];
  readonly remove: (queued: Queued) => void;
}

/** The queue of a local store for one shared store. */
export function queueFor(root: string, remoteName: string): Queue {
  const folder = join(root, 'queue', sha256(remoteName).slice(0, 16));
  return {
    add(record) {
      writeWhole(root, join(folder, `${record.key}-${recordName(record)}`), new Uint8Array(), { wait: false });
    },
    waiting: () =>
      namesIn(folder).flatMap((file): Queued[] => {
        const [, key, name] = /^([0-9a-f]{64})-([0-9a-f]{16})$/.exec(file) ?? [];
        return key === undefined || name === undefined ? [] : [{ key, name }];
      }),
    remove({ key, name }) {
      rmSync(join(folder, `${key}-${name}`), { force: true });
    },
  };
}

/** How many records of a local store wait to be sent. */
export function waitingFor(folder: string, remoteName: string): number {
  return queueFor(storeRoot(folder), remoteName).waiting().length;
}
