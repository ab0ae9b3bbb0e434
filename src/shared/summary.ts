/** Several values as few: mean, standard deviation, variance, quantiles. */

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of a sample: divided by one less than their number; NaN for a single value. */
export function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/** Of a population: the mean square of the distance from the mean. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

/** Linear between neighbours, as NumPy's default. NaN when any value is; infinite wherever an infinite one has a share. */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0 || values.some((value) => Number.isNaN(value))) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  const share = place - Math.floor(place);
  // Not low + (high - low) * share alone: between two infinities that is no number.
  return share === 0 || low === high ? low : low + (high - low) * share;
}
