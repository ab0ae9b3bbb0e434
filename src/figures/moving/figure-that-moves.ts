/** What a figure that moves is: its panels at one moment, and what the page is told of them. */
import type { Json } from '../../shared/artifact.js';
import type { KeyEntry, Titles } from '../frame.js';
import type { InteractiveFigure } from '../interactive-figure.js';
import type { MovingLayer } from './layer.js';
import type { Plot } from './plot.js';

export interface MovingFigure {
  /** What its layers draw, alike in every panel. */
  readonly layers: readonly MovingLayer[];
  readonly key: readonly KeyEntry[];
  readonly titles: Titles;
  readonly panels: readonly MovingPanel[];
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
  readonly thumbnails: readonly { readonly step: number; readonly label: string; readonly svg: string }[];
}

/** One panel as the page is told of it: its drawing it has. */
export type ToldPanel = Omit<MovingPanel, 'svg' | 'thumbnails'>;

/** What stands beside the drawings for the script that makes them move. */
export interface ToldFigure extends InteractiveFigure, Pick<MovingFigure, 'layers' | 'titles' | 'opensAt' | 'start'> {
  readonly id: string;
  readonly panels: readonly ToldPanel[];
}
