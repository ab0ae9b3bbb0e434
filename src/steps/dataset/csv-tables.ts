/** Samples of CSV files: the rows of one, of which some are held out, or of two; words as inputs of 0 and 1. */
import { classesOf, mostClasses } from '../classes.js';
import { type Category, type CsvSamples, readCsv } from '../csv.js';
import type { FileReader, OptionIssue } from '../step.js';
import { csvPath, type DatasetOptions } from './options.js';
import { type Part, rowsOf, type Samples, splitRows } from './parts.js';

type CsvOptions = Extract<DatasetOptions, { source: 'csv' }>;

/** The samples, or what is wrong, with its line and column. */
export function tableOf(options: CsvOptions, file: FileReader): Samples | readonly OptionIssue[] {
  const { csv } = options.function;
  const { test, seed } = options;
  const split = test !== null && 'column' in test ? test.column : undefined;
  const first = readCsv(csv, file(csv.file), csvPath, split);
  if (!('targets' in first)) return first;
  const other = test !== null && 'file' in test ? { ...csv, file: test.file } : undefined;
  const second = other && readCsv(other, file(other.file), ['test', 'file']);
  if (second !== undefined && !('targets' in second)) return second;
  const numbered = targetsOf(csv, first, second);
  if ('message' in numbered) return [numbered];
  const { targets, classes } = numbered;
  const width = first.names.length;
  const whole: Part = { inputs: first.inputs, targets: targets[0] };
  let parts: { readonly train: Part; readonly test: Part | undefined };
  if (second === undefined) {
    const rows = splitRows(whole.targets.length, first.split, test === null || 'file' in test ? null : test, seed);
    if ('message' in rows) return [rows];
    const held = rows.test.length === 0 ? undefined : rowsOf(whole, width, rows.test);
    parts = held === undefined ? { train: whole, test: held } : { train: rowsOf(whole, width, rows.train), test: held };
  } else parts = { train: whole, test: { inputs: second.inputs, targets: targets[1] } };
  const named = classes === undefined ? {} : { classes };
  if (first.categories.size === 0) return { ...parts, features: width, ...named };
  const encoded = encode(parts, first, second, other?.file ?? csv.file);
  return 'message' in encoded ? [encoded] : { ...encoded, ...named };
}

/** Targets as numbers: of words their places among all words of both files. */
function targetsOf(
  { file, target }: { readonly file: string; readonly target: string },
  first: CsvSamples,
  second: CsvSamples | undefined,
): { readonly targets: readonly [Float64Array, Float64Array]; readonly classes?: readonly string[] } | OptionIssue {
  const [one, two] = [first.targets, second?.targets];
  const nothing = new Float64Array();
  if (one instanceof Float64Array && (two === undefined || two instanceof Float64Array))
    return { targets: [one, two ?? nothing] };
  if (one instanceof Float64Array || two instanceof Float64Array) {
    const message = `the column "${target}" holds words in one of the two files, and numbers in the other`;
    return { path: ['test', 'file'], rule: 'csv-not-a-number', message, hint: 'write the same in both' };
  }
  const { classes, targets } = classesOf([...one, ...(two ?? [])]);
  if (classes.length > mostClasses) {
    const message = `${file} has ${classes.length} different names in the column "${target}", and at most ${mostClasses} classes are told apart`;
    const hint = 'take a column of fewer names, or of numbers';
    return { path: csvPath, rule: 'csv-not-a-number', message, hint, inFile: { file, line: 1, column: 1 } };
  }
  return { targets: [targets.slice(0, one.length), targets.slice(one.length)], classes };
}

/** An input of 0 or 1 for each word that the training rows have in a column, in the order of their code points. */
function encode(
  { train, test }: { readonly train: Part; readonly test: Part | undefined },
  first: CsvSamples,
  second: CsvSamples | undefined,
  testFile: string,
): Samples | OptionIssue {
  const columns = first.names.map((name, position) => {
    const words = first.categories.get(position);
    if (words === undefined) return { name, position, words: undefined };
    const testWords = (second ?? first).categories.get(position) ?? [];
    const seen = new Set<string>();
    for (let at = position; at < train.inputs.length; at += first.names.length)
      seen.add(words[train.inputs[at] ?? 0]?.name ?? '');
    return { name, position, words, testWords, order: [...seen].sort() };
  });
  const width = first.names.length;
  for (const column of columns) {
    if (column.words === undefined || test === undefined) continue;
    for (let at = column.position; at < test.inputs.length; at += width) {
      const word = column.testWords[test.inputs[at] ?? 0];
      if (word !== undefined && !column.order.includes(word.name)) return unseen(column.name, word, testFile);
    }
  }
  const features = columns.reduce((sum, { order }) => sum + (order?.length ?? 1), 0);
  const write = (part: Part, wordsOf: (column: (typeof columns)[number]) => readonly Category[] | undefined): Part => {
    const count = part.targets.length;
    const inputs = new Float64Array(count * features);
    for (let row = 0, to = 0; row < count; row += 1) {
      for (const column of columns) {
        const value = part.inputs[row * width + column.position] ?? Number.NaN;
        if (column.order === undefined) inputs[to] = value;
        else inputs[to + column.order.indexOf(wordsOf(column)?.[value]?.name ?? '')] = 1;
        to += column.order?.length ?? 1;
      }
    }
    return { ...part, inputs };
  };
  return {
    train: write(train, ({ words }) => words),
    test: test && write(test, ({ testWords }) => testWords),
    features,
    categories: Object.fromEntries(columns.flatMap(({ name, order }) => (order === undefined ? [] : [[name, order]]))),
  };
}

function unseen(column: string, { name, at }: Category, file: string): OptionIssue {
  return {
    ...{ path: csvPath, rule: 'csv-column', inFile: { file, ...at } },
    message: `${file} has "${name}" in line ${at.line} (${column}), a row to test on, and no row to train on has it`,
    hint: 'train on a row that has it, or leave the row out',
  };
}
