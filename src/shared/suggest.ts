/** Suggestions for misspelt words, and for those that mean something elsewhere. */
import { type Elsewhere, otherNames } from './other-names.js';

/** A name as it is compared: without case, hyphens, underscores, dots, colons and blanks. */
export function fold(name: string): string {
  return name.toLowerCase().replace(/[-_.:\s]+/g, '');
}

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
  const same = fold(word);
  const spelt = same === '' ? undefined : candidates.find((candidate) => fold(candidate) === same);
  if (spelt !== undefined) return spelt;
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

/** Which of the names of ours has this name elsewhere. */
export function nameElsewhere(word: string, elsewhere: Elsewhere): string | undefined {
  const same = fold(word);
  return Object.keys(elsewhere).find((name) => elsewhere[name]?.some((other) => fold(other) === same));
}

/** What to do where something has been given that is no option of this kind by any name. */
export function adviceAbout(what: string, word: string): string | undefined {
  const same = fold(word);
  return otherNames[what]?.advice?.find(({ names }) => names.some((name) => fold(name) === same))?.hint;
}

/** What to write in place of an unknown field of `what`; `expected` says what a field takes, or that it takes the value. */
export function insteadOfField(
  what: string,
  word: string,
  known: readonly string[],
  expected: (field: string) => string,
): string {
  const slip = closest(word, known);
  if (slip !== undefined && (fold(slip) === fold(word) || editDistance(slip, word) === 1))
    return suggestion(word, known);
  const field = nameElsewhere(word, otherNames[what]?.options ?? {});
  if (field !== undefined) return `write ${field}: ${expected(field)}`;
  return adviceAbout(what, word) ?? suggestion(word, known);
}

/** "did you mean X?" or, when nothing is near, the list to choose from. */
export function suggestion(word: string, candidates: readonly string[], elsewhere: Elsewhere = {}): string {
  const other = nameElsewhere(
    word,
    Object.fromEntries(Object.entries(elsewhere).filter(([name]) => candidates.includes(name))),
  );
  const meant = other ?? closest(word, candidates);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (candidates.length === 0) return 'there is none to choose from';
  const shown = candidates.slice(0, 12).map((candidate) => `"${candidate}"`);
  return `choose from ${shown.join(', ')}${candidates.length > shown.length ? `, and ${candidates.length - shown.length} more` : ''}`;
}
