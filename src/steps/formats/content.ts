/** What a file of results holds, whatever its format: named arrays, or the columns of one table. */
import type { NdArray } from '../../shared/artifact.js';
import type { FormatFault } from './format-fault.js';

/** One array of a file, read when it is asked for. Throws a FormatFault where it holds what cannot be read. */
export interface FileArray {
  /** None of a single number. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly numbers: () => NdArray['data'];
  /** Of texts, or of a column that was to be kept as it is written. */
  readonly texts?: () => readonly string[];
  /** Of a column with gaps: 1 where the table has a value. */
  readonly written?: Uint8Array;
}

export interface Content {
  /** By the names in the file; of one that cannot be read, what is wrong with it, which matters where it is asked for. */
  readonly arrays: ReadonlyMap<string, FileArray | FormatFault>;
  /** Whether they are the columns of one table: all as long, and row by row of one moment. */
  readonly isTable: boolean;
}

/** Reads a file. `kept` names the columns whose values are asked for as they are written: they tell runs apart. */
export type ReadFormat = (bytes: Uint8Array, file: string, kept: ReadonlySet<string>) => Content;

/** The most bytes that the arrays of one file may take in memory, whatever its own size says. */
export const mostBytes = 512 * 2 ** 20;
