/** One figure, table or experiment of a plan with what it needs. */
import { requestsIn } from '../plan/expression/expression.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import { anchorOf } from '../render/labels.js';
import { proseScope } from '../shared/node-id.js';
import { suggestion } from '../shared/suggest.js';
import type { Directive } from '../source/report.js';

/** Nothing in a plan has the id that was asked for; its message says what may be meant. */
export class UnknownId extends Error {}

function idsOf({ figures, tables, steps }: Plan): string[] {
  return [...new Set([...figures, ...tables, ...steps].map(({ id }) => id))];
}

/** The plan of what has this id. Throws an UnknownId where nothing has. */
export function partOfPlan(plan: Plan, id: string): Plan {
  const has = (one: { readonly id: string; readonly directive: Directive }): boolean =>
    [one.id, anchorOf(one.directive)].includes(id);
  const [figures, tables] = [plan.figures.filter(has), plan.tables.filter(has)];
  // Numbers in a figure's alternative text.
  const scopes = figures.map(({ directive }) => `${proseScope(directive, 'alt')}:`);
  const values = [...plan.values].filter(([at]) => scopes.some((scope) => at.startsWith(scope)));
  const wanted = [
    ...plan.steps.filter(has),
    ...figures.flatMap(({ shown }) => shown.flatMap(({ steps }) => steps)),
    ...tables.flatMap(({ steps }) => steps),
    ...values.flatMap(([, { expression }]) => requestsIn(expression).map(({ step }) => step)),
  ];
  if (wanted.length + figures.length + tables.length === 0) throw new UnknownId(suggestion(id, idsOf(plan)));
  const needed = withInputs(wanted);
  const steps = plan.steps.filter((step) => needed.has(step));
  return { ownKinds: plan.ownKinds, steps, figures, tables, values: new Map(values), claims: [] };
}

/** Steps with all that they are computed from. */
export function withInputs(wanted: readonly PlannedStep[]): Set<PlannedStep> {
  const needed = new Set<PlannedStep>();
  const add = (step: PlannedStep): void => {
    if (needed.has(step)) return;
    needed.add(step);
    Object.values(step.inputs).forEach(add);
  };
  wanted.forEach(add);
  return needed;
}
