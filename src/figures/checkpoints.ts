/** Which checkpoints a picture shows of each run. */
import { suggestion } from '../suggest.js';
import { arrayOf } from './arrays.js';
import type { Run, Subject } from './subject.js';
import { count } from './words.js';

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
 * The checkpoints to show of every run, alike for all: those of `at`, or those that `choose` picks from all there are.
 * Undefined, with a problem, when no run has one of `at`.
 */
export function chooseCheckpoints(
  subject: Subject,
  choose: (steps: readonly number[]) => readonly number[],
  divergedAt: (run: Run) => number | undefined,
): ((run: Run) => ChosenCheckpoint[]) | undefined {
  const all = [...new Set(subject.runs.flatMap(stepsOf))].sort((a, b) => a - b);
  const { at } = subject.request.options;
  const ends = subject.runs.map(divergedAt).filter((step) => step !== undefined);
  const diverged = Math.min(...ends);
  let known = true;
  for (const [index, step] of (at ?? []).entries()) {
    if (all.includes(step) || step >= diverged) continue;
    known = false;
    subject.refuse(['at', index], 'no-checkpoint', `no checkpoint at step ${count(step)} is shown`, nearest(step, all));
  }
  if (!known) return undefined;
  const chosen = at === undefined ? choose(all) : [...new Set(at)].sort((a, b) => a - b);
  return (run) => {
    const steps = stepsOf(run);
    const end = divergedAt(run) ?? Number.POSITIVE_INFINITY;
    return chosen
      .map((step) => ({ step, index: steps.includes(step) ? steps.indexOf(step) : undefined }))
      .filter(({ step, index }) => index !== undefined || step >= end);
  };
}

function nearest(step: number, steps: readonly number[]): string {
  const below = steps.filter((candidate) => candidate < step).at(-1);
  const above = steps.find((candidate) => candidate > step);
  const near = [below, above].filter((candidate) => candidate !== undefined).map(String);
  if (near.length === 0) return suggestion(String(step), steps.map(String));
  return `the nearest ${near.length === 1 ? 'one is' : 'ones are'} ${near.join(' and ')}; more are recorded with the training's "checkpoints"`;
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
