/** Results as rows of named columns, for specifications of an author's own. */
import type { Json } from '../artifact.js';
import { suggestion } from '../suggest.js';
import type { Run } from './subject.js';

export type TidyRow = Readonly<Record<string, Json>>;

/** In one figure. */
export const mostRows = 50_000;

/**
 * One row for each combination of the dimensions of the chosen columns: an array that lacks a dimension repeats over
 * it. A column is an array, a number or a swept option of the run, or the position along a dimension (from 1). A
 * sentence on what is wrong when a column does not exist or there are too many rows.
 */
export function tidyRows(
  { step, artifact }: Run,
  columns: readonly string[],
): readonly TidyRow[] | { readonly column: number; readonly message: string; readonly hint: string } {
  const dimensionsOf = (name: string): readonly string[] =>
    step.kind.dimensions[name] ?? ['checkpoint', 'out', 'in'].slice(0, artifact.arrays[name]?.shape.length ?? 0);
  const extents = new Map<string, number>();
  const readers: ((position: ReadonlyMap<string, number>) => Json)[] = [];
  const positional: [number, string][] = [];
  for (const [index, name] of columns.entries()) {
    const array = Object.hasOwn(artifact.arrays, name) ? artifact.arrays[name] : undefined;
    const coordinate = step.coordinates.find(({ axis }) => axis === name);
    if (array !== undefined) {
      const dimensions = dimensionsOf(name);
      dimensions.forEach((dimension, axis) => extents.set(dimension, array.shape[axis] ?? 0));
      readers.push((position) => {
        const flat = dimensions.reduce(
          (sum, dimension, axis) => sum * (array.shape[axis] ?? 1) + (position.get(dimension) ?? 0),
          0,
        );
        const value = array.data[flat] ?? Number.NaN;
        return Number.isFinite(value) ? value : null;
      });
    } else if (coordinate !== undefined) {
      const value = Number(coordinate.label);
      readers.push(() => (coordinate.label !== '' && Number.isFinite(value) ? value : coordinate.label));
    } else if (Object.hasOwn(artifact.values, name)) readers.push(() => artifact.values[name] ?? null);
    else {
      positional.push([index, name]);
      readers.push((position) => (position.get(name) ?? 0) + 1);
    }
  }
  for (const [column, name] of positional) {
    if (extents.has(name)) continue;
    const known = [...Object.keys(artifact.arrays), ...step.coordinates.map(({ axis }) => axis), ...extents.keys()];
    return { column, message: `"${step.name}" has no result "${name}"`, hint: suggestion(name, known) };
  }
  const total = [...extents.values()].reduce((product, extent) => product * extent, 1);
  if (total > mostRows) {
    const message = `these columns make ${total} rows, more than ${mostRows}`;
    return { column: 0, message, hint: 'choose columns with fewer dimensions, or fewer runs with "where"' };
  }
  const dimensions = [...extents.keys()];
  return Array.from({ length: total }, (_, flat) => {
    const position = new Map<string, number>();
    let rest = flat;
    for (const dimension of dimensions.toReversed()) {
      const extent = extents.get(dimension) ?? 1;
      position.set(dimension, rest % extent);
      rest = Math.floor(rest / extent);
    }
    return Object.fromEntries(columns.map((name, index) => [name, readers[index]?.(position) ?? null]));
  });
}
