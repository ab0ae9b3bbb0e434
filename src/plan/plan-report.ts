/** Report -> Plan: the second room of the pipeline. Nothing runs here, and every problem is found before anything does. */
import type { Problem } from '../shared/problem.js';
import type { Directive, Report } from '../source/report.js';
import { stepKinds } from '../steps/kinds.js';
import type { StepKind } from '../steps/step.js';
import type { Plan } from './plan.js';
import { type Limits, planSteps } from './plan-steps.js';
import { planViews } from './plan-views.js';

/** Plans a report, whose own kinds are among `kinds`. With problems among the result, the plan holds what could be planned all the same. */
export function planReport(
  report: Report,
  limits: Limits,
  kinds: readonly StepKind[] = stepKinds,
): { plan: Plan; problems: readonly Problem[] } {
  const { directives, problems: duplicates } = uniqueDirectives(report);
  const { steps, byId, problems } = planSteps(report, directives, limits, kinds);
  const computing = new Set(kinds.map(({ kind }) => kind));
  const declared = new Set([...directives.values()].flatMap(({ id, kind }) => (computing.has(kind) ? [id] : [])));
  for (const id of report.lost) declared.add(id);
  const views = planViews(report, byId, declared);
  return {
    plan: {
      ownKinds: kinds.filter(({ isOwnCode }) => isOwnCode),
      ...{ steps, figures: views.figures, tables: views.tables, values: views.values, claims: views.claims },
    },
    problems: [...duplicates, ...problems, ...views.problems],
  };
}

/** Directives by id. The second of two equal ids is a problem that shows both places. */
function uniqueDirectives(report: Report): { directives: Map<string, Directive>; problems: Problem[] } {
  const directives = new Map<string, Directive>();
  const problems: Problem[] = [];
  for (const directive of report.pages.flatMap((page) => page.directives)) {
    const first = directives.get(directive.id);
    if (first === undefined) {
      directives.set(directive.id, directive);
      continue;
    }
    problems.push({
      place: directive.idPlace,
      rule: 'duplicate-id',
      message: `the id "${directive.id}" is taken`,
      hint: 'give one of the two another id',
      related: [{ place: first.idPlace, message: 'it is taken here' }],
    });
  }
  return { directives, problems };
}
