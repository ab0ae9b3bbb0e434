/** The curves of gradient flow in `unit-weights`. */
import { expect, it } from 'vitest';
import type { Axes } from '../../src/figures/lines.js';
import { pathRows } from '../../src/figures/pictures/unit-weights-rows.js';

const axes = (most: number, range: readonly [number, number]): Axes => ({
  x: { type: 'linear', domain: [0, most], length: 200 },
  y: { type: 'linear', domain: range, length: 150 },
});

/** The places on the curve of a unit that begins here. */
const curve = (into: number, out: number, of: Axes): [number, number][] =>
  pathRows([{ into: Float64Array.of(into), out: Float64Array.of(out) }], of, true, '0', {})
    .filter(({ part }) => part === 'conserved')
    .map(({ x, y }) => [Number(x), Number(y)]);

it.each([
  ['input weights are far larger', 1, 0, axes(2, [-1e17, 1e17])],
  ['the output weight is far larger', 0, 1e-9, axes(1e9, [-2e-9, 2e-9])],
  ['both are alike', 1, -2, axes(3, [-3, 1])],
] as const)('stay in the picture and keep the difference of the squares: %s', (_, into, out, of) => {
  const places = curve(into, out, of);
  const difference = out * out - into * into;
  expect(places.length).toBeGreaterThan(1);
  for (const [x, y] of places) {
    expect(x).toBeLessThanOrEqual(of.x.domain[1] * (1 + 1e-9));
    expect(y).toBeGreaterThanOrEqual(of.y.domain[0] * (1 + 1e-9));
    expect(y).toBeLessThanOrEqual(of.y.domain[1] * (1 + 1e-9));
    expect(Math.abs(y * y - x * x - difference)).toBeLessThanOrEqual(1e-9 * (x * x + Math.abs(difference)));
  }
});

it('are none where the squares are too large', () => {
  expect(curve(1e200, 1, axes(2e200, [-2, 2]))).toEqual([]);
});
