/** The training behind what is computed from one. */
import type { PlannedStep } from '../plan/plan.js';

/** The step itself, or what it was computed `of`. */
export function trainingStep(step: PlannedStep): PlannedStep {
  return step.inputs['of'] ?? step;
}
