/**
 * Double-double arithmetic: a number as the unevaluated sum of two float64, which carries about 106 bits. Used to make
 * elementary functions whose last bit does not depend on a machine. The algorithms are those of T. J. Dekker, "A
 * floating-point technique for extending the available precision", Numerische Mathematik 18, 1971, and of D. E. Knuth,
 * The Art of Computer Programming, volume 2, section 4.2.2. Arguments are assumed finite and below 2^990.
 */

/** hi + lo, with |lo| at most half a unit in the last place of hi. */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

/** a + b exactly. */
export function exactSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  const partOfB = hi - a;
  return { hi, lo: a - (hi - partOfB) + (b - partOfB) };
}

/** a + b exactly, given |a| >= |b|. */
function exactOrderedSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** a * b exactly, unless it underflows: both are split into halves of 26 bits, whose products are exact. */
export function exactProduct(a: number, b: number): DoubleDouble {
  const splitA = 134217729 * a;
  const highA = splitA - (splitA - a);
  const lowA = a - highA;
  const splitB = 134217729 * b;
  const highB = splitB - (splitB - b);
  const lowB = b - highB;
  const hi = a * b;
  return { hi, lo: highA * highB - hi + highA * lowB + lowA * highB + lowA * lowB };
}

/** x + y, to about 2^-104 relative to the larger of the two. */
export function add(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const high = exactSum(x.hi, y.hi);
  const low = exactSum(x.lo, y.lo);
  const sum = exactOrderedSum(high.hi, high.lo + low.hi);
  return exactOrderedSum(sum.hi, sum.lo + low.lo);
}

/** x + y for a float64 y. */
export function addNumber(x: DoubleDouble, y: number): DoubleDouble {
  const high = exactSum(x.hi, y);
  return exactOrderedSum(high.hi, high.lo + x.lo);
}

/** x * y, to about 2^-102 relative. */
export function multiply(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const product = exactProduct(x.hi, y.hi);
  return exactOrderedSum(product.hi, product.lo + (x.hi * y.lo + x.lo * y.hi));
}

/** x / y, to about 2^-100 relative. */
export function divide(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const quotient = x.hi / y.hi;
  const product = exactProduct(quotient, y.hi);
  const rest = x.hi - product.hi - product.lo + x.lo - quotient * y.lo;
  return exactOrderedSum(quotient, rest / y.hi);
}

/** 1 / n for a whole number n: the coefficients of Taylor series. */
export function reciprocal(n: number): DoubleDouble {
  return divide({ hi: 1, lo: 0 }, { hi: n, lo: 0 });
}

/**
 * tail * z^n + ... + terms[1] * z + terms[0] by Horner's rule, in double-double but for `tail`, which is a float64 as
 * it stands for terms too small for their error to matter.
 */
export function polynomial(z: DoubleDouble, terms: readonly DoubleDouble[], tail: number): DoubleDouble {
  let sum: DoubleDouble = { hi: tail, lo: 0 };
  for (let i = terms.length - 1; i >= 0; i--) sum = add(multiply(sum, z), terms[i]!);
  return sum;
}
