/** What a function on an interval is made of by frequency: its cosine modes (DCT-II), and the octaves of them. */
import { sin } from './transcendental/sin.js';

/** Modes from..to, both included. */
export interface Octave {
  readonly from: number;
  readonly to: number;
}

/** Mode 0, then 1, 2-3, 4-7 and so on, up to mode n - 1. */
export function octavesOf(n: number): Octave[] {
  const octaves: Octave[] = [{ from: 0, to: 0 }];
  for (let from = 1; from < n; from *= 2) octaves.push({ from, to: Math.min(2 * from, n) - 1 });
  return octaves;
}

/** So many points on an interval, each in the middle of its part of it. */
export function midpoints([low, high]: readonly [number, number], n: number): Float64Array {
  return new Float64Array(n).map((_, index) => low + ((high - low) * (index + 0.5)) / n);
}

/**
 * What a row of values at n midpoints is to be multiplied by for its amplitudes: n x n, row-major, cos(pi m (k + 1/2) / n) in row
 * k and column m, times 2 / n, and 1 / n for m = 0. The values are the sum of amplitude m times cos(pi m (k + 1/2) / n).
 */
export function cosineModes(n: number): Float64Array {
  // The angles are multiples of pi / 2n, of which there are 4n different ones.
  const cosines = new Float64Array(4 * n).map((_, index) => cosineOf(index, n));
  const modes = new Float64Array(n * n);
  for (let k = 0; k < n; k++)
    for (let m = 0; m < n; m++) modes[k * n + m] = (cosines[(m * (2 * k + 1)) % (4 * n)]! * (m === 0 ? 1 : 2)) / n;
  return modes;
}

/** cos(pi i / 2n), by the sine of an angle of at most a quarter turn. */
function cosineOf(i: number, n: number): number {
  const folded = i > 2 * n ? 4 * n - i : i;
  return sin((Math.PI * (n - folded)) / (2 * n));
}

/** The mean square of each octave, from the amplitudes of the modes; together they are the mean square of the values. */
export function octavePowers(amplitudes: Float64Array, octaves: readonly Octave[]): Float64Array {
  return Float64Array.from(octaves, ({ from, to }) => {
    let sum = 0;
    for (let m = from; m <= to; m++) sum += amplitudes[m]! * amplitudes[m]!;
    return from === 0 ? sum : sum / 2;
  });
}
