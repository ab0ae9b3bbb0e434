/** Suggestions for misspelt words. */

/**
 * The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours that turn `a`
 * into `b`.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(distance);
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] ?? 0;
}

/** The candidate that was probably meant, if one is near: within a third of the word's length, at least one edit. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    // An abbreviation is as near as a slip of the finger: "hid" for "hidden".
    const abbreviated = word.length >= 3 && candidate.startsWith(word);
    const distance = abbreviated ? 1 : editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** "did you mean X?" or, when nothing is near, the list to choose from. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const meant = closest(word, candidates);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (candidates.length === 0) return 'there is none to choose from';
  const shown = candidates.slice(0, 12).map((candidate) => `"${candidate}"`);
  return `choose from ${shown.join(', ')}${candidates.length > shown.length ? `, and ${candidates.length - shown.length} more` : ''}`;
}
