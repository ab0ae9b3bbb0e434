/** Tables that are written as text: .csv and .jsonl. */
import { CsvError } from 'csv-parse/sync';
import { decodeText } from '../../shared/decode.js';
import { eachRecord, fieldPlace, mostQuoted } from '../csv-records.js';
import { type Cell, mostColumns, tableColumns, tooManyColumns } from './columns.js';
import type { Content, ReadFormat } from './content.js';
import { FormatFault } from './format-fault.js';

function textOf(bytes: Uint8Array, file: string): string {
  const decoded = decodeText(file, bytes);
  if (!('problem' in decoded)) return decoded.text;
  const { message, hint, place } = decoded.problem;
  throw new FormatFault(`cannot be read: ${message}`, hint, place);
}

/** The first line holds the names of the columns. */
export const readCsv: ReadFormat = (bytes, file, kept): Content => {
  const text = textOf(bytes, file);
  if (bytes.length > mostQuoted && text.includes('"')) {
    const message = `has quotes and is ${bytes.length} bytes long, more than ${mostQuoted}`;
    throw new FormatFault(message, 'write its numbers without quotes');
  }
  const columns = tableColumns(kept);
  let header: readonly string[] | undefined;
  let rows = 0;
  try {
    eachRecord(text, (record, from) => {
      if (header === undefined) {
        header = record;
        if (record.length > mostColumns) throw tooManyColumns();
        const seen = new Set<string>();
        const twice = record.find((name) => seen.size === seen.add(name).size);
        if (twice !== undefined) {
          throw new FormatFault(`has two columns "${twice}"`, 'rename one of them', { line: 1, column: 1 });
        }
        return true;
      }
      if (record.length !== header.length) {
        const at = fieldPlace(text, from(), Math.min(record.length - 1, header.length));
        const message = `has ${record.length} columns in line ${at.line}, not ${header.length}`;
        throw new FormatFault(message, `give every line the ${header.length} columns of the first`, at);
      }
      for (const [index, name] of header.entries())
        columns.put(name, record[index], () => fieldPlace(text, from(), index));
      columns.next();
      rows += 1;
      return true;
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    throw new FormatFault(`is not a CSV file: ${error.message}`, 'mend the quotes and commas', { line, column: 1 });
  }
  if (rows === 0) throw new FormatFault('holds no rows', 'write a line of column names, then one line for each row');
  return { arrays: columns.arrays(), isTable: true };
};

/** One object a line; what is inside another is named with a dot: {"train": {"loss": 1}} has the column train.loss. */
export const readJsonLines: ReadFormat = (bytes, file, kept): Content => {
  const text = textOf(bytes, file);
  const columns = tableColumns(kept);
  let rows = 0;
  for (let from = 0, line = 1; from < text.length; line += 1) {
    const end = text.indexOf('\n', from);
    const written = text.slice(from, end < 0 ? text.length : end);
    from = end < 0 ? text.length : end + 1;
    if (written.trim() === '') continue;
    const at = { line, column: 1 };
    const row = parsed(written);
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      const message = `has no JSON object in line ${line}`;
      throw new FormatFault(message, 'write one object a line, as in {"step": 0, "loss": 2.3}', at);
    }
    for (const [name, cell] of cellsOf(row as Readonly<Record<string, unknown>>)) columns.put(name, cell, () => at);
    columns.next();
    rows += 1;
  }
  if (rows === 0) throw new FormatFault('holds no rows', 'write one object a line, as in {"step": 0, "loss": 2.3}');
  return { arrays: columns.arrays(), isTable: true };
};

/** Python's json writes NaN and Infinity, which are no JSON. Undefined for what is neither. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    const words: Readonly<Record<string, string>> = { NaN: '"nan"', Infinity: '"inf"', '-Infinity': '"-inf"' };
    const plain = line.replaceAll(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (part) => words[part] ?? part);
    try {
      return JSON.parse(plain) as unknown;
    } catch {
      return undefined;
    }
  }
}

const deepest = 8;

/** Lists have no place in a table: they are the texts that they are written as. */
function* cellsOf(row: Readonly<Record<string, unknown>>, prefix = '', depth = 0): Generator<[string, Cell]> {
  for (const [key, value] of Object.entries(row)) {
    const name = prefix + key;
    if (typeof value === 'number' || typeof value === 'string') yield [name, value];
    else if (typeof value === 'boolean') yield [name, Number(value)];
    else if (value === null) yield [name, undefined];
    else if (Array.isArray(value) || depth >= deepest) yield [name, JSON.stringify(value)];
    else yield* cellsOf(value as Readonly<Record<string, unknown>>, `${name}.`, depth + 1);
  }
}
