/** Which numbers changed by more than a person allows. */
import type { ChangedNumber } from './difference.js';

/** In parts of what a number was; for what is computed from one directive, or for all others. */
export interface Threshold {
  readonly id?: string;
  readonly share: number;
}

/**
 * The most particular threshold counts: the largest of those that name a directive that the number is computed from, else that
 * without a name. A number that has become none, or was none, exceeds every one.
 */
export function exceeding(numbers: readonly ChangedNumber[], thresholds: readonly Threshold[]): ChangedNumber[] {
  if (thresholds.length === 0) return [];
  const general = thresholds.findLast(({ id }) => id === undefined);
  return numbers.filter(({ relative = Infinity, sources, before, after }) => {
    // What is only on one side is no change of a number.
    if (before === undefined || after === undefined) return false;
    const named = thresholds.filter(({ id }) => id !== undefined && sources.includes(id));
    const shares = (named.length > 0 ? named : general === undefined ? [] : [general]).map(({ share }) => share);
    return shares.length > 0 && Math.abs(relative) > Math.max(...shares);
  });
}
