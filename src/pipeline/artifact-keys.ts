/** The keys of a plan's results, each once, without the states that trainings go on from. */
import type { Plan } from '../plan/plan.js';

export function artifactKeys({ steps }: Pick<Plan, 'steps'>): string[] {
  return [...new Set(steps.map(({ key }) => key))];
}
