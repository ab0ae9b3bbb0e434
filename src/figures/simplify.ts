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
  return Array.from(keep.entries(), ([index, kept]) => (kept === 1 ? index : -1)).filter((index) => index >= 0);
}

/** The point between two others that is farthest from the segment between them. */
function farthest({ x, y }: PixelLine, from: number, to: number): { index: number; distance: number } {
  let best = { index: from, distance: -1 };
  for (let index = from + 1; index < to; index += 1) {
    const distance = segmentDistance(
      [x[index] ?? 0, y[index] ?? 0],
      [x[from] ?? 0, y[from] ?? 0],
      [x[to] ?? 0, y[to] ?? 0],
    );
    if (distance > best.distance) best = { index, distance };
  }
  return best;
}

type Point = readonly [number, number];

/** From a point to the nearest point of a segment. */
export function segmentDistance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / squared));
  return Math.hypot(px - (ax + along * dx), py - (ay + along * dy));
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
