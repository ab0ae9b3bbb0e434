/** How a scrubber lays out the steps of a training, and what it marks along them. */
import type { StepScale } from '../../figures/interactive-figure.js';
import { elbowTracks } from '../../figures/pictures/elbows-rows.js';
import type { Course } from './course.js';

/** Where a step stands, from 0 to 1; `steps` are the checkpoints. */
export function stepPlaces(scale: StepScale, steps: readonly number[]): (step: number) => number {
  const [first = 0, second = first + 1] = steps;
  const bend = (step: number): number => {
    const gone = Math.max(0, step - first);
    if (scale === 'log') return Math.log1p(gone / (second - first || 1));
    return scale === 'sqrt' ? Math.sqrt(gone) : gone;
  };
  const last = bend(steps.at(-1) ?? first) || 1;
  return (step) => bend(step) / last;
}

/** The errors that a scrubber draws of a run: on test samples, where there are any. */
export function errorsOf({ trainErrors, testErrors }: Course): readonly (number | null)[] {
  return testErrors.some((error) => error !== null) ? testErrors : trainErrors;
}

/** The scale on which the middle is nearest to where the error has come half of its way, on a logarithmic axis. */
export function bestScale(course: Course | undefined): StepScale {
  if (course === undefined) return 'sqrt';
  let least = Number.POSITIVE_INFINITY;
  const lowest = errorsOf(course).map((error) => Math.log((least = Math.min(least, error || least))));
  const half = ((lowest[0] ?? 0) + (lowest.at(-1) ?? 0)) / 2;
  const step = course.steps[lowest.findIndex((error) => error <= half)] ?? 0;
  const fromMiddle = (scale: StepScale): number => Math.abs(stepPlaces(scale, course.steps)(step) - 0.5);
  return (['sqrt', 'log', 'linear'] as const).reduce((best, one) => (fromMiddle(one) < fromMiddle(best) ? one : best));
}

/** The steps at which the error has halved again. */
export function halvings(course: Course): number[] {
  let next = Number.NaN;
  return errorsOf(course).flatMap((error, index) => {
    if (error === null || error <= 0 || error > next) return [];
    const isFirst = Number.isNaN(next);
    next = error / 2;
    return isFirst ? [] : [course.steps[index] ?? 0];
  });
}

/** Of the inputs' range, how far an elbow is from a knot at most that has come to it. */
const nearby = 0.02;

/** The steps from which on an elbow stays at a knot of the target. */
export function arrivals({ network, data, steps, parameters, drawn }: Course): number[] {
  if (network.hidden.length !== 1 || data.knots.length === 0) return [];
  const [low, high] = data.domain;
  const drawable = parameters.map((one, checkpoint) => (drawn(checkpoint) === checkpoint ? one : undefined));
  return elbowTracks(network, drawable, data.domain).flatMap((track) => {
    const last = track.at(-1) ?? Number.NaN;
    const knot = data.knots.find((one) => Math.abs(last - one) <= nearby * (high - low));
    if (knot === undefined) return [];
    const away = track.findLastIndex((at) => !(Math.abs(at - knot) <= nearby * (high - low)));
    return away < 0 ? [] : [steps[away + 1] ?? 0];
  });
}
