/** One-sided Jacobi: rows turned in pairs until every two are orthogonal. */
import { at } from './memory';
import { dot } from './multiply';

/** Squares below this have lost digits: such a row counts as zero beside the largest, whose size is about 1. */
export const TINY: f64 = 1e-280;
/** Rows that meet each other before others are fetched, so that they stay in a processor's cache. */
const TILE = 8;

/**
 * Lets every two of the c rows meet once and turns those that are not orthogonal, to the rounding of c terms; `turned`
 * follows. Leaves the rows' squares. Returns how many pairs it turned.
 */
export function sweep(c: i32, step: usize, rows: usize, turned: usize, squares: usize): i32 {
  const orthogonal = f64.EPSILON * sqrt(<f64>c);
  for (let i = 0; i < c; i += 1) {
    const row = rows + <usize>i * step;
    store<f64>(at(squares, i), dot<f64>(step, row, row));
  }
  let pairs = 0;
  for (let top = 0; top < c; top += TILE) {
    for (let left = top; left < c; left += TILE) {
      for (let p = top; p < min(top + TILE, c); p += 1) {
        for (let q = max(p + 1, left); q < min(left + TILE, c); q += 1) {
          if (turnPair(p, q, step, rows, turned, squares, orthogonal)) pairs += 1;
        }
      }
    }
  }
  return pairs;
}

/** Makes rows p and q orthogonal; false when they were. */
// @ts-ignore: decorator
@inline
function turnPair(p: i32, q: i32, step: usize, rows: usize, turned: usize, squares: usize, orthogonal: f64): bool {
  const a = load<f64>(at(squares, p));
  const b = load<f64>(at(squares, q));
  if (a < TINY || b < TINY) return false;
  const rowP = rows + <usize>p * step;
  const rowQ = rows + <usize>q * step;
  const g = dot<f64>(step, rowP, rowQ);
  if (abs(g) <= orthogonal * sqrt(a) * sqrt(b)) return false;
  const zeta = (b - a) / (2 * g);
  // For a zeta whose square overflows this is 0, as it should be.
  const t = (zeta > 0 ? 1.0 : -1.0) / (abs(zeta) + sqrt(1 + zeta * zeta));
  const cosine = 1 / sqrt(1 + t * t);
  const sine = cosine * t;
  turn(rowP, rowQ, step, cosine, sine);
  turn(turned + <usize>p * step, turned + <usize>q * step, step, cosine, sine);
  store<f64>(at(squares, p), max<f64>(a - t * g, 0));
  store<f64>(at(squares, q), b + t * g);
  return true;
}

/** x, y = cosine x - sine y, sine x + cosine y. */
// @ts-ignore: decorator
@inline
export function turn(x: usize, y: usize, bytes: usize, cosine: f64, sine: f64): void {
  const c = f64x2.splat(cosine);
  const s = f64x2.splat(sine);
  for (let i: usize = 0; i < bytes; i += 32) {
    const x0 = v128.load(x + i);
    const y0 = v128.load(y + i);
    const x1 = v128.load(x + i, 16);
    const y1 = v128.load(y + i, 16);
    v128.store(x + i, f64x2.sub(f64x2.mul(c, x0), f64x2.mul(s, y0)));
    v128.store(y + i, f64x2.add(f64x2.mul(s, x0), f64x2.mul(c, y0)));
    v128.store(x + i, f64x2.sub(f64x2.mul(c, x1), f64x2.mul(s, y1)), 16);
    v128.store(y + i, f64x2.add(f64x2.mul(s, x1), f64x2.mul(c, y1)), 16);
  }
}
