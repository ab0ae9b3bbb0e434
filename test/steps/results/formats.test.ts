/** Every format against what NumPy, PyArrow, safetensors and TensorBoard's own writer put into it (test/fixtures/results). */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Content, FileArray } from '../../../src/steps/formats/content.js';
import { crc32c } from '../../../src/steps/formats/crc32c.js';
import { FormatFault } from '../../../src/steps/formats/format-fault.js';
import { readFiles } from '../../../src/steps/formats/formats.js';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/results/${name}`, import.meta.url));
type Expected = Readonly<Record<string, Readonly<Record<string, { shape: number[]; data: (number | string)[] }>>>>;
const expected = JSON.parse(new TextDecoder().decode(fixture('expected.json'))) as Expected;

/** The content of files of these names and bytes; of a fault its message. */
function read(name: string, bytes = fixture(name), kept: readonly string[] = []): Content | string {
  const content = readFiles([name], () => bytes, kept);
  return 'fault' in content ? content.fault.message : content;
}

function arrayOf(content: Content | string, name: string): FileArray {
  if (typeof content === 'string') throw new Error(content);
  const array = content.arrays.get(name);
  if (array === undefined) throw new Error(`no ${name} among ${[...content.arrays.keys()].join()}`);
  if (array instanceof FormatFault) throw array;
  return array;
}

/** As expected.json has it. */
function told(array: FileArray): { shape: readonly number[]; data: (number | string)[] } {
  const names: Readonly<Record<string, string>> = { NaN: 'nan', Infinity: 'inf', '-Infinity': '-inf' };
  return { shape: array.shape, data: Array.from(array.numbers(), (value) => names[String(value)] ?? value) };
}

it.each(['curves.npz', 'seeds.npz', 'types.npz', 'brain.safetensors'])('%s has the numbers that NumPy has', (file) => {
  const content = read(file);
  for (const [name, array] of Object.entries(expected[file] ?? {}))
    expect([name, told(arrayOf(content, name))]).toEqual([name, array]);
});

it.each(['snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'none'])('columns of Parquet, packed by %s', (codec) => {
  const content = read(`table-${codec}.parquet`, undefined, ['who']);
  for (const [name, array] of Object.entries(expected['table'] ?? {}))
    expect(told(arrayOf(content, name))).toEqual(array);
  expect(arrayOf(content, 'who').texts?.()).toEqual(['a', 'b', 'a']);
  expect(arrayOf(content, 'loss').written).toEqual(Uint8Array.of(1, 0, 1));
  expect(() => arrayOf(content, 'who').numbers()).toThrow('which is no number');
});

it('scalars of event files, as PyTorch and as TensorFlow write them, from all files of a run', () => {
  const names = [
    'logs/small/events.out.tfevents.1700000000.host.1.0',
    'logs/small/events.out.tfevents.1700000001.host.1.1',
  ];
  const content = readFiles(names, fixture, []);
  if ('fault' in content) throw content.fault;
  for (const [name, array] of Object.entries(expected['logs/small'] ?? {}))
    expect(told(arrayOf(content, name.replace('-', '/')))).toEqual(array);
  expect([...content.arrays.keys()].sort()).toEqual(['Loss/test', 'Loss/train', 'rate', 'step']);
});

it('CSV and JSON lines: gaps, NaN and the infinities, what is inside another, texts where they are asked for', () => {
  const csv = read('log.csv', undefined, ['note']);
  expect(told(arrayOf(csv, 'loss')).data).toEqual([2.5, 1.75, 'nan', 0.5, 0.125]);
  expect(told(arrayOf(csv, 'val_loss')).data).toEqual(['nan', 1.9, 'nan', 'inf', 'nan']);
  expect(arrayOf(csv, 'val_loss').written).toEqual(Uint8Array.of(0, 1, 0, 1, 0));
  expect(arrayOf(csv, 'note').texts?.()).toEqual(['start', '', '', '', 'end']);
  const json = read('log.jsonl');
  expect(told(arrayOf(json, 'loss')).data).toEqual([1.5, 'nan', 'nan', 'nan', 0.5]);
  expect(arrayOf(json, 'loss').written).toEqual(Uint8Array.of(1, 0, 1, 0, 1));
  expect(told(arrayOf(json, 'train.norm')).data).toEqual([2, 'nan', 'inf', 'nan', 'nan']);
});

it('safetensors beside their metadata', () => {
  const content = read('model.safetensors');
  expect(told(arrayOf(content, 'half'))).toEqual({ shape: [2], data: [0.5, 2] });
  expect(told(arrayOf(content, 'layers.0.weight'))).toEqual({ shape: [2, 3], data: [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5] });
  expect(told(arrayOf(content, 'steps')).data).toEqual([0, 10, 20, 50, 100]);
});

it.each([
  ['objects.npy', 'holds Python objects (a pickle), which can run code'],
  ['complex.npy', 'holds complex numbers'],
  ['records.npy', 'holds records of raw bytes'],
  ['long.npy', 'the type "<f16", which is not known here'],
  ['bomb.npz', 'would unpack to 10000000000 bytes, more than 536870912'],
])('%s is refused: %s', (file, why) => {
  const content = read(file);
  const message = typeof content === 'string' ? content : said(() => arrayOf(content, 'loss').numbers());
  expect(message).toContain(why);
});

function said(act: () => unknown): string {
  try {
    act();
    return 'nothing';
  } catch (error) {
    return error instanceof FormatFault ? error.message : String(error);
  }
}

it('what is wrong with one array of an archive matters where that array is asked for', () => {
  expect(told(arrayOf(read('mixed.npz'), 'loss')).data).toHaveLength(5);
  expect(said(() => arrayOf(read('mixed.npz'), 'config'))).toContain('"config" that holds Python objects');
  expect(said(() => arrayOf(read('pickles.npz'), 'loss'))).toContain('"loss" that holds Python objects');
  expect(said(() => arrayOf(read('liar.npz'), 'loss'))).toContain('unpacks to more than the 1000 bytes that it says');
  expect(said(() => arrayOf(read('beyond.npy'), 'beyond').numbers())).toContain(
    '1152921504606846977, which no float64',
  );
  expect(said(() => arrayOf(read('nested.parquet'), 'lists'))).toContain('"lists" of lists or records');
  expect(told(arrayOf(read('nested.parquet'), 'loss')).data).toEqual([2.5, 'nan', 0.5]);
});

it('.npy files of wrong lengths', () => {
  const whole = fixture('plain.npy');
  expect(read('a.npy', whole.subarray(0, whole.length - 1))).toContain('3 elements of 8 bytes (3), and has 23 bytes');
  expect(read('a.npy', Uint8Array.of(...whole, 0))).toContain('and has 25 bytes');
  expect(read('a.npy', whole.subarray(0, 20))).toBe('is no .npy file');
  expect(read('a.npy', new Uint8Array())).toBe('is empty');
});

it('event files that were cut short or damaged say in which record', () => {
  const name = 'logs/small/events.out.tfevents.1700000000.host.1.0';
  const whole = fixture(name);
  expect(read(name, whole.subarray(0, whole.length - 3))).toMatch(/^was cut short in record 5, at byte \d+ of 227$/);
  expect(read(name, whole.subarray(0, 5))).toBe('was cut short in record 1, at byte 0 of 5');
  const turned = Uint8Array.from(whole);
  turned[60] = (turned[60] ?? 0) ^ 1;
  expect(read(name, turned)).toMatch(/^is damaged: record 2/);
});

it('CRC-32C has the check value of RFC 3720', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
});

it('tables with a fault say where it is', () => {
  const fault = (name: string, text: string): unknown => {
    const content = readFiles([name], () => new TextEncoder().encode(text), []);
    return 'fault' in content
      ? [content.fault.message, content.fault.at?.line, content.fault.at?.column]
      : content.arrays.get('b');
  };
  expect(fault('a.csv', 'a,b\n1,2\n3\n')).toEqual(['has 1 columns in line 3, not 2', 3, 1]);
  expect(fault('a.csv', 'a,"b"\n1,"2\n')).toEqual([expect.stringContaining('is not a CSV file'), 2, 1]);
  expect(fault('a.csv', 'a,a\n1,2\n')).toEqual(['has two columns "a"', 1, 1]);
  expect(fault('a.csv', 'a,b\n')).toEqual(['holds no rows', undefined, undefined]);
  expect(fault('a.csv', 'a,b\n1,2\n3, x\n')).toMatchObject({
    message: 'has "x" in line 3 (b), which is no number',
    at: { line: 3, column: 4 },
  });
  expect(fault('a.jsonl', '{"a": 1}\n[1]\n')).toEqual(['has no JSON object in line 2', 2, 1]);
  expect(fault('a.jsonl', '{"a": 1\n')).toEqual(['has no JSON object in line 1', 1, 1]);
  expect(fault('a.txt', 'x')).toEqual(['is of no format that can be read', undefined, undefined]);
});

it('a table of very many columns is refused before it is held', () => {
  const wide = `${Array.from({ length: 20_000 }, (_, index) => `c${index}`).join(',')}\n${'1,'.repeat(19_999)}1\n`;
  expect(read('wide.csv', new TextEncoder().encode(wide))).toBe('has more than 10000 columns');
});

it('a Parquet file whose footer is too long, or names too many columns, is refused before it is read', () => {
  const length = 17 * 2 ** 20;
  const bytes = new Uint8Array(length + 8);
  new DataView(bytes.buffer).setUint32(length, length, true);
  bytes.set(new TextEncoder().encode('PAR1'), length + 4);
  expect(read('long.parquet', bytes)).toBe('has a footer of 17825792 bytes, more than 16777216');
});

it('damaged bytes of any format are a fault, and never anything else', () => {
  const files = [
    'types.npz',
    'seeds.npz',
    'model.safetensors',
    'table-snappy.parquet',
    'table-gzip.parquet',
    'table-zstd.parquet',
    'table-lz4.parquet',
    'plain.npy',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      fc.option(fc.nat()),
      (file, changes, cut) => {
        const bytes = Uint8Array.from(fixture(file));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const content = read(file, cut === null ? bytes : bytes.slice(0, cut % bytes.length));
        if (typeof content === 'string') return;
        for (const array of content.arrays.values()) {
          const message = said(() => (array instanceof FormatFault ? 0 : array.numbers()));
          expect(message).not.toMatch(/^\w*Error/);
        }
      },
    ),
    { numRuns: 400 },
  );
});

it('a member of an archive that does not fit its checksum is damaged', () => {
  const bytes = Uint8Array.from(fixture('curves.npz'));
  const at = Buffer.from(bytes).indexOf('NUMPY');
  bytes[at + 130] = (bytes[at + 130] ?? 0) ^ 255;
  expect(said(() => arrayOf(read('curves.npz', bytes), 'step'))).toContain('does not fit its checksum');
});
