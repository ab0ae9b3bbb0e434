/** The artifact of a record, read from the store's objects. */
import { artifactDigest } from '../shared/artifact-digest.js';
import type { NdArray } from '../shared/artifact.js';
import { sha256 } from '../shared/hash.js';
import { bytesOf, objectPath } from './layout.js';
import { fromNpy } from '../shared/npy.js';
import type { RecordBody, StoredArray, StoredResult } from './record.js';

/** The result of a record; undefined when one of its arrays is missing or damaged. */
export function loadResult(root: string, record: RecordBody): StoredResult | undefined {
  const arrays: Record<string, NdArray> = {};
  for (const [name, stored] of Object.entries(record.arrays)) {
    const array = readArray(root, stored);
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

function readArray(root: string, { digest, shape }: StoredArray): NdArray | undefined {
  const bytes = bytesOf(objectPath(root, digest));
  if (bytes === undefined || sha256(bytes) !== digest) return undefined;
  try {
    const array = fromNpy(bytes);
    return array.shape.join() === shape.join() ? array : undefined;
  } catch {
    return undefined;
  }
}
