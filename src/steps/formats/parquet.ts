/** .parquet: the columns of a table, read by hyparquet. Columns of lists and of records have no place in a result. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  type RowGroup,
  type SchemaElement,
  snappyUncompress,
} from 'hyparquet';
import { decompressLz4, decompressLz4Raw, decompressZstd } from 'hyparquet-compressors';
import { parquetHeader, readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getSchemaPath } from 'hyparquet/src/schema.js';
import { once } from '../../shared/lazy.js';
import { mostColumns } from './columns.js';
import { type Content, type FileArray, mostBytes, type ReadFormat } from './content.js';
import { FormatFault } from './format-fault.js';
import { whole } from './number-types.js';

const again = 'write it again, with df.to_parquet';

/** Never more than the page states, and no page is larger than all that a file may hold. */
const compressors: Compressors = {
  SNAPPY: (input, size) => {
    const output = new Uint8Array(within(size));
    snappyUncompress(input, output);
    return output;
  },
  GZIP: (input, size) => gunzipSync(input, { maxOutputLength: within(size) }),
  BROTLI: (input, size) => brotliDecompressSync(input, { maxOutputLength: within(size) }),
  // What is more than their output holds these leave out.
  ZSTD: (input, size) => decompressZstd(input, new Uint8Array(within(size))),
  LZ4: (input, size) => decompressLz4(input, within(size)),
  LZ4_RAW: (input, size) => decompressLz4Raw(input, within(size)),
};

/** What describes the columns and their pages: a thousand columns in a hundred groups of rows take less. */
const longestFooter = 16 * 2 ** 20;

function within(size: number): number {
  if (!(size >= 0 && size <= mostBytes))
    throw new FormatFault(`has a page of ${size} bytes`, 'save only what the report shows');
  return size;
}

export const readParquet: ReadFormat = (bytes): Content => {
  checkFooter(bytes);
  const metadata = guarded(() => parquetMetadata(bytes));
  const rows = Number(metadata.num_rows);
  if (rows === 0) throw new FormatFault('holds no rows', again);
  const columns = topElements(metadata.schema);
  if (columns.length > mostColumns) throw new FormatFault(`has more than ${mostColumns} columns`, 'save fewer');
  if (rows * columns.length * 8 > mostBytes) {
    const message = `holds ${rows} rows of ${columns.length} columns, more than ${mostBytes} bytes`;
    throw new FormatFault(message, 'save only what the report shows');
  }
  const chunks = once(() => metadata.row_groups.map(chunksOf));
  return {
    arrays: new Map(
      columns.map((column): [string, FileArray | FormatFault] => [
        column.name,
        columnOf({ bytes, metadata, chunks }, column, rows),
      ]),
    ),
    isTable: true,
  };
};

interface File {
  readonly bytes: Uint8Array;
  readonly metadata: FileMetaData;
  /** The parts of columns in each group of rows, by the names of the columns. */
  readonly chunks: () => readonly ReadonlyMap<string, ColumnMetaData>[];
}

/** Its length stands before the last four bytes. */
function checkFooter(bytes: Uint8Array): void {
  if (bytes.length < 8) return;
  const length = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8).getUint32(0, true);
  if (length > longestFooter && length <= bytes.length)
    throw new FormatFault(`has a footer of ${length} bytes, more than ${longestFooter}`, 'save fewer columns');
}

/** A damaged file may name one column twice; its first part is taken. */
function chunksOf({ columns }: RowGroup): ReadonlyMap<string, ColumnMetaData> {
  const named = columns.flatMap(({ meta_data }) =>
    meta_data === undefined ? [] : [[meta_data.path_in_schema.join('.'), meta_data] as const],
  );
  return new Map(named.reverse());
}

/** The elements of the schema that are columns, or groups of them. */
function topElements(schema: readonly SchemaElement[]): SchemaElement[] {
  const top: SchemaElement[] = [];
  // How many of the next elements lie within another.
  let inside = 0;
  for (const element of schema.slice(1)) {
    if (inside === 0) top.push(element);
    else inside -= 1;
    inside += element.num_children ?? 0;
  }
  return top;
}

function columnOf(file: File, leaf: SchemaElement, rows: number): FileArray | FormatFault {
  if (leaf.repetition_type === 'REPEATED' || (leaf.num_children ?? 0) > 0) {
    const message = `has a column "${leaf.name}" of lists or records, and a column has one value in each row`;
    return new FormatFault(message, 'flatten it');
  }
  // Every run of a table asks for them.
  const cells = once(() => cellsOf(file, leaf.name, rows));
  const written =
    leaf.repetition_type === 'REQUIRED' ? undefined : Uint8Array.from(cells(), (cell) => (isNothing(cell) ? 0 : 1));
  return {
    shape: [rows],
    numbers: () => {
      const values = cells();
      const numbers = new Float64Array(rows).fill(Number.NaN);
      for (const [row, cell] of values.entries()) if (!isNothing(cell)) numbers[row] = numberOf(cell, leaf.name);
      return leaf.type === 'INT32' || leaf.type === 'INT64' ? whole(numbers) : numbers;
    },
    texts: () => cells().map((cell) => (isNothing(cell) ? '' : textOf(cell))),
    ...(written?.includes(0) === true && { written }),
  };
}

function isNothing(cell: unknown): boolean {
  return cell === null || cell === undefined;
}

function numberOf(cell: unknown, name: string): number {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'boolean') return Number(cell);
  if (typeof cell === 'bigint' && Number.isSafeInteger(Number(cell))) return Number(cell);
  const message = `has ${JSON.stringify(textOf(cell).slice(0, 40))} in its column "${name}", which is no number`;
  throw new FormatFault(message, 'save a column of numbers; a column of texts can stand in "by"');
}

function textOf(cell: unknown): string {
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  return cell instanceof Date ? cell.toISOString() : JSON.stringify(cell);
}

/** All values of a column, group after group. */
function cellsOf({ bytes, metadata, chunks }: File, name: string, rows: number): unknown[] {
  return guarded(() => {
    const cells: unknown[] = [];
    const schemaPath = getSchemaPath(metadata.schema, [name]);
    const element = schemaPath.at(-1)?.element;
    for (const [index, { num_rows }] of metadata.row_groups.entries()) {
      const column = chunks()[index]?.get(name);
      const groupRows = Number(num_rows);
      if (column === undefined || element === undefined) throw new FormatFault(`lacks a part of "${name}"`, again);
      const chunk = chunkOf(bytes, column);
      checkPages(chunk, groupRows);
      const { data } = readColumn(
        { view: chunk, offset: 0 },
        { groupStart: 0, selectStart: 0, selectEnd: groupRows, groupRows },
        { pathInSchema: [name], element, schemaPath, parsers: DEFAULT_PARSERS, compressors, ...column },
      );
      for (const part of data) for (const cell of part as Iterable<unknown>) cells.push(cell);
    }
    if (cells.length !== rows) throw new FormatFault(`has ${cells.length} values in "${name}" and says ${rows}`, again);
    return cells;
  });
}

function chunkOf(
  bytes: Uint8Array,
  { dictionary_page_offset, data_page_offset, total_compressed_size }: ColumnMetaData,
): DataView {
  // Some writers say 0 for none.
  const first = Number(dictionary_page_offset ?? 0n) || Number(data_page_offset);
  return new DataView(bytes.buffer, bytes.byteOffset + first, Number(total_compressed_size));
}

/** No page says that it unpacks to more than a file may hold, or that it has more values than its group has rows. */
function checkPages(view: DataView, rows: number): void {
  const reader = { view, offset: 0 };
  let values = 0;
  while (values < rows && reader.offset < view.byteLength - 1) {
    const page = parquetHeader(reader);
    within(page.uncompressed_page_size);
    const { num_values = 0 } = page.data_page_header ?? page.data_page_header_v2 ?? {};
    values += num_values;
    const entries = page.dictionary_page_header?.num_values ?? 0;
    if (values > rows || entries * 8 > mostBytes) throw new FormatFault('has a page with more values than rows', again);
    if (page.compressed_page_size < 0) throw new FormatFault('has a page of no size', again);
    reader.offset += page.compressed_page_size;
  }
}

/** What the library throws at bytes that are no Parquet. */
function guarded<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatFault || !(error instanceof Error)) throw error;
    const why = error.message.replace(/^parquet /, '');
    const codec = /compression codec/.test(why) ? 'write it with compression="snappy" or "gzip"' : again;
    throw new FormatFault(`cannot be read as Parquet: ${why}`, codec);
  }
}
