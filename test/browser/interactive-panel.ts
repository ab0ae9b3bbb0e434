/** A panel of a moving figure as a reader with a ruler reads it: its ticks, and what its paths draw, in data units. */
import type { Locator } from 'playwright-core';

/** In the panel's own pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface LivePanel {
  readonly title: string;
  /** Where its ticks say that a value is drawn; NaN of an axis without two of them. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The paths of the plot, each by its unbroken lines; a dot is a line of one place, a circle its centre. */
  readonly paths: readonly DrawnPath[];
}

export interface DrawnPath {
  /** "c1", "ink": the colour of its stroke, or of its fill. */
  readonly colour: string;
  /** Of the stroke. */
  readonly width: number;
  readonly dashed: boolean;
  readonly lines: readonly (readonly Place[])[];
}

/** Every panel of a figure, as it stands in the page now. */
export async function livePanels(figure: Locator): Promise<LivePanel[]> {
  const raw = await figure.locator('.moving').evaluate((host) => {
    const { id } = JSON.parse((host as HTMLElement).dataset['moving'] ?? '') as { readonly id: string };
    const page = globalThis as unknown as Record<symbol, { readonly provided: ReadonlyMap<string, unknown> }>;
    const { layers, panels } = page[Symbol.for('colophon')]?.provided.get(`figure:${id}`) as {
      readonly layers: readonly unknown[];
      readonly panels: readonly { readonly title: string; readonly plot: { readonly x: Scale; readonly y: Scale } }[];
    };
    return panels.map(({ title, plot }, panel) => ({
      title,
      plot,
      paths: layers.flatMap((_, layer) =>
        [...(document.getElementById(`${id}.p${panel}.m${layer}`)?.querySelectorAll('path, line, circle') ?? [])].map(
          (path) => {
            const read = (name: string): string => path.closest(`[${name}]`)?.getAttribute(name) ?? '';
            const [stroke, fill] = [read('stroke'), read('fill')];
            const isFilled = stroke === '' || stroke === 'none' || stroke.includes('--figure-paper');
            return {
              d: path.getAttribute('d') ?? '',
              paint: isFilled ? fill : stroke,
              width: isFilled ? 0 : Number(read('stroke-width') || '1'),
              dashed: read('stroke-dasharray') !== '',
            };
          },
        ),
      ),
    }));
  });
  return raw.map(({ title, plot, paths }) => {
    const up = placeOn(plot.y);
    return {
      title,
      x: placeOn(plot.x),
      y: (value) => plot.y.length - up(value),
      paths: paths.map(({ d, paint, width, dashed }) => ({
        colour: /--figure-([a-z0-9]+)/.exec(paint)?.[1] ?? paint,
        ...{ width, dashed, lines: linesOf(d) },
      })),
    };
  });
}

interface Scale {
  readonly type: string;
  readonly domain: readonly [number, number];
  readonly length: number;
}

function placeOn({ type, domain: [from, to], length }: Scale): (value: number) => number {
  const bend = type === 'log' ? Math.log10 : (value: number) => value;
  return (value) => (length * (bend(value) - bend(from))) / (bend(to) - bend(from));
}

/** Path data as lines of places; a dot is a line of one place, and an arc a circle around the middle of its chord. */
function linesOf(d: string): Place[][] {
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
