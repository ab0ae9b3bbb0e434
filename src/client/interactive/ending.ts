/** What a moving figure says of runs that have ended before the moment, or that cannot be drawn at it. */
import { count, divergedAt } from '../../figures/words.js';
import type { Course } from './course.js';
import type { Moment } from './moment.js';

/** "diverged at step 11", "2 of 8 seeds diverged": of runs that differ in their seeds at most; empty while all go on. */
export function endingOf(courses: readonly Course[], moment: Moment): string {
  const step = moment.steps[moment.checkpoint] ?? 0;
  // Where nothing comes after, all that ends has ended.
  const last = moment.checkpoint === moment.steps.length - 1;
  const ended = courses.flatMap(({ divergedAt: end }) => (end !== null && (last || end <= step) ? [end] : []));
  const [only] = ended;
  if (only === undefined) return '';
  return courses.length === 1 ? divergedAt(only) : `${ended.length} of ${courses.length} seeds diverged`;
}

/** Which checkpoint shows where the one of the moment cannot be drawn; empty where it can. */
export function undrawnAt({ steps, drawn }: Course, moment: Moment): string {
  const step = moment.steps[moment.checkpoint] ?? 0;
  const reached = steps.findLastIndex((own) => own <= step);
  const shown = drawn(Math.max(0, reached));
  if (reached < 0 || shown === reached) return '';
  return `shown is step ${count(steps[shown] ?? 0)}: the parameters at step ${count(steps[reached] ?? 0)} are too large to be drawn`;
}
