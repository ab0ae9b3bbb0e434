/** What a figure or a table was computed from, directive by directive. */
import { groupBy } from '../shared/group-by.js';
import type { PlannedStep } from '../plan/plan.js';
import { anchorOf } from '../render/labels.js';
import type { MadeFrom } from '../render/parts.js';
import type { Report } from '../source/report.js';

/** Where the directives of a report stand, by their ids. */
export type Places = ReadonlyMap<string, Pick<MadeFrom, 'address' | 'anchor'>>;

export function placesOf({ pages }: Report): Places {
  return new Map(
    pages.flatMap(({ address, directives }) =>
      directives.map((directive) => [directive.id, { address, anchor: anchorOf(directive) }] as const),
    ),
  );
}

/** Of a key, as pages with many of them name it. */
const keyStart = 16;

/** The directives of these steps and of all that they need, level by level: what needs nothing first. */
export function wayTo(steps: readonly PlannedStep[], places: Places): MadeFrom[][] {
  const levels = new Map<PlannedStep, number>();
  const levelOf = (step: PlannedStep): number => {
    const known = levels.get(step);
    if (known !== undefined) return known;
    const level = Math.max(0, ...Object.values(step.inputs).map((input) => levelOf(input) + 1));
    levels.set(step, level);
    return level;
  };
  steps.forEach(levelOf);
  const way: MadeFrom[][] = [];
  for (const [id, own] of groupBy(levels.keys(), (step) => step.id)) {
    const [first] = own;
    const place = places.get(id);
    if (first === undefined || place === undefined) continue;
    const level = Math.max(...own.map(levelOf));
    (way[level] ??= []).push({
      ...{ id, kind: first.kind.kind, ...place },
      seeds: [...new Set(own.flatMap(seedOf))],
      keys: own.map(({ key }) => key.slice(0, keyStart)),
      imported: first.kind.source !== undefined,
      isOwnCode: first.kind.isOwnCode === true,
    });
  }
  return way.filter((level) => level.length > 0);
}

function seedOf({ options }: PlannedStep): number[] {
  const { seed } = options as { readonly seed?: unknown };
  return typeof seed === 'number' ? [seed] : [];
}
