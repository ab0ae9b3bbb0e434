/** Values that a pointer or the arrow keys can find in moving figures, and which of them is nearest. */
import { placesIn } from '../../figures/moving/plot.js';
import type { Row } from '../../figures/panels.js';
import { readable } from '../numbers.js';
import type { LivingPanel } from './living-panel.js';
import type { Pointable } from './pointable.js';
import { unitName } from './units.js';

/** A line or the dots of one kind, in one panel. */
export interface Reading {
  readonly panel: LivingPanel;
  readonly heading: string;
  /** What has been computed, row by row. */
  readonly rows: readonly Row[];
  /** Whether a line joins the values. */
  readonly joined: boolean;
  /** Where they stand, in the panel's pixels; x ascends along a line. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** One of them: names and numbers. */
  readonly tell: (index: number) => readonly (readonly [string, string | number])[];
}

/** The lines and dots that a panel shows, but those that are switched off. */
export function readingsOf({ living: panel, told: { layers, titles }, labelOf, rows: all }: Pointable): Reading[] {
  const lines = new Set(layers.filter(({ mark }) => mark === 'line').map(({ part }) => part));
  const dots = new Set(layers.filter(({ mark }) => mark === 'symbol').map(({ part }) => part));
  const places = placesIn(panel.plot);
  const groups = new Map<string, Row[]>();
  const slices = new Map<unknown, Row[]>();
  for (const row of all()) {
    const part = String(row['part']);
    if (part === 'cell') {
      const known = slices.get(row['y']) ?? [];
      slices.set(row['y'], known);
      known.push(row);
      continue;
    }
    if ((!lines.has(part) && !dots.has(part)) || panel.isHidden(part) || typeof row['y'] !== 'number') continue;
    const name = lines.has(part) ? `${part} ${String(row['line'])}` : part;
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [row]);
    else known.push(row);
  }
  const own = Array.from(groups.values(), (rows): Reading => {
    const [first] = rows;
    const { part, name } = first ?? {};
    return {
      ...{ panel, rows, heading: typeof name === 'string' ? name : labelOf(part) },
      joined: lines.has(String(part)),
      x: rows.map(({ x }) => places.x(Number(x))),
      y: rows.map(({ y }) => places.y(Number(y))),
      tell: (index) => {
        const { x, y, value, unit } = rows[index] ?? {};
        return [
          ...(typeof unit === 'string' ? [['unit', unitName(unit).replace('unit ', '')] as const] : []),
          [titles.x, Number(x)],
          value === undefined ? [titles.y, Number(y)] : [titles.value ?? titles.y, Number(value)],
        ];
      },
    };
  });
  const cells = Array.from(slices.values(), (rows) =>
    sliceReading(panel, rows, { x: titles.x, y: titles.y, value: titles.value ?? '' }),
  );
  return [...own, ...cells];
}

/** A row of the cells of a heat map, from the left: both ends of each cell. */
function sliceReading(
  panel: LivingPanel,
  cells: readonly Row[],
  titles: Readonly<Record<'x' | 'y' | 'value', string>>,
): Reading {
  const places = placesIn(panel.plot);
  const rows = cells
    .toSorted((a, b) => Number(a['x']) - Number(b['x']))
    .flatMap((cell) => [cell, { ...cell, x: cell['x2'] ?? null }]);
  return {
    ...{ panel, rows, heading: String(cells[0]?.['name'] ?? ''), joined: true },
    x: rows.map(({ x }) => places.x(Number(x))),
    y: rows.map(({ y }) => places.y(Number(y))),
    tell: (index) => {
      const { x, y, name, value, value2 } = rows[index] ?? {};
      const [from, to] = [value, value2].map((one) => readable(String(one)));
      return [
        [titles.x, Number(x)],
        // A row with a name stands at no number.
        ...(name === undefined ? [[titles.y, Number(y)] as const] : []),
        [titles.value, `${from ?? ''} to ${to ?? ''}`],
      ];
    },
  };
}

export interface FoundReading {
  readonly reading: Reading;
  readonly index: number;
}

/** How near, in pixels, a pointer has to come. */
const reach = 40;

/** The value nearest to a place in a panel; the nearer end of the nearest piece of a line. Dots come before lines. */
export function nearestReading(
  all: readonly Reading[],
  panel: LivingPanel,
  x: number,
  y: number,
): FoundReading | undefined {
  let best: FoundReading | undefined;
  let least = reach;
  for (const reading of all) {
    if (reading.panel !== panel) continue;
    for (let index = 0; index < reading.x.length; index++) {
      const [atX, atY] = [reading.x[index] ?? Number.NaN, reading.y[index] ?? Number.NaN];
      if (!seen(panel, atX, atY)) continue;
      const own = Math.hypot(x - atX, y - atY);
      if (own < least) {
        least = own;
        best = { reading, index };
      }
      const [nextX, nextY] = [reading.x[index + 1] ?? Number.NaN, reading.y[index + 1] ?? Number.NaN];
      if (!reading.joined || !seen(panel, nextX, nextY)) continue;
      // A little more than from a dot at the same place.
      const distance = toSegment(x, y, atX, atY, nextX, nextY) + 0.01;
      if (distance >= least) continue;
      least = distance;
      best = { reading, index: Math.hypot(x - nextX, y - nextY) < own ? index + 1 : index };
    }
  }
  return best;
}

/** Whether a place is within the panel's plot: what leaves it is cut off. */
export function seen({ plot }: LivingPanel, x: number, y: number): boolean {
  return x >= -1 && x <= plot.x.length + 1 && y >= -1 && y <= plot.y.length + 1;
}

function toSegment(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / squared));
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy);
}

/** Where a key leads: along a line with left and right, to another one with up and down; undefined for other keys. */
export function stepTo(all: readonly Reading[], from: FoundReading | undefined, key: string): FoundReading | undefined {
  const shown = all.filter(({ x, y, panel }) =>
    Array.from(x).some((at, index) => seen(panel, at, y[index] ?? Number.NaN)),
  );
  const [first] = shown;
  if (first === undefined || !keys.has(key)) return undefined;
  if (from === undefined || !shown.includes(from.reading)) return { reading: first, index: nextSeen(first, -1, 1) };
  const { reading, index } = from;
  if (key === 'ArrowRight') return { reading, index: nextSeen(reading, index, 1) };
  if (key === 'ArrowLeft') return { reading, index: nextSeen(reading, index, -1) };
  if (key === 'Home') return { reading, index: nextSeen(reading, -1, 1) };
  if (key === 'End') return { reading, index: nextSeen(reading, reading.x.length, -1) };
  const position = (shown.indexOf(reading) + (key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length;
  const other = shown[position] ?? first;
  const at = reading.x[index] ?? 0;
  const distances = Array.from(other.x, (x, own) =>
    seen(other.panel, x, other.y[own] ?? Number.NaN) ? Math.abs(x - at) : Number.POSITIVE_INFINITY,
  );
  return { reading: other, index: distances.indexOf(Math.min(...distances)) };
}

const keys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** The next value that is in sight; where there is none, the one it is at. */
function nextSeen({ panel, x, y }: Reading, from: number, direction: 1 | -1): number {
  for (let index = from + direction; index >= 0 && index < x.length; index += direction)
    if (seen(panel, x[index] ?? Number.NaN, y[index] ?? Number.NaN)) return index;
  return Math.min(Math.max(0, from), x.length - 1);
}
