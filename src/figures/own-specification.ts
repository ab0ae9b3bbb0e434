/** A Vega-Lite specification of the author's own. */
import type { FigureRequest } from '../plan/plan.js';
import type { Problem } from '../problem.js';

/** What is wrong with it, as far as that can be told before anything has run. */
export function checkSpecification(_request: FigureRequest): Problem[] {
  return [];
}
