/** A result is written: its arrays as objects under their digests, and then the record that names them. */
import { artifactDigest } from '../shared/artifact-digest.js';
import type { Artifact } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { objectPath, recordPath, sealed } from './layout.js';
import { toNpy } from '../shared/npy.js';
import type { RecordBody, StoredArray, StoredResult } from './record.js';
import type { Keeping } from './store.js';
import type { lateWriter } from './write-soon.js';
import { writeWhole } from './write-whole.js';
import type { WrittenFile } from './writing.js';

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
  const writeNow = ({ path, bytes }: WrittenFile): void => {
    // A record never points at an object that could not be written.
    if (!kept) return;
    try {
      writeWhole(root, path, bytes, { wait });
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
  // Of a large result each is written before the next is put together: one copy of one array at a time.
  for (const [name, array] of Object.entries(artifact.arrays)) {
    const bytes = toNpy(array);
    const digest = sha256(bytes);
    write({ path: objectPath(root, digest), bytes });
    arrays[name] = { digest, shape: array.shape, bytes: bytes.length };
  }
  const record: RecordBody = {
    ...{ ...known, arrays, values: artifact.values },
    ...(artifact.divergedAt !== undefined && { divergedAt: artifact.divergedAt }),
  };
  // A drawing's values are long.
  const texts = new Map([[record.values, canonicalJson(record.values)]]);
  write({ path: recordPath(root, record), bytes: Buffer.from(sealed(record, texts)) });
  if (waiting.length > 0 && !later.write(waiting, wait)) waiting.forEach(writeNow);
  return { record, artifact, digest: artifactDigest(record, texts) };
}
