/** Results as rows of named columns, for specifications of an author's own. */
import { type Json, valueIn } from '../shared/artifact.js';
import { dimensionNames } from './arrays.js';
import type { Run } from './subject.js';

export type TidyRow = Readonly<Record<string, Json>>;

/** In one figure. */
export const mostRows = 50_000;

/**
 * One row for each combination of the dimensions of the chosen columns, which `countRows` has checked: an array that lacks a
 * dimension repeats over it. A column is an array, a number or a word, a swept option of the run, or the position along a
 * dimension (from 1). Of checkpoints only those `at` the given steps.
 */
export function tidyRows(
  { step, artifact }: Run,
  columns: readonly string[],
  at?: readonly number[],
): readonly TidyRow[] {
  const dimensionsOf = (name: string): readonly string[] =>
    dimensionNames(step, name, artifact.arrays[name]?.shape.length ?? 0);
  const extents = new Map<string, number>();
  const readers = columns.map((name): ((position: ReadonlyMap<string, number>) => Json) => {
    const array = Object.hasOwn(artifact.arrays, name) ? artifact.arrays[name] : undefined;
    const coordinate = step.coordinates.find(({ axis }) => axis === name);
    if (array !== undefined) {
      const dimensions = dimensionsOf(name);
      dimensions.forEach((dimension, axis) => extents.set(dimension, array.shape[axis] ?? 0));
      return (position) => {
        const flat = dimensions.reduce(
          (sum, dimension, axis) => sum * (array.shape[axis] ?? 1) + (position.get(dimension) ?? 0),
          0,
        );
        const value = array.data[flat] ?? Number.NaN;
        return Number.isFinite(value) ? value : null;
      };
    }
    if (coordinate !== undefined) {
      const number = Number(coordinate.label);
      return () => (coordinate.label !== '' && Number.isFinite(number) ? number : coordinate.label);
    }
    const value = valueIn(artifact, name);
    if (value !== undefined) return () => value;
    return (position) => (position.get(name) ?? 0) + 1;
  });
  const dimensions = [...extents.keys()];
  const total = [...extents.values()].reduce((product, extent) => product * extent, 1);
  const steps = artifact.arrays['step']?.data;
  return Array.from({ length: total }, (_, flat) => flat).flatMap((flat): TidyRow[] => {
    const position = new Map<string, number>();
    let rest = flat;
    for (const dimension of dimensions.toReversed()) {
      const extent = extents.get(dimension) ?? 1;
      position.set(dimension, rest % extent);
      rest = Math.floor(rest / extent);
    }
    const checkpoint = position.get('checkpoint');
    if (at !== undefined && checkpoint !== undefined && !at.includes(steps?.[checkpoint] ?? Number.NaN)) return [];
    return [Object.fromEntries(columns.map((name, index) => [name, readers[index]?.(position) ?? null]))];
  });
}
