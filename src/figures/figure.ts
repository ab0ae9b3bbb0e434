/** A figure as data: what the pages place, and what the runs behind it are. */
import type { MovingFigure } from './moving/figure-that-moves.js';

export interface DrawnFigure {
  readonly id: string;
  readonly number: string;
  /** A complete <svg> element with role="img", no script, no event handler, no reference to another host. */
  readonly svg: string;
  /** The Vega-Lite specification that was drawn, with its data, as JSON. */
  readonly specification: string;
  /** What the page's runtime draws it again from, as JSON (`VegaFigure`); empty where it stays as it is. */
  readonly vega: string;
  /** Of a figure that moves, its panels. */
  readonly moving?: MovingFigure;
  /** The text alternative: what the data show. */
  readonly description: string;
  /** Of the drawing, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Names all of the above but the number: two figures with the same digest are the same. */
  readonly digest: string;
}
