import { describe, expect, it } from 'vitest';
import { fixSigns, numericalRank } from '../../src/model/spectrum.js';

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

describe('numericalRank', () => {
  it('counts above s[0] max(rows, columns) eps of the precision', () => {
    const s = Float64Array.of(10, 1, 1e-5, 1e-14, 0);
    expect(numericalRank(s, 200, 5, 'float64')).toBe(3);
    expect(numericalRank(s, 200, 5, 'float32')).toBe(2);
    expect(numericalRank(s, 5, 200, 'float32')).toBe(2);
    expect(numericalRank(s, 5, 5, 'float32')).toBe(3);
  });

  it('is 0 for a zero matrix and for none', () => {
    expect(numericalRank(new Float64Array(3), 3, 3, 'float64')).toBe(0);
    expect(numericalRank(new Float64Array(), 0, 3, 'float64')).toBe(0);
  });
});
