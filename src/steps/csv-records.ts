/** The records of a CSV file, one at a time, and the places of their fields. */
import { parse } from 'csv-parse/sync';

/** Of a file with quotes, in bytes: what is in them takes a hundred times as long to find as commas. */
export const mostQuoted = 16 * 1024 * 1024;

/** Whether more is to be seen. `from` gives the index at which the record before it ends. */
export type See = (record: readonly string[], from: () => number) => boolean;

/**
 * Each record that is not empty, trimmed, until `see` has seen enough. One at
 * a time: as lists of texts a million rows take gigabytes.
 */
export function eachRecord(text: string, see: See): void {
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
export function linesOf(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** The place at which a field of the row after an index starts. */
export function fieldPlace(text: string, from: number, field: number): { line: number; column: number } {
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
