/** A figure as data: what the pages place, and what the runs behind it are. */
import type { Artifact } from '../shared/artifact.js';
import type { PlannedStep } from '../plan/plan.js';

/** Gives the artifact of a planned step; every step of the plan has run when figures are drawn. */
export type ArtifactOf = (step: PlannedStep) => Artifact;

export interface DrawnFigure {
  readonly id: string;
  readonly number: string;
  /** A complete <svg> element with role="img", no script, no event handler, no reference to another host. */
  readonly svg: string;
  /** The Vega-Lite specification that was drawn, with its data, as JSON. */
  readonly specification: string;
  /** What the page's runtime draws it again from, as JSON (`VegaFigure`); empty where it stays as it is. */
  readonly vega: string;
  /** The text alternative: what the data show. */
  readonly description: string;
  /** Of the drawing, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Names all of the above but the number: two figures with the same digest are the same. */
  readonly digest: string;
}
