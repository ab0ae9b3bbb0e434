/** Powers, held to the host's where they are exact there, and close to them elsewhere. */
import { expect, it } from 'vitest';
import { power } from '../../src/model/power.js';

const numbers = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3.7, -3.7, Infinity, -Infinity, Number.NaN];
const exponents = [...numbers, 0.25, -0.25, 3, -3, 1025, -1025, 2000, -2000, 1 / 3];

it.each(numbers)('of %s are what Math.pow makes of it', (base) => {
  for (const exponent of exponents) {
    const [found, host] = [power(base, exponent), Math.pow(base, exponent)];
    // The root of minus infinity is no number here, as of every negative number.
    if (exponent === 0.5 && base === -Infinity) continue;
    if (Number.isFinite(host) && host !== 0) expect(found / host, `${base} ^ ${exponent}`).toBeCloseTo(1, 10);
    else expect(found + 0, `${base} ^ ${exponent}`).toBe(host + 0);
  }
});
