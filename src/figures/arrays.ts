/** Reading the arrays of artifacts, whose names and shapes their step kinds document. */
import type { PlannedStep } from '../plan/plan.js';
import type { Artifact, NdArray } from '../shared/artifact.js';

/** The array of that name. Throws when the artifact has none, which its step kind rules out. */
export function arrayOf(artifact: Artifact, name: string): NdArray {
  const array = artifact.arrays[name];
  if (array === undefined) throw new Error(`the result has no array ${name}`);
  return array;
}

/** Its numbers. */
export function numbersOf(artifact: Artifact, name: string): Float64Array {
  return Float64Array.from(arrayOf(artifact, name).data);
}

/** What lies under one position of the first dimension: a row of a matrix, a matrix of a cube. */
export function slab(array: NdArray, index: number): NdArray {
  const shape = array.shape.slice(1);
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape: shape.length === 0 ? [1] : shape, data: array.data.subarray(index * size, (index + 1) * size) };
}

/** One column of a row-major matrix. */
export function column({ shape, data }: NdArray, index: number): Float64Array {
  const width = shape[1] ?? 1;
  const result = new Float64Array(shape[0] ?? 0);
  for (let row = 0; row < result.length; row += 1) result[row] = data[row * width + index] ?? Number.NaN;
  return result;
}

/** The smallest and the largest finite number; [0, 1] when there is none. */
export function extent(...parts: readonly ArrayLike<number>[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 1) {
      const value = part[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** A range and what lies around it, by which it grows to each side by its own height at most. */
export function withRoomFor(
  [low, high]: readonly [number, number],
  ...around: readonly ArrayLike<number>[]
): [number, number] {
  const [least, most] = extent([low, high], ...around);
  const room = high - low;
  return [Math.max(least, low - room), Math.min(most, high + room)];
}

/** What the dimensions of an array are, by name; arrays of parameters are not listed by their kind. */
export function dimensionNames({ kind, facts }: PlannedStep, name: string, rank: number): readonly string[] {
  const listed = kind.dimensionsIn?.(facts) ?? kind.dimensions;
  return (Object.hasOwn(listed, name) ? listed[name] : undefined) ?? ['checkpoint', 'out', 'in'].slice(0, rank);
}
