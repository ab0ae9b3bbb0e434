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

/** Every panel of a figure's stage, as it stands in the page now; `logarithmic` are its axes with powers of ten. */
export async function livePanels(figure: Locator, ...logarithmic: readonly ('x' | 'y')[]): Promise<LivePanel[]> {
  const raw = await figure.locator('.colophon-interactive-panel').evaluateAll((panels) =>
    panels.map((panel) => {
      const read = (element: Element, name: string): string => element.getAttribute(name) ?? '';
      const texts = [...panel.querySelectorAll(':scope > g > text')].map((text) => ({
        text: text.textContent,
        anchor: read(text, 'text-anchor'),
        x: Number(read(text, 'x')),
        y: Number(read(text, 'y')),
        turned: text.hasAttribute('transform'),
      }));
      const [grid, foot] = panel.querySelectorAll(':scope > g > path');
      return {
        texts,
        grid: grid === undefined ? '' : read(grid, 'd'),
        foot: foot === undefined ? '' : read(foot, 'd'),
        paths: [...panel.querySelectorAll('svg > path')].map((path) => ({
          d: read(path, 'd'),
          paint: read(path, 'stroke') || read(path, 'fill'),
          width: Number(read(path, 'stroke-width') || '1'),
          dashed: path.hasAttribute('stroke-dasharray'),
        })),
      };
    }),
  );
  return raw.map(({ texts, grid, foot, paths }) => {
    const height = Number(/^M0 ([\d.]+)h/.exec(foot)?.[1]);
    const upright = texts.filter(({ turned }) => !turned);
    const across = upright.filter(({ anchor, y }) => anchor === 'middle' && y > height && y < height + 20);
    const up = upright.filter(({ anchor, x }) => anchor === 'end' && x < 0);
    const rules = Array.from(grid.matchAll(/M0 (-?[\d.e+-]+)h/g), ([, at]) => Number(at));
    return {
      title: upright.find(({ y, x }) => y < 0 && x === 0)?.text ?? '',
      x: axisThrough(
        across.map(({ text, x }) => ({ label: text, at: x })),
        logarithmic.includes('x'),
      ),
      y: axisThrough(
        up.map(({ text }, index) => ({ label: text, at: rules[index] ?? Number.NaN })),
        logarithmic.includes('y'),
      ),
      paths: paths.map(({ d, paint, width, dashed }) => ({
        colour: /--figure-([a-z0-9]+)/.exec(paint)?.[1] ?? paint,
        width,
        dashed,
        lines: linesOf(d),
      })),
    };
  });
}

/** The number that a tick's label says: 0.2, 150k, 1e−5. */
function said(label: string): number {
  const plain = label.replace('−', '-');
  return plain.endsWith('k') ? 1000 * Number(plain.slice(0, -1)) : Number(plain);
}

/** Through the first two ticks; the last of an axis may be set aside a little. */
function axisThrough(
  ticks: readonly { readonly label: string; readonly at: number }[],
  logarithmic: boolean,
): (value: number) => number {
  const [a, b] = ticks.map(({ label, at }) => ({ value: said(label), at }));
  if (a === undefined || b === undefined) return () => Number.NaN;
  const bend = logarithmic ? Math.log10 : (value: number) => value;
  const slope = (b.at - a.at) / (bend(b.value) - bend(a.value));
  return (value) => a.at + (bend(value) - bend(a.value)) * slope;
}

/** Path data of absolute moves and lines; `h0` is a dot, and an arc a circle around the middle of its chord. */
function linesOf(d: string): Place[][] {
  return d
    .split('M')
    .slice(1)
    .map((piece) => {
      const numbers = (text: string): number[] =>
        Array.from(text.matchAll(/-?[\d.]+(?:e-?\d+)?/g), ([one]) => Number(one));
      const [start = '', ...further] = piece.split(/(?=[Lahv])/);
      const [x = Number.NaN, y = Number.NaN] = numbers(start);
      const places = further.flatMap((step): Place[] => {
        const [first = 0, second = 0] = numbers(step);
        if (step.startsWith('L')) return [{ x: first, y: second }];
        if (step.startsWith('v')) return [{ x, y: y + first }];
        return step.startsWith('h') && first !== 0 ? [{ x: x + first, y }] : [];
      });
      const [arc] = further.filter((step) => step.startsWith('a'));
      return arc === undefined ? [{ x, y }, ...places] : [{ x: x + (numbers(arc)[0] ?? 0), y }];
    });
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
