/** The header of a .npy file, NumPy's format for one array, in its versions 1 to 3. */

export interface NpyHeader {
  /** The type of an element as NumPy writes it: "<f8"; the whole list of a structured type. */
  readonly descr: string;
  /** Whether the first index varies fastest. */
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly start: number;
}

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);

/** No header of an array of numbers comes near. */
const longestHeader = 64 * 1024;

/** Undefined for bytes that are no .npy file. */
export function npyHeader(bytes: Uint8Array): NpyHeader | undefined {
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3 || (version > 1 && bytes.length < 12)) return undefined;
  const from = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader || from + length > bytes.length) return undefined;
  const text = new TextDecoder().decode(bytes.subarray(from, from + length));
  const descr = /'descr': *(?:'([^']*)'|(\[.*\]))/.exec(text);
  const order = /'fortran_order': *(True|False)/.exec(text);
  const tuple = /'shape': *\(([\d, ]*)\)/.exec(text);
  if (descr === null || order === null || tuple === null) return undefined;
  const shape = (tuple[1] ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  return { descr: descr[1] ?? descr[2] ?? '', fortran: order[1] === 'True', shape, start: from + length };
}
