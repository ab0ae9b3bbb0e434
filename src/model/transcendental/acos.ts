/**
 * The angle whose cosine is x, within 1 ulp: the rational approximation of FreeBSD's msun (e_acos.c, by Sun Microsystems, 1993),
 * which needs nothing but arithmetic and a square root.
 */

/** pi / 2, and what is missing from it. */
const [quarter, rest] = [1.5707963267948966, 6.123233995736766e-17];

/** (asin(s) - s) / s^3 as a function of s^2 up to 1/4. */
function excess(z: number): number {
  const p =
    z *
    (1.66666666666666657415e-1 +
      z *
        (-3.25565818622400915405e-1 +
          z *
            (2.01212532134862925881e-1 +
              z * (-4.00555345006794114027e-2 + z * (7.91534994289814532176e-4 + z * 3.4793310759602116757e-5)))));
  const q =
    1 +
    z *
      (-2.40339491173441421878 +
        z * (2.02094576023350569471 + z * (-6.8828397160545329303e-1 + z * 7.70381505559019352791e-2)));
  return p / q;
}

/** NaN outside of [-1, 1]. */
export function acos(x: number): number {
  if (Math.abs(x) <= 0.5) return quarter - (x - (rest - x * excess(x * x)));
  if (x < 0) {
    const z = (1 + x) / 2;
    const s = Math.sqrt(z);
    return 2 * (quarter - (s + (excess(z) * s - rest)));
  }
  const z = (1 - x) / 2;
  const s = Math.sqrt(z);
  if (s === 0) return 0;
  // The square of the first half of the root is exact, so that of the second is known.
  const half = Math.fround(s);
  const second = (z - half * half) / (s + half);
  return 2 * (half + (excess(z) * s + second));
}
