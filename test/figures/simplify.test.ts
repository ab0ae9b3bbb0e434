/** Lines are simplified by what no eye can see: no point moves by more than the bound, at build and in the page. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { simplify } from '../../src/figures/simplify.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From a point to the nearest place on a line through others, by its definition. */
function toLine({ x, y }: Point, line: readonly Point[]): number {
  const distances = line.slice(1).map((to, index) => {
    const from = line[index] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const squared = dx * dx + dy * dy;
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / squared));
    return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
  });
  return Math.min(...distances);
}

const pixel = fc.double({ min: -50, max: 650, noNaN: true });
/** Points of any course, and of steps up and down as rough as those of a learning curve. */
const anyLine = fc.array(fc.record({ x: pixel, y: pixel }), { minLength: 2, maxLength: 120 });
const rough = fc
  .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 300 })
  .map((rises) => rises.map((_, index) => ({ x: index * 0.7, y: rises.slice(0, index + 1).reduce((a, b) => a + b) })));
const apart = (points: readonly Point[]): { x: number[]; y: number[] } => ({
  x: points.map(({ x }) => x),
  y: points.map(({ y }) => y),
});

it('no point of a line drawn at build is farther from what is left of it than the tolerance; its ends stay', () => {
  fc.assert(
    fc.property(fc.oneof(anyLine, rough), fc.constantFrom(0.05, 0.25, 1), (points, tolerance) => {
      const kept = simplify(apart(points), tolerance);
      expect([kept[0], kept.at(-1)]).toEqual([0, points.length - 1]);
      const line = kept.map((index) => points[index] ?? { x: 0, y: 0 });
      for (const point of points) expect(toLine(point, line)).toBeLessThanOrEqual(tolerance + 1e-9);
    }),
    { numRuns: 300 },
  );
});
