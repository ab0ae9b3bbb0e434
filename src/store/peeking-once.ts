/** A store for a moment's look: what lies under a key is read once. */
import { artifactDigest } from '../shared/artifact-digest.js';
import type { RecordBody } from './record.js';
import type { Store } from './store.js';

/** The store, whose `peek` remembers every record that it has seen; for a command that only looks. */
export function peekingOnce(store: Store): Store {
  const all = new Map<string, readonly RecordBody[]>();
  /** Of keys whose other records nobody has asked for. */
  const likely = new Map<string, RecordBody>();
  const withDigest = (record: RecordBody): { record: RecordBody; digest: string } => ({
    record,
    digest: artifactDigest(record),
  });
  return {
    ...store,
    peek(key, accept, expected) {
      const first = likely.get(key);
      if (first !== undefined && accept(first)) return withDigest(first);
      const known = all.get(key);
      if (known !== undefined) {
        const record = known.find(accept);
        return record && withDigest(record);
      }
      const seen: RecordBody[] = [];
      const found = store.peek(
        key,
        (record) => {
          seen.push(record);
          return accept(record);
        },
        expected,
      );
      if (found === undefined) all.set(key, seen);
      else likely.set(key, found.record);
      return found;
    },
  };
}
