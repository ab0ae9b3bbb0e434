/**
 * Records and their objects in one file, to carry results from one machine to another. Flat: a first line, then entries of
 * a kind (1 an object, 2 a record), SHA-256, length and bytes, then the SHA-256 of all before it. No name in it is a path.
 */
import { createHash } from 'node:crypto';
import type { Json } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { earlierPath, objectPath, recordName, recordNamed, recordPath, storeRoot } from './layout.js';
import { wholeArray } from './load-result.js';
import { fromNpy } from '../shared/npy.js';
import { checkedRecord, type RecordBody } from './record.js';
import { mostInside, placedArrays, recordFile } from './record-file.js';
import { writeWhole } from './write-whole.js';
import { writeFileWhole } from './writing.js';

const magic = new TextEncoder().encode('colophon pack 1\n');
const header = 1 + 32 + 8;
const entryKinds = { object: 1, record: 2 } as const;

/**
 * A pack of records and all objects that they name. The same records give the same bytes. When an object is not there (any
 * more), a sentence that says so.
 */
export function pack(folder: string, records: readonly RecordBody[]): Uint8Array | { readonly missing: string } {
  const root = storeRoot(folder);
  const objects = new Map<string, Uint8Array>();
  for (const record of records) {
    const { inside } = recordNamed(root, record.key, recordName(record)) ?? { inside: new Map<string, Uint8Array>() };
    for (const { digest } of Object.values(record.arrays)) {
      const bytes = objects.get(digest) ?? wholeArray(root, { inside }, digest);
      if (bytes === undefined) return { missing: `array ${digest} is missing or damaged` };
      objects.set(digest, bytes);
    }
  }
  const sorted = [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => bytes);
  return packed(sorted, records);
}

/** A pack of these objects, in their order, and these records. */
export function packed(objects: readonly Uint8Array[], records: readonly RecordBody[]): Uint8Array {
  const texts = records.map((record) => canonicalJson(record as unknown as Json)).sort();
  const body = Buffer.concat([
    magic,
    ...objects.map((bytes) => entry(entryKinds.object, bytes)),
    ...texts.map((text) => entry(entryKinds.record, new TextEncoder().encode(text))),
  ]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

function entry(kind: number, bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(header);
  head[0] = kind;
  head.set(createHash('sha256').update(bytes).digest(), 1);
  head.writeBigUInt64LE(BigInt(bytes.length), 33);
  return Buffer.concat([head, bytes]);
}

/** What a pack holds. */
export interface Unpacked {
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly records: readonly RecordBody[];
}

/** Reads a pack; a sentence on what is wrong with it when anything at all is. Nothing is written. */
export function unpack(bytes: Uint8Array): Unpacked | { readonly refused: string } {
  const read = entriesOf(bytes);
  return 'refused' in read ? read : (misfit(read) ?? read);
}

/** The same of a pack that need not hold every object that its records name, and may hold others. */
export function entriesOf(bytes: Uint8Array): Unpacked | { readonly refused: string } {
  const refuse = (refused: string): { refused: string } => ({ refused });
  if (bytes.length < magic.length + 32 || magic.some((byte, index) => bytes[index] !== byte))
    return refuse('it is not a pack, or one of another version');
  const end = bytes.length - 32;
  const seal = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (!seal.equals(bytes.subarray(end))) return refuse('it is damaged: its bytes do not have the digest at its end');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const objects = new Map<string, Uint8Array>();
  const records: RecordBody[] = [];
  const keys = new Set<string>();
  for (let at = magic.length; at < end; ) {
    if (end - at < header) return refuse(`an entry at byte ${at} is cut off`);
    const kind = bytes[at];
    const digest = Buffer.from(bytes.subarray(at + 1, at + 33)).toString('hex');
    const length = view.getBigUint64(at + 33, true);
    const start = at + header;
    if (length > BigInt(end - start)) return refuse(`an entry at byte ${at} says that it is longer than the pack`);
    const content = bytes.subarray(start, start + Number(length));
    if (sha256(content) !== digest) return refuse(`an entry at byte ${at} does not have the digest it is named by`);
    if (kind === entryKinds.object) {
      if (objects.has(digest)) return refuse(`object ${digest} is in it twice`);
      objects.set(digest, content);
    } else if (kind === entryKinds.record) {
      const record = readRecord(content);
      if (record === undefined) return refuse(`an entry at byte ${at} is not a record`);
      if (keys.has(digest)) return refuse(`a record is in it twice`);
      keys.add(digest);
      records.push(record);
    } else return refuse(`an entry at byte ${at} is of an unknown kind`);
    at = start + Number(length);
  }
  return { objects, records };
}

/** What does not fit between records and objects. */
function misfit({ objects, records }: Unpacked): { readonly refused: string } | undefined {
  const named = new Set<string>();
  for (const { arrays, key } of records) {
    for (const [name, { digest, bytes, shape }] of Object.entries(arrays)) {
      const object = objects.get(digest);
      if (object?.length !== bytes || shapeOf(object) !== shape.join())
        return { refused: `array ${name} of the record ${key} is not in it, or is another` };
      named.add(digest);
    }
  }
  const loose = [...objects.keys()].find((digest) => !named.has(digest));
  return loose === undefined ? undefined : { refused: `object ${loose} belongs to no record in it` };
}

function shapeOf(bytes: Uint8Array): string | undefined {
  try {
    return fromNpy(bytes).shape.join();
  } catch {
    return undefined;
  }
}

function readRecord(bytes: Uint8Array): RecordBody | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return canonicalJson(value as Json) === text ? checkedRecord(value) : undefined;
  } catch {
    return undefined;
  }
}

/** What of a pack is taken: its results, and the objects that they name. */
export function resultsOnly({ objects, records }: Unpacked, isResult: (record: RecordBody) => boolean): Unpacked {
  const taken = records.filter(isResult);
  const named = new Set(taken.flatMap(({ arrays }) => Object.values(arrays).map(({ digest }) => digest)));
  return { records: taken, objects: new Map([...objects].filter(([digest]) => named.has(digest))) };
}

/** Puts what a pack holds into a store. Throws the file system's error; what was written by then is whole. */
export function putInto(folder: string, { objects, records }: Unpacked): void {
  const root = storeRoot(folder);
  for (const record of records) {
    const { inside, beside } = placedArrays(record, mostInside);
    for (const { digest } of beside) {
      const bytes = objects.get(digest);
      if (bytes !== undefined) writeWhole(root, objectPath(root, digest), bytes);
    }
    const path = recordPath(root, record);
    const bytes = recordFile(
      record,
      inside.flatMap(({ digest }) => objects.get(digest) ?? []),
    );
    writeFileWhole(root, { path, bytes, replaces: earlierPath(path) }, true);
  }
}
