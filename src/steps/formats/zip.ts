/**
 * The members of a ZIP archive. Node's zlib unpacks them, never beyond the size that the archive states, and checks them; the
 * libraries that read ZIP (fflate, yauzl) check no checksums. APPNOTE.TXT 6.3, without encryption, parts and other methods than 0 and 8.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { FormatFault } from './format-fault.js';

export interface ZipMember {
  readonly name: string;
  /** As the archive states it. */
  readonly size: number;
  /** Unpacks it. Throws a FormatFault when it is damaged. */
  readonly bytes: () => Uint8Array;
}

const again = 'it was cut short or damaged: save it again';
const mostMembers = 100_000;

const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50, local: 0x04034b50 };

export function openZip(archive: Uint8Array): ZipMember[] {
  try {
    return membersOf(archive);
  } catch (error) {
    // A place that the archive names lies outside it.
    if (error instanceof RangeError) throw new FormatFault('is no whole ZIP archive', again);
    throw error;
  }
}

function membersOf(archive: Uint8Array): ZipMember[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const { count, offset } = directoryOf(view);
  if (count > mostMembers) throw new FormatFault(`has ${count} members`, 'save fewer arrays');
  const members: ZipMember[] = [];
  for (let index = 0, at = offset; index < count; index += 1) {
    if (view.getUint32(at, true) !== signatures.entry) throw new FormatFault('is no whole ZIP archive', again);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const end = at + 46 + (nameLength ?? 0);
    const entry: Entry = {
      name: new TextDecoder().decode(archive.subarray(at + 46, end)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      local: view.getUint32(at + 42, true),
    };
    const whole = withLongSizes(entry, view, end, extraLength ?? 0);
    members.push({ name: whole.name, size: whole.size, bytes: () => unpack(archive, view, whole) });
    at = end + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return members;
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header stands. */
  readonly local: number;
}

/** Where the directory of members stands, and how many there are: told at the archive's end, before a comment. */
function directoryOf(view: DataView): { readonly count: number; readonly offset: number } {
  const first = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) !== signatures.end) continue;
    const plain = { count: view.getUint16(at + 10, true), offset: view.getUint32(at + 16, true) };
    if (plain.count < 0xffff && plain.offset < 0xffffffff) return plain;
    if (view.getUint32(at - 20, true) !== signatures.locator64) return plain;
    const long = safe(view.getBigUint64(at - 12, true));
    if (view.getUint32(long, true) !== signatures.end64) break;
    return { count: safe(view.getBigUint64(long + 32, true)), offset: safe(view.getBigUint64(long + 48, true)) };
  }
  throw new FormatFault('is no ZIP archive, or was cut short', 'save it again with np.savez');
}

/** Sizes of 4 GB and more stand in an extra field (Zip64). */
function withLongSizes(entry: Entry, view: DataView, start: number, length: number): Entry {
  const long = 0xffffffff;
  if (entry.size < long && entry.packed < long && entry.local < long) return entry;
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const read = (short: number): number => {
      if (short < long) return short;
      next += 8;
      return safe(view.getBigUint64(next - 8, true));
    };
    return { ...entry, size: read(entry.size), packed: read(entry.packed), local: read(entry.local) };
  }
  return entry;
}

function safe(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('beyond any archive');
  return Number(value);
}

function unpack(
  archive: Uint8Array,
  view: DataView,
  { name, flags, method, crc, packed, size, local }: Entry,
): Uint8Array {
  const damaged = (why: string): FormatFault => new FormatFault(`has a member "${name}" that ${why}`, again);
  if (flags % 2 === 1) throw new FormatFault(`has a member "${name}" that is encrypted`, 'save it without a password');
  if (method !== 0 && method !== 8) {
    throw new FormatFault(
      `has a member "${name}" packed by the method ${method}`,
      'write it with np.savez or np.savez_compressed',
    );
  }
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== signatures.local)
    throw damaged('is not where it is said to be');
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > archive.length) throw damaged('was cut short');
  const bytes = archive.subarray(start, start + packed);
  const plain = method === 0 ? bytes : inflated(bytes, size, damaged);
  if (plain.length !== size) throw damaged(`has ${plain.length} bytes, not the ${size} that it says`);
  if (crc32(plain) !== crc) throw damaged('does not fit its checksum');
  return plain;
}

function inflated(bytes: Uint8Array, size: number, damaged: (why: string) => FormatFault): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    const tooLong = error instanceof RangeError;
    throw damaged(tooLong ? `unpacks to more than the ${size} bytes that it says` : 'cannot be unpacked');
  }
}
