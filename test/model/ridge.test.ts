/** Ridge regression and minimum norm, against the conditions that define them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { svd } from '../../src/engine/reference/svd.js';
import { ridgeSolution } from '../../src/model/ridge.js';
import { machineEpsilon } from '../../src/model/machine-epsilon.js';
import { rankTolerance } from '../../src/model/spectrum.js';

/** A' (A theta - y) + penalty theta, which is 0 at the minimum. */
function gradient(a: Float64Array, y: Float64Array, theta: Float64Array, penalty: number): number[] {
  const columns = theta.length;
  const residual = Array.from(y, (target, row) =>
    theta.reduce((sum, value, column) => sum + (a[row * columns + column] ?? 0) * value, -target),
  );
  return Array.from(theta, (value, column) =>
    residual.reduce((sum, one, row) => sum + (a[row * columns + column] ?? 0) * one, penalty * value),
  );
}

const matrix = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })).chain(([rows, columns]) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.constant(columns),
    a: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: rows * columns, maxLength: rows * columns }),
    y: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: rows, maxLength: rows }),
  }),
);

it('solves the normal equations, with and without a penalty, of matrices of any rank', () => {
  fc.assert(
    fc.property(matrix, fc.constantFrom(0, 0.1, 3), ({ rows, columns, a, y }, penalty) => {
      const [numbers, targets] = [Float64Array.from(a), Float64Array.from(y)];
      const decomposition = svd(numbers, rows, columns);
      const tolerance = rankTolerance(decomposition.s, rows, columns, machineEpsilon.float64);
      const theta = ridgeSolution(decomposition, targets, { penalty, tolerance });
      for (const slope of gradient(numbers, targets, theta, penalty)) expect(Math.abs(slope)).toBeLessThan(1e-9);
    }),
  );
});

it('takes the shortest of the solutions when there are many', () => {
  // theta_1 + theta_2 = 2, twice over: the shortest is (1, 1). numpy.linalg.lstsq says the same.
  const a = Float64Array.of(1, 1, 1, 1);
  const decomposition = svd(a, 2, 2);
  const tolerance = rankTolerance(decomposition.s, 2, 2, machineEpsilon.float64);
  const theta = ridgeSolution(decomposition, Float64Array.of(2, 2), { penalty: 0, tolerance });
  expect(theta[0]).toBeCloseTo(1, 12);
  expect(theta[1]).toBeCloseTo(1, 12);
});

it('fits nothing with a matrix of zeros', () => {
  const decomposition = svd(new Float64Array(6), 3, 2);
  expect([...ridgeSolution(decomposition, Float64Array.of(1, 2, 3), { penalty: 0, tolerance: 0 })]).toEqual([0, 0]);
});
