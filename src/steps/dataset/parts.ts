/** Samples to train on and to test on, and how the rows of a file become them. */
import { holdOut } from '../../model/dataset.js';
import type { Scaling } from '../../model/standardise.js';
import type { OptionIssue, OptionPath } from '../step.js';
import type { FileTest } from './options.js';

export interface Part {
  /** Row-major, so many numbers a sample. */
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/** Samples with all that is known of them. */
export interface Samples {
  readonly train: Part;
  readonly test: Part | undefined;
  readonly features: number;
  /** The names of the classes, where the targets are their places. */
  readonly classes?: readonly string[];
  /** The words of each categorical column in the order of their inputs. */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
  /** Set where the samples were standardised. */
  readonly scaling?: { readonly inputs?: Scaling; readonly targets?: Scaling };
}

/** The positions of the rows to train on and to test on; or that there are none of one of them. */
export function splitRows(
  count: number,
  split: readonly string[],
  test: Exclude<FileTest, { file: string }> | null,
  seed: number,
): { readonly train: Int32Array; readonly test: Int32Array } | OptionIssue {
  if (test === null) return { train: Int32Array.from({ length: count }, (_, row) => row), test: new Int32Array() };
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const held =
    'fraction' in test
      ? holdOut(count, test.fraction, seed)
      : {
          train: rows.filter((row) => split[row] !== test.value),
          test: rows.filter((row) => split[row] === test.value),
        };
  if (held.train.length > 0 && held.test.length > 0) return held;
  const which = held.test.length === 0 ? 'test' : 'train';
  const path: OptionPath = 'fraction' in test ? ['test', 'fraction'] : ['test', 'column'];
  if ('fraction' in test)
    return {
      ...{ path, rule: 'invalid-option', hint: 'choose another fraction' },
      message: `holding out ${test.fraction} of ${count} rows leaves none to ${which} on`,
    };
  const said = [...new Set(split)].slice(0, 4).join(', ');
  return {
    ...{ path, rule: 'invalid-option', hint: `its values are ${said}: write "value"` },
    message: `holding out the rows where "${test.column}" is "${test.value}" leaves none to ${which} on`,
  };
}

/** Some rows of a matrix and of its targets. */
export function rowsOf({ inputs, targets }: Part, features: number, rows: Int32Array): Part {
  const taken = new Float64Array(rows.length * features);
  rows.forEach((row, position) => {
    taken.set(inputs.subarray(row * features, (row + 1) * features), position * features);
  });
  return { inputs: taken, targets: Float64Array.from(rows, (row) => targets[row] ?? Number.NaN) };
}
