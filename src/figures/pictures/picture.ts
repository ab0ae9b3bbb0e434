/** A named picture of a step kind's results. */
import type { Specification } from '../drawing.js';
import type { Subject } from '../subject.js';

export interface Picture {
  readonly specification: Specification;
  /** What it shows, for those who do not see it. */
  readonly description: string;
}

/** Undefined when it cannot be drawn; the subject then has the problems. */
export type DrawPicture = (subject: Subject) => Picture | undefined;
