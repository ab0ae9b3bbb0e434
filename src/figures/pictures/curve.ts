/** Samples of functions of one variable as rows. */
import { type Axes, lineRows } from '../lines.js';
import type { Row } from '../panels.js';

export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A dataset of one variable, and the function behind it where that is known. */
export interface Sampled {
  readonly domain: readonly [number, number];
  readonly train: Curve;
  readonly truth: Curve | undefined;
}

/** So many equal steps from one end to the other. */
export function evenly([from, to]: readonly [number, number], steps: number): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, index) => from + ((to - from) * index) / steps);
}

/** The true function as a thin line. */
export function truthRows({ truth }: Pick<Sampled, 'truth'>, axes: Axes, row: Row): Row[] {
  return truth === undefined ? [] : lineRows(truth.x, truth.y, axes, 'truth', { ...row, part: 'truth' });
}

/** Samples as dots. */
export function sampleRows({ x, y }: Curve, part: string, row: Row): Row[] {
  return Array.from(x, (at, index) => ({ ...row, part, x: at, y: y[index] ?? null }));
}
