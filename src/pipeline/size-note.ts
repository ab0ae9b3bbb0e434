/** How many steps a plan would run, said before they do where they are many: a product of axes is easily more than one thinks. */
import { groupBy } from '../shared/group-by.js';
import { labelsByAxis } from '../shared/labels-by-axis.js';
import type { PlannedStep } from '../plan/plan.js';

/** From so many steps on. */
export const manySteps = 100;

/**
 * "640 steps would run: net 640 (8 data.seed x 8 seed x 10 hidden); about 90 s", the directives with the most steps first;
 * undefined where they are few. `seconds` says what all of them take.
 */
export function sizeNote(due: readonly PlannedStep[], seconds: string): string | undefined {
  if (due.length < manySteps) return undefined;
  const largest = [...groupBy(due, ({ id }) => id)].sort(([, a], [, b]) => b.length - a.length);
  const told = largest.slice(0, 3).map(([id, steps]) => `${id} ${steps.length}${axesIn(steps)}`);
  const more = largest.length > told.length ? ', and others' : '';
  return `${due.length} steps would run: ${told.join(', ')}${more}; about ${seconds}`;
}

/** How many values these steps have of each axis. */
function axesIn(steps: readonly PlannedStep[]): string {
  const several = [...labelsByAxis(steps)]
    .filter(([, labels]) => labels.size > 1)
    .map(([axis, labels]) => `${labels.size} ${axis}`);
  return several.length === 0 ? '' : ` (${several.join(' x ')})`;
}
