/** A store for a moment's look: what lies under a key is read once. */
import { artifactDigest, type RecordBody } from './record.js';
import type { Store } from './store.js';

/** The store, whose `peek` remembers every record that it has seen; for a command that only looks. */
export function peekingOnce(store: Store): Store {
  const seen = new Map<string, readonly RecordBody[]>();
  const recordsOf = (key: string): readonly RecordBody[] => {
    const known = seen.get(key);
    if (known !== undefined) return known;
    const records: RecordBody[] = [];
    store.peek(key, (record) => {
      records.push(record);
      return false;
    });
    seen.set(key, records);
    return records;
  };
  return {
    ...store,
    peek(key, accept) {
      const record = recordsOf(key).find(accept);
      return record && { record, digest: artifactDigest(record) };
    },
  };
}
