/** The values of a drawing where they stand: what a pointer or the arrow keys can find. */
import { dictionary } from '../../shared/dictionary.js';
import { type Item, type Mark, type Panel, visitMarks } from './scene.js';

/** One drawn value, in the drawing's own pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly item: Item;
}

/** The points of one mark in one panel: a line, or the dots of one layer. */
export interface Series {
  readonly kind: 'line' | 'points' | 'segments' | 'boxes';
  readonly panel: Panel;
  readonly mark: Mark;
  readonly points: readonly Point[];
}

/** Guides are no data. */
const dataRoles = new Set(['mark', 'scope', 'frame']);

export function seriesOf(root: Item): Series[] {
  const found: Series[] = [];
  const guides = new Set<Mark>();
  visitMarks(root, (mark, panel) => {
    // What stands inside a guide is a guide.
    if (guides.has(mark) || !dataRoles.has(mark.role)) {
      for (const item of mark.items) for (const inner of item.items ?? []) guides.add(inner);
      return;
    }
    const kind = kinds[mark.marktype];
    if (kind === undefined) return;
    const points = mark.items.flatMap((item): Point[] => {
      if (item.tooltip === undefined || item.tooltip === null || item.defined === false) return [];
      const [x, y] = [centre(item.x, item.x2, item.width), centre(item.y, item.y2, item.height)];
      return Number.isFinite(x) && Number.isFinite(y) ? [{ x: panel.x + x, y: panel.y + y, item }] : [];
    });
    // Dots come in the order of their data; a reader goes from left to right.
    if (kind !== 'line') points.sort((a, b) => a.x - b.x || a.y - b.y);
    if (points.length > 0) found.push({ kind, panel, mark, points });
  });
  return found;

  function centre(from = 0, to: number | undefined, length: number | undefined): number {
    if (length !== undefined && length > 0) return from + length / 2;
    return to === undefined ? from : (from + to) / 2;
  }
}

const kinds = dictionary<Series['kind']>({
  symbol: 'points',
  line: 'line',
  trail: 'line',
  area: 'line',
  rect: 'boxes',
  rule: 'segments',
});

/** How near, in pixels, a pointer has to come. */
const reach = 40;

export interface Found {
  readonly series: Series;
  readonly index: number;
}

/** The value nearest to a place in the drawing, within reach and in the panel around the place. */
export function nearest(
  all: readonly Series[],
  x: number,
  y: number,
  shown: (series: Series, item: Item) => boolean,
): Found | undefined {
  let best: Found | undefined;
  let least = reach;
  for (const series of all) {
    const { panel, points, kind } = series;
    if (x < panel.x - 8 || x > panel.x + panel.width + 8 || y < panel.y - 8 || y > panel.y + panel.height + 8) continue;
    points.forEach((point, index) => {
      const next = points[index + 1];
      const distance = Math.min(
        distanceTo(point, x, y, kind),
        // Along a line the end that is nearer is told, however far it is.
        kind === 'line' && next !== undefined ? toSegment(x, y, point, next) + 0.01 : Number.POSITIVE_INFINITY,
      );
      if (distance >= least || !shown(series, point.item)) return;
      least = distance;
      const further = next !== undefined && Math.hypot(next.x - x, next.y - y) < Math.hypot(point.x - x, point.y - y);
      best = { series, index: kind === 'line' && further ? index + 1 : index };
    });
  }
  return best;
}

function distanceTo({ x: atX, y: atY, item }: Point, x: number, y: number, kind: Series['kind']): number {
  if (kind === 'points' || kind === 'line') return Math.hypot(x - atX, y - atY);
  // A box or a rule is as near as its nearest edge.
  const across = Math.abs((item.width ?? 0) || (item.x2 ?? item.x ?? 0) - (item.x ?? 0)) / 2;
  const down = Math.abs((item.height ?? 0) || (item.y2 ?? item.y ?? 0) - (item.y ?? 0)) / 2;
  return Math.hypot(Math.max(0, Math.abs(x - atX) - across), Math.max(0, Math.abs(y - atY) - down));
}

function toSegment(x: number, y: number, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / squared));
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}
