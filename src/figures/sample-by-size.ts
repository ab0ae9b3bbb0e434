/** Which of very many lines are drawn for all of them. */

/**
 * The positions of so many of the sizes, evenly from the largest to the smallest: so a sample has the large and the
 * small ones in their proportion, whatever order they come in.
 */
export function sampleBySize(sizes: readonly number[], count: number): number[] {
  const bySize = sizes.map((_, index) => index).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  return Array.from(
    { length: count },
    (_, index) => bySize[Math.floor((index * (bySize.length - 1)) / (count - 1))] ?? 0,
  );
}
