/** What images inputs are: their rows and columns of pixels. */

/** As it is said, or of a square number of inputs a square; undefined where nothing fits. */
export function imageShape(
  features: number,
  said: readonly number[] | undefined,
): readonly [number, number] | undefined {
  const side = Math.round(Math.sqrt(features));
  const [down = side, across = side] = said ?? [];
  return down * across === features && features > 1 ? [down, across] : undefined;
}
