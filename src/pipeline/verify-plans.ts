/** The experiments of each page, and of the whole site, that readers can have computed again. */
import { makeVerifyPlan, withInputs } from '../lab/make-verify-plan.js';
import type { VerifyPlan } from '../lab/verify-plan.js';
import type { Language } from '../languages/language.js';
import { requestsIn } from '../plan/expression/expression.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import type { RenderParts } from '../render/parts.js';
import type { Page, Report } from '../source/report.js';
import { secondsOnOneThread } from './choose-engines.js';
import type { Known } from './known.js';

/** None for a report that does not ask for them, and for a page while a result of it is computed. */
export function verifyPlans(
  report: Report,
  plan: Plan,
  { results }: Pick<Known, 'results'>,
): NonNullable<RenderParts['verify']> {
  if (!report.settings.verify) return { pages: new Map(), site: undefined };
  const planOf = (steps: readonly PlannedStep[], { words }: Language): VerifyPlan | undefined => {
    const all = withInputs(steps);
    if (all.length === 0 || all.some(({ key }) => !results.has(key))) return undefined;
    return makeVerifyPlan(
      all,
      words.verify,
      (step) => {
        const found = results.get(step.key);
        if (found === undefined) throw new Error(`the result of ${step.name} is gone`);
        const { digest, artifact, record } = found;
        return { digest, artifact, profile: record.profile, device: record.device, accuracy: record.accuracy };
      },
      secondsOnOneThread,
    );
  };
  const pages = report.pages.flatMap((page): [string, VerifyPlan][] => {
    const found = planOf(stepsOn(page, plan), report.languageOf(page.language));
    return found === undefined ? [] : [[page.file, found]];
  });
  const site = planOf(plan.steps, report.languageOf(report.settings.language));
  return { pages: new Map(pages), site };
}

/** Those that the page asks for, and those whose results it shows. */
function stepsOn(page: Page, plan: Plan): PlannedStep[] {
  const ids = new Set(page.directives.map(({ id }) => id));
  return [
    ...plan.steps.filter(({ id }) => ids.has(id)),
    ...plan.figures
      .filter((figure) => figure.page.file === page.file)
      .flatMap(({ shown }) => shown.flatMap(({ steps }) => steps)),
    ...plan.tables.filter((table) => table.page.file === page.file).flatMap(({ steps }) => steps),
    ...[...plan.values.values()]
      .filter((value) => value.page.file === page.file)
      .flatMap(({ expression }) => requestsIn(expression).map(({ step }) => step)),
  ];
}
