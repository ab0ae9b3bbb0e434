/** Polylines with the points that the eye can miss left out. */

/** Points of a line in pixels, x and y apart. */
export interface PixelLine {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * The positions of the points to keep (Douglas and Peucker): every point left out is nearer than `tolerance` pixels to
 * the segment that replaces it. The first and last point stay. Points must be finite.
 */
export function simplify({ x, y }: PixelLine, tolerance: number): number[] {
  const length = x.length;
  if (length <= 2) return Array.from({ length }, (_, index) => index);
  const keep = new Uint8Array(length);
  keep[0] = 1;
  keep[length - 1] = 1;
  const open: [number, number][] = [[0, length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    const { index, distance } = farthest({ x, y }, from, to);
    if (distance <= tolerance) continue;
    keep[index] = 1;
    open.push([from, index], [index, to]);
  }
  const kept: number[] = [];
  for (let index = 0; index < length; index += 1) if (keep[index] === 1) kept.push(index);
  return kept;
}

/** The point between two others that is farthest from the segment between them. */
function farthest({ x, y }: PixelLine, from: number, to: number): { index: number; distance: number } {
  // Squared distances, and no object made per point: this loop is most of what preparing a figure takes.
  const [ax, ay] = [x[from] ?? 0, y[from] ?? 0];
  const [dx, dy] = [(x[to] ?? 0) - ax, (y[to] ?? 0) - ay];
  const squared = dx * dx + dy * dy;
  let index = from;
  let most = 0;
  for (let at = from + 1; at < to; at += 1) {
    const px = (x[at] ?? 0) - ax;
    const py = (y[at] ?? 0) - ay;
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
    const ex = px - along * dx;
    const ey = py - along * dy;
    const distance = ex * ex + ey * ey;
    if (distance > most) {
      most = distance;
      index = at;
    }
  }
  return { index, distance: Math.sqrt(most) };
}

/** The longest runs of points that are all finite, as [first, last] positions. */
export function finiteRuns({ x, y }: PixelLine): [number, number][] {
  const runs: [number, number][] = [];
  let start = -1;
  for (let index = 0; index <= x.length; index += 1) {
    const finite = index < x.length && Number.isFinite(x[index]) && Number.isFinite(y[index]);
    if (finite && start < 0) start = index;
    if (!finite && start >= 0) {
      runs.push([start, index - 1]);
      start = -1;
    }
  }
  return runs;
}
