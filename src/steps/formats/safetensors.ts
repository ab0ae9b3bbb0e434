/** .safetensors: the length of a JSON header, the header, and the bytes of all tensors, little-endian and row-major. */
import type { Content, FileArray, ReadFormat } from './content.js';
import { FormatFault } from './format-fault.js';
import { type NumberTypeName, numberTypes, readNumbers } from './number-types.js';

const types: ReadonlyMap<unknown, NumberTypeName> = new Map([
  ['F64', 'f8'],
  ['F32', 'f4'],
  ['F16', 'f2'],
  ['BF16', 'bf16'],
  ['I64', 'i8'],
  ['I32', 'i4'],
  ['I16', 'i2'],
  ['I8', 'i1'],
  ['U64', 'u8'],
  ['U32', 'u4'],
  ['U16', 'u2'],
  ['U8', 'u1'],
  ['BOOL', 'b1'],
]);

const again = 'save it again with safetensors';
const longestHeader = 100 * 2 ** 20;

export const readSafetensors: ReadFormat = (bytes): Content => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = bytes.length < 8 ? 0 : Number(view.getBigUint64(0, true));
  if (length < 2 || length > longestHeader || 8 + length > bytes.length)
    throw new FormatFault('is no whole .safetensors file', again);
  const data = bytes.subarray(8 + length);
  const header = headerOf(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const tensors = Object.entries(header).filter(([name]) => name !== '__metadata__');
  if (tensors.length === 0) throw new FormatFault('holds no tensor', again);
  return { arrays: new Map(tensors.map(([name, tensor]) => [name, tensorOf(name, tensor, data)])), isTable: false };
};

function headerOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const header = JSON.parse(text) as unknown;
    if (typeof header === 'object' && header !== null) return header as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw new FormatFault('has no readable header', again);
}

function tensorOf(name: string, tensor: unknown, data: Uint8Array): FileArray | FormatFault {
  const { dtype, shape, data_offsets: offsets } = (tensor ?? {}) as Readonly<Record<string, unknown>>;
  const type = types.get(dtype);
  if (type === undefined) {
    const message = `has a tensor "${name}" of the type ${JSON.stringify(dtype ?? null)}, which is not known here`;
    return new FormatFault(message, 'save it as float32');
  }
  if (!isCounts(shape) || !isCounts(offsets)) return new FormatFault(`has a tensor "${name}" without a shape`, again);
  const [from = 0, to = 0] = offsets;
  const needed = shape.reduce((product, extent) => product * extent, 1) * numberTypes[type].bytes;
  if (from > to || to > data.length || to - from !== needed) {
    const message = `has a tensor "${name}" of ${shape.join(' x ')} that needs ${needed} bytes and has ${Math.max(0, Math.min(to, data.length) - from)}`;
    return new FormatFault(message, 'it was cut short: save it again');
  }
  return { shape, numbers: () => readNumbers(type, data.subarray(from, to)) };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && Number(one) >= 0);
}
