/** A font in its plain form out of a WOFF file (W3C WOFF 1.0): the same tables, each of them deflated. */
import { inflateSync } from 'node:zlib';

const [headerBytes, entryBytes] = [44, 20];

/** The font as programs other than browsers read it (OpenType). Throws when the bytes are no WOFF. */
export function openTypeOf(woff: Uint8Array): Uint8Array {
  const from = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (woff.length < headerBytes || from.getUint32(0) !== 0x774f4646) throw new Error('not a WOFF font');
  const count = from.getUint16(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = headerBytes + index * entryBytes;
    const [offset, packed, length] = [from.getUint32(entry + 4), from.getUint32(entry + 8), from.getUint32(entry + 12)];
    const bytes = woff.subarray(offset, offset + packed);
    return {
      tag: from.getUint32(entry),
      checksum: from.getUint32(entry + 16),
      data: packed < length ? inflateSync(bytes) : bytes,
    };
  });
  const padded = tables.map(({ data }) => (data.length + 3) & ~3);
  const directory = 12 + 16 * count;
  const font = new Uint8Array(padded.reduce((sum, size) => sum + size, directory));
  const to = new DataView(font.buffer);
  const exponent = Math.floor(Math.log2(count));
  to.setUint32(0, from.getUint32(4));
  to.setUint16(4, count);
  to.setUint16(6, 16 * 2 ** exponent);
  to.setUint16(8, exponent);
  to.setUint16(10, 16 * (count - 2 ** exponent));
  let at = directory;
  tables.forEach(({ tag, checksum, data }, index) => {
    [tag, checksum, at, data.length].forEach((value, field) => {
      to.setUint32(12 + 16 * index + 4 * field, value);
    });
    font.set(data, at);
    at += padded[index] ?? 0;
  });
  return font;
}
