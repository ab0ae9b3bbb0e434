/** The trainings of a page: figures of one training share its moment, and its weights are unpacked once. */
import type { InteractiveTraining } from '../../figures/interactive-data.js';
import type { InteractiveFigure } from '../../figures/interactive-figure.js';
import { load } from '../data-scripts.js';
import { type Course, courseOf } from './course.js';
import { makeMoment, type Moment } from './moment.js';
import type { Pointable } from './pointable.js';
import { makeScrubber, type Scrubber } from './scrubber.js';

export interface Training {
  readonly courses: readonly Course[];
  readonly moment: Moment;
  readonly scrubber: Scrubber;
  /** Those of all its figures. */
  readonly panels: Set<Pointable>;
}

const trainings = new Map<string, Promise<Training>>();

/** `data` is the address of its runs. */
export function trainingOf(figure: Pick<InteractiveFigure, 'training' | 'data' | 'stepScale'>): Promise<Training> {
  const { training, data } = figure;
  const known = trainings.get(data);
  if (known !== undefined) return known;
  const made = load(`training:${training}`, data).then((given): Training => {
    const interactive = given as InteractiveTraining;
    const courses = interactive.runs.map((run) => courseOf(run, interactive));
    const steps = [...new Set(courses.flatMap((course) => course.steps))].sort((a, b) => a - b);
    const moment = makeMoment(steps);
    return { courses, moment, scrubber: makeScrubber(figure, courses, moment), panels: new Set() };
  });
  trainings.set(data, made);
  return made;
}
