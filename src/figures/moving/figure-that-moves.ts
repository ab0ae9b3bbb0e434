/** What a figure that moves is: its panels at one moment, and what the page is told of them. */
import type { Json } from '../../shared/artifact.js';
import { dataScript } from '../../shared/data-script.js';
import type { KeyEntry, Titles } from '../frame.js';
import type { InteractiveFigure } from '../interactive-figure.js';
import type { MovingLayer } from './layer.js';
import type { Domains, Plot } from './plot.js';

export interface MovingFigure {
  /** What its layers draw, alike in every panel. */
  readonly layers: readonly MovingLayer[];
  readonly key: readonly KeyEntry[];
  readonly titles: Titles;
  readonly panels: readonly MovingPanel[];
  /** Whose axes it is drawn with, where a reader may choose. */
  readonly axes: 'course' | 'moment';
  /** The step that it opens at. */
  readonly opensAt: number;
  /** That of the first moment, which stays in sight. */
  readonly start: number;
}

export interface MovingPanel {
  /** "10 hidden units · 0.weight"; empty for the only one. */
  readonly title: string;
  /** The training runs that it shows. */
  readonly runs: readonly string[];
  /** The block of parameters that it is about. */
  readonly block?: string;
  readonly svg: string;
  readonly plot: Plot;
  readonly context: Json;
  /** Of a panel whose axes can be those of each moment, the axes of the whole course. */
  readonly course?: Domains;
  readonly thumbnails: readonly { readonly step: number; readonly label: string; readonly svg: string }[];
}

/** One panel as the page is told of it: its drawing it has. */
export type ToldPanel = Omit<MovingPanel, 'svg' | 'thumbnails'>;

/** What stands beside the drawings for the script that makes them move. */
export interface FigureInPage extends InteractiveFigure, Pick<MovingFigure, 'opensAt' | 'start'> {
  readonly id: string;
  /** The address of the script with the rest, which is loaded when the figure is near. */
  readonly script: string;
}

/** How the layers of its panels are drawn. */
export type LayersTold = Pick<MovingFigure, 'layers' | 'titles'>;

/** What that script hands over: how the layers are drawn, and in what. */
export interface MovingParts extends LayersTold {
  readonly panels: readonly ToldPanel[];
}

/** All that the page is told. */
export type ToldFigure = FigureInPage & MovingParts;

/** The script with the parts of a figure that moves, in the site; none of one that does not. */
export function movingScript(
  { id, moving }: { readonly id: string; readonly moving?: MovingFigure },
  digest: (content: string) => string,
): { readonly path: string; readonly content: string } | undefined {
  if (moving === undefined) return undefined;
  const { layers, titles, panels } = moving;
  const parts: MovingParts = {
    ...{ layers, titles },
    panels: panels.map(({ title, runs, plot, context, block, course }) => ({
      ...{ title, runs, plot, context },
      ...(block !== undefined && { block }),
      ...(course !== undefined && { course }),
    })),
  };
  const content = dataScript(`figure:${id}`, JSON.stringify(parts));
  return { path: `assets/figure-${id}-${digest(content).slice(0, 8)}.js`, content };
}
