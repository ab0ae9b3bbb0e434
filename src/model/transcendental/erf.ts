/**
 * The error function erf x = 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x, within 0.8 ulp.
 *
 * Below 0.8125 its Taylor series at 0. Above, the Taylor series at the nearest multiple of 1/8, whose values there are
 * computed when they are first asked for, from the series erf c = 2/sqrt(pi) exp(-c^2) (c + 2 c^3/3 + 4 c^5/15 + ...), all
 * of whose terms are positive (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.5 and 7.1.6).
 */
import { add, type DoubleDouble, divide, multiply } from './double-double.js';
import { expInTwoParts } from './exp.js';

const twoOverRootPi: DoubleDouble = { hi: 1.1283791670955126, lo: 1.533545961316588e-17 };

/** (-1)^n / (n! (2n + 1)) 2/sqrt(pi) for n = 20 down to 1. */
const nearZero: number[] = [];
for (let n = 20; n >= 1; n--) {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  nearZero.push(((n % 2 === 0 ? 1 : -1) * twoOverRootPi.hi) / (factorial * (2 * n + 1)));
}

/** erf around one point: its value there, and the coefficients of h, h^2, ... h^14. */
interface Expansion {
  readonly value: DoubleDouble;
  readonly coefficients: Float64Array;
}

function expandAt(centre: number): Expansion {
  const gauss = multiply(twoOverRootPi, expInTwoParts(-centre * centre));
  const square: DoubleDouble = { hi: 2 * centre * centre, lo: 0 };
  let term: DoubleDouble = { hi: centre, lo: 0 };
  let sum = term;
  for (let n = 1; term.hi > sum.hi * 1e-25; n++) {
    term = multiply(term, divide(square, { hi: 2 * n + 1, lo: 0 }));
    sum = add(sum, term);
  }
  // g = erf' satisfies g' = -2 x g, so its coefficients obey (n + 1) g[n+1] = -2 (c g[n] + g[n-1]).
  const coefficients = new Float64Array(14);
  let before = 0;
  let current = gauss.hi;
  for (let n = 0; n < coefficients.length; n++) {
    coefficients[n] = current / (n + 1);
    const next = (-2 * (centre * current + before)) / (n + 1);
    before = current;
    current = next;
  }
  return { value: multiply(gauss, sum), coefficients };
}

/** Around 7/8, 8/8, ... 48/8, each from when it is first asked for: most programs ask for none. */
const expansions: Expansion[] = [];

/** erf x. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size < 0.8125) {
    const square = x * x;
    let series = 0;
    for (const coefficient of nearZero) series = (series + coefficient) * square;
    // 2/sqrt(pi) - 1 is added first so that x itself, the largest part, is not rounded.
    return x + x * (twoOverRootPi.hi - 1 + twoOverRootPi.lo + series);
  }
  // 1 - erf 6 is below 2^-55.
  if (size >= 6) return x > 0 ? 1 : -1;
  const nearest = Math.round(size * 8);
  const { value, coefficients } = (expansions[nearest] ??= expandAt(nearest / 8));
  const h = size - nearest / 8;
  let series = 0;
  for (let n = coefficients.length - 1; n >= 0; n--) series = (series + coefficients[n]!) * h;
  const result = value.hi + (value.lo + series);
  return x > 0 ? result : -result;
}
