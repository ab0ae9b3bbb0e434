/** Arrays of any rank as those of one run: named dimensions, and what tells runs apart taken out. */
import type { NdArray } from '../../shared/artifact.js';
import { suggestion } from '../../shared/suggest.js';
import type { Content, FileArray } from '../formats/content.js';
import { FormatFault } from '../formats/format-fault.js';
import type { Dimension } from '../step.js';
import { coordinateOf } from './coordinate.js';
import { type Loaded, type LoadedArray, progressNames, type Taken } from './loaded.js';
import type { ResultsOptions } from './options.js';
import { ResultsFault } from './results-fault.js';
import { checkSteps, stepArray } from './steps-of.js';

/** What dimensions are called that nobody has named. */
const unnamed = ['row', 'column'];

interface Named {
  readonly dimensions: readonly Dimension[];
  readonly array: FileArray;
}

export function arraysOf(options: ResultsOptions, content: Content, taken: Taken): Loaded {
  const { by, group, files } = options;
  const named = namedArrays(options, taken);
  const lengths = lengthsOf(named);
  const alongs = by.filter((name) => lengths.has(name));
  const positions = new Map(
    alongs.map((name) => [name, valuesAlong(name, content, lengths).indexOf(group[name] ?? '')]),
  );
  const progress = progressNames.find((name) => lengths.has(name) && !by.includes(name));
  const arrays = new Map<string, LoadedArray>();
  for (const [name, { dimensions, array }] of named) {
    // What tells runs apart is a coordinate of theirs.
    if (by.includes(name)) continue;
    const loaded = sliced({ dimensions, data: array.numbers() }, positions);
    const renamed = loaded.dimensions.map((one) => (one.name === progress ? { ...one, name: 'checkpoint' } : one));
    arrays.set(name, { ...loaded, dimensions: renamed });
  }
  if (progress === undefined) return { arrays, progress };
  const size = lengths.get(progress)?.size ?? 0;
  const own = arrays.get(progress);
  const steps = own?.data ?? Int32Array.from({ length: size }, (_, index) => index);
  checkSteps(steps, progress, files[0] ?? '', 'save its rows in order, each step once');
  const dimensions = [{ name: 'checkpoint', size }];
  const course = { dimensions, data: stepArray(steps) };
  return { arrays: new Map([...arrays, ['step', course], [progress, course]]), progress };
}

/** Every array with the names of its dimensions: those in `axes`, that of a step as long, or those of nobody. */
function namedArrays({ axes }: ResultsOptions, taken: Taken): ReadonlyMap<string, Named> {
  const unknown = Object.keys(axes).find((name) => !taken.has(name));
  if (unknown !== undefined) {
    throw new ResultsFault(
      ['axes', unknown],
      'results-names',
      `there is no array "${unknown}"`,
      suggestion(unknown, [...taken.keys()]),
    );
  }
  const words = new Set(Object.values(axes).flat());
  const course = progressNames.find((name) => taken.get(name)?.shape.length === 1);
  const along = course === undefined ? undefined : taken.get(course)?.shape[0];
  const namesOf = (name: string, shape: readonly number[]): readonly string[] | undefined => {
    const written = axes[name];
    if (written !== undefined) {
      if (written.length === shape.length && new Set(written).size === written.length) return written;
      const has =
        shape.length === 0
          ? 'is a single number'
          : `has ${shape.length === 1 ? 'one dimension' : `${shape.length} dimensions`} (${shape.join(' x ')})`;
      const hint =
        shape.length === 0
          ? 'leave it out of "axes"'
          : `name ${shape.length}, as in [${['seed', 'step', 'layer'].slice(-shape.length).join(', ')}]`;
      throw new ResultsFault(
        ['axes', name],
        'results-axes',
        `"${name}" ${has}, and "axes" names ${written.join(', ')}`,
        hint,
      );
    }
    // The values of a dimension run over it.
    if (shape.length === 1 && words.has(name)) return [name];
    if (shape.reduce((product, length) => product * length, 1) === 1 && name !== course) return undefined;
    if (shape.length === 1 && course !== undefined && shape[0] === along) return [course];
    return shape.map((_, axis) => unnamed[axis] ?? `axis-${axis + 1}`);
  };
  return new Map(
    Array.from(taken, ([name, array]): [string, Named] => {
      const empty = array.shape.includes(0);
      if (empty) throw new FormatFault(`has an array "${name}" without any element`, 'leave it out with "arrays"');
      const names = namesOf(name, array.shape);
      const dimensions = (names ?? []).map((one, axis) => ({ name: one, size: array.shape[axis] ?? 0 }));
      return [name, { dimensions, array }];
    }),
  );
}

interface Length {
  readonly size: number;
  /** An array that has it. */
  readonly array: string;
}

/** How long each dimension is; a name means one length. Those that nobody has named may differ. */
function lengthsOf(named: ReadonlyMap<string, Named>): ReadonlyMap<string, Length> {
  const lengths = new Map<string, Length>();
  for (const [array, { dimensions }] of named) {
    for (const { name, size } of dimensions) {
      const known = lengths.get(name);
      if (known !== undefined && known.size !== size && !unnamed.includes(name) && !name.startsWith('axis-')) {
        const message = `"${name}" is ${known.size} long in "${known.array}" and ${size} in "${array}"`;
        throw new ResultsFault(
          ['axes'],
          'results-axes',
          message,
          'name the dimensions of these arrays apart, or choose one of them with "arrays"',
        );
      }
      lengths.set(name, known ?? { size, array });
    }
  }
  return lengths;
}

/** What a dimension that tells runs apart has at its positions: the values of the array of its name, or their numbers from 0. */
function valuesAlong(name: string, { arrays }: Content, lengths: ReadonlyMap<string, Length>): string[] {
  const size = lengths.get(name)?.size ?? 0;
  const array = arrays.get(name);
  if (array === undefined || array instanceof FormatFault)
    return Array.from({ length: size }, (_, index) => String(index));
  const texts = array.texts?.() ?? Array.from(array.numbers(), String);
  if (texts.length !== size) {
    const message = `"${name}" has ${texts.length} values, and ${size} runs along it`;
    throw new ResultsFault(['by'], 'results-axes', message, 'save a value for each run');
  }
  return texts.map((text) => coordinateOf(name, text).label);
}

/** The coordinates of the runs in the arrays of one file: a product over dimensions, and single values. */
export function groupsOfArrays(
  options: ResultsOptions,
  content: Content,
  taken: Taken,
): readonly (readonly string[])[] {
  const lengths = lengthsOf(namedArrays(options, taken));
  let groups: readonly (readonly string[])[] = [[]];
  for (const name of options.by) {
    const values = lengths.has(name) ? valuesAlong(name, content, lengths) : [singleOf(name, content, options)];
    groups = groups.flatMap((group) => values.map((value) => [...group, value]));
  }
  return groups;
}

function singleOf(name: string, { arrays }: Content, { axes }: ResultsOptions): string {
  const array = arrays.get(name);
  if (array === undefined) {
    const known = [...new Set([...arrays.keys(), ...Object.values(axes).flat()])];
    throw new ResultsFault(
      ['by'],
      'results-names',
      `there is no array or dimension "${name}"`,
      suggestion(name, known),
    );
  }
  if (array instanceof FormatFault) throw array;
  const values = array.texts?.() ?? Array.from(array.numbers(), String);
  const [only = ''] = values;
  if (values.length === 1 && only !== '') return only;
  const message = `"${name}" has ${values.length} values, and no dimension in "axes" is called so`;
  throw new ResultsFault(
    ['by'],
    'results-names',
    message,
    `say which arrays run over it: axes: { loss: [${name}, step] }`,
  );
}

/** An array at one position of each of these dimensions. */
function sliced({ dimensions, data }: LoadedArray, positions: ReadonlyMap<string, number>): LoadedArray {
  const axis = dimensions.findIndex(({ name }) => positions.has(name));
  const cut = dimensions[axis];
  if (cut === undefined) return { dimensions, data };
  const inner = dimensions.slice(axis + 1).reduce((product, { size }) => product * size, 1);
  const outer = data.length / (inner * cut.size);
  const part = data.slice(0, outer * inner);
  for (let index = 0; index < outer; index += 1) {
    const from = (index * cut.size + (positions.get(cut.name) ?? 0)) * inner;
    part.set(data.subarray(from, from + inner), index * inner);
  }
  const rest = dimensions.filter((one) => one !== cut);
  return sliced({ dimensions: rest, data: part satisfies NdArray['data'] }, positions);
}
