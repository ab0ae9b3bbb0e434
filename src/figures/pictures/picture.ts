/** A named picture of a step kind's results. */
import type { Specification } from '../drawing.js';
import type { PictureRules } from '../picture-rules.js';
import type { Subject } from '../subject.js';

export interface Picture {
  readonly specification: Specification;
  /** What it shows, for those who do not see it. */
  readonly description: string;
}

/** How it is drawn. What is not as its rules say it must be, planning refuses (`checkFigure`); drawing refuses nothing. */
export interface PictureKind extends PictureRules {
  readonly draw: (subject: Subject) => Picture;
}
