/** One number of one run. */
import type { PlannedStep } from './planned-step.js';

/** A cell of a table or a number in the text: which result, which of its numbers, how it prints. */
export interface ValueRequest {
  readonly step: PlannedStep;
  /** An array or value of the artifact: "test-error". */
  readonly name: string;
  /** Chosen positions by dimension: { checkpoint: step 0 } is written step=0, { component: 1 } component=1. */
  readonly at: Readonly<Record<string, number>>;
  /** Digits after the point and style, as in Python: ".4f", ".3g", ",d", ".1%". */
  readonly format: string;
}

/** A training run that ended because its loss was no longer finite. */
export interface Divergence {
  readonly training: PlannedStep;
  /** The step at which it ended: it has no number of this step, nor of any later one. */
  readonly at: number;
}

/** What a request finds: a number, NaN where the result has none, or that the training behind it diverged before. */
export type Reading = number | Divergence;
