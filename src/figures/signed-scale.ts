/** The scale of lines on both sides of zero, whose sizes may lie decades apart. */
import { extent } from './arrays.js';
import { axisDomain } from './axis.js';
import type { ColumnLines } from './column-lines.js';
import type { Scale } from './scale.js';

/** Of the largest, what half of the lines are smaller than where a linear axis would not show them. */
const tooSmall = 1 / 30;
/** What is smaller than this share of the largest is rounding error, and says nothing of the sizes. */
const noise = 1e-9;

/**
 * One scale for all of them, without its length: a signed logarithm, about linear below a power of ten, where signs mix and
 * half of the lines would be too small to be seen on a linear axis; else linear.
 */
export function signedScale(bundles: readonly ColumnLines[]): Omit<Scale, 'length'> {
  const [low, high] = extent(...bundles.map((lines) => lines.extent));
  // In the mean over the points of a line.
  const sizes = bundles.flatMap((lines) =>
    Array.from(lines.sizes, (squares) => Math.sqrt(squares / Math.max(1, lines.low.length))),
  );
  const largest = Math.max(-low, high);
  const known = sizes.filter((size) => size > noise * largest).sort((a, b) => a - b);
  const middle = known[Math.floor(known.length / 2)] ?? largest;
  if (low >= 0 || high <= 0 || !(middle < tooSmall * largest))
    return { type: 'linear', domain: axisDomain([low, high], 0, 5) };
  return { type: 'symlog', domain: [low, high], constant: Number(`1e${Math.floor(Math.log10(tooSmall * largest))}`) };
}
