/**
 * The exponential and what is made of it, for two float64 at a time: the same bits on every machine, as nothing but
 * IEEE arithmetic is used. Within a few 1e-16 of the true values (relative for exp, tanh and softplus; absolute for the
 * normal distribution function), tested against src/model/transcendental. NaN stays NaN.
 */

// @ts-ignore: decorator
@inline
function plusProduct(sum: v128, x: v128, next: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(next));
}

/** e^x, for x brought into [-708, 709]. x = n log 2 + r, and e^r by its Taylor series to degree 13. */
export function exp(x: v128): v128 {
  const clamped = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-708)), f64x2.splat(709));
  const n = f64x2.nearest(f64x2.mul(clamped, f64x2.splat(1.4426950408889634)));
  // log 2 in two parts, the first of 32 bits, so that its products are exact.
  const high = f64x2.sub(clamped, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
  const r = f64x2.sub(high, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  let sum = f64x2.splat(1.0 / 6227020800.0);
  sum = plusProduct(sum, r, 1.0 / 479001600.0);
  sum = plusProduct(sum, r, 1.0 / 39916800.0);
  sum = plusProduct(sum, r, 1.0 / 3628800.0);
  sum = plusProduct(sum, r, 1.0 / 362880.0);
  sum = plusProduct(sum, r, 1.0 / 40320.0);
  sum = plusProduct(sum, r, 1.0 / 5040.0);
  sum = plusProduct(sum, r, 1.0 / 720.0);
  sum = plusProduct(sum, r, 1.0 / 120.0);
  sum = plusProduct(sum, r, 1.0 / 24.0);
  sum = plusProduct(sum, r, 1.0 / 6.0);
  sum = plusProduct(sum, r, 0.5);
  sum = plusProduct(sum, r, 1.0);
  sum = plusProduct(sum, r, 1.0);
  const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n));
  return f64x2.mul(sum, i64x2.shl(i64x2.add(exponent, i64x2.splat(1023)), 52));
}

/** tanh x = (1 - e^-2|x|) / (1 + e^-2|x|), and near 0, where that cancels, its Taylor series. */
export function tanh(x: v128): v128 {
  const size = f64x2.abs(x);
  const one = f64x2.splat(1);
  const e = exp(f64x2.mul(size, f64x2.splat(-2)));
  const quotient = f64x2.div(f64x2.sub(one, e), f64x2.add(one, e));
  const signed = v128.or(quotient, v128.and(x, f64x2.splat(-0.0)));
  const square = f64x2.mul(x, x);
  let series = f64x2.splat(62.0 / 2835.0);
  series = plusProduct(series, square, -17.0 / 315.0);
  series = plusProduct(series, square, 2.0 / 15.0);
  series = plusProduct(series, square, -1.0 / 3.0);
  const near = f64x2.add(x, f64x2.mul(x, f64x2.mul(square, series)));
  return v128.bitselect(near, signed, f64x2.lt(size, f64x2.splat(0.02)));
}

/** log(1 + u) for 0 <= u <= 1: twice the series of artanh(u / (2 + u)). */
export function logOnePlus(u: v128): v128 {
  const s = f64x2.div(u, f64x2.add(u, f64x2.splat(2)));
  const square = f64x2.mul(s, s);
  let sum = f64x2.splat(1.0 / 33.0);
  sum = plusProduct(sum, square, 1.0 / 31.0);
  sum = plusProduct(sum, square, 1.0 / 29.0);
  sum = plusProduct(sum, square, 1.0 / 27.0);
  sum = plusProduct(sum, square, 1.0 / 25.0);
  sum = plusProduct(sum, square, 1.0 / 23.0);
  sum = plusProduct(sum, square, 1.0 / 21.0);
  sum = plusProduct(sum, square, 1.0 / 19.0);
  sum = plusProduct(sum, square, 1.0 / 17.0);
  sum = plusProduct(sum, square, 1.0 / 15.0);
  sum = plusProduct(sum, square, 1.0 / 13.0);
  sum = plusProduct(sum, square, 1.0 / 11.0);
  sum = plusProduct(sum, square, 1.0 / 9.0);
  sum = plusProduct(sum, square, 1.0 / 7.0);
  sum = plusProduct(sum, square, 1.0 / 5.0);
  sum = plusProduct(sum, square, 1.0 / 3.0);
  sum = plusProduct(sum, square, 1.0);
  return f64x2.mul(f64x2.add(s, s), sum);
}

/** log x for a finite x >= 1: of x = 2^n m with m in [1, 2), n log 2 + log m. */
export function logFromOne(x: v128): v128 {
  const one = f64x2.splat(1);
  const fraction = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), one);
  const n = i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023));
  const exponent = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(n, n, 0, 2, 0, 2));
  return f64x2.add(f64x2.mul(exponent, f64x2.splat(0.6931471805599453)), logOnePlus(f64x2.sub(fraction, one)));
}

/**
 * 1 - erf y for y >= 0, where `bell` is e^(-y y). With t = 1 / (1 + y/2) it is t e^(-y y) times a polynomial in 2t - 1: the
 * Chebyshev interpolant of degree 25 on 0 < t <= 1, computed with 40 digits (error below 5e-17).
 */
// @ts-ignore: decorator
@inline
function complement(y: v128, bell: v128): v128 {
  const t = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), f64x2.mul(y, f64x2.splat(0.5))));
  const u = f64x2.sub(f64x2.add(t, t), f64x2.splat(1));
  let sum = f64x2.splat(-9.7431157549140815e-10);
  sum = plusProduct(sum, u, -1.8983185717900799e-9);
  sum = plusProduct(sum, u, 1.2683080316045676e-8);
  sum = plusProduct(sum, u, 6.443597925046653e-9);
  sum = plusProduct(sum, u, -6.8180765990655689e-8);
  sum = plusProduct(sum, u, 3.6201683260938796e-8);
  sum = plusProduct(sum, u, 1.7630181517105487e-7);
  sum = plusProduct(sum, u, -3.2654749792003859e-7);
  sum = plusProduct(sum, u, -1.1319613509521393e-8);
  sum = plusProduct(sum, u, 1.0308565838096152e-6);
  sum = plusProduct(sum, u, -1.8167079024791187e-6);
  sum = plusProduct(sum, u, -5.7782229817987804e-7);
  sum = plusProduct(sum, u, 8.0586546141389292e-6);
  sum = plusProduct(sum, u, -1.0842910058395442e-5);
  sum = plusProduct(sum, u, -1.7074025151708481e-5);
  sum = plusProduct(sum, u, 7.2234167592393892e-5);
  sum = plusProduct(sum, u, -1.7185781852311768e-5);
  sum = plusProduct(sum, u, -0.00033153657308598261);
  sum = plusProduct(sum, u, 0.00041864803692931906);
  sum = plusProduct(sum, u, 0.0015453060137318343);
  sum = plusProduct(sum, u, -0.0032395925341297785);
  sum = plusProduct(sum, u, -0.01075533094401701);
  sum = plusProduct(sum, u, 0.018221115753444061);
  sum = plusProduct(sum, u, 0.13973604627801435);
  sum = plusProduct(sum, u, 0.34358034220690528);
  sum = plusProduct(sum, u, 0.51079135262101153);
  return f64x2.mul(f64x2.mul(t, bell), sum);
}

/** The distribution function of the standard normal, where `gauss` is e^(-x x / 2). */
export function normalDistribution(x: v128, gauss: v128): v128 {
  const y = f64x2.mul(f64x2.abs(x), f64x2.splat(0.7071067811865476));
  const tail = f64x2.mul(f64x2.splat(0.5), complement(y, gauss));
  return v128.bitselect(tail, f64x2.sub(f64x2.splat(1), tail), f64x2.lt(x, f64x2.splat(0)));
}

/** e^(-x x / 2), which `normalDistribution` needs and the derivative of gelu too. */
export function gauss(x: v128): v128 {
  return exp(f64x2.mul(f64x2.mul(x, x), f64x2.splat(-0.5)));
}

/** The error function, where `bell` is e^(-x x); near 0, where 1 - erfc cancels, its Taylor series. */
export function erf(x: v128, bell: v128): v128 {
  const size = f64x2.abs(x);
  const far = f64x2.sub(f64x2.splat(1), complement(size, bell));
  const signed = v128.or(far, v128.and(x, f64x2.splat(-0.0)));
  const square = f64x2.mul(x, x);
  let series = f64x2.splat(1.0 / 216.0);
  series = plusProduct(series, square, -1.0 / 42.0);
  series = plusProduct(series, square, 1.0 / 10.0);
  series = plusProduct(series, square, -1.0 / 3.0);
  series = plusProduct(series, square, 1.0);
  const near = f64x2.mul(f64x2.mul(x, f64x2.splat(1.1283791670955126)), series);
  return v128.bitselect(near, signed, f64x2.lt(size, f64x2.splat(0.02)));
}

/** Beyond this many quarter turns (1.6 million) the products below are not exact, and sine and cosine give NaN. */
const MOST_QUARTERS: f64 = 1048576;

/** x less the nearest whole number n of quarter turns, by pi/2 in three parts, the first two of 33 bits. */
// @ts-ignore: decorator
@inline
function withinEighth(x: v128, n: v128): v128 {
  let r = f64x2.sub(x, f64x2.mul(n, f64x2.splat(1.5707963267341256)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(6.077100506303966e-11)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(2.0222662487959506e-21)));
  return v128.bitselect(r, f64x2.splat(NaN), f64x2.le(f64x2.abs(n), f64x2.splat(MOST_QUARTERS)));
}

/** sin(x + quarters pi/2) by the Taylor series of sine and cosine on |r| <= pi/4. */
// @ts-ignore: decorator
@inline
function turned(x: v128, quarters: i32): v128 {
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(0.6366197723675814)));
  const r = withinEighth(x, n);
  const square = f64x2.mul(r, r);
  let odd = f64x2.splat(1.0 / 355687428096000.0);
  odd = plusProduct(odd, square, -1.0 / 1307674368000.0);
  odd = plusProduct(odd, square, 1.0 / 6227020800.0);
  odd = plusProduct(odd, square, -1.0 / 39916800.0);
  odd = plusProduct(odd, square, 1.0 / 362880.0);
  odd = plusProduct(odd, square, -1.0 / 5040.0);
  odd = plusProduct(odd, square, 1.0 / 120.0);
  odd = plusProduct(odd, square, -1.0 / 6.0);
  const sin = f64x2.add(r, f64x2.mul(f64x2.mul(r, square), odd));
  let even = f64x2.splat(-1.0 / 6402373705728000.0);
  even = plusProduct(even, square, 1.0 / 20922789888000.0);
  even = plusProduct(even, square, -1.0 / 87178291200.0);
  even = plusProduct(even, square, 1.0 / 479001600.0);
  even = plusProduct(even, square, -1.0 / 3628800.0);
  even = plusProduct(even, square, 1.0 / 40320.0);
  even = plusProduct(even, square, -1.0 / 720.0);
  even = plusProduct(even, square, 1.0 / 24.0);
  even = plusProduct(even, square, -0.5);
  const cos = plusProduct(even, square, 1.0);
  // The quarter's number decides between the two, and the sign.
  const quarter = i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)), i64x2.splat(quarters));
  const isOdd = i64x2.ne(v128.and(quarter, i64x2.splat(1)), i64x2.splat(0));
  const sign = i64x2.shl(v128.and(quarter, i64x2.splat(2)), 62);
  return v128.xor(v128.bitselect(cos, sin, isOdd), sign);
}

export function sine(x: v128): v128 {
  return turned(x, 0);
}

export function cosine(x: v128): v128 {
  return turned(x, 1);
}
