/** The binary exponent of a float64, and multiplication by powers of two: both exact, on every machine the same. */

const view = new DataView(new ArrayBuffer(8));

/** floor(log2(|x|)) of a finite number other than 0. */
export function binaryExponent(x: number): number {
  view.setFloat64(0, x);
  const biased = (view.getUint32(0) >>> 20) & 0x7ff;
  // A subnormal number has no exponent of its own; scaled into the normal range it has.
  return biased === 0 ? binaryExponent(x * 18014398509481984) - 54 : biased - 1023;
}

/** 2^-1074 .. 2^1023. */
const powers = new Float64Array(2098);
powers[1074] = 1;
for (let i = 1075; i < powers.length; i++) powers[i] = powers[i - 1]! * 2;
for (let i = 1073; i >= 0; i--) powers[i] = powers[i + 1]! / 2;

/** x * 2^exponent for an exponent from -2148 to 2046, rounded once or, where the result is subnormal, at most twice. */
export function scale(x: number, exponent: number): number {
  if (exponent > 1023) return x * powers[2097]! * powers[exponent - 1023 + 1074]!;
  if (exponent < -1074) return x * powers[0]! * powers[exponent + 2148]!;
  return x * powers[exponent + 1074]!;
}
