/** Steps that take hardly any time: many of them go together, and what is as cheap to compute again is kept with less care. */
import type { Plan, PlannedStep } from '../plan/plan.js';

/** Seconds of one thread below which a step is small, by the plan's estimate. */
const smallSeconds = 0.02;
/** Steps of a plan from which on small ones leave no states. */
const manySteps = 100;

/** Whether it is a training that takes hardly any time on the processor. */
export function isSmallTraining({ cost, continuationKey }: PlannedStep): boolean {
  return continuationKey !== undefined && (cost.processorSeconds ?? Number.POSITIVE_INFINITY) < smallSeconds;
}

/** Seconds of work from which on a training of this plan leaves the states that another can go on from. */
export function leavesFrom({ steps }: Pick<Plan, 'steps'>): number {
  return steps.length < manySteps ? 0 : smallSeconds;
}

/** Seconds of work that a power cut may take: nothing waits for the disk that takes less. */
export const secondsUnsynced = 1;
