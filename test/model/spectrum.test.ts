import { describe, expect, it } from 'vitest';
import { machineEpsilon } from '../../src/model/machine-epsilon.js';
import { fixSigns, gramFloor, rankAbove, rankTolerance } from '../../src/model/spectrum.js';

describe('fixSigns', () => {
  it('makes the entry largest in size of each left vector positive and turns the right vector with it', () => {
    const svd = {
      u: Float64Array.of(0.6, -0.8, 0.8, 0.6),
      s: Float64Array.of(2, 1),
      v: Float64Array.of(1, 2, 3, 4, 5, 6),
    };
    const fixed = fixSigns(svd, 2, 3);
    expect([...fixed.u]).toEqual([0.6, 0.8, 0.8, -0.6]);
    expect([...fixed.v]).toEqual([1, -2, 3, -4, 5, -6]);
    expect(svd.u[1]).toBe(-0.8);
  });

  it('settles ties by the first entry, and leaves a zero column', () => {
    const fixed = fixSigns(
      { u: Float64Array.of(-0.5, 0, 0.5, 0), s: Float64Array.of(1, 0), v: Float64Array.of(1, -1) },
      2,
      1,
    );
    expect([...fixed.u].map((x) => x + 0)).toEqual([0.5, 0, -0.5, 0]);
    expect([...fixed.v]).toEqual([-1, -1]);
  });
});

describe('the numerical rank', () => {
  const rank = (s: Float64Array, rows: number, columns: number, precision: 'float32' | 'float64'): number =>
    rankAbove(s, rankTolerance(s, rows, columns, machineEpsilon[precision]));
  it('counts above s[0] max(rows, columns) eps of the precision', () => {
    const s = Float64Array.of(10, 1, 1e-5, 1e-14, 0);
    expect(rank(s, 200, 5, 'float64')).toBe(3);
    expect(rank(s, 200, 5, 'float32')).toBe(2);
    expect(rank(s, 5, 200, 'float32')).toBe(2);
    expect(rank(s, 5, 5, 'float32')).toBe(3);
  });

  it('is 0 for a zero matrix and for none', () => {
    expect(rank(new Float64Array(3), 3, 3, 'float64')).toBe(0);
    expect(rank(new Float64Array(), 0, 3, 'float64')).toBe(0);
  });
});

it('the floor of the Gram route is the root of an error of n eps in the squares', () => {
  expect(gramFloor(20, machineEpsilon.float64)).toBeCloseTo(6.66e-8, 9);
  expect(gramFloor(200, machineEpsilon.float32)).toBeCloseTo(4.9e-3, 4);
});
