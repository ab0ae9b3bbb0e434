/** How much is submitted at once: little enough that a signal gets through, and that no driver believes that the GPU hangs. */

/** Milliseconds that one submission may take. */
const patience = { least: 20, most: 80 };

/** The size of the next submission, after one of `size` took so long; `isWhole` says that it was not cut short by what was left. */
export function nextSize(size: number, milliseconds: number, isWhole: boolean, most: number): number {
  if (milliseconds < patience.least && isWhole) return Math.min(size * 2, most);
  return milliseconds > patience.most ? Math.max(1, Math.floor(size / 2)) : size;
}
