/** NumPy's .npy format, version 1.0, so that `numpy.load` opens what a reader downloads. Little-endian, C order. */
import type { NdArray } from './artifact.js';
import { npyHeader } from './npy-header.js';

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0);

const types = [
  { descr: '<f8', bytes: 8, make: (buffer: ArrayBuffer): NdArray['data'] => new Float64Array(buffer) },
  { descr: '<f4', bytes: 4, make: (buffer: ArrayBuffer): NdArray['data'] => new Float32Array(buffer) },
  { descr: '<i4', bytes: 4, make: (buffer: ArrayBuffer): NdArray['data'] => new Int32Array(buffer) },
] as const;

function descrOf(data: NdArray['data']): string {
  if (data instanceof Float64Array) return '<f8';
  return data instanceof Float32Array ? '<f4' : '<i4';
}

/** An array as the bytes of a .npy file. The same array always gives the same bytes. */
export function toNpy({ shape, data }: NdArray): Uint8Array {
  const tuple = shape.length === 1 ? `(${String(shape[0])},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${descrOf(data)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version, length and header together are a multiple of 64 bytes, the last of them a line feed.
  const length = Math.ceil((magic.length + 2 + header.length + 1) / 64) * 64 - magic.length - 2;
  const bytes = new Uint8Array(magic.length + 2 + length + data.byteLength);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint16(magic.length, length, true);
  bytes.set(new TextEncoder().encode(`${header.padEnd(length - 1)}\n`), magic.length + 2);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), magic.length + 2 + length);
  return bytes;
}

/** The array in the bytes of a .npy file that `toNpy` could have written; throws for any other bytes. */
export function fromNpy(bytes: Uint8Array): NdArray {
  const header = npyHeader(bytes);
  if (header === undefined) throw new Error('not a .npy file');
  const { descr, fortran, shape, start } = header;
  const type = types.find((one) => one.descr === descr);
  if (fortran || type === undefined) throw new Error('a .npy file of another kind');
  const body = bytes.subarray(start);
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (body.length !== size * type.bytes) throw new Error('a .npy file of the wrong length');
  // A copy, as the view may not be aligned; not slice(), which a Buffer makes a view again.
  return { shape, data: type.make(new Uint8Array(body).buffer) };
}
