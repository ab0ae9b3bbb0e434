/** A network and its linearisation at one moment, as rows: for the build and for the page. */
import { type Axes, lineRows } from '../lines.js';
import type { Row } from '../panels.js';

/** Two functions at the same inputs, from the smallest. */
export interface TwoFunctions {
  readonly x: ArrayLike<number>;
  readonly network: ArrayLike<number>;
  readonly linear: ArrayLike<number>;
}

/** What the page is told of a run: the linearisation at each of the steps that it was looked at. */
export interface LinearContext {
  readonly x: readonly number[];
  readonly steps: readonly number[];
  /** Null where there is no number. */
  readonly linear: readonly (readonly (number | null)[])[];
}

export function functionRows({ x, network, linear }: TwoFunctions, axes: Axes, row: Row): Row[] {
  return [
    ...lineRows(x, network, axes, 'network', { ...row, part: 'network' }),
    ...lineRows(x, linear, axes, 'linear', { ...row, part: 'linear' }),
  ];
}

/** The linearisation at the last of its steps that is not after the given one. */
export function linearAt({ steps, linear }: LinearContext, step: number): number[] {
  return (linear[steps.findLastIndex((one) => one <= step)] ?? []).map((value) => value ?? Number.NaN);
}
