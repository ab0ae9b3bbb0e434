/** A figure as data: what the pages place, and what the runs behind it are. */
import type { MovingFigure } from './moving/figure-that-moves.js';

/** A drawing with its panels below each other, and what the page's runtime draws it again from. */
export interface NarrowDrawing {
  readonly svg: string;
  readonly vega: string;
}

export interface DrawnFigure {
  readonly id: string;
  readonly number: string;
  /** A complete <svg> element with role="img", no script, no event handler, no reference to another host. */
  readonly svg: string;
  /** The Vega-Lite specification that was drawn, with its data, as JSON. */
  readonly specification: string;
  /** What the page's runtime draws it again from, as JSON (`VegaFigure`); empty where it stays as it is. */
  readonly vega: string;
  /** The same for narrow screens, where the drawing is wider than these and does not move. */
  readonly narrow?: NarrowDrawing;
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
