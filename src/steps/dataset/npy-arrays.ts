/** Samples of arrays of NumPy's: the members of a .npz file, or two .npy files. */
import { suggestion } from '../../shared/suggest.js';
import { classesOf, mostClasses } from '../classes.js';
import type { FileArray } from '../formats/content.js';
import { FormatFault } from '../formats/format-fault.js';
import { readFiles } from '../formats/formats.js';
import type { FileReader, NamedFile, OptionIssue, OptionPath } from '../step.js';
import type { ArrayNames, DatasetOptions } from './options.js';
import { type Part, rowsOf, type Samples, splitRows } from './parts.js';

type ArrayOptions = Extract<DatasetOptions, { source: 'arrays' }>;

const here = ['function', 'arrays'] as const;

/** The files that arrays lie in. */
export function arrayFiles({ file, inputs, target }: ArrayNames): readonly NamedFile[] {
  if (file !== undefined) return [{ file, path: [...here, 'file'] }];
  return [
    { file: inputs, path: [...here, 'inputs'] },
    { file: target, path: [...here, 'target'] },
  ];
}

/** Thrown inside this module only. */
class Wrong extends Error {
  readonly issue: OptionIssue;

  constructor(path: OptionPath, message: string, hint: string) {
    super(message);
    this.issue = { path, rule: 'invalid-option', message, hint };
  }
}

/** The samples, or what is wrong. */
export function arraysOf(options: ArrayOptions, file: FileReader): Samples | readonly OptionIssue[] {
  try {
    return read(options, file);
  } catch (error) {
    if (error instanceof Wrong) return [error.issue];
    throw error;
  }
}

interface Raw {
  readonly inputs: Float64Array;
  readonly features: number;
  readonly targets: Float64Array | readonly string[];
}

function read({ function: { arrays }, test, seed }: ArrayOptions, file: FileReader): Samples {
  const first = rawOf(arrays, [...here, 'file'], file);
  const testFile = test !== null && 'file' in test ? test.file : undefined;
  const second = testFile === undefined ? undefined : rawOf({ ...arrays, file: testFile }, ['test', 'file'], file);
  if (second !== undefined && second.features !== first.features)
    throw new Wrong(
      ['test', 'file'],
      `its inputs have ${second.features} numbers, and those to train on ${first.features}`,
      'save both alike',
    );
  const labels = (raw: Raw | undefined): readonly string[] =>
    raw === undefined ? [] : raw.targets instanceof Float64Array ? Array.from(raw.targets, String) : raw.targets;
  const areClasses = arrays.classes === true || !(first.targets instanceof Float64Array);
  const all = areClasses ? classesOf([...labels(first), ...labels(second)]) : undefined;
  if (all !== undefined && all.classes.length > mostClasses)
    throw new Wrong(
      [...here, 'target'],
      `has ${all.classes.length} different targets, and at most ${mostClasses} classes are told apart`,
      'leave "classes" out, or take other targets',
    );
  const count = first.inputs.length / first.features;
  const numbers = (raw: Raw, from: number): Float64Array => {
    if (all !== undefined) return all.targets.slice(from, from + raw.targets.length);
    if (raw.targets instanceof Float64Array) return raw.targets;
    throw new Wrong(['test', 'file'], 'its targets are words, and those to train on are numbers', 'save both alike');
  };
  const whole: Part = { inputs: first.inputs, targets: numbers(first, 0) };
  const named = all === undefined ? {} : { classes: all.classes };
  const { features } = first;
  if (second !== undefined)
    return { train: whole, test: { inputs: second.inputs, targets: numbers(second, count) }, features, ...named };
  const rows = splitRows(count, [], test === null || 'file' in test ? null : test, seed);
  if ('message' in rows) throw new Wrong(rows.path, rows.message, rows.hint);
  if (rows.test.length === 0) return { train: whole, test: undefined, features, ...named };
  return { train: rowsOf(whole, features, rows.train), test: rowsOf(whole, features, rows.test), features, ...named };
}

function rawOf(names: ArrayNames, path: OptionPath, file: FileReader): Raw {
  const one = arrayIn(names, 'inputs', path, file);
  const two = arrayIn(names, 'target', path, file);
  const inputPath = names.file === undefined ? [...here, 'inputs'] : path;
  const [count = 0, ...rest] = one.shape;
  if (one.shape.length === 0 || count === 0)
    throw new Wrong(inputPath, `"${names.inputs}" has no samples`, 'save one row for each sample');
  const features = rest.reduce((product, size) => product * size, 1);
  if (features === 0) throw new Wrong(inputPath, `"${names.inputs}" has no numbers in a sample`, 'save one or more');
  const [length, ...others] = two.shape;
  if (length !== count || others.some((size) => size !== 1)) {
    const said = `"${names.inputs}" has ${count} samples, and "${names.target}" is of shape ${two.shape.join(' x ') || 'one number'}`;
    throw new Wrong(
      names.file === undefined ? [...here, 'target'] : path,
      said,
      `save ${count} targets, one for each sample`,
    );
  }
  const inputs = finite(one, names.inputs, inputPath);
  const words = two.texts?.();
  const targets = words ?? finite(two, names.target, names.file === undefined ? [...here, 'target'] : path);
  return { inputs, features, targets };
}

function arrayIn(names: ArrayNames, which: 'inputs' | 'target', path: OptionPath, file: FileReader): FileArray {
  const own = names.file ?? names[which];
  const at = names.file === undefined ? [...here, which] : path;
  if (!/\.np[yz]$/i.test(own))
    throw new Wrong(
      at,
      `${own} is no file of NumPy's`,
      'name a .npz file in "file", or .npy files in "inputs" and "target"',
    );
  const content = readFiles([own], file, []);
  if ('fault' in content) throw new Wrong(at, `${own} ${content.fault.message}`, content.fault.hint);
  const array = names.file === undefined ? [...content.arrays.values()][0] : content.arrays.get(names[which]);
  if (array === undefined)
    throw new Wrong(
      [...here, which],
      `${own} has no array "${names[which]}"`,
      suggestion(names[which], [...content.arrays.keys()]),
    );
  if (array instanceof FormatFault) throw new Wrong(at, `${own} ${array.message}`, array.hint);
  return array;
}

/** Its numbers in float64; NaN and the infinities are refused with the position of the first. */
function finite(array: FileArray, name: string, path: OptionPath): Float64Array {
  let numbers: Float64Array;
  try {
    numbers = Float64Array.from(array.numbers());
  } catch (error) {
    if (error instanceof FormatFault) throw new Wrong(path, `"${name}" ${error.message}`, error.hint);
    throw error;
  }
  const wrong = numbers.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return numbers;
  const position: number[] = [];
  for (let axis = array.shape.length - 1, left = wrong; axis >= 0; axis -= 1) {
    const size = array.shape[axis] ?? 1;
    position.unshift(left % size);
    left = Math.floor(left / size);
  }
  throw new Wrong(
    path,
    `"${name}" has ${numbers[wrong] ?? ''} at [${position.join(', ')}], which is not a finite number`,
    'leave the sample out',
  );
}
