/** The trainings of a page: figures of one training share its moment, and its weights are unpacked once. */
import type { InteractiveTraining } from '../../figures/interactive-data.js';
import type { InteractiveFigure } from '../../figures/interactive-figure.js';
import { load } from '../data-scripts.js';
import { type Course, courseOf, type CourseParts, courseWith } from './course.js';
import { makeMoment, type Moment } from './moment.js';
import type { Pointable } from './pointable.js';
import { makeScrubber, type Scrubber } from './scrubber.js';

export interface Training {
  readonly courses: readonly Course[];
  readonly moment: Moment;
  readonly scrubber: Scrubber;
  /** Those of all its figures. */
  readonly panels: Set<Pointable>;
  /** A run of the reader's own that shows over one of these. */
  guest: Guest | undefined;
  /** What the reader has changed of it, for the address of every figure. */
  asked: ReadonlyMap<string, string>;
  /** Shows one instead of it, or none, and gives it as it is shown. */
  invite(over: string, parts: Omit<CourseParts, 'name' | 'coordinates'> | undefined, label: string): Course | undefined;
}

export interface Guest {
  /** The name of the run over which it shows. */
  readonly over: string;
  readonly course: Course;
  /** What keys and readings call it. */
  readonly label: string;
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
    return {
      ...{ courses, moment, scrubber: makeScrubber(figure, courses, moment), panels: new Set() },
      ...{ guest: undefined, asked: new Map() },
      invite(over, parts, label) {
        const course = parts && courseWith({ ...parts, name: label, coordinates: {} });
        this.guest = course && { over, course, label };
        moment.set({});
        return course;
      },
    };
  });
  trainings.set(data, made);
  return made;
}
