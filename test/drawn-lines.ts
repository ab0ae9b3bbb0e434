/** What paths draw, as lines of places, and how far such lines are from each other. */

/** In pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Path data as lines of places; a dot is a line of one place, and an arc a circle around the middle of its chord. */
export function linesOf(d: string): Place[][] {
  const lines: Place[][] = [];
  let [x, y] = [0, 0];
  for (const [, command = '', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = Array.from(rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/g), ([one]) => Number(one));
    const isRelative = command === command.toLowerCase();
    const kind = command.toUpperCase();
    if (kind === 'A') {
      if (lines.at(-1)?.length === 1) lines.splice(-1, 1, [{ x: x + (numbers[0] ?? 0), y }]);
      continue;
    }
    const size = kind === 'H' || kind === 'V' ? 1 : 2;
    for (let at = 0; at + size <= numbers.length; at += size) {
      const [one = 0, two = 0] = numbers.slice(at, at + size);
      if (kind !== 'V') x = one + (isRelative ? x : 0);
      if (kind === 'V') y = one + (isRelative ? y : 0);
      else if (kind !== 'H') y = two + (isRelative ? y : 0);
      if (kind === 'M' && at === 0) lines.push([{ x, y }]);
      else if (kind !== 'H' || one !== 0) lines.at(-1)?.push({ x, y });
    }
  }
  return lines;
}

/** The distance, in pixels, of the places of either line from the other that is largest. */
export function apart(a: readonly Place[], b: readonly Place[]): number {
  return Math.max(...a.map((place) => toLine(place, b)), ...b.map((place) => toLine(place, a)));
}

/** The distance of a place from a line, in pixels. */
export function toLine({ x, y }: Place, line: readonly Place[]): number {
  const [only] = line;
  if (only === undefined) return Number.POSITIVE_INFINITY;
  if (line.length === 1) return Math.hypot(x - only.x, y - only.y);
  return Math.min(
    ...line.slice(1).map((to, index) => {
      const from = line[index] ?? to;
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const squared = dx * dx + dy * dy;
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / squared));
      return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
    }),
  );
}
