/** Training labels that are wrong on purpose, as in C. Zhang et al., "Understanding deep learning requires rethinking generalization", 2017. */
import { NumpyRandom } from './numpy-random.js';

/** Every target at the place of another one: RandomState(seed).permutation(n) says which. */
export function permutedLabels(targets: Float64Array, seed: number): Float64Array {
  const order = NumpyRandom.fromSeed(seed).permutation(targets.length);
  return Float64Array.from(order, (from) => targets[from] ?? Number.NaN);
}

/**
 * Another class in round(n share) rows: the first of RandomState(seed).permutation(n), each moved on by 1 + choice(classes - 1) among
 * the distinct targets in ascending order. Throws a RangeError where there is one class only.
 */
export function noisyLabels(targets: Float64Array, share: number, seed: number): Float64Array {
  const classes = [...new Set(targets)].sort((a, b) => a - b);
  if (classes.length < 2) throw new RangeError('labels of one class cannot be wrong');
  const random = NumpyRandom.fromSeed(seed);
  const rows = random.permutation(targets.length).subarray(0, Math.round(targets.length * share));
  const shifts = random.choice(classes.length - 1, rows.length);
  const position = new Map(classes.map((target, index) => [target, index]));
  const wrong = targets.slice();
  rows.forEach((row, at) => {
    const from = position.get(targets[row] ?? Number.NaN) ?? 0;
    wrong[row] = classes[(from + 1 + (shifts[at] ?? 0)) % classes.length] ?? Number.NaN;
  });
  return wrong;
}
