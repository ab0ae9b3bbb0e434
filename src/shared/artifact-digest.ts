/** What names the bytes of a whole result. */
import type { Artifact, Json } from './artifact.js';
import { canonicalJson, type Written } from './canonical-json.js';
import { sha256 } from './hash.js';
import { toNpy } from './npy.js';

interface Digested {
  readonly arrays: Readonly<Record<string, { readonly digest: string }>>;
  readonly values: Readonly<Record<string, Json>>;
  readonly divergedAt?: number;
}

/** The digest of an artifact: of its values and of its arrays' digests. `written` is `canonicalJson`'s. */
export function artifactDigest({ arrays, values, divergedAt }: Digested, written?: Written): string {
  const digests = Object.fromEntries(Object.entries(arrays).map(([name, { digest }]) => [name, digest]));
  return sha256(canonicalJson({ arrays: digests, values, ...(divergedAt !== undefined && { divergedAt }) }, written));
}

/** The same of one that no store has: the digest of an array is that of its .npy bytes. */
export function digestOf({ arrays, ...rest }: Artifact): string {
  const digests = Object.entries(arrays).map(([name, array]) => [name, { digest: sha256(toNpy(array)) }] as const);
  return artifactDigest({ arrays: Object.fromEntries(digests), ...rest });
}
