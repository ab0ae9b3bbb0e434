/** A CSV file of the report as samples: named columns of numbers, every fault with its line and column. */
import { CsvError } from 'csv-parse/sync';
import { decodeText } from '../shared/decode.js';
import type { Rule } from '../shared/problem.js';
import { columnsCalled } from './csv-columns.js';
import { eachRecord, fieldPlace, linesOf, mostQuoted } from './csv-records.js';
import type { OptionIssue, OptionPath } from './step.js';

export interface CsvColumns {
  readonly file: string;
  /** Names, patterns and ranges of numbers, as `columnsCalled` reads them. */
  readonly inputs: readonly string[];
  readonly target: string;
  /** That the target column holds the names of classes, even where these are numbers. */
  readonly classes?: true;
  /** Those among the inputs that hold words. */
  readonly categorical?: readonly string[];
}

/** A word of a categorical column, and where it stands first. */
export interface Category {
  readonly name: string;
  readonly at: { readonly line: number; readonly column: number };
}

export interface CsvSamples {
  /** The columns that are inputs. */
  readonly names: readonly string[];
  /** n x names.length, row-major; of a categorical column the position of the word among its categories. */
  readonly inputs: Float64Array;
  /** By the position of its column, in the order in which they come up. */
  readonly categories: ReadonlyMap<number, readonly Category[]>;
  /** Of a target column of words what it says instead, one for each row. */
  readonly targets: Float64Array | readonly string[];
  /** What the column says that tells the rows to test on; empty without one. */
  readonly split: readonly string[];
}

/** More bytes of numbers than a report should read from one file. */
const mostBytes = 2 ** 30;

const mostIssues = 5;

/** What was read of a file, for as long as its bytes are there: planning and running ask for the same. */
const known = new WeakMap<Uint8Array, Map<string, CsvSamples | readonly OptionIssue[]>>();

/**
 * Reads the named columns. The first line holds the names. Returns what is wrong instead when the file is empty,
 * ragged, lacks a column or holds something that is not a finite number where it should; a target column that begins with a word holds
 * classes. `path` is the option that names the file, `split` the column that tells the rows to test on.
 */
export function readCsv(
  columns: CsvColumns,
  bytes: Uint8Array,
  path: OptionPath,
  split?: string,
): CsvSamples | readonly OptionIssue[] {
  const ofFile = known.get(bytes) ?? new Map<string, CsvSamples | readonly OptionIssue[]>();
  known.set(bytes, ofFile);
  const key = JSON.stringify([columns, path, split]);
  const read = ofFile.get(key) ?? readColumns(columns, bytes, path, split);
  ofFile.set(key, read);
  return read;
}

function readColumns(
  columns: CsvColumns,
  bytes: Uint8Array,
  path: OptionPath,
  split: string | undefined,
): CsvSamples | readonly OptionIssue[] {
  const { file } = columns;
  const issues: OptionIssue[] = [];
  const wrong: Wrong = (at, rule, message, hint) => {
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
  let rows: Rows | undefined;
  let count = 0;
  try {
    eachRecord(text, (record, from) => {
      if (rows === undefined) {
        rows = new Rows(columns, split, record, text, wrong);
        return true;
      }
      count += 1;
      // Without its columns it is enough to know that there is a row.
      if (count === 1 && issues.length > 0) return false;
      return rows.read(record, from) && issues.length < mostIssues;
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    issues.length = 0;
    wrong({ line, column: 1 }, 'csv-syntax', `is not a CSV file: ${error.message}`, 'mend the quotes and commas');
    return issues;
  }
  if (rows === undefined || count === 0) {
    issues.length = 0;
    wrong(start, 'csv-empty', 'holds no rows', 'write a line of column names, then one line for each sample');
  } else if (issues.length === 0) rows.checkLabels();
  return issues.length > 0 || rows === undefined ? issues : rows.samples();
}

/** Whether a field is a word, and not a number that is not finite or a sign for one that is missing. */
function isWord(written: string): boolean {
  return /^(?![+-]?(?:nan|inf|infinity|n\/?a|null|none|nil)$).*\p{L}/iu.test(written) && Number.isNaN(Number(written));
}

type Wrong = (at: { line: number; column: number }, rule: Rule, message: string, hint: string) => void;

/** The rows of a file, read one after the other into numbers. */
class Rows {
  readonly #header: readonly string[];
  readonly #text: string;
  readonly #wrong: Wrong;
  readonly #inputs: readonly number[];
  readonly #target: number;
  readonly #split: number;
  readonly #numbers: Float64Array;
  readonly #targets: Float64Array;
  readonly #splits: string[] = [];
  /** By the position among the inputs. */
  readonly #categories: ReadonlyMap<number, Map<string, Category & { readonly index: number }>>;
  #count = 0;
  /** The names of the rows' classes, of a target column of such. */
  #labels: string[] | undefined;
  /** Says that the first of them is no number. */
  #firstLabel: (() => void) | undefined;

  constructor(columns: CsvColumns, split: string | undefined, header: readonly string[], text: string, wrong: Wrong) {
    const start = { line: 1, column: 1 };
    const taken = split === undefined ? [columns.target] : [columns.target, split];
    const called = (names: readonly string[], without: readonly string[]): readonly number[] => {
      const { positions, faults } = columnsCalled(names, header, without);
      for (const { message, hint } of faults) wrong(start, 'csv-column', message, hint);
      return positions;
    };
    this.#header = header;
    this.#text = text;
    this.#wrong = wrong;
    this.#inputs = called(columns.inputs, taken);
    [this.#target = -1] = called([columns.target], []);
    this.#split = split === undefined ? -1 : (called([split], [])[0] ?? -1);
    const words = called(columns.categorical ?? [], []);
    const lost = words.find((position) => !this.#inputs.includes(position));
    if (lost !== undefined)
      wrong(
        start,
        'csv-column',
        `has a categorical column "${header[lost] ?? ''}" that is no input`,
        'name it in the inputs too',
      );
    this.#categories = new Map(words.map((position) => [this.#inputs.indexOf(position), new Map()]));
    this.#labels = columns.classes === true ? [] : undefined;
    const most = linesOf(text) + 1;
    const tooLarge = most * this.#inputs.length * 8 > mostBytes;
    if (tooLarge)
      wrong(
        start,
        'csv-too-large',
        `has ${most} lines of ${this.#inputs.length} inputs, more than ${mostBytes} bytes of numbers`,
        'take rows or columns out',
      );
    this.#numbers = new Float64Array(tooLarge ? 0 : most * this.#inputs.length);
    this.#targets = new Float64Array(tooLarge ? 0 : most);
  }

  /** Whether more rows are worth reading. */
  read(record: readonly string[], from: () => number): boolean {
    const header = this.#header;
    if (record.length !== header.length) {
      // The last field that there is, or the first that is too many.
      const at = fieldPlace(this.#text, from(), Math.min(record.length - 1, header.length));
      const message = `has ${record.length} columns in line ${at.line}, not ${header.length}`;
      this.#wrong(at, 'csv-ragged', message, `give every line the ${header.length} columns of the first`);
      return true;
    }
    const width = this.#inputs.length;
    for (const [position, column] of this.#inputs.entries()) {
      const categories = this.#categories.get(position);
      this.#numbers[this.#count * width + position] =
        categories === undefined ? this.#number(record, column, from) : this.#word(record, column, from, categories);
    }
    if (this.#split >= 0) this.#splits.push(record[this.#split] ?? '');
    if (!this.#readTarget(record, from)) return false;
    this.#count += 1;
    return true;
  }

  #readTarget(record: readonly string[], from: () => number): boolean {
    const target = this.#target;
    const written = record[target] ?? '';
    const isNumber = written !== '' && Number.isFinite(Number(written));
    if (this.#count === 0 && isWord(written) && this.#labels === undefined) {
      this.#labels = [];
      this.#firstLabel = () => this.#number(record, target, from);
    }
    if (this.#labels === undefined) this.#targets[this.#count] = this.#number(record, target, from);
    // A number among words: the word is as likely to be the slip.
    else if (isNumber && this.#firstLabel !== undefined) {
      this.#firstLabel();
      return false;
    } else if (written === '') this.#number(record, target, from);
    else this.#labels.push(written);
    return true;
  }

  #number(record: readonly string[], column: number, from: () => number): number {
    const written = record[column] ?? '';
    const value = written === '' ? Number.NaN : Number(written);
    if (!Number.isFinite(value)) {
      const at = fieldPlace(this.#text, from(), column);
      const message = `has "${written}" in line ${at.line}, column ${column + 1} (${this.#header[column] ?? ''}), which is not a finite number`;
      const isInput = column !== this.#target && written !== '' && Number.isNaN(value);
      const hint = isInput
        ? 'write a number, leave the line out, or name the column in "categorical"'
        : 'write a number, or leave the line out';
      this.#wrong(at, 'csv-not-a-number', message, hint);
    }
    return value;
  }

  #word(
    record: readonly string[],
    column: number,
    from: () => number,
    known: Map<string, Category & { readonly index: number }>,
  ): number {
    const name = record[column] ?? '';
    const category = known.get(name);
    if (category !== undefined) return category.index;
    const at = fieldPlace(this.#text, from(), column);
    if (name === '') {
      const message = `has nothing in line ${at.line}, column ${column + 1} (${this.#header[column] ?? ''})`;
      this.#wrong(at, 'csv-not-a-number', message, 'write a word, such as unknown, or leave the line out');
    }
    known.set(name, { name, at, index: known.size });
    return known.size - 1;
  }

  /** A single word is no classes, unless it was said: more likely it is the slip of a column that is to hold numbers. */
  checkLabels(): void {
    if (new Set(this.#labels).size === 1) this.#firstLabel?.();
  }

  samples(): CsvSamples {
    const count = this.#count;
    return {
      names: this.#inputs.map((column) => this.#header[column] ?? ''),
      inputs: this.#numbers.slice(0, count * this.#inputs.length),
      categories: new Map(Array.from(this.#categories, ([position, known]) => [position, [...known.values()]])),
      targets: this.#labels ?? this.#targets.slice(0, count),
      split: this.#splits,
    };
  }
}
