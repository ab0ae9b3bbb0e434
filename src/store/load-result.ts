/** The artifact of a record, read from the store's objects. */
import { artifactDigest } from '../shared/artifact-digest.js';
import type { NdArray } from '../shared/artifact.js';
import { sha256 } from '../shared/hash.js';
import { bytesOf, objectPath } from './layout.js';
import { fromNpy } from '../shared/npy.js';
import type { StoredArray, StoredResult } from './record.js';
import type { FoundRecord } from './record-file.js';

/** The result of a record; undefined when one of its arrays is missing or damaged. */
export function loadResult(root: string, found: FoundRecord): StoredResult | undefined {
  const { record } = found;
  const arrays: Record<string, NdArray> = {};
  for (const [name, stored] of Object.entries(record.arrays)) {
    const array = readArray(root, found, stored);
    if (array === undefined) return undefined;
    arrays[name] = array;
  }
  const { values, divergedAt } = record;
  return {
    record,
    artifact: { arrays, values, ...(divergedAt !== undefined && { divergedAt }) },
    digest: artifactDigest(record),
  };
}

function readArray(root: string, found: FoundRecord, { digest, shape }: StoredArray): NdArray | undefined {
  const bytes = wholeArray(root, found, digest);
  if (bytes === undefined) return undefined;
  try {
    const array = fromNpy(bytes);
    return array.shape.join() === shape.join() ? array : undefined;
  } catch {
    return undefined;
  }
}

/** The .npy bytes of an array of a record, from its file or an object; undefined when they are missing or damaged. */
export function wholeArray(
  root: string,
  { inside }: Pick<FoundRecord, 'inside'>,
  digest: string,
): Uint8Array | undefined {
  const bytes = inside.get(digest) ?? bytesOf(objectPath(root, digest));
  return bytes !== undefined && sha256(bytes) === digest ? bytes : undefined;
}
