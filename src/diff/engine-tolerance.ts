/** What comes from another engine alone, and whether it is more than the arithmetic of the two allows. */
import { type Causes, type EngineDeviation, reachIn } from './causes.js';
import type { Difference } from './difference.js';
import type { Snapshot, SnapshotStep } from './snapshot.js';

/** Undefined where it cannot be told: a result is in no store, or its kind is not known here. */
export type Judge = (before: SnapshotStep, after: SnapshotStep) => EngineDeviation | undefined;

/**
 * The difference with what `judge` says of results whose key and inputs are the same. For what is computed from several of them
 * the farthest counts, and nothing is said where one of them cannot be judged. A result with other inputs is not judged by
 * itself: how far it may be off is a matter of what it comes from.
 */
export function withTolerances(difference: Difference, before: Snapshot, after: Snapshot, judge: Judge): Difference {
  const [olds, news] = [before, after].map(({ steps }) => new Map(steps.map(({ name, digest }) => [name, digest])));
  const reach = reachIn(before, after);
  const firsts = new Map<string, (EngineDeviation | undefined)[]>();
  const changed = difference.results.changed.map((change) => {
    const { before: old, after: now } = change;
    const isFirst = old.key === now.key && now.inputs.every((input) => olds?.get(input) === news?.get(input));
    if (!isFirst) return change;
    const engines = judge(old, now);
    firsts.set(now.id, [...(firsts.get(now.id) ?? []), engines]);
    return { ...change, ...(engines !== undefined && { engines }) };
  });
  const judged = <Change extends { readonly causes: Causes }>(
    change: Change,
    sources: readonly string[],
  ): Change & { readonly engines?: EngineDeviation } => {
    if (change.causes.other !== 'engine') return change;
    const found = [...reach(sources)].flatMap((id) => firsts.get(id) ?? []);
    const known = found.filter((one) => one !== undefined);
    const [first, ...others] = known;
    if (first === undefined || known.length < found.length) return change;
    return { ...change, engines: others.reduce((worst, one) => (one.share > worst.share ? one : worst), first) };
  };
  return {
    ...difference,
    numbers: difference.numbers.map((change) => judged(change, change.sources)),
    figures: {
      ...difference.figures,
      changed: difference.figures.changed.map((change) => judged(change, change.after.sources)),
    },
    results: { ...difference.results, changed },
  };
}
