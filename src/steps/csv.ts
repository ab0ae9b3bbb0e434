/** A CSV file of the report as samples: named columns of numbers, every fault with its line and column. */
import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from '../shared/decode.js';
import type { Rule } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
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

/** Of a file with quotes, in bytes: what is in them takes a hundred times as long to find as commas. */
const mostQuoted = 16 * 1024 * 1024;

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

/** Whether more is to be seen. `from` gives the index at which the record before it ends. */
type See = (record: readonly string[], from: () => number) => boolean;

/**
 * Each record that is not empty, trimmed, until `see` has seen enough. One at
 * a time: as lists of texts a million rows take gigabytes.
 */
function eachRecord(text: string, see: See): void {
  if (text.includes('"')) {
    eachQuotedRecord(text, see);
    return;
  }
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end);
    const start = from;
    const fields = line.split(',').map((field) => field.trim());
    if ((fields.length > 1 || fields[0] !== '') && !see(fields, () => start)) return;
    from = end < 0 ? text.length : end + 1;
  }
}
/** Where quotes may hold commas and line ends. Throws a CsvError. */
function eachQuotedRecord(text: string, see: See): void {
  const bytes = new TextEncoder().encode(text);
  let before = 0;
  let enough = false;
  parse(bytes, {
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    on_record: (record: readonly string[], context) => {
      const from = before;
      before = context.bytes;
      if (!enough) enough = !see(record, () => new TextDecoder().decode(bytes.subarray(0, from)).length);
      return null;
    },
  });
}

/** How many line ends there are. */
function linesOf(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
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

/** The place at which a field of the row after an index starts. */
function fieldPlace(text: string, from: number, field: number): { line: number; column: number } {
  let at = from;
  while (/\s/.test(text[at] ?? 'x')) at += 1;
  for (let left = field, quoted = false; left > 0 && at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === ',' && !quoted) left -= 1;
  }
  while (text[at] === ' ') at += 1;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return { line: linesOf(text.slice(0, at)) + 1, column: at - start + 1 };
}
