/** Some results that others share, to be computed again: read from the shared store, whatever is here. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, PlannedStep } from '../plan/plan.js';
import { EnvironmentError } from '../shared/problem.js';
import { directoryStore } from '../store/directory-store.js';
import { openRemote } from '../store/remote/open-remote.js';
import type { SharedPlace } from '../store/remote/places.js';
import { type SharedStore, sharedStore } from '../store/remote/shared-store.js';
import { bringResults } from './bring-results.js';
import { findResults, type ResultWithInputs } from './find-results.js';
import { isResult } from './is-result.js';
import { withInputs } from './part-of-plan.js';

/** So many of a list, in its order. */
export function someOf<Item>(items: readonly Item[], count: number): Item[] {
  const left = [...items.keys()];
  while (left.length > count) left.splice(randomInt(left.length), 1);
  return left.flatMap((index) => items[index] ?? []);
}

/**
 * So many of the plan's results as the shared store has them, chosen at random, with their inputs; `missing` are those of the
 * chosen that cannot be had whole. What was read elsewhere is left out: nobody can compute it again. Throws an EnvironmentError
 * where the shared store cannot be had or has none of them: that nothing differs would then say nothing.
 */
export async function sharedSample(
  plan: Plan,
  place: SharedPlace,
  sample: number | undefined,
  { warn, signal, log }: Record<'warn' | 'log', (message: string) => void> & { readonly signal: AbortSignal },
): Promise<{ results: ResultWithInputs[]; missing: PlannedStep[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-shared-'));
  const remote = openRemote(place);
  try {
    const store: SharedStore = sharedStore({
      ...{ local: directoryStore(folder, warn), folder, remote, remoteName: remote.name },
      ...{ isResult, signal },
      // What ends it all is thrown.
      warn: (message) => {
        if (store.gone() === undefined) warn(message);
      },
    });
    await bringResults(plan, { store, log }, { recordsOnly: true });
    throwIfGone(store);
    const computed = [...new Map(plan.steps.map((step) => [step.key, step])).values()].filter(
      ({ kind }) => kind.source === undefined,
    );
    const there = computed.filter(({ key }) => store.peek(key, isResult) !== undefined);
    if (there.length === 0 && computed.length > 0)
      throw new EnvironmentError(`${remote.name} has none of the report's ${computed.length} results to verify`);
    const chosen = sample === undefined ? there : someOf(there, sample);
    const needed = withInputs(chosen);
    await bringResults({ steps: [...needed] }, { store, log });
    throwIfGone(store);
    const found = findResults({ ...plan, steps: plan.steps.filter((step) => needed.has(step)) }, store);
    const results = found.results.filter(({ step }) => chosen.includes(step));
    return { results, missing: chosen.filter((step) => !results.some((result) => result.step === step)) };
  } finally {
    remote.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function throwIfGone(store: SharedStore): void {
  const why = store.gone();
  if (why !== undefined) throw new EnvironmentError(`${why}; nothing of it was verified`);
}
