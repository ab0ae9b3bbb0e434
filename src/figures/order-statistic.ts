/** The number that sorting would put at a place, without sorting the others. */

/**
 * The value that would be at `place` if `values`, from `from` on, were sorted; they are reordered so that none before that
 * place is larger and none after it smaller. No value may be NaN. C. A. R. Hoare, "Algorithm 65: Find", 1961.
 */
export function orderStatistic(values: Float64Array, place: number, from = 0): number {
  let [left, right] = [from, values.length - 1];
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? 0;
    let [i, j] = [left, right];
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1;
      while ((values[j] ?? 0) > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (place <= j) right = j;
    else if (place >= i) left = i;
    else break;
  }
  return values[place] ?? Number.NaN;
}
