/** CSV files: the same numbers and the same faults with quotes and without, and a million rows without gigabytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CsvSamples, readCsv } from '../../src/steps/csv.js';

const columns = { file: 'data.csv', inputs: ['a', 'b'], target: 'c' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): ReturnType<typeof readCsv> => readCsv(columns, bytes(text), ['file']);
const said = (text: string): unknown => {
  const found = read(text);
  return 'targets' in found ? found : found.map(({ rule, message, inFile }) => [rule, message, inFile?.line]);
};

const field = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('1', ' 2 ', '-3e2', '', 'x', '\t4'),
);
const row = fc.array(field, { minLength: 2, maxLength: 4 });

it('what is read of a file without quotes is what csv-parse reads of it: numbers, or faults by line', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\n\n', '\n  \n'), (rows, between) => {
      const text = ['c,a,b', ...rows.map((fields) => fields.join(','))].join(between);
      // A quoted name makes it a file with quotes.
      expect(said(text)).toEqual(said(text.replace('c,a,b', '"c",a,b')));
    }),
    { numRuns: 300 },
  );
});

it('faults have the line and column where the field stands', () => {
  const faults = (text: string): unknown => {
    const found = read(text);
    return 'targets' in found ? [] : found.map(({ rule, inFile }) => [rule, inFile?.line, inFile?.column]);
  };
  expect(faults('a,b,c\n1,2,3\n4, five,6\n7,8\n')).toEqual([
    ['csv-not-a-number', 3, 4],
    ['csv-ragged', 4, 3],
  ]);
  expect(faults('a,b,c\n1,"2",3\n4, "fi,ve",6\n')).toEqual([['csv-not-a-number', 3, 4]]);
  expect(faults('a,b,c\n')).toEqual([['csv-empty', 1, 1]]);
  expect(faults('a,b\n1,2\n')).toEqual([['csv-column', 1, 1]]);
  expect(faults('a,b,c\n1,"2,3\n')).toEqual([['csv-syntax', 2, 1]]);
});

it('hundreds of thousands of rows are read without a list of their texts, and once', () => {
  const count = 300_000;
  const text = `a,b,c\n${Array.from({ length: count }, (_, index) => `${index},0.5,${index % 7}`).join('\n')}\n`;
  const file = bytes(text);
  const before = process.memoryUsage().heapUsed;
  const found = readCsv(columns, file, ['file']) as CsvSamples;
  expect(found.targets).toHaveLength(count);
  expect([...found.inputs.slice(-2)]).toEqual([count - 1, 0.5]);
  // As lists of texts they take some 80 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(60e6);
  expect(readCsv(columns, file, ['file'])).toBe(found);
});

it('a large file with quotes is refused with its limit', () => {
  const text = `"a",b,c\n${'1,2,3\n'.repeat(3_000_000)}`;
  expect(said(text)).toEqual([['csv-too-large', expect.stringMatching(/more than 16777216/), 1]]);
});
