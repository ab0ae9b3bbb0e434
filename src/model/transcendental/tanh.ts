/** The hyperbolic tangent, within 0.57 ulp: tanh x = e / (e + 2) with e = exp(2x) - 1, in double-double. */
import { addNumber, divide } from './double-double.js';
import { expMinusOneInTwoParts } from './exp.js';

/** tanh x. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  // Below 2^-28 the next term of the series, x^3/3, is less than a third of a last place; beyond 22 all rounds to 1.
  if (size < 3.725290298461914e-9 || Number.isNaN(x)) return x;
  if (size > 22) return x > 0 ? 1 : -1;
  const e = expMinusOneInTwoParts(2 * size);
  const value = divide(e, addNumber(e, 2)).hi;
  return x > 0 ? value : -value;
}
