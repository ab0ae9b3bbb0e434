/** Figures of authors' own are tried before anything runs, each specification once. */
import type { Memo } from '../shared/memo.js';
import { type Draw, DrawingLimit, mostOverLimit } from '../figures/drawing.js';
import { overLimit } from '../figures/result-problem.js';
import { type Trial, trialOf, trialProblems, tryFigure } from '../figures/try-figure.js';
import { sha256 } from '../shared/hash.js';
import type { Limits } from '../shared/limits.js';
import type { Plan } from '../plan/plan.js';
import type { ResultProblem } from '../shared/problem.js';

/** What is wrong with the specifications of a plan's figures, as far as that can be told without their results. */
export async function tryFigures(
  { figures }: Pick<Plan, 'figures'>,
  draw: Draw,
  trials: Memo<Trial>,
  limits: Limits,
): Promise<ResultProblem[]> {
  let limitsMet = 0;
  const found = await Promise.all(
    figures.map(async (request) => {
      const specification = trialOf(request);
      if (specification === undefined) return [];
      const key = sha256(specification);
      // Nothing is built: a report with hundreds of them ends too.
      if (limitsMet >= mostOverLimit) return [];
      try {
        const trial = trials.find(key) ?? (await tryFigure(request, specification, draw));
        trials.keep(key, trial);
        return trialProblems(request, trial);
      } catch (error) {
        if (!(error instanceof DrawingLimit)) throw error;
        limitsMet += 1;
        return [overLimit(request, error, limits)];
      }
    }),
  );
  return found.flat();
}

/** The problems of drawings without those that the trials had: each is said once. */
export function notTried(drawn: readonly ResultProblem[], tried: readonly ResultProblem[]): ResultProblem[] {
  const said = (one: ResultProblem): string => JSON.stringify([one.place, one.rule, one.message]);
  const before = new Set(tried.map(said));
  return drawn.filter((one) => !before.has(said(one)));
}
