/** The account of how an artifact came to be. */
import type { Artifact, Json } from '../artifact.js';
import { canonicalJson, sha256 } from '../hash.js';

export interface StoredArray {
  /** SHA-256 of the .npy bytes, which are the object's name. */
  readonly digest: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** What determines and identifies a result; the same for every run of it. */
export interface RecordBody {
  readonly key: string;
  readonly kind: string;
  readonly version: number;
  /** As resolved, with every default. */
  readonly options: Json;
  /** By role: the key of each input, and the digest of the artifact that was used. */
  readonly inputs: Readonly<Record<string, { readonly key: string; readonly digest: string }>>;
  readonly profile: string;
  readonly device: string;
  readonly arrays: Readonly<Record<string, StoredArray>>;
  readonly values: Readonly<Record<string, Json>>;
  readonly divergedAt?: number;
  /** How it went this time: never part of a page that must be the same twice. */
  readonly made: { readonly seconds: number; readonly at: string; readonly colophon: string; readonly node: string };
}

/** The digest of an artifact: of its values and of its arrays' digests. */
export function artifactDigest({
  arrays,
  values,
  divergedAt,
}: Pick<RecordBody, 'arrays' | 'values' | 'divergedAt'>): string {
  const digests = Object.fromEntries(Object.entries(arrays).map(([name, { digest }]) => [name, digest]));
  return sha256(canonicalJson({ arrays: digests, values, ...(divergedAt !== undefined && { divergedAt }) }));
}

/** A record with its artifact in memory. */
export interface StoredResult {
  readonly record: RecordBody;
  readonly artifact: Artifact;
  readonly digest: string;
}
