/** A specification on its way to becoming an SVG: plain data, so that it can be drawn on another thread. */
import type { MovingLayer } from './moving/layer.js';
import type { Plot } from './moving/plot.js';
import type { LimitName } from '../shared/limits.js';

/** A Vega-Lite specification as plain data. Its own types are too deep to be built piece by piece. */
export type Specification = Readonly<Record<string, unknown>>;

export interface DrawingTask {
  /** As JSON, which gets to another thread sooner than its thousands of rows would. */
  readonly specification: string;
  /** The figure's, which becomes a prefix of the drawing's own ids. */
  readonly id: string;
  /** The text alternative. */
  readonly description: string;
  /** Whether the page may bring it to life. */
  readonly redrawn: boolean;
  /** Whether the page draws its layers again for other moments. */
  readonly moving?: boolean;
  /** Whether it is only compiled, and nothing drawn: its rows stand for others. */
  readonly trial?: boolean;
}

export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What the page's runtime draws it again from, as JSON (`VegaFigure`); empty where it stays as it is. */
  readonly vega: string;
  /** Of what moves: how the page draws it for other moments. */
  readonly moving?: MovingDrawing;
  /** What Vega-Lite or Vega had to say about the specification. */
  readonly warnings: readonly string[];
}

export interface MovingDrawing {
  /** The scale of each axis, in their order. */
  readonly axes: readonly string[];
  readonly layers: readonly MovingLayer[];
  readonly plot: Plot;
}

/** What the process that draws has to say of a task. */
export type DrawingAnswer =
  | { readonly drawing: Drawing }
  /** Why Vega-Lite or Vega cannot. */
  | { readonly refused: string };

/** After so many that met a limit no other is begun: a report with hundreds of them ends too. */
export const mostOverLimit = 5;

/** A drawing that was ended because it met a limit. */
export class DrawingLimit extends Error {
  constructor(readonly limit: LimitName) {
    super(`a drawing met the limit ${limit}`);
  }
}

/**
 * Draws a specification; rejects when Vega-Lite or Vega cannot. `task` is asked for it once there is a place for it, so
 * that pictures are made while others are drawn, and few wait in memory.
 */
export type Draw = (task: () => DrawingTask) => Promise<Drawing>;
