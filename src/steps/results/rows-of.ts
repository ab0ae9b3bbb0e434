/** The columns of a table as the arrays of one run: its rows, those of one step together. */
import { groupBy } from '../../shared/group-by.js';
import { suggestion } from '../../shared/suggest.js';
import type { Content, FileArray } from '../formats/content.js';
import { FormatFault } from '../formats/format-fault.js';
import { coordinateOf } from './coordinate.js';
import { type Loaded, type LoadedArray, type Progress, progressNames, type Taken } from './loaded.js';
import type { ResultsOptions } from './options.js';
import { ResultsFault } from './results-fault.js';
import { checkSteps, severalRuns, stepArray } from './steps-of.js';

/** What its rows are called where they are no steps. */
const plainRows = 'row';

export function rowsOf(options: ResultsOptions, content: Content, taken: Taken): Loaded {
  const { axes } = options;
  for (const [name, dimensions] of Object.entries(axes)) {
    if (!taken.has(name)) {
      throw new ResultsFault(
        ['axes', name],
        'results-names',
        `there is no column "${name}"`,
        suggestion(name, [...taken.keys()]),
      );
    }
    if (dimensions.length !== 1) {
      const message = `a column runs over its rows alone, and "axes" names ${dimensions.length}`;
      throw new ResultsFault(['axes', name], 'results-axes', message, `write ${name}: [${dimensions[0] ?? 'step'}]`);
    }
  }
  const named = [...new Set(Object.values(axes).flat())];
  if (named.length > 1) {
    const message = `the rows of a table are one dimension, and "axes" names ${named.join(' and ')}`;
    throw new ResultsFault(['axes'], 'results-axes', message, `write ${named[0] ?? 'step'} for all of them`);
  }
  const progress = progressNames.find((name) => (named.length === 0 ? taken.has(name) : named[0] === name));
  const rows = rowsOfGroup(options, content);
  if (rows.length === 0) throw new FormatFault('holds no rows of this run', 'save it again');
  return progress === undefined ? plain(taken, rows, named[0] ?? plainRows) : bySteps(options, taken, rows, progress);
}

function plain(taken: Taken, rows: readonly number[], name: string): Loaded {
  const dimensions = [{ name, size: rows.length }];
  const arrays = Array.from(taken, ([column, array]): [string, LoadedArray] => {
    const numbers = array.numbers();
    const data = Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN);
    return [column, { dimensions, data, ...lastOf(Uint8Array.from(rows, (row) => array.written?.[row] ?? 1)) }];
  });
  return { arrays: new Map(arrays), progress: undefined };
}

/** Where a program logs different numbers of one step in several rows, they are one row. */
function bySteps({ files }: ResultsOptions, taken: Taken, rows: readonly number[], progress: Progress): Loaded {
  const file = files[0] ?? '';
  const column = taken.get(progress)?.numbers();
  const steps: number[] = [];
  /** The rows of each step. */
  const places: number[][] = [];
  for (const [index, row] of rows.entries()) {
    const step = column === undefined ? index : (column[row] ?? Number.NaN);
    if (steps.length > 0 && steps.at(-1) === step) places.at(-1)?.push(row);
    else {
      steps.push(step);
      places.push([row]);
    }
  }
  checkSteps(steps, progress, file, severalRuns);
  const dimensions = [{ name: 'checkpoint', size: steps.length }];
  const arrays = new Map<string, LoadedArray>([['step', { dimensions, data: stepArray(steps) }]]);
  if (progress !== 'step') arrays.set(progress, { dimensions, data: stepArray(steps) });
  for (const [name, array] of taken) {
    if (name === progress || name === 'step') continue;
    arrays.set(name, {
      dimensions,
      ...together(name, array, places, (index) => `${progress} ${steps[index] ?? 0} of ${file}`),
    });
  }
  return { arrays, progress };
}

function together(
  name: string,
  array: FileArray,
  places: readonly (readonly number[])[],
  place: (index: number) => string,
): Omit<LoadedArray, 'dimensions'> {
  const numbers = array.numbers();
  const there = new Uint8Array(places.length);
  const data = Float64Array.from(places, (rows, index) => {
    const having = rows.filter((row) => (array.written?.[row] ?? 1) === 1);
    const values = new Set(having.map((row) => numbers[row] ?? Number.NaN));
    if (values.size > 1) {
      throw new ResultsFault(
        ['from'],
        'results-axes',
        `there are ${values.size} values of "${name}" at ${place(index)}`,
        severalRuns,
      );
    }
    there[index] = having.length > 0 ? 1 : 0;
    return [...values][0] ?? Number.NaN;
  });
  return { data, ...lastOf(there) };
}

function lastOf(written: Uint8Array): Pick<LoadedArray, 'last'> {
  return written.includes(0) ? { last: written.lastIndexOf(1) } : {};
}

/** The rows in which `by` is what it is in this run. */
function rowsOfGroup({ by, group }: ResultsOptions, content: Content): readonly number[] {
  return rowsBy(by, content).get(JSON.stringify(by.map((name) => group[name] ?? ''))) ?? [];
}

/** Of a table, found once: it is asked for by every run in it. */
const knownRows = new WeakMap<Content, Map<string, ReadonlyMap<string, readonly number[]>>>();

/** The rows of every run, by its coordinates. */
function rowsBy(by: readonly string[], content: Content): ReadonlyMap<string, readonly number[]> {
  const ofTable = knownRows.get(content) ?? new Map<string, ReadonlyMap<string, readonly number[]>>();
  knownRows.set(content, ofTable);
  const key = JSON.stringify(by);
  const known = ofTable.get(key);
  if (known !== undefined) return known;
  const [length = 0] = [...content.arrays.values()].flatMap((array) =>
    array instanceof FormatFault ? [] : [array.shape[0] ?? 0],
  );
  const columns = by.map((name) => labelsIn(name, textsOf(name, content.arrays)));
  const rows = groupBy(
    Array.from({ length }, (_, row) => row),
    (row) => JSON.stringify(columns.map((of) => of(row))),
  );
  ofTable.set(key, rows);
  return rows;
}

/** What a column has in each row, as it is printed; a few texts stand in very many rows. */
function labelsIn(name: string, texts: readonly string[]): (row: number) => string {
  const labels = new Map<string, string>();
  return (row) => {
    const text = texts[row] ?? '';
    const label = labels.get(text) ?? coordinateOf(name, text).label;
    labels.set(text, label);
    return label;
  };
}

/** The coordinates of the runs in a table, each once, as they come. */
export function groupsOfRows(by: readonly string[], { arrays }: Content): readonly (readonly string[])[] {
  const columns = by.map((name) => textsOf(name, arrays));
  const groups = new Map<string, readonly string[]>();
  for (let row = 0; row < (columns[0]?.length ?? 0); row += 1) {
    const texts = columns.map((texts) => texts[row] ?? '');
    const empty = texts.indexOf('');
    if (empty >= 0) {
      const message = `row ${row + 1} has no "${by[empty] ?? ''}"`;
      throw new ResultsFault(['by'], 'results-names', message, 'write one in every row, or take the row out');
    }
    groups.set(JSON.stringify(texts), texts);
  }
  return [...groups.values()];
}

function textsOf(name: string, arrays: Content['arrays']): readonly string[] {
  const array = arrays.get(name);
  if (array === undefined) {
    throw new ResultsFault(
      ['by'],
      'results-names',
      `there is no column "${name}"`,
      suggestion(name, [...arrays.keys()]),
    );
  }
  if (array instanceof FormatFault) throw array;
  return array.texts?.() ?? Array.from(array.numbers(), String);
}
