/** The types of numbers that files hold, as the three that results have: float64, float32 and int32. Nothing is rounded. */
import type { NdArray } from '../../shared/artifact.js';
import { FormatFault } from './format-fault.js';

type Data = NdArray['data'];

interface NumberType {
  readonly bytes: number;
  readonly read: (buffer: ArrayBuffer) => Data;
}

/** By NumPy's letter and size; bfloat16 by the name that PyTorch and JAX have for it. */
export const numberTypes = {
  f8: { bytes: 8, read: (buffer) => new Float64Array(buffer) },
  f4: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  f2: { bytes: 2, read: (buffer) => Float32Array.from(new Uint16Array(buffer), half) },
  bf16: { bytes: 2, read: (buffer) => brain(new Uint16Array(buffer)) },
  i1: { bytes: 1, read: (buffer) => Int32Array.from(new Int8Array(buffer)) },
  u1: { bytes: 1, read: (buffer) => Int32Array.from(new Uint8Array(buffer)) },
  b1: { bytes: 1, read: (buffer) => Int32Array.from(new Uint8Array(buffer), (byte) => (byte === 0 ? 0 : 1)) },
  i2: { bytes: 2, read: (buffer) => Int32Array.from(new Int16Array(buffer)) },
  u2: { bytes: 2, read: (buffer) => Int32Array.from(new Uint16Array(buffer)) },
  i4: { bytes: 4, read: (buffer) => new Int32Array(buffer) },
  u4: { bytes: 4, read: (buffer) => whole(Float64Array.from(new Uint32Array(buffer))) },
  i8: { bytes: 8, read: (buffer) => fromBig(new BigInt64Array(buffer)) },
  u8: { bytes: 8, read: (buffer) => fromBig(new BigUint64Array(buffer)) },
} as const satisfies Readonly<Record<string, NumberType>>;

export type NumberTypeName = keyof typeof numberTypes;

export function isNumberType(name: string): name is NumberTypeName {
  return Object.hasOwn(numberTypes, name);
}

/** So many numbers of a type from the bytes, which are as long as that. */
export function readNumbers(type: NumberTypeName, bytes: Uint8Array, bigEndian = false): Data {
  // A copy, as the bytes may not be aligned.
  const own = new Uint8Array(bytes);
  const size = numberTypes[type].bytes;
  if (bigEndian && size > 1) {
    for (let at = 0; at < own.length; at += size) own.subarray(at, at + size).reverse();
  }
  return numberTypes[type].read(own.buffer);
}

/** A float16: a sign, five bits of exponent, ten of fraction. */
function half(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** A bfloat16 is the first half of a float32. */
function brain(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (one) => one * 65_536).buffer);
}

function fromBig(values: BigInt64Array | BigUint64Array): Data {
  const numbers = new Float64Array(values.length);
  for (const [index, value] of values.entries()) {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      const message = `holds the whole number ${value}, which no float64 tells from its neighbours`;
      throw new FormatFault(message, 'save it as a float, or in parts');
    }
    numbers[index] = number;
  }
  return whole(numbers);
}

/** As int32 where all of them are. */
export function whole(numbers: Float64Array): Data {
  const whole = Int32Array.from(numbers);
  return numbers.every((number, index) => number === whole[index]) ? whole : numbers;
}
