/** A CSV file of the report as samples: named columns of numbers, every fault with its line and column. */
import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from '../decode.js';
import type { Rule } from '../problem.js';
import { suggestion } from '../suggest.js';
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

interface Row {
  readonly record: readonly string[];
  /** The offset in bytes at which the row ends. */
  readonly info: { readonly bytes: number };
}

const mostIssues = 5;

/**
 * Reads the named columns. The first line holds the names. Returns what is wrong instead when the file is empty,
 * ragged, lacks a column or holds something that is not a finite number; `path` is the option that names the file.
 */
export function readCsv(columns: CsvColumns, bytes: Uint8Array, path: OptionPath): CsvSamples | readonly OptionIssue[] {
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
  const text = new TextEncoder().encode(decoded.text);
  let rows: Row[];
  try {
    rows = parse(text, {
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    wrong({ line, column: 1 }, 'csv-syntax', `is not a CSV file: ${error.message}`, 'mend the quotes and commas');
    return issues;
  }
  const header = rows[0]?.record ?? [];
  if (header.length === 0 || rows.length < 2) {
    wrong(start, 'csv-empty', 'holds no rows', 'write a line of column names, then one line for each sample');
    return issues;
  }
  const indexOf = (name: string): number => {
    const index = header.indexOf(name);
    const [only = ''] = header;
    const separator = header.length === 1 ? /[;\t]/.exec(only)?.[0] : undefined;
    const hint = separator === undefined ? columnHint(name, header) : 'separate the columns with commas';
    if (index < 0) wrong(start, 'csv-column', `has no column "${name}"`, hint);
    return index;
  };
  const inputs = columns.inputs.map(indexOf);
  const target = indexOf(columns.target);
  if (issues.length > 0) return issues;

  const count = rows.length - 1;
  const samples = { inputs: new Float64Array(count * inputs.length), targets: new Float64Array(count) };
  for (const [index, { record }] of rows.entries()) {
    if (index === 0) continue;
    if (issues.length >= mostIssues) break;
    const placeOf = (column: number): { line: number; column: number } =>
      fieldPlace(text, rows[index - 1]?.info.bytes ?? 0, column);
    if (record.length !== header.length) {
      // The last field that there is, or the first that is too many.
      const at = placeOf(Math.min(record.length - 1, header.length));
      const message = `has ${record.length} columns in line ${at.line}, not ${header.length}`;
      wrong(at, 'csv-ragged', message, `give every line the ${header.length} columns of the first`);
      continue;
    }
    const number = (column: number): number => {
      const written = record[column] ?? '';
      const value = written === '' ? Number.NaN : Number(written);
      if (!Number.isFinite(value)) {
        const at = placeOf(column);
        const message = `has "${written}" in line ${at.line}, column ${column + 1} (${header[column] ?? ''}), which is not a finite number`;
        wrong(at, 'csv-not-a-number', message, 'write a number, or leave the line out');
      }
      return value;
    };
    inputs.forEach((column, position) => {
      samples.inputs[(index - 1) * inputs.length + position] = number(column);
    });
    samples.targets[index - 1] = number(target);
  }
  return issues.length > 0 ? issues : samples;
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

/** The place at which a field of the row after an offset (in bytes) starts. */
function fieldPlace(text: Uint8Array, from: number, field: number): { line: number; column: number } {
  const before = new TextDecoder().decode(text.subarray(0, from));
  const rest = new TextDecoder().decode(text.subarray(from));
  let at = /^\s*/.exec(rest)?.[0].length ?? 0;
  for (let left = field, quoted = false; left > 0 && at < rest.length; at += 1) {
    if (rest[at] === '"') quoted = !quoted;
    else if (rest[at] === ',' && !quoted) left -= 1;
  }
  while (rest[at] === ' ') at += 1;
  const lines = `${before}${rest.slice(0, at)}`.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
