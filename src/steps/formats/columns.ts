/** The columns of a table that is read row by row: numbers, with gaps where a row has none. */
import { type FileArray, mostBytes } from './content.js';
import { FormatFault } from './format-fault.js';

/** Where a value stands, asked for when something is wrong with it. */
type Where = () => { readonly line: number; readonly column: number };

/** One value as a format has it: undefined for none. */
export type Cell = number | string | undefined;

export interface Columns {
  /** Puts a value into a column of the present row. */
  readonly put: (name: string, cell: Cell, where: Where) => void;
  /** Ends the present row. */
  readonly next: () => void;
  readonly arrays: () => Map<string, FileArray | FormatFault>;
}

const missing = new Set(['', 'na', 'n/a', 'null', 'none', '-']);
const special: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
  ['true', 1],
  ['false', 0],
]);

/** What a text stands for: a number, nothing, or undefined where it is neither. */
export function numberIn(text: string): number | 'nothing' | undefined {
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isNaN(number) && !/^[+-]?0[xob]/i.test(text)) return number;
  const word = text.toLowerCase();
  return special.get(word) ?? (missing.has(word) ? 'nothing' : undefined);
}

/** More columns than any table of results has. */
export const mostColumns = 10_000;

export function tooManyColumns(): FormatFault {
  return new FormatFault(`has more than ${mostColumns} columns`, 'save only what the report shows');
}

interface Column {
  numbers: Float64Array;
  written: Uint8Array;
  /** Of one that is kept as it is written. */
  readonly texts: string[] | undefined;
  wrong: FormatFault | undefined;
}

/** `kept` are the names of the columns whose texts are asked for. */
export function tableColumns(kept: ReadonlySet<string>): Columns {
  const columns = new Map<string, Column>();
  let row = 0;
  let size = 64;
  const hold = (many: number): void => {
    // A number, and whether there is one.
    if (many * size * 9 <= mostBytes) return;
    const message = `has ${many} columns of ${row + 1} rows and more, which take more than ${mostBytes} bytes`;
    throw new FormatFault(message, 'save only what the report shows');
  };
  const open = (name: string): Column => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    if (columns.size >= mostColumns) throw tooManyColumns();
    hold(columns.size + 1);
    const column: Column = {
      numbers: new Float64Array(size).fill(Number.NaN),
      written: new Uint8Array(size),
      texts: kept.has(name) ? [] : undefined,
      wrong: undefined,
    };
    columns.set(name, column);
    return column;
  };
  return {
    put: (name, cell, where) => {
      const column = open(name);
      if (column.texts !== undefined) column.texts[row] = cell === undefined ? '' : String(cell);
      if (column.wrong !== undefined) return;
      const value = typeof cell === 'string' ? numberIn(cell) : (cell ?? 'nothing');
      if (typeof value === 'number') {
        column.numbers[row] = value;
        column.written[row] = 1;
      } else if (value === undefined) {
        const at = where();
        const message = `has "${String(cell)}" in line ${at.line} (${name}), which is no number`;
        column.wrong = new FormatFault(
          message,
          'write a number, nothing, nan or inf; a column of texts can stand in "by"',
          at,
        );
      }
    },
    next: () => {
      row += 1;
      if (row < size) return;
      size *= 2;
      hold(columns.size);
      for (const column of columns.values()) {
        const { numbers, written } = column;
        column.numbers = new Float64Array(size).fill(Number.NaN);
        column.numbers.set(numbers);
        column.written = new Uint8Array(size);
        column.written.set(written);
      }
    },
    arrays: () => new Map(Array.from(columns, ([name, column]) => [name, arrayOf(column, row)])),
  };
}

function arrayOf({ numbers, written, texts, wrong }: Column, rows: number): FileArray | FormatFault {
  if (wrong !== undefined && texts === undefined) return wrong;
  const own = written.slice(0, rows);
  const whole = own.every((one) => one === 1);
  return {
    shape: [rows],
    numbers: () => {
      if (wrong !== undefined) throw wrong;
      return numbers.subarray(0, rows);
    },
    ...(texts !== undefined && { texts: () => Array.from({ length: rows }, (_, row) => texts[row] ?? '') }),
    ...(!whole && { written: own }),
  };
}
