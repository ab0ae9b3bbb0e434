import { describe, expect, it } from 'vitest';
import { activate, activateAll, activationDerivative, timesDerivative } from '../../src/model/activation.js';
import { activations } from '../../src/model/network.js';
import { fixture } from '../fixtures/numerics/fixture.js';

type Table = Record<string, { y: number[]; slope: number[] }> & { x: number[] };
const torch = fixture('activations') as Table;

describe.each(activations)('%s', (activation) => {
  const expected = torch[activation]!;

  it('equals PyTorch float64 within 1e-15 (absolute and relative)', () => {
    torch.x.forEach((x, i) => {
      expect(Math.abs(activate(activation, x) - expected.y[i]!)).toBeLessThanOrEqual(1e-15 * (1 + Math.abs(x)));
    });
  });

  it("has PyTorch's derivative within 2e-15", () => {
    torch.x.forEach((x, i) => {
      expect(Math.abs(activationDerivative(activation, x) - expected.slope[i]!), `at ${x}`).toBeLessThanOrEqual(2e-15);
    });
  });

  it('over arrays is the same as one by one, bit for bit, and leaves the rest alone', () => {
    const before = Float64Array.of(...torch.x, 3);
    const after = new Float64Array(before.length).fill(7);
    const count = torch.x.length;
    activateAll(activation, before, after, count);
    const delta = new Float64Array(before.length).fill(2);
    timesDerivative(activation, before, after, delta, count);
    torch.x.forEach((x, i) => {
      expect(after[i]! + 0).toBe(activate(activation, x) + 0);
      expect(delta[i]).toBe(2 * activationDerivative(activation, x));
    });
    expect([after[count], delta[count]]).toEqual([7, 2]);
  });

  it('does not hide NaN', () => {
    const after = new Float64Array(1);
    activateAll(activation, Float64Array.of(NaN), after, 1);
    expect([after[0], activate(activation, NaN)]).toEqual([NaN, NaN]);
  });
});
