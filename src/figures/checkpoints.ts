/** Which checkpoints a picture shows of each run. */
import { arrayOf } from './arrays.js';
import type { Run, Subject } from './subject.js';

export interface ChosenCheckpoint {
  readonly step: number;
  /** Its position in the run's arrays; undefined when the run diverged before it. */
  readonly index: number | undefined;
}

/** The steps at which the run has anything to show. */
export function stepsOf(run: Run): number[] {
  return Array.from(arrayOf(run.artifact, 'step').data);
}

/**
 * The checkpoints to show of every run, alike for all: those of `at`, or those that the picture picks from all there are.
 * One that a run diverged before has no position in it.
 */
export function chooseCheckpoints(subject: Subject): (run: Run) => ChosenCheckpoint[] {
  const chosen = chosenSteps(subject, subject.runs.map(stepsOf));
  return (run) => {
    const steps = stepsOf(run);
    const end = run.artifact.divergedAt ?? Number.POSITIVE_INFINITY;
    return chosen
      .map((step) => ({ step, index: steps.includes(step) ? steps.indexOf(step) : undefined }))
      .filter(({ step, index }) => index !== undefined || step >= end);
  };
}

/** The steps that are shown, ascending, of those that each run has. */
export function chosenSteps(
  { picture: { checkpoints = everyOne }, request }: Pick<Subject, 'picture' | 'request'>,
  recorded: readonly (readonly number[])[],
): readonly number[] {
  const { at } = request.options;
  const ascending = (steps: readonly number[]): number[] => [...new Set(steps)].sort((a, b) => a - b);
  return at === undefined ? checkpoints(ascending(recorded.flat())) : ascending(at);
}

export function everyOne(steps: readonly number[]): readonly number[] {
  return steps;
}

export function lastOf(steps: readonly number[]): readonly number[] {
  return steps.slice(-1);
}

/** The first and the last. */
export function endsOf(steps: readonly number[]): readonly number[] {
  return [...new Set([...steps.slice(0, 1), ...steps.slice(-1)])];
}

/** The first and last, and two between, spaced as training goes: fast at first, slower and slower. */
export function fewCheckpoints(steps: readonly number[]): number[] {
  if (steps.length <= 4) return [...steps];
  const [first = 0, last = 0] = [steps[0], steps.at(-1)];
  const inner = steps.slice(1, -1);
  const near = (target: number): number =>
    inner.reduce((best, step) => (Math.abs(Math.log(step / target)) < Math.abs(Math.log(best / target)) ? step : best));
  return [...new Set([first, near(last / 100), near(last / 10), last])].sort((a, b) => a - b);
}
