/** How a result of the report's own code that was computed again is compared: by the tolerance that it declares, in all its outputs. */
import type { Json } from '../shared/artifact.js';
import { type Compare, ofSameShapes, relative } from './comparison.js';

/** `tolerance` is in parts of the largest number of an output. */
export function compareOwn(tolerance: number): Compare {
  const allowed = (difference: number): number => (difference === 0 ? 0 : difference / tolerance);
  return ofSameShapes((recorded, again) => [
    ...Object.entries(recorded.arrays).map(([of, array]) => ({
      of,
      share: allowed(relative(array, again.arrays[of])),
    })),
    ...Object.entries(recorded.values).map(([of, value]) => ({ of, share: allowed(apart(value, again.values[of])) })),
  ]);
}

/** Relative to the larger; what is no number is the same or infinitely far. */
function apart(value: Json, other: Json | undefined): number {
  if (value === other) return 0;
  if (typeof value !== 'number' || typeof other !== 'number') return Number.POSITIVE_INFINITY;
  return Math.abs(value - other) / Math.max(Math.abs(value), Math.abs(other));
}
