/** Why a result is another one: which directives changed among all that it is computed from. */
import { alignByName } from './align.js';
import { changedOptions } from './options.js';
import type { Snapshot } from './snapshot.js';

export interface Causes {
  /** The ids of changed directives among those that it is computed from. */
  readonly directives: readonly string[];
  /**
   * What else it comes from where no directive changed: `engine` where the same experiment was computed by another one,
   * `outside` where files or the program changed.
   */
  readonly other?: 'engine' | 'outside';
}

/** How far two results of one experiment are from each other, in parts of what their engines allow, and in which quantity. */
export interface EngineDeviation {
  readonly of: string;
  /** Above 1 they are more than another arithmetic; never infinite, which JSON cannot say. */
  readonly share: number;
}

/** What tells the causes of what is computed from the directives of these ids. */
export function causesBetween(before: Snapshot, after: Snapshot): (sources: readonly string[]) => Causes {
  const pairs = alignByName(before.directives, after.directives, ({ id }) => id);
  const changed = new Set(
    pairs.flatMap((pair) => {
      const isAlike =
        pair.before?.kind === pair.after?.kind &&
        changedOptions(pair.before?.options ?? {}, pair.after?.options ?? {}).length === 0;
      return isAlike ? [] : [(pair.after ?? pair.before)?.id ?? ''];
    }),
  );
  const reach = reachIn(before, after);
  const keys = new Map(before.steps.map(({ name, key }) => [name, key]));
  const sameKeys = (ids: ReadonlySet<string>): boolean =>
    after.steps.every(({ id, name, key }) => !ids.has(id) || keys.get(name) === key);
  return (sources) => {
    const reached = reach(sources);
    const directives = [...reached].filter((id) => changed.has(id));
    if (directives.length > 0) return { directives };
    return { directives, other: sameKeys(reached) ? 'engine' : 'outside' };
  };
}

/** The ids of all directives that something is computed from, these and those before them, on either side. */
export function reachIn(before: Snapshot, after: Snapshot): (sources: readonly string[]) => ReadonlySet<string> {
  const inputs = inputsOf(before, after);
  return (sources) => {
    const reached = new Set<string>(sources);
    for (const id of reached) for (const input of inputs.get(id) ?? []) reached.add(input);
    return reached;
  };
}

/** The ids that each directive's steps are computed from, on either side. */
function inputsOf(...snapshots: readonly Snapshot[]): Map<string, Set<string>> {
  const inputs = new Map<string, Set<string>>();
  for (const { steps } of snapshots) {
    const ids = new Map(steps.map(({ name, id }) => [name, id]));
    for (const step of steps) {
      const known = inputs.get(step.id) ?? new Set();
      inputs.set(step.id, known);
      for (const name of step.inputs) known.add(ids.get(name) ?? name);
    }
  }
  return inputs;
}
