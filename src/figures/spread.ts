/** Several runs that differ only in their seeds, as their median and the band of their middle half. */
import { quantile } from '../shared/summary.js';

/** One number of a run over the course of its training; `end` is where it diverged. */
export interface Trace {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly end: number | undefined;
}

/** At every x of any run. From where a quantile reaches into runs that have diverged it is infinite. */
export interface Spread {
  readonly x: readonly number[];
  readonly median: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** So many runs have a middle half worth drawing; fewer are drawn one by one. */
export const fewestForSpread = 4;

/**
 * Median and quartiles over the runs. A run that has diverged counts as larger than any number, so that leaving the worst
 * runs out never makes the rest look better. Numbers that a run does not have (NaN before its divergence) do not count.
 */
export function spreadOf(traces: readonly Trace[]): Spread {
  const values = new Map<number, number[]>();
  for (const { x, y } of traces) {
    for (let index = 0; index < x.length; index += 1) {
      const [at, value] = [x[index] ?? 0, y[index] ?? Number.NaN];
      const here = values.get(at) ?? [];
      values.set(at, here);
      if (!Number.isNaN(value)) here.push(value);
    }
  }
  const x = [...values.keys()].sort((a, b) => a - b);
  const quartile = (part: number): number[] =>
    x.map((at) =>
      quartileOf(values.get(at) ?? [], traces.filter(({ end }) => end !== undefined && end <= at).length, part),
    );
  return { x, median: quartile(0.5), low: quartile(0.25), high: quartile(0.75) };
}

/** A quantile of these values and of so many runs that diverged; NaN where no value is finite. */
export function quartileOf(values: readonly number[], diverged: number, part: number): number {
  const here = values.filter(Number.isFinite);
  if (here.length === 0) return Number.NaN;
  return quantile([...here, ...Array.from({ length: diverged }, () => Number.POSITIVE_INFINITY)], part);
}
