import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetFunction } from '../../src/model/target-functions.js';
import { sin } from '../../src/model/transcendental/sin.js';

/** SCIENCE.md, A1. */
const knots = [
  0, -0.9937716364556811, -0.22148344838437697, 0.9444092717949318, 0.4319654288817627, -0.8481364569329675,
  -0.6209909356390173, 0.709735229935477, 0.7791707431515639, -0.5360802203309418, -0.8986477854155375,
];

describe('piecewise-linear', () => {
  const f = targetFunction({ kind: 'piecewise-linear' });
  const published = targetFunction({ kind: 'piecewise-linear-as-published' });

  it('passes through the knots bit for bit, both ends included, where the published one is 0', () => {
    knots.forEach((y, k) => {
      expect(sin(12345 * k)).toBe(y);
      expect(f(k / 10)).toBe(y);
      expect(published(k / 10) + 0).toBe(0);
    });
  });

  it('is linear between the knots within 1e-14 and equals the published one there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (k, part) => {
        const x = (k + part) / 10;
        expect(Math.abs(f(x) - (knots[k]! + part * (knots[k + 1]! - knots[k]!)))).toBeLessThan(1e-14);
        expect(published(x)).toBe(f(x));
      }),
    );
  });
});

describe('the other functions', () => {
  it('sin(20x), sines and steps', () => {
    expect(targetFunction({ kind: 'sin(20x)' })(0.3)).toBe(sin(6));
    const sine = targetFunction({ kind: 'sine', amplitude: 2, frequency: 20, phase: 0.5 });
    expect(sine(0.3)).toBe(2 * sin(6.5));
    const step = targetFunction({ kind: 'step', at: 0.25 });
    expect([0, 0.2499999, 0.25, 1].map(step)).toEqual([0, 0, 1, 1]);
  });
});
