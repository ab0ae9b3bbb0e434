/**
 * The natural logarithm, within 0.501 ulp: the error before rounding is near 2^-69 relative, so that hardly ever a
 * result is not the correctly rounded one (in the tests none).
 *
 * x = 2^k m with m in [sqrt(1/2), sqrt(2)), and log m = 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...) with
 * s = (m - 1) / (m + 1), so that |s| < 0.172; the first terms in double-double, the rest in float64.
 */
import { binaryExponent, scale } from './binary-exponent.js';
import { add, addNumber, divide, type DoubleDouble, multiply, polynomial, reciprocal } from './double-double.js';

/** log 2 in two parts, the first of 42 bits, so that its product with an exponent is exact. */
export const log2High = 0.6931471805598903;
export const log2Low = 5.497923018708371e-14;

const firstTerms = [1, 3, 5, 7].map(reciprocal);

/** 2 artanh(s) for |s| < 0.172, to 2^-70 relative. */
function doubleArtanh(s: DoubleDouble): DoubleDouble {
  const square = multiply(s, s);
  let tail = 0;
  for (let n = 31; n >= 9; n -= 2) tail = tail * square.hi + 1 / n;
  const half = multiply(s, polynomial(square, firstTerms, tail));
  return { hi: 2 * half.hi, lo: 2 * half.lo };
}

/** log x for a positive finite x, to about 2^-69 relative. */
export function logInTwoParts(x: DoubleDouble): DoubleDouble {
  let exponent = binaryExponent(x.hi);
  if (scale(x.hi, -exponent) >= Math.SQRT2) exponent += 1;
  const mantissa = { hi: scale(x.hi, -exponent), lo: scale(x.lo, -exponent) };
  const mantissaLog = doubleArtanh(divide(addNumber(mantissa, -1), addNumber(mantissa, 1)));
  if (exponent === 0) return mantissaLog;
  return add({ hi: exponent * log2High, lo: exponent * log2Low }, mantissaLog);
}

/** log(1 + x) for a finite x >= 0, to about 2^-69 relative. */
export function logOfOnePlus(x: DoubleDouble): DoubleDouble {
  // 1 + x would round a small x; s = x / (2 + x) does not.
  return x.hi < 0.4 ? doubleArtanh(divide(x, addNumber(x, 2))) : logInTwoParts(addNumber(x, 1));
}

/** log x: NaN below 0, -Infinity at 0 and -0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  return logInTwoParts({ hi: x, lo: 0 }).hi;
}
