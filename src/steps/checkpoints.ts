/** Which steps of a training are recorded, and how other directives choose among them. */
import * as z from 'zod';
import type { Artifact } from '../shared/artifact.js';
import { type CheckpointOptions, checkpointSteps } from './checkpoint-steps.js';
import type { OptionIssue } from './step.js';

export const checkpointOptions = z.strictObject({
  every: z.int().min(1).max(1_000_000_000).default(1000).describe('Every so many steps.'),
  and: z.array(z.int().min(0).max(1_000_000_000)).max(10_000).default([]).describe('At these steps too.'),
});

const atList = z.array(z.union([z.int().min(0), z.literal('last')])).min(1);

/** `at: [0, 1000, last]`: checkpoints of a training that a directive looks at. */
export const atOptions = atList.default([0, 'last']).describe('The checkpoints that are looked at: steps, or last.');

/** The same for what is looked at over the course of a training. */
export const courseOptions = z
  .union([z.literal('all'), atList])
  .default('all')
  .describe('The checkpoints that are looked at: all that the training records, or a list of steps and last.');

/** The chosen checkpoints as a list. */
export function listed(
  at: z.output<typeof courseOptions>,
  { checkpoints, steps }: { readonly checkpoints: CheckpointOptions; readonly steps: number },
): readonly (number | 'last')[] {
  return at === 'all' ? checkpointSteps(checkpoints, steps) : at;
}

/** A problem for each chosen step at which the training records nothing; `option` is the one that has the list. */
export function checkAt(
  at: z.output<typeof atOptions>,
  checkpoints: CheckpointOptions,
  steps: number,
  option = 'at',
): OptionIssue[] {
  const recorded = (step: number): boolean =>
    step === 0 ||
    step === steps ||
    (step < steps && (step % checkpoints.every === 0 || checkpoints.and.includes(step)));
  return at.flatMap((step, index): OptionIssue[] => {
    if (step === 'last' || recorded(step)) return [];
    const path = [option, index];
    if (step > steps) {
      const message = `step ${step} is beyond the last step, ${steps}`;
      return [{ path, rule: 'no-checkpoint', message, hint: `choose a step up to ${steps}, or "last"` }];
    }
    const below = Math.floor(step / checkpoints.every) * checkpoints.every;
    const hint = `choose ${below} or ${Math.min(below + checkpoints.every, steps)}, or add ${step} to the training's checkpoints: {and: [${step}]}`;
    return [{ path, rule: 'no-checkpoint', message: `the training records no checkpoint at step ${step}`, hint }];
  });
}

/**
 * The positions in a training's arrays of the chosen checkpoints, ascending and each once. A training that diverged
 * before a chosen step has none for it; when none of them was reached, the last one recorded stands in under its own step,
 * if there is one.
 */
export function chosenCheckpoints(
  training: Artifact,
  at: z.output<typeof atOptions>,
): { index: number; step: number }[] {
  const steps = Array.from(training.arrays['step']?.data ?? []);
  const last = steps.length - 1;
  const chosen = new Set(
    at.map((step) => (step === 'last' ? last : steps.indexOf(step))).filter((index) => index >= 0),
  );
  if (chosen.size === 0 && last >= 0) chosen.add(last);
  return [...chosen].sort((a, b) => a - b).map((index) => ({ index, step: steps[index] ?? 0 }));
}

/** Where a training diverged, when it did so before it reached all of the chosen checkpoints. */
export function divergenceBefore(
  { divergedAt }: Artifact,
  at: readonly (number | 'last')[],
): Pick<Artifact, 'divergedAt'> {
  const missed = divergedAt !== undefined && at.some((step) => step === 'last' || step >= divergedAt);
  return missed ? { divergedAt } : {};
}
