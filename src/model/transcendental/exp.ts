/**
 * The exponential function, within 0.53 ulp (below 2^-1022, where results are subnormal, within 1 ulp).
 *
 * x = k log 2 + r with |r| <= log(2)/2, and exp x = 2^k (1 + p) with p = r + r^2/2 + r^3 (1/3! + r/4! + ...); the first
 * two terms in double-double, the rest in float64.
 */
import { scale } from './binary-exponent.js';
import { add, type DoubleDouble, exactSum } from './double-double.js';
import { log2High, log2Low } from './log.js';

// The parts of the last `split`: exp x = 2^exponent (1 + high + low). Variables of the module rather than an object that
// is returned, because networks call these functions hundreds of millions of times and objects made each three times
// slower.
let exponent = 0;
let high = 0;
let low = 0;

/** Sets the parts for |x| < 1500; high + low is exp(r) - 1 to about 2^-58 relative. */
function split(x: number): void {
  exponent = Math.floor(x * 1.4426950408889634 + 0.5);
  // r + rest is the reduced argument: both products and the first difference are exact or far below the last place.
  const reduced = x - exponent * log2High;
  const correction = -exponent * log2Low;
  const r = reduced + correction;
  const rest = correction - (r - reduced);
  const square = r * r;
  // The even and the odd terms are two chains, which a processor works on at the same time.
  let even = 1 / 1307674368000;
  even = even * square + 1 / 6227020800;
  even = even * square + 1 / 39916800;
  even = even * square + 1 / 362880;
  even = even * square + 1 / 5040;
  even = even * square + 1 / 120;
  even = even * square + 1 / 6;
  let odd = 1 / 87178291200;
  odd = odd * square + 1 / 479001600;
  odd = odd * square + 1 / 3628800;
  odd = odd * square + 1 / 40320;
  odd = odd * square + 1 / 720;
  odd = odd * square + 1 / 24;
  const series = even + odd * r;
  // r * r exactly (Dekker's product).
  const splitR = 134217729 * r;
  const highR = splitR - (splitR - r);
  const lowR = r - highR;
  const squareRest = highR * highR - square + 2 * (highR * lowR) + lowR * lowR;
  // r is the larger in size, so this sum needs no ordering.
  high = r + square / 2;
  low = square / 2 - (high - r) + (rest + (squareRest / 2 + r * rest + r * square * series));
}

/** exp x as hi + lo, to about 2^-58 relative, for -600 < x < 600. */
export function expInTwoParts(x: number): DoubleDouble {
  split(x);
  const sum = exactSum(1, high);
  const mantissa = exactSum(sum.hi, sum.lo + low);
  return { hi: scale(mantissa.hi, exponent), lo: scale(mantissa.lo, exponent) };
}

/** exp x - 1 as hi + lo, to about 2^-58 relative, for -600 < x < 600. */
export function expMinusOneInTwoParts(x: number): DoubleDouble {
  split(x);
  const power = scale(1, exponent);
  const scaled = exactSum(high * power, low * power);
  return exponent === 0 ? scaled : add(exactSum(power, -1), scaled);
}

/** exp x. */
export function exp(x: number): number {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  if (Number.isNaN(x)) return NaN;
  split(x);
  const sum = 1 + high;
  return scale(sum + (1 - sum + high + low), exponent);
}
