/** How far two engines may be apart: what they differ in, and what rounding alone does to the reference. */
import { expect } from 'vitest';
import type { Engine, Training, TrainingResult, Watch } from '../../src/engine/engine.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';

/** The largest difference, relative to the largest entry of `expected`. */
export function distance(given: Float32Array | Float64Array, wanted: Float32Array | Float64Array): number {
  const [actual, expected] = [Float64Array.from(given), Float64Array.from(wanted)];
  expect(actual).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
  return largest === 0 ? worst : worst / largest;
}

/** Each parameter moved by `ulps` float32 neighbours, up or down, in four ways. */
export function nudged(parameters: Float32Array | Float64Array, ulps: number): Float64Array[] {
  return Array.from({ length: 4 }, (_, seed) => {
    const signs = NumpyRandom.fromSeed(seed).choice(2, parameters.length);
    const singles = Float32Array.from(parameters);
    const bits = new Int32Array(singles.buffer);
    for (let i = 0; i < bits.length; i += 1) {
      // The neighbours of 0 have other bits.
      if (Math.abs(singles[i]!) > 1e-30) bits[i] = bits[i]! + (signs[i] === 1 ? ulps : -ulps);
    }
    return Float64Array.from(singles);
  });
}

type Numbers = Float32Array | Float64Array;

/**
 * How far from `expected` the reference ends, in a part of its result, when its start is moved by ten float32 neighbours:
 * ten at once rather than ten times one, as a sample that crosses a kink a few steps earlier has a sudden effect.
 */
export function effectOfRounding(reference: Engine, training: Training, expected: TrainingResult, watch: Watch) {
  let moved: Promise<TrainingResult[]> | undefined;
  return async (part: (result: TrainingResult) => Numbers): Promise<number> => {
    moved ??= Promise.all(
      nudged(training.initial, 10).map((initial) => reference.train({ ...training, initial }, watch)),
    );
    return Math.max(...(await moved).map((result) => distance(part(result), part(expected))));
  };
}

/** Holds a distance to a bound or to what rounding does, whichever is larger; the second is computed where it is needed. */
export async function expectWithin(
  off: number,
  bound: number,
  effect: () => Promise<number>,
  what: string,
): Promise<void> {
  if (!(off < bound)) expect(off, what).toBeLessThan(await effect());
}
