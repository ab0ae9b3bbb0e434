/** The options of `results`: which files, what their arrays are called, what they run over, and by whose word they stand. */
import * as z from 'zod';

const one = z.string().min(1);

/** As results are named in the text and in tables. */
const resultName = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** The name of a result by that of an array in a file: Loss/train as Loss-train. */
export function cleanName(name: string): string {
  const clean = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return resultName.test(clean) ? clean : `array-${clean}`;
}

const written = z.strictObject({
  from: one.describe(
    'A file, a folder or a pattern, from the folder of the report: runs/resnet.npz, runs/, or runs/lr={rate}/seed={seed}.npz, which makes a run for each file with the coordinates rate and seed.',
  ),
  arrays: z
    .union([z.array(one).min(1).max(1000), z.record(z.string(), one)])
    .optional()
    .describe('Only these arrays or columns; or with names of your own: { loss: Loss/train }. All of them if absent.'),
  axes: z
    .record(z.string(), z.union([one.transform((only) => [only]), z.array(one).min(1).max(8)]))
    .default({})
    .describe(
      'What the dimensions of an array run over: { loss: [step], accuracy: [seed, step] }. An array of the name of a dimension has its values.',
    ),
  by: z
    .union([one.transform((only) => [only]), z.array(one).max(8)])
    .default([])
    .describe(
      'What tells the runs within one file apart: columns of a table, arrays of one number, or dimensions in "axes". Each becomes a coordinate.',
    ),
  source: one.describe('By whose word: what computed them, on what, from which code. Pages print it.'),
});

export interface ResultsOptions {
  readonly from: string;
  /** By the name of the result, the name in the file; null for all. */
  readonly arrays: Readonly<Record<string, string>> | null;
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly by: readonly string[];
  readonly source: string;
  /** The files of one run: filled in when the runs have been found. */
  readonly files: readonly string[];
  /** What `by` is in this run, as it is printed. */
  readonly group: Readonly<Record<string, string>>;
}

export const options = written
  .transform((raw, context): ResultsOptions => {
    const complain = (path: readonly (string | number)[], message: string): void => {
      context.issues.push({ code: 'custom', message, input: raw, path: [...path] });
    };
    const named = Array.isArray(raw.arrays)
      ? raw.arrays.map((name): [string, string] => [cleanName(name), name])
      : Object.entries(raw.arrays ?? {});
    named.forEach(([name, from], index) => {
      const path = ['arrays', Array.isArray(raw.arrays) ? index : name];
      if (!resultName.test(name))
        complain(path, 'is no name of a result; write letters, digits, - and _, a letter first');
      const first = named.findIndex(([other]) => other === name);
      if (first < index)
        complain(path, `is called "${name}", as "${named[first]?.[1] ?? from}" is; write { name: ${from} }`);
    });
    const arrays = raw.arrays === undefined ? null : Object.fromEntries(named);
    return { from: raw.from, arrays, axes: raw.axes, by: raw.by, source: raw.source, files: [], group: {} };
  })
  .describe(
    'Results that something else computed, from files: shown and cited as one’s own, and marked as not computed here.',
  );
