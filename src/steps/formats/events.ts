/**
 * TensorBoard's event files: records of TFRecord, each an Event of event.proto with a Summary. Of them the scalars: as `simple_value`
 * (PyTorch, TensorFlow 1) or as a tensor of one number (TensorFlow 2). One column for each tag, one row for each step.
 */
import { type Content, type FileArray, mostBytes, type ReadFormat } from './content.js';
import { maskedCrc32c } from './crc32c.js';
import { FormatFault } from './format-fault.js';
import { isNumberType, readNumbers } from './number-types.js';
import { doubleOf, type Field, fieldsOf, floatOf } from './protobuf.js';

/** How the name of one is told: events.out.tfevents.1700000000.host.1234.0 */
export function isEventFile(name: string): boolean {
  return /(?:^|\/|\.)tfevents\./.test(name) || name.endsWith('.tfevents');
}

interface Scalar {
  readonly tag: string;
  readonly value: number;
}

/** The values of each tag by step. */
type Series = Map<string, Map<number, number>>;

export const readEvents: ReadFormat = (bytes): Content => {
  const series: Series = new Map();
  for (const { step, scalars } of eventsOf(bytes)) {
    for (const { tag, value } of scalars) {
      const ofTag = series.get(tag) ?? new Map<number, number>();
      // A run that was started again from a checkpoint writes some steps once more: the last one counts.
      ofTag.set(step, value);
      series.set(tag, ofTag);
    }
  }
  return { arrays: columnsOf(series), isTable: true };
};

/** The files of one run, each going on from the one before. */
export function joinEvents(parts: readonly Content[]): Content {
  const series: Series = new Map();
  for (const { arrays } of parts) {
    const steps = numbersOf(arrays.get('step'));
    for (const [tag, array] of arrays) {
      if (tag === 'step') continue;
      const ofTag = series.get(tag) ?? new Map<number, number>();
      const values = numbersOf(array);
      const written = array instanceof FormatFault ? undefined : array.written;
      for (const [row, step] of steps.entries())
        if ((written?.[row] ?? 1) === 1) ofTag.set(step, values[row] ?? Number.NaN);
      series.set(tag, ofTag);
    }
  }
  return { arrays: columnsOf(series), isTable: true };
}

function numbersOf(array: FileArray | FormatFault | undefined): number[] {
  return array === undefined || array instanceof FormatFault ? [] : Array.from(array.numbers());
}

function columnsOf(series: Series): Map<string, FileArray> {
  const steps = [...new Set([...series.values()].flatMap((ofTag) => [...ofTag.keys()]))].sort((a, b) => a - b);
  if (steps.length * series.size * 9 > mostBytes) {
    const message = `has ${series.size} tags over ${steps.length} steps, which take more than ${mostBytes} bytes`;
    throw new FormatFault(message, 'log fewer scalars, or every so many steps');
  }
  if (steps.length === 0) return new Map();
  const column = (of: (step: number) => number | undefined): FileArray => {
    const values = steps.map(of);
    const written = Uint8Array.from(values, (value) => (value === undefined ? 0 : 1));
    const numbers = Float64Array.from(values, (value) => value ?? Number.NaN);
    return { shape: [steps.length], numbers: () => numbers, ...(written.includes(0) && { written }) };
  };
  return new Map([
    ['step', column((step) => step)],
    ...Array.from(series, ([tag, ofTag]): [string, FileArray] => [tag, column((step) => ofTag.get(step))]),
  ]);
}

/** Length, its checksum, the data, their checksum: tensorflow/core/lib/io/record_writer.h. */
function* eventsOf(bytes: Uint8Array): Generator<{ readonly step: number; readonly scalars: readonly Scalar[] }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0, record = 1; at < bytes.length; record += 1) {
    const short = at + 12 > bytes.length;
    const length = short ? 0 : Number(view.getBigUint64(at, true));
    if (!short && maskedCrc32c(bytes.subarray(at, at + 8)) !== view.getUint32(at + 8, true)) throw damaged(record, at);
    if (short || at + 16 + length > bytes.length) {
      const message = `was cut short in record ${record}, at byte ${at} of ${bytes.length}`;
      throw new FormatFault(message, 'close the SummaryWriter before you copy it, and copy all of it');
    }
    const data = bytes.subarray(at + 12, at + 12 + length);
    if (maskedCrc32c(data) !== view.getUint32(at + 12 + length, true)) throw damaged(record, at);
    try {
      yield eventOf(data);
    } catch (error) {
      if (error instanceof RangeError) throw damaged(record, at);
      throw error;
    }
    at += 16 + length;
  }
}

function damaged(record: number, at: number): FormatFault {
  return new FormatFault(
    `is damaged: record ${record}, at byte ${at}, does not fit its checksum`,
    'copy it again from where it was written',
  );
}

function eventOf(message: Uint8Array): { readonly step: number; readonly scalars: readonly Scalar[] } {
  let step = 0;
  const scalars: Scalar[] = [];
  for (const field of fieldsOf(message)) {
    if (field.number === 2 && 'value' in field) step = Number(BigInt.asIntN(64, field.value));
    if (field.number !== 5 || !('bytes' in field)) continue;
    for (const value of fieldsOf(field.bytes)) {
      const scalar = value.number === 1 && 'bytes' in value ? scalarOf(value.bytes) : undefined;
      if (scalar !== undefined) scalars.push(scalar);
    }
  }
  return { step, scalars };
}

/** A Summary.Value; undefined for a picture, a histogram or a text. */
function scalarOf(message: Uint8Array): Scalar | undefined {
  let tag = '';
  let value: number | undefined;
  for (const field of fieldsOf(message)) {
    if (field.number === 1) tag = textOf(field);
    else if (field.number === 2 && 'value' in field) value = floatOf(field.value);
    else if (field.number === 8 && 'bytes' in field) value = tensorValue(field.bytes);
  }
  return value === undefined ? undefined : { tag, value };
}

function textOf(field: Field): string {
  return 'bytes' in field ? new TextDecoder().decode(field.bytes) : '';
}

/** DataType of types.proto. */
const types: Readonly<Record<number, string>> = { 1: 'f4', 2: 'f8', 3: 'i4', 9: 'i8', 14: 'bf16', 19: 'f2' };

/** The only number of a TensorProto; undefined where it has several, or none. */
function tensorValue(message: Uint8Array): number | undefined {
  let type = '';
  let content: Uint8Array | undefined;
  const values: number[] = [];
  for (const field of fieldsOf(message)) {
    if (field.number === 1 && 'value' in field) type = types[Number(field.value)] ?? '';
    else if (field.number === 4 && 'bytes' in field) content = field.bytes;
    else if (field.number === 5) values.push(...unpacked(field, 4, floatOf));
    else if (field.number === 6) values.push(...unpacked(field, 8, doubleOf));
  }
  if (content !== undefined && content.length > 0 && content.length <= 8 && isNumberType(type))
    values.push(...readNumbers(type, content));
  return values.length === 1 ? values[0] : undefined;
}

/** Packed or one by one. */
function unpacked(field: Field, size: number, of: (bits: bigint) => number): number[] {
  if ('value' in field) return [of(field.value)];
  if (field.bytes.length !== size) return [Number.NaN, Number.NaN];
  const view = new DataView(field.bytes.buffer, field.bytes.byteOffset, size);
  return [of(size === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true))];
}
