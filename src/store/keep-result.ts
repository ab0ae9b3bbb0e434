/** A result is written: its large arrays as objects under their digests, and then the record that names all, with the small ones. */
import { artifactDigest } from '../shared/artifact-digest.js';
import type { Artifact } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { earlierPath, objectPath, recordPath } from './layout.js';
import { toNpy } from '../shared/npy.js';
import type { RecordBody, StoredArray, StoredResult } from './record.js';
import { mostInside, placedArrays, recordFile } from './record-file.js';
import type { Keeping } from './store.js';
import type { lateWriter } from './write-soon.js';
import { type WrittenFile, writeFileWhole } from './writing.js';

/** A result with more bytes is written at once: it is not to be in memory three times. */
const mostSoon = 2 ** 22;

interface Writing {
  /** What is written while the caller goes on. */
  readonly later: ReturnType<typeof lateWriter>;
  /** Hears of every file that cannot be written. */
  readonly cannotKeep: (error: unknown) => void;
}

export function keepResult(
  root: string,
  known: Omit<RecordBody, 'arrays' | 'values' | 'divergedAt'>,
  artifact: Artifact,
  { wait, soon = false }: Keeping,
  { later, cannotKeep }: Writing,
): StoredResult {
  let kept = true;
  const writeNow = (file: WrittenFile): void => {
    // A record never points at an object that could not be written.
    if (!kept) return;
    try {
      writeFileWhole(root, file, wait);
    } catch (error) {
      kept = false;
      cannotKeep(error);
    }
  };
  const size = Object.values(artifact.arrays).reduce((sum, { data }) => sum + data.byteLength, 0);
  const waiting: WrittenFile[] = [];
  const write = (file: WrittenFile): void => {
    if (soon && size <= mostSoon) waiting.push(file);
    else writeNow(file);
  };
  const arrays: Record<string, StoredArray> = {};
  const small = new Map<string, Uint8Array>();
  // Of a large result each is written before the next is put together: one copy of one array at a time.
  for (const [name, array] of Object.entries(artifact.arrays)) {
    const bytes = toNpy(array);
    const digest = sha256(bytes);
    if (bytes.length <= mostInside.array) small.set(digest, bytes);
    else write({ path: objectPath(root, digest), bytes });
    arrays[name] = { digest, shape: array.shape, bytes: bytes.length };
  }
  const record: RecordBody = {
    ...{ ...known, arrays, values: artifact.values },
    ...(artifact.divergedAt !== undefined && { divergedAt: artifact.divergedAt }),
  };
  // A drawing's values are long.
  const texts = new Map([[record.values, canonicalJson(record.values)]]);
  const bytesOf = (places: readonly StoredArray[]): Uint8Array[] =>
    places.flatMap(({ digest }) => small.get(digest) ?? []);
  const { inside, beside } = placedArrays(record, mostInside);
  for (const { digest } of beside) {
    const bytes = small.get(digest);
    if (bytes !== undefined) write({ path: objectPath(root, digest), bytes });
  }
  const path = recordPath(root, record);
  write({ path, bytes: recordFile(record, bytesOf(inside), texts), replaces: earlierPath(path) });
  if (waiting.length > 0 && !later.write(waiting, wait)) waiting.forEach(writeNow);
  return { record, artifact, digest: artifactDigest(record, texts) };
}
