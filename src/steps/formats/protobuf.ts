/**
 * The fields of a Protocol Buffers message, as far as TensorBoard's events need them: five fields of four messages, which no library
 * is worth (protobufjs and @bufbuild/protobuf are larger than all readers here, and want the messages' definitions besides).
 */

/** A field by its number: a number, or the bytes of a text, of a message inside or of packed numbers. */
export type Field = { readonly number: number } & ({ readonly value: bigint } | { readonly bytes: Uint8Array });

/** Throws a RangeError for bytes that are no message. */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = view.getUint8(at);
      at += 1;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new RangeError('a number without an end');
  };
  while (at < message.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    switch (Number(tag & 7n)) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        at += 8;
        yield { number, value: view.getBigUint64(at - 8, true) };
        break;
      case 2: {
        const length = Number(varint());
        if (at + length > message.length) throw new RangeError('a field that is longer than its message');
        at += length;
        yield { number, bytes: message.subarray(at - length, at) };
        break;
      }
      case 5:
        at += 4;
        yield { number, value: BigInt(view.getUint32(at - 4, true)) };
        break;
      default:
        throw new RangeError('a field of no known type');
    }
  }
}

const scratch = new DataView(new ArrayBuffer(8));

/** The bits of a float32 as a number. */
export function floatOf(bits: bigint): number {
  scratch.setUint32(0, Number(bits));
  return scratch.getFloat32(0);
}

/** The bits of a float64 as a number. */
export function doubleOf(bits: bigint): number {
  scratch.setBigUint64(0, bits);
  return scratch.getFloat64(0);
}
