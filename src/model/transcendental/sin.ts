/**
 * The sine and the cosine, within 0.501 ulp for every argument however large: the error before rounding is near 2^-69 relative,
 * so that hardly ever a result is not the correctly rounded one (in the tests none).
 *
 * The argument is reduced to |r| <= pi/4 in whole numbers of any length, which leaves no case to reason about: x is
 * m 2^e, and m 2^e (2/pi) is computed with as many bits of 2/pi as it takes (the idea of M. Payne and R. Hanek,
 * "Radian reduction for trigonometric functions", ACM SIGNUM 18(1), 1983). Then Taylor series, the first terms in
 * double-double and the rest in float64.
 */
import { binaryExponent, scale } from './binary-exponent.js';
import { type DoubleDouble, multiply, polynomial, reciprocal } from './double-double.js';

/** 2/pi, of which `twoOverPiBits` bits stand behind the binary point. */
const twoOverPi = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e0' +
    '06492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f4' +
    '9c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d' +
    '7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d',
);
const twoOverPiBits = 1280;
const halfPi: DoubleDouble = { hi: 1.5707963267948966, lo: 6.123233995736766e-17 };

interface Reduced {
  /** x - quarter * pi/2, up to a multiple of 2 pi; at most pi/4 in size. */
  readonly r: DoubleDouble;
  /** 0..3 */
  readonly quarter: number;
}

/** Reduces a finite x that is at least 2^-30. */
function reduce(x: number): Reduced {
  const exponent = binaryExponent(x) - 52;
  const mantissa = BigInt(scale(x, -exponent));
  // No float64 comes closer to a multiple of pi/2 than about 2^-62 (J.-M. Muller, Elementary Functions, section 11.3),
  // so 64 + 110 bits behind the point of the result keep 110 that count.
  const bits = Math.min(twoOverPiBits, Math.max(exponent, 0) + 53 + 174);
  const product = mantissa * (twoOverPi >> BigInt(twoOverPiBits - bits));
  // The product is x 2/pi with this many bits behind its point.
  const point = BigInt(bits - exponent);
  const quarter = (product + (1n << (point - 1n))) >> point;
  const fraction = product - (quarter << point);
  // Kept to 200 bits behind the point, for a float64 could not hold 2^point.
  const kept = point > 200n ? 200n : point;
  const short = fraction >> (point - kept);
  const high = Number(short);
  const low = Number(short - BigInt(high));
  const turns = { hi: scale(high, -Number(kept)), lo: scale(low, -Number(kept)) };
  return { r: multiply(turns, halfPi), quarter: Number(quarter & 3n) };
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const negative = (x: DoubleDouble): DoubleDouble => ({ hi: -x.hi, lo: -x.lo });
/** The first terms of a series in r^2 with alternating signs, 1/n! for each n. */
const series = (powers: readonly number[]): DoubleDouble[] =>
  powers.map((n, i) => (i % 2 === 0 ? reciprocal(factorial(n)) : negative(reciprocal(factorial(n)))));
const sineTerms = series([1, 3, 5, 7, 9]);
const sineTail = [11, 13, 15, 17, 19, 21, 23].map((n, i) => (i % 2 === 0 ? -1 : 1) / factorial(n)).reverse();
const cosineTerms = series([0, 2, 4, 6, 8]);
const cosineTail = [10, 12, 14, 16, 18, 20, 22].map((n, i) => (i % 2 === 0 ? -1 : 1) / factorial(n)).reverse();

function horner(z: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * z + coefficient;
  return sum;
}

/** sin r for |r| <= pi/4. */
function smallSine(r: DoubleDouble): number {
  const square = multiply(r, r);
  return multiply(r, polynomial(square, sineTerms, horner(square.hi, sineTail))).hi;
}

/** cos r for |r| <= pi/4. */
function smallCosine(r: DoubleDouble): number {
  const square = multiply(r, r);
  return polynomial(square, cosineTerms, horner(square.hi, cosineTail)).hi;
}

/** sin x for x in radians; NaN at the infinities. */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size === Infinity) return NaN;
  // Below 2^-27 the next term, x^3/6, is below a tenth of a last place.
  if (size < 7.450580596923828e-9 || Number.isNaN(x)) return x;
  if (size <= 0.7853981633974483) return smallSine({ hi: x, lo: 0 });
  const { r, quarter } = reduce(size);
  const value = quarter % 2 === 0 ? smallSine(r) : smallCosine(r);
  return x > 0 === quarter < 2 ? value : -value;
}

/** cos x for x in radians; NaN at the infinities. */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (size === Infinity) return NaN;
  // Below 2^-27 the next term, x^2/2, is below half a last place of 1.
  if (size < 7.450580596923828e-9 || Number.isNaN(x)) return Number.isNaN(x) ? x : 1;
  if (size <= 0.7853981633974483) return smallCosine({ hi: size, lo: 0 });
  const { r, quarter } = reduce(size);
  const value = quarter % 2 === 0 ? smallCosine(r) : smallSine(r);
  return quarter === 0 || quarter === 3 ? value : -value;
}
