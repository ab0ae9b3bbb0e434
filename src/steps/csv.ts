/** A CSV file of the report as samples: named columns of numbers, every fault with its line and column. */
import { CsvError, parse } from 'csv-parse/sync';
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
  readonly info: { readonly lines: number };
}

const mostIssues = 5;

/**
 * Reads the named columns. The first line holds the names. Returns what is wrong instead when the file is empty,
 * ragged, lacks a column or holds something that is not a finite number; `path` is the option that names the file.
 */
export function readCsv(columns: CsvColumns, bytes: Uint8Array, path: OptionPath): CsvSamples | readonly OptionIssue[] {
  const issues: OptionIssue[] = [];
  const wrong = (line: number, column: number, rule: string, message: string, hint: string): void => {
    issues.push({ path, rule, message, hint, inFile: { file: columns.file, line, column } });
  };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    wrong(1, 1, 'invalid-encoding', `${columns.file} is not valid UTF-8`, 'save it as UTF-8');
    return issues;
  }
  let rows: Row[];
  try {
    rows = parse(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    wrong(line, 1, 'csv-syntax', `${columns.file} is not a CSV file: ${error.message}`, 'mend the quotes and commas');
    return issues;
  }
  const header = rows[0]?.record ?? [];
  const body = rows.slice(1);
  if (header.length === 0 || body.length === 0) {
    wrong(
      1,
      1,
      'csv-empty',
      `${columns.file} holds no rows`,
      'write a line of column names, then one line for each sample',
    );
    return issues;
  }
  const indexOf = (name: string): number => {
    const index = header.indexOf(name);
    if (index < 0) wrong(1, 1, 'csv-column', `${columns.file} has no column "${name}"`, suggestion(name, header));
    return index;
  };
  const inputs = columns.inputs.map(indexOf);
  const target = indexOf(columns.target);
  if (issues.length > 0) return issues;

  const samples = {
    inputs: new Float64Array(body.length * inputs.length),
    targets: new Float64Array(body.length),
  };
  for (const [index, { record, info }] of body.entries()) {
    if (issues.length >= mostIssues) break;
    if (record.length !== header.length) {
      const hint = `give every line the ${header.length} columns of the first`;
      wrong(
        info.lines,
        record.length,
        'csv-ragged',
        `${columns.file} has ${record.length} columns in line ${info.lines}, not ${header.length}`,
        hint,
      );
      continue;
    }
    const number = (column: number): number => {
      const written = record[column] ?? '';
      const value = written === '' ? Number.NaN : Number(written);
      if (!Number.isFinite(value)) {
        const message = `${columns.file} has "${written}" in line ${info.lines}, column ${column + 1} (${header[column] ?? ''}), which is not a finite number`;
        wrong(info.lines, column + 1, 'csv-not-a-number', message, 'write a number, or leave the line out');
      }
      return value;
    };
    inputs.forEach((column, position) => {
      samples.inputs[index * inputs.length + position] = number(column);
    });
    samples.targets[index] = number(target);
  }
  return issues.length > 0 ? issues : samples;
}
