/** A store that has what was once found in it at hand: while a report is written, the same results are asked for again. */
import type { StoredResult } from '../store/record.js';
import type { Store } from '../store/store.js';

/** Remembers each result that was found or kept, for as long as the session. */
export function rememberingStore(store: Store): Store {
  const known = new Map<string, StoredResult>();
  const remember = (key: string, result: StoredResult): StoredResult => {
    known.set(key, result);
    return result;
  };
  return {
    ...store,
    find(key, accept, likely) {
      const at = known.get(key);
      if (at !== undefined && accept(at.record)) return at;
      const found = store.find(key, accept, likely);
      return found && remember(key, found);
    },
    keep: (record, artifact, how) => remember(record.key, store.keep(record, artifact, how)),
  };
}
