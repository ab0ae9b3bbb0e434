/** One panel of a moving figure at one moment, and what draws it. */
import { words } from '../words.js';
import type { Domains, Plot } from '../../figures/moving/plot.js';
import type { Row } from '../../figures/panels.js';
import { divergedAt } from '../../figures/words.js';
import type { Course } from './course.js';
import type { LivingPanel } from './living-panel.js';
import type { Moment } from './moment.js';

/** One panel at one moment. */
export interface View {
  /** The runs that it shows; but for learning curves one. */
  readonly courses: readonly Course[];
  readonly course: Course;
  readonly step: number;
  /** The first of the moments that the figure compares. */
  readonly start: number;
  readonly plot: Plot;
  /** Whether its axes are those of the moment alone. */
  readonly own?: boolean;
  /** Whether the run is a reader's own, over the report's. */
  readonly guest?: true;
  readonly context: unknown;
  readonly leaveOut: boolean;
  /** Of gradient features, the parameters that stand out. */
  readonly chosen: readonly number[];
  /** The only principal feature that shows; all where it is below 0. */
  readonly component: number;
}

export interface PictureRows {
  /** The parts that move. */
  readonly parts: readonly string[];
  /** What is alike at all moments of a run. */
  readonly background?: (view: View) => Row[];
  /** The first moment, which stays in sight behind the others. */
  readonly ghost?: (view: View) => Row[];
  readonly moment: (view: View) => Row[];
  /** The axes of the moment alone, of a picture that can have them. */
  readonly domains?: (view: View) => Domains;
  /** Makes what a reader does in the figure besides moving through its training. */
  readonly attend?: (figure: AliveFigure) => void;
}

export interface AlivePanel {
  readonly living: LivingPanel;
  /** What it shows now. */
  readonly view: () => View | undefined;
}

export interface AliveFigure {
  readonly panels: readonly AlivePanel[];
  readonly moment: Moment;
}

/** The pictures that few pages have, and the names by which their scripts hand over what draws them. */
export const fieldName = 'field';
export const linearisationName = 'linearisation';

/** The script of each. */
export const scriptsOfPictures: Readonly<Partial<Record<string, 'fields' | 'drag'>>> = {
  [fieldName]: 'fields',
  [linearisationName]: 'drag',
};

/** The name by which the script of figures hands over `trainingOf`. */
export const trainingsName = 'trainings';

export const place = { row: 0, column: 0 };

/** What stands in a panel of weights instead of them: that the run has ended, or that they are too large. */
export function noteOf({ course, step }: View): Row[] | undefined {
  if (course.divergedAt !== null && step >= course.divergedAt)
    return [{ ...place, part: 'note', text: divergedAt(words.figure, course.divergedAt) }];
  const checkpoint = course.reached(step);
  if (course.drawn(checkpoint) === checkpoint) return undefined;
  return [{ ...place, part: 'note', text: words.figure.tooLarge }];
}
