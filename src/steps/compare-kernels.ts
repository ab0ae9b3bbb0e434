/** Whether two kernels are the same, computed on two engines. */
import { type Compare, ofSameShapes, relative, roundings } from './comparison.js';

/** Measures in parts of something: what they are off by is no smaller where they are near 0. */
const shares = new Set(['relative-drift', 'parameter-drift', 'cka', 'cosine']);

/** Every array within rounding; a share in parts of 1. */
export const compareKernels: Compare = ofSameShapes((recorded, again, { jacobian, gram, product }) => {
  const bound = roundings * Math.max(jacobian, gram, product);
  return Object.entries(recorded.arrays).map(([of, array]) => {
    const largest = Float64Array.from(array.data).reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
    const share = (relative(array, again.arrays[of]) / bound) * (shares.has(of) ? Math.min(1, largest) : 1);
    return { of, share };
  });
});
