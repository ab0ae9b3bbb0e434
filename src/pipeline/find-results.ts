/** What a store holds of a plan. */
import type { Plan, PlannedStep } from '../plan/plan.js';
import { answersFor } from '../run/run-plan.js';
import type { StoredResult } from '../store/record.js';
import type { Store } from '../store/store.js';

export interface FoundResult {
  readonly step: PlannedStep;
  readonly result: StoredResult;
}

/** A result with those that it was computed from, by role. */
export interface ResultWithInputs extends FoundResult {
  readonly inputs: Readonly<Record<string, StoredResult>>;
}

/** The stored results of a plan's steps; `missing` are those that have not been computed. Each key once. */
export function findResults(plan: Plan, store: Store): { results: ResultWithInputs[]; missing: PlannedStep[] } {
  const found = new Map<string, StoredResult>();
  const results: ResultWithInputs[] = [];
  const missing: PlannedStep[] = [];
  for (const step of new Map(plan.steps.map((one) => [one.key, one])).values()) {
    const result = store.find(
      step.key,
      answersFor(step, (input) => found.get(input.key)?.digest),
    );
    if (result === undefined) {
      missing.push(step);
      continue;
    }
    found.set(step.key, result);
    const inputs = Object.entries(step.inputs).flatMap(([role, input]): [string, StoredResult][] => {
      const used = found.get(input.key);
      return used === undefined ? [] : [[role, used]];
    });
    results.push({ step, result, inputs: Object.fromEntries(inputs) });
  }
  return { results, missing };
}
