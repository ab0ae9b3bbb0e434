import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderStatistic } from '../../src/figures/order-statistic.js';

const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 })), { minLength: 1 });

test('the value at a place is the one that sorting puts there, and so is that of a later place after it', () => {
  fc.assert(
    fc.property(numbers, fc.nat(), fc.nat(), (values, a, b) => {
      const sorted = Float64Array.from(values).sort();
      const [first, second] = [a % values.length, b % values.length].sort((one, other) => one - other) as [
        number,
        number,
      ];
      const mixed = Float64Array.from(values);
      // Sorting puts -0 before 0; to a figure they are the same.
      expect(orderStatistic(mixed, first) + 0).toBe((sorted[first] ?? 0) + 0);
      expect(orderStatistic(mixed, second, first) + 0).toBe((sorted[second] ?? 0) + 0);
    }),
  );
});
