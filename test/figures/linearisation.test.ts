/** A network with moved elbows, and its linearisation, against the engine's own outputs and gradients. */
import { expect, it } from 'vitest';
import { jacobian } from '../../src/engine/reference/jacobian.js';
import { linearisationOf } from '../../src/figures/pictures/linearisation-rows.js';
import { outputsWith } from '../../src/model/centred-outputs.js';
import { predict } from '../../src/model/forward.js';
import { initialParameters } from '../../src/model/initial-parameters.js';
import { type Activation, type Network, parameterCount } from '../../src/model/network.js';

const hidden = 6;
/** In "0.weight, 0.bias, 2.weight, 2.bias". */
const bias = (unit: number): number => hidden + unit;

const drawn = (activation: Activation): { network: Network; parameters: Float64Array } => {
  const network: Network = { inputs: 1, hidden: [hidden], activation };
  return { network, parameters: initialParameters(network, 'uniform', 3).parameters };
};

it.each(['relu', 'leaky-relu', 'tanh', 'gelu'] as const)(
  'are f(x; θ + Δ) of the engine and f + φᵀΔ of its gradients, to 1e-12: %s',
  (activation) => {
    const { network, parameters } = drawn(activation);
    const shifts = new Map([
      [1, 0.25],
      [4, -0.1],
    ]);
    const found = linearisationOf(network, parameters, outputsWith(network, parameters, undefined), [0, 1], shifts);
    const { x } = found.before;
    const moved = parameters.slice();
    const delta = new Float64Array(parameterCount(network));
    for (const [unit, by] of shifts) {
      delta[bias(unit)] = -(parameters[unit] ?? 0) * by;
      moved[bias(unit)] = (parameters[bias(unit)] ?? 0) + (delta[bias(unit)] ?? 0);
    }
    const before = predict(network, parameters, x);
    const gradients = jacobian(network, parameters, x);
    const linear = before.map(
      (f, point) =>
        f + delta.reduce((sum, by, column) => sum + by * (gradients[point * delta.length + column] ?? 0), 0),
    );
    const after = predict(network, moved, x);
    const far = (some: Float64Array, others: Float64Array): number =>
      Math.max(...some.map((one, index) => Math.abs(one - (others[index] ?? Number.NaN))));
    expect(far(found.before.y, before)).toBeLessThan(1e-12);
    expect(far(found.moved.y, after)).toBeLessThan(1e-12);
    expect(far(found.linear.y, linear)).toBeLessThan(1e-12);
    expect(found.most).toBeCloseTo(far(after, linear), 12);
    expect(found.most).toBeGreaterThan(1e-3);
    for (const { unit, from, to, y } of found.elbows) {
      expect((parameters[unit] ?? 0) * from + (parameters[bias(unit)] ?? 0)).toBeCloseTo(0, 12);
      expect(to - from).toBeCloseTo(shifts.get(unit) ?? 0, 12);
      expect(y).toBeCloseTo(predict(network, moved, Float64Array.of(to))[0] ?? Number.NaN, 12);
    }
  },
);

it('do not differ where nothing is moved, and of relu by the kink times the way where one elbow is', () => {
  const { network, parameters } = drawn('relu');
  const outputs = outputsWith(network, parameters, undefined);
  const most = (shifts: ReadonlyMap<number, number>): number =>
    linearisationOf(network, parameters, outputs, [0, 1], shifts).most;
  expect(most(new Map())).toBe(0);
  const { elbows } = linearisationOf(network, parameters, outputs, [0, 1], new Map());
  const inner = elbows.find(({ from }) => from > 0.2 && from < 0.7);
  if (inner === undefined) throw new Error('no elbow within');
  for (const by of [0.001, 0.01, 0.1, 0.2])
    expect(most(new Map([[inner.unit, by]]))).toBeCloseTo(Math.abs(inner.strength) * by, 6);
});

it('are there where a unit has no elbow, as its input weight is 0', () => {
  const { network, parameters } = drawn('relu');
  const flat = parameters.map((value, index) => (index === 2 ? 0 : value));
  const { elbows, most, moved } = linearisationOf(
    network,
    flat,
    outputsWith(network, flat, undefined),
    [0, 1],
    new Map([[2, 0.5]]),
  );
  expect(Number.isFinite(elbows[2]?.from)).toBe(false);
  expect(most).toBe(0);
  expect(moved.y.every(Number.isFinite)).toBe(true);
});
