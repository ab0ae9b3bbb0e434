/**
 * In place of the model's own functions in the script of figures that move: those of the reader's browser, whose last digits
 * are its own. No drawing shows them, and no result is computed with them.
 */

export const { cos, exp, sin, tanh } = Math;

export function softplus(x: number): number {
  return x > 20 ? x : Math.log1p(Math.exp(x));
}

/** By a series of positive terms (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6). */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
