/** The results of a plan that others share, taken into the local store before anything is computed. */
import type { Plan } from '../plan/plan.js';
import type { Bringing } from '../store/store.js';
import type { World } from './world.js';

/** All at once: a key says nothing of the keys of others. Says how many came. */
export async function bringResults(
  { steps }: Pick<Plan, 'steps'>,
  { store, log }: Pick<World, 'store' | 'log'>,
  how?: Bringing,
): Promise<void> {
  const wants = new Map(steps.map(({ key, kind }) => [key, { key, kind: kind.kind }]));
  const came = await store.bring([...wants.values()], how);
  if (came > 0 && how?.recordsOnly !== true) log(`${came} of ${wants.size} results taken from the shared store`);
}
