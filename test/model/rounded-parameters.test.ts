/** Rounding leaves every relu unit on or off at every input, as plain rounding does not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Network, parameterCount } from '../../src/model/network.js';
import { roundParameters } from '../../src/model/rounded-parameters.js';

const quantum = 2 ** -6;
const layers = ({ hidden }: Network): number[] => [quantum, ...hidden.map(() => quantum)];
const relu = (z: number): number => Math.max(0, z);

/** Whether each hidden unit is on at each input, written out for one and two hidden layers. */
function sides({ hidden: [first = 0, second] }: Network, p: Float64Array, inputs: Float64Array): boolean[] {
  const at = (index: number): number => p[index] ?? Number.NaN;
  return Array.from(inputs).flatMap((x) => {
    const z = Array.from({ length: first }, (_, k) => at(k) * x + at(first + k));
    const deeper = Array.from({ length: second ?? 0 }, (_, j) =>
      z.reduce(
        (sum, value, k) => sum + at(2 * first + j * first + k) * relu(value),
        at(2 * first + (second ?? 0) * first + j),
      ),
    );
    return [...z, ...deeper].map((value) => value > 0);
  });
}

const network = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }))
  .map(([first, second]): Network => {
    const hidden = second === undefined ? [first] : [first, second];
    return { inputs: 1, hidden, activation: 'relu' };
  });

/** Inputs that are as far apart as the quantum can tell, and parameters as training leaves them. */
const cases = network.chain((one) => {
  const count = parameterCount(one);
  return fc.record({
    network: fc.constant(one),
    parameters: fc
      .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: count, maxLength: count })
      .map((values) => Float64Array.from(values, (value) => (Math.abs(value) < 0.3 ? 0.3 + value : value))),
  });
});
const inputs = Float64Array.from({ length: 11 }, (_, index) => index / 10);

it('keeps all units on their sides at all inputs, with multiples of the quantum that are near', () => {
  fc.assert(
    fc.property(cases, ({ network: one, parameters }) => {
      const rounded = roundParameters(one, parameters, inputs, layers(one));
      expect(sides(one, rounded, inputs)).toEqual(sides(one, parameters, inputs));
      rounded.forEach((value, index) => {
        expect(Number.isInteger(value / quantum)).toBe(true);
        expect(Math.abs(value - (parameters[index] ?? 0))).toBeLessThan(20 * quantum);
      });
    }),
    { numRuns: 300 },
  );
});

it('moves the bias of a unit that plain rounding would switch on', () => {
  // Off at 0.3 by 0.0005; the nearest multiple of 1/64 to the bias is -19/64, with which it would be on.
  const bent: Network = { inputs: 1, hidden: [1], activation: 'relu' };
  const exact = Float64Array.of(1, -0.3005, 1, 0);
  expect(Math.round(-0.3005 / quantum) * quantum + 0.3).toBeGreaterThan(0);
  expect(roundParameters(bent, exact, inputs, layers(bent))).toEqual(Float64Array.of(1, -20 / 64, 1, 0));
});

it('rounds plainly where there are no elbows, and where inputs are nearer than the quantum can tell apart', () => {
  const tanh: Network = { inputs: 1, hidden: [1], activation: 'tanh' };
  expect(roundParameters(tanh, Float64Array.of(1, -0.301, 1, 0), Float64Array.of(0.3, 0.302), [0.25, 0.25])).toEqual(
    Float64Array.of(1, -0.25, 1, 0),
  );
  const bent: Network = { ...tanh, activation: 'relu' };
  expect(roundParameters(bent, Float64Array.of(1, -0.301, 1, 0), Float64Array.of(0.3, 0.302), [0.25, 0.25])).toEqual(
    Float64Array.of(1, -0.25, 1, 0),
  );
});
