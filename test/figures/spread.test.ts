/** Medians and bands over seeds: the numbers are NumPy's, and runs that diverged are not forgotten. */
import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../src/figures/spread.js';
import { quantile } from '../../src/shared/summary.js';

const trace = (y: readonly number[], end?: number) => ({ x: [0, 10, 20].slice(0, y.length), y, end });

describe('the spread of runs that differ in their seeds', () => {
  it('is numpy.quantile(…, [0.25, 0.5, 0.75], axis=0)', () => {
    const runs = [
      [1, 0.5, 0.25],
      [2, 0.125, 0.75],
      [4, 3, 0.0625],
      [8, 6, 5],
      [16, 7, 9],
    ];
    // numpy.quantile(runs, q, axis=0) of NumPy 1.26
    expect(spreadOf(runs.map((y) => trace(y)))).toEqual({
      x: [0, 10, 20],
      low: [2, 0.5, 0.25],
      median: [4, 3, 0.75],
      high: [8, 6, 5],
    });
    const four = spreadOf(runs.slice(0, 4).map((y) => trace(y)));
    expect(four.low).toEqual([1.75, 0.40625, 0.203125]);
    expect(four.high).toEqual([5, 3.75, 1.8125]);
  });

  it('counts a run that diverged as larger than any number from there on', () => {
    const runs = [trace([1, 1, 1]), trace([2, 2, 2]), trace([3, 3, 3]), trace([4], 7)];
    const { median, low, high } = spreadOf(runs);
    expect(median).toEqual([2.5, 2.5, 2.5]);
    expect(low).toEqual([1.75, 1.75, 1.75]);
    expect(high).toEqual([3.25, Infinity, Infinity]);
  });

  it('has no numbers where no run has any', () => {
    expect(spreadOf([trace([NaN, 1]), trace([NaN, 3])])).toEqual({
      x: [0, 10],
      median: [NaN, 2],
      low: [NaN, 1.5],
      high: [NaN, 2.5],
    });
  });
});

it('a quantile between infinities is infinite, and one at a finite value is that value', () => {
  expect(quantile([1, Infinity, Infinity], 0.75)).toBe(Infinity);
  expect(quantile([1, 2, Infinity], 0.5)).toBe(2);
});
