/** A CSV file of the report as samples: named columns of numbers, every fault with its line and column. */
import { CsvError } from 'csv-parse/sync';
import { decodeText } from '../shared/decode.js';
import type { Rule } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
import { eachRecord, fieldPlace, linesOf, mostQuoted } from './csv-records.js';
import type { OptionIssue, OptionPath } from './step.js';

export interface CsvColumns {
  readonly file: string;
  readonly inputs: readonly string[];
  readonly target: string;
}

export interface CsvSamples {
  /** n x inputs.length, row-major. */
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

const mostIssues = 5;

/** What was read of a file, for as long as its bytes are there: planning and running ask for the same. */
const known = new WeakMap<Uint8Array, Map<string, CsvSamples | readonly OptionIssue[]>>();

/**
 * Reads the named columns. The first line holds the names. Returns what is wrong instead when the file is empty,
 * ragged, lacks a column or holds something that is not a finite number; `path` is the option that names the file.
 */
export function readCsv(columns: CsvColumns, bytes: Uint8Array, path: OptionPath): CsvSamples | readonly OptionIssue[] {
  const ofFile = known.get(bytes) ?? new Map<string, CsvSamples | readonly OptionIssue[]>();
  known.set(bytes, ofFile);
  const key = JSON.stringify([columns, path]);
  const read = ofFile.get(key) ?? readColumns(columns, bytes, path);
  ofFile.set(key, read);
  return read;
}

function readColumns(columns: CsvColumns, bytes: Uint8Array, path: OptionPath): CsvSamples | readonly OptionIssue[] {
  const { file } = columns;
  const issues: OptionIssue[] = [];
  const wrong = (at: { line: number; column: number }, rule: Rule, message: string, hint: string): void => {
    issues.push({ path, rule, message: `${file} ${message}`, hint, inFile: { file, ...at } });
  };
  const start = { line: 1, column: 1 };
  const decoded = decodeText(file, bytes);
  if ('problem' in decoded) {
    const { place, rule, message, hint } = decoded.problem;
    wrong(place, rule, `cannot be read: ${message}`, hint);
    return issues;
  }
  const { text } = decoded;
  if (bytes.length > mostQuoted && text.includes('"')) {
    const message = `has quotes and is ${bytes.length} bytes long, more than ${mostQuoted}`;
    wrong(start, 'csv-too-large', message, 'write its numbers without quotes, or take rows out');
    return issues;
  }
  let header: readonly string[] | undefined;
  let inputs: number[] = [];
  let target = -1;
  let samples: CsvSamples = { inputs: new Float64Array(), targets: new Float64Array() };
  let [rows, count] = [0, 0];
  const readHeader = (record: readonly string[]): void => {
    header = record;
    const indexOf = (name: string): number => {
      const index = record.indexOf(name);
      const [only = ''] = record;
      const separator = record.length === 1 ? /[;\t]/.exec(only)?.[0] : undefined;
      const hint = separator === undefined ? columnHint(name, record) : 'separate the columns with commas';
      if (index < 0) wrong(start, 'csv-column', `has no column "${name}"`, hint);
      return index;
    };
    inputs = columns.inputs.map(indexOf);
    target = indexOf(columns.target);
    const most = linesOf(text) + 1;
    samples = { inputs: new Float64Array(most * inputs.length), targets: new Float64Array(most) };
  };
  const readRow = (record: readonly string[], from: () => number, names: readonly string[]): void => {
    const placeOf = (column: number): { line: number; column: number } => fieldPlace(text, from(), column);
    if (record.length !== names.length) {
      // The last field that there is, or the first that is too many.
      const at = placeOf(Math.min(record.length - 1, names.length));
      const message = `has ${record.length} columns in line ${at.line}, not ${names.length}`;
      wrong(at, 'csv-ragged', message, `give every line the ${names.length} columns of the first`);
      return;
    }
    const number = (column: number): number => {
      const written = record[column] ?? '';
      const value = written === '' ? Number.NaN : Number(written);
      if (!Number.isFinite(value)) {
        const at = placeOf(column);
        const message = `has "${written}" in line ${at.line}, column ${column + 1} (${names[column] ?? ''}), which is not a finite number`;
        wrong(at, 'csv-not-a-number', message, 'write a number, or leave the line out');
      }
      return value;
    };
    for (const [position, column] of inputs.entries())
      samples.inputs[count * inputs.length + position] = number(column);
    samples.targets[count] = number(target);
    count += 1;
  };
  try {
    eachRecord(text, (record, from) => {
      if (header === undefined) {
        readHeader(record);
        return true;
      }
      rows += 1;
      // Without its columns it is enough to know that there is a row.
      if (rows === 1 && issues.length > 0) return false;
      readRow(record, from, header);
      return issues.length < mostIssues;
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    issues.length = 0;
    wrong({ line, column: 1 }, 'csv-syntax', `is not a CSV file: ${error.message}`, 'mend the quotes and commas');
    return issues;
  }
  if (rows === 0) {
    issues.length = 0;
    wrong(start, 'csv-empty', 'holds no rows', 'write a line of column names, then one line for each sample');
  }
  if (issues.length > 0) return issues;
  return { inputs: samples.inputs.slice(0, count * inputs.length), targets: samples.targets.slice(0, count) };
}

/** Columns are named one by one; of a pattern, those that it would mean. */
function columnHint(name: string, header: readonly string[]): string {
  const parts = name.split('*');
  const meant = parts.length < 2 ? [] : header.filter((column) => fits(column, parts));
  return meant.length === 0 ? suggestion(name, header) : `name them one by one: [${meant.join(', ')}]`;
}

/** Whether a name is these parts in their order, with anything between them. */
function fits(name: string, [first = '', ...others]: readonly string[]): boolean {
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others.slice(0, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = others.at(-1) ?? '';
  return name.length - last.length >= at && name.endsWith(last);
}
