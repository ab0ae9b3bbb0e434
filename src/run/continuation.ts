/** Where steps leave what later runs go on from: a chain of records in the store, each named by where it starts. */
import type { Artifact } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import type { Continuation } from '../steps/step.js';
import type { RecordBody } from '../store/record.js';
import type { Store } from '../store/store.js';

/** The kind of such a record. */
export const continuationKind = 'states';

type Known = Pick<RecordBody, 'inputs' | 'profile' | 'device' | 'accuracy' | 'asked' | 'made'>;

/**
 * The chain of one computation by one profile from given inputs. `made` says how a part was made. Without a key nothing is
 * kept or found.
 */
export function continuationOf(
  key: string | undefined,
  store: Store,
  known: () => Known,
  wait: () => boolean = () => true,
): Continuation {
  if (key === undefined) return { parts: () => [] };
  const keyFrom = (from: number): string => {
    const { profile, inputs } = known();
    const digests = Object.fromEntries(Object.entries(inputs).map(([role, { digest }]) => [role, digest]));
    return sha256(canonicalJson({ states: key, profile, inputs: digests, from }));
  };
  return {
    parts() {
      const parts: Artifact[] = [];
      for (let from = 0; ; ) {
        const found = store.find(keyFrom(from), ({ kind }) => kind === continuationKind);
        const last = found?.artifact.values['last'];
        if (found === undefined || typeof last !== 'number' || last <= from) return parts;
        parts.push(found.artifact);
        from = last;
      }
    },
    keep(from, last, part) {
      const body = { key: keyFrom(from), kind: continuationKind, version: 1, options: { of: key, from }, ...known() };
      store.keep(body, { ...part, values: { ...part.values, last } }, { wait: wait(), soon: true });
    },
  };
}
