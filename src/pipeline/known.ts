/** What is known of a plan's results while it runs: the pages can be rendered with it at any time. */
import { drawingKey } from '../figures/drawing-key.js';
import type { DrawnFigure } from '../figures/figure.js';
import type { InteractiveFigure, InteractiveFigures } from '../figures/interactive-figure.js';
import type { FigureRequest, Plan } from '../plan/plan.js';
import type { StepResult } from '../run/run-plan.js';

/** Results by their steps' keys; the others by all that a drawing depends on but the results themselves (`lookOf`). */
export interface Known {
  readonly results: Map<string, StepResult>;
  readonly drawings: Map<string, DrawnFigure>;
  readonly interactive: Map<string, InteractiveFigure>;
  /** The scripts of the interactive figures, by their paths. */
  readonly scripts: Map<string, InteractiveFigures['files'][number]>;
}

/** Where a figure of a plan finds what is known of it. */
export interface KnownOfPlan extends Known {
  readonly lookOf: (figure: FigureRequest) => string;
}

export const nothing: Known = { results: new Map(), drawings: new Map(), interactive: new Map(), scripts: new Map() };

export function nothingKnown(plan: Plan): KnownOfPlan {
  return knownOf(plan, nothing);
}

/**
 * What an earlier plan's run left that is of this plan too: what an edit leaves as it was stays in sight until it has been
 * found again.
 */
export function knownOf(plan: Plan, before: Known): KnownOfPlan {
  const looks = new Map(plan.figures.map((figure) => [figure, drawingKey(figure, ({ key }) => key, '')]));
  const present = new Set(looks.values());
  const results = plan.steps.flatMap((step): [string, StepResult][] => {
    const result = before.results.get(step.key);
    return result === undefined ? [] : [[step.key, { ...result, step }]];
  });
  const keep = <Value>(values: ReadonlyMap<string, Value>): Map<string, Value> =>
    new Map([...values].filter(([look]) => present.has(look)));
  return {
    results: new Map(results),
    drawings: keep(before.drawings),
    interactive: keep(before.interactive),
    scripts: new Map(before.scripts),
    lookOf: (figure) => looks.get(figure) ?? '',
  };
}
