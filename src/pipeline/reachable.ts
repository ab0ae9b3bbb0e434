/** What of a store the reports that someone names still need. */
import type { Plan } from '../plan/plan.js';
import { programDigest } from '../shared/program.js';
import { continuationKind } from '../run/continuation.js';
import { drawingKind, type RecordBody } from '../store/record.js';
import { verificationKind } from '../verify/verify-step.js';

/** The keys under which the results of a plan stand, and those of the chains that its trainings can go on from. */
export function keysOf(plan: Plan): Set<string> {
  return new Set(plan.steps.flatMap(({ key, continuationKey }) => [key, continuationKey ?? []].flat()));
}

/** Whether any of the plans needs a record: a result, a part of a training's chain, a verification, a drawing of this program. */
export function isReachable(plans: readonly Plan[]): (record: RecordBody) => boolean {
  const keys = new Set(plans.flatMap((plan) => [...keysOf(plan)]));
  const program = programDigest();
  return ({ key, kind, options, made }) => {
    if (kind === drawingKind) return made.program === program;
    if (kind !== continuationKind && kind !== verificationKind) return keys.has(key);
    const of = typeof options === 'object' && options !== null && 'of' in options ? options['of'] : undefined;
    return typeof of === 'string' && keys.has(of);
  };
}
