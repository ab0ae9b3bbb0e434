/** Powers whose last bit does not depend on a machine. */
import { exp } from './transcendental/exp.js';
import { log } from './transcendental/log.js';

/** Whole exponents up to this are products. */
const mostFactors = 1024;

/** base^exponent as Math.pow means it: of whole exponents by squaring, of a half by the root, of others by exp and log. */
export function power(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= mostFactors) {
    const whole = product(base, Math.abs(exponent));
    return exponent < 0 ? 1 / whole : whole;
  }
  if (exponent === 0.5) return Math.sqrt(base);
  if (base > 0 && Number.isFinite(base) && Number.isFinite(exponent)) return exp(exponent * log(base));
  if (Number.isNaN(base) || Number.isNaN(exponent)) return Number.NaN;
  const size = Math.abs(base);
  if (!Number.isFinite(exponent)) {
    if (size === 1) return Number.NaN;
    return size > 1 === exponent > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  // A root of a negative number; of 0 and of the infinities it is that of their size.
  if (base < 0 && Number.isFinite(base) && !Number.isInteger(exponent)) return Number.NaN;
  const isOdd = Number.isInteger(exponent) && exponent % 2 !== 0;
  const isNegative = isOdd && (base < 0 || Object.is(base, -0));
  const limit = (size === 0) === exponent > 0 ? 0 : Number.POSITIVE_INFINITY;
  const whole = size === 0 || !Number.isFinite(size) ? limit : exp(exponent * log(size));
  return isNegative ? -whole : whole;
}

function product(base: number, factors: number): number {
  let [result, square] = [1, base];
  for (let left = factors; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
