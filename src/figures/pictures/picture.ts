/** A named picture of a step kind's results. */
import type { Json } from '../../shared/artifact.js';
import type { Specification } from '../drawing.js';
import type { SwitchedAxes } from '../moving/compared.js';
import type { PictureRules } from '../picture-rules.js';
import type { FigureOptions } from '../../steps/figure.js';
import type { Run, Subject } from '../subject.js';

export interface Picture {
  readonly specification: Specification;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  /** What its rows depend on besides the moment: the page makes them with the same. */
  readonly context?: Json;
  /** Of one panel of a figure that moves, whose axes can be those of the moment. */
  readonly axes?: SwitchedAxes;
}

/** How it is drawn. What is not as its rules say it must be, planning refuses (`checkFigure`); drawing refuses nothing. */
export interface PictureKind extends PictureRules {
  readonly draw: (subject: Subject) => Picture;
  /** Of a picture with a panel for each block of parameters: those of a run. */
  readonly blocks?: (run: Run, options: FigureOptions) => readonly string[] | undefined;
}
