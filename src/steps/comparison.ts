/** How a result that was computed again is compared with the recorded one; each kind says what its mathematics allows. */
import type { Accuracy } from '../engine/engine.js';
import type { Artifact, NdArray } from '../shared/artifact.js';

/** How far a quantity is from what it should be, in parts of what is allowed: above 1 it is another result. */
export interface Deviation {
  /** "singular-values", "left-vectors, components 3-4 at step 1000". */
  readonly of: string;
  readonly share: number;
}

/** The deviations of a result that was computed again, by engines of this accuracy, of which both diverged or neither. */
export type Compare = (recorded: Artifact, again: Artifact, accuracy: Accuracy) => readonly Deviation[];

/** So many machine epsilons may a number be off by, relative to the largest, that is computed in a few operations. */
export const roundings = 800;

/** The comparison, of arrays that have the same names and shapes; others are another result. */
export function ofSameShapes(compare: Compare): Compare {
  return (recorded, again, accuracy) => {
    const names = new Set([...Object.keys(recorded.arrays), ...Object.keys(again.arrays)]);
    const misfit = [...names].find((name) => recorded.arrays[name]?.shape.join() !== again.arrays[name]?.shape.join());
    return misfit === undefined
      ? compare(recorded, again, accuracy)
      : [{ of: misfit, share: Number.POSITIVE_INFINITY }];
  };
}

/** Every array within rounding, of the operations that the engine computes with this accuracy. */
export function withinRounding(epsilon: (accuracy: Accuracy) => number): Compare {
  return ofSameShapes((recorded, again, accuracy) =>
    Object.entries(recorded.arrays).map(([name, array]) => ({
      of: name,
      share: relative(array, again.arrays[name]) / (roundings * epsilon(accuracy)),
    })),
  );
}

/** For results of which it is not known which operations they are made of. */
export const withinLeastAccuracy: Compare = withinRounding((accuracy) =>
  Math.max(...Object.values<number>({ ...accuracy })),
);

/** The largest difference between two arrays in parts of the largest number; NaN and the infinities are equal to themselves only. */
export function relative(a: NdArray | undefined, b: NdArray | undefined): number {
  if (a === undefined || b === undefined) return Number.POSITIVE_INFINITY;
  let [largest, difference] = [0, 0];
  for (const [index, one] of a.data.entries()) {
    const other = b.data[index] ?? Number.NaN;
    if (!Number.isFinite(one) || !Number.isFinite(other)) {
      if (Object.is(one, other)) continue;
      return Number.POSITIVE_INFINITY;
    }
    largest = Math.max(largest, Math.abs(one));
    difference = Math.max(difference, Math.abs(one - other));
  }
  return difference === 0 ? 0 : difference / (largest || 1);
}
