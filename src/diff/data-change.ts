/** Where the numbers of two drawings, or of two arrays, differ most. */
import { parse } from 'csv-parse/sync';
import type { Artifact, NdArray } from '../shared/artifact.js';

/** The largest difference of two tables of numbers of one shape, or how their shapes differ. */
export type DataChange =
  | { readonly column: string; readonly row: number; readonly before: number; readonly after: number }
  | { readonly shapes: readonly [before: string, after: string] };

/** Of the CSV files of a figure, in parts of what the column spans; undefined where all numbers are the same. Rows from 1. */
export function dataChange(before: string, after: string): DataChange | undefined {
  const [[oldNames = [], ...olds] = [], [newNames = [], ...news] = []] = [before, after].map((text): string[][] =>
    parse(text),
  );
  if (oldNames.join('\n') !== newNames.join('\n') || olds.length !== news.length) {
    const isOneTable = oldNames.join('\n') === newNames.join('\n');
    const shape = (names: readonly string[], rows: readonly unknown[]): string =>
      `${rows.length} rows${isOneTable ? '' : ` of ${names.join(', ')}`}`;
    return { shapes: [shape(oldNames, olds), shape(newNames, news)] };
  }
  let largest: { readonly share: number; readonly change: DataChange } | undefined;
  for (const [index, column] of newNames.entries()) {
    const [old, now] = [olds, news].map((rows) => rows.map((row) => Number(row[index])));
    const finite = [...(old ?? []), ...(now ?? [])].filter(Number.isFinite);
    const range =
      finite.reduce((most, one) => Math.max(most, one), -Infinity) - finite.reduce((a, b) => Math.min(a, b), Infinity);
    const most = farthest(old ?? [], now ?? []);
    if (most === undefined) continue;
    const share = Math.abs(most.after - most.before) / range;
    if (largest === undefined || share > largest.share)
      largest = { share, change: { column, row: most.index + 1, before: most.before, after: most.after } };
  }
  return largest?.change;
}

/** The largest difference of two arrays, and where it is. */
export type ArrayChange =
  | { readonly name: string; readonly at: readonly number[]; readonly before: number; readonly after: number }
  | { readonly name: string; readonly shapes: readonly [before: string, after: string] };

/** Of every array that both results have and that is another one: first where the largest difference is largest in its parts. */
export function arrayChanges(before: Artifact, after: Artifact): ArrayChange[] {
  const changes = Object.entries(after.arrays).flatMap(([name, now]): ArrayChange[] => {
    const old = before.arrays[name];
    if (old === undefined) return [];
    if (old.shape.join() !== now.shape.join())
      return [{ name, shapes: [old.shape.join(' x '), now.shape.join(' x ')] }];
    const most = farthest(old.data, now.data);
    return most === undefined
      ? []
      : [{ name, at: subscripts(most.index, now), before: most.before, after: most.after }];
  });
  const weight = (change: ArrayChange): number =>
    'shapes' in change ? Infinity : Math.abs(change.after - change.before) / Math.abs(change.before);
  return changes.toSorted((a, b) => weight(b) - weight(a) || 0);
}

/** What is no number on one side only is farther than any number. */
function farthest(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): { index: number; before: number; after: number } | undefined {
  let found: { index: number; before: number; after: number } | undefined;
  let most = 0;
  for (let index = 0; index < after.length; index += 1) {
    const [old, now] = [before[index] ?? Number.NaN, after[index] ?? Number.NaN];
    const distance = Number.isNaN(old) !== Number.isNaN(now) ? Infinity : Math.abs(now - old);
    if (distance > most) {
      most = distance;
      found = { index, before: old, after: now };
    }
  }
  return found;
}

function subscripts(flat: number, { shape }: NdArray): number[] {
  let rest = flat;
  return shape
    .toReversed()
    .map((length) => {
      const at = rest % length;
      rest = Math.floor(rest / length);
      return at;
    })
    .toReversed();
}
