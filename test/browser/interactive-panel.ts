/** A panel of a moving figure as a reader with a ruler reads it: its ticks, and what its paths draw, in data units. */
import type { Locator } from 'playwright-core';
import { linesOf, type Place } from '../drawn-lines.js';

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
