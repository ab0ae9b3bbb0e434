/**
 * A specification of an author's own, compiled before anything has run, over a row that stands for those of the results: an
 * expression that cannot be read and a channel that a mark does not have are known without any.
 */
import { messageOf } from '../shared/message-of.js';
import type { Json } from '../shared/artifact.js';
import type { FigureRequest, PlannedStep } from '../plan/plan.js';
import type { ResultProblem } from '../shared/problem.js';
import { type Draw, DrawingLimit } from './drawing.js';
import { cannotDraw, drawingWarning } from './result-problem.js';
import { ownSpecification } from './own-specification.js';

/** What compiling it gave. */
export interface Trial {
  /** Why Vega-Lite or Vega cannot. */
  readonly refused?: string;
  readonly warnings: readonly string[];
}

/** The specification that stands for a figure's, as JSON; undefined for a figure that has none of its own. */
export function trialOf({ options, shown }: FigureRequest): string | undefined {
  const [step] = shown.flatMap(({ steps }) => steps);
  if (options['vega-lite'] === undefined || step === undefined) return undefined;
  const row = Object.fromEntries((options.columns ?? []).map((name) => [name, standIn(step, name)]));
  return JSON.stringify(ownSpecification(options, [row]));
}

/** A value of the type that a column has. */
function standIn(step: PlannedStep, name: string): Json {
  const label = step.coordinates.find(({ axis }) => axis === name)?.label;
  if (label !== undefined) return label !== '' && Number.isFinite(Number(label)) ? Number(label) : label;
  return step.kind.words.includes(name) ? name : 1;
}

/** Compiles it. Rejects with a DrawingLimit. */
export async function tryFigure({ id }: FigureRequest, specification: string, draw: Draw): Promise<Trial> {
  try {
    const { warnings } = await draw(() => ({ specification, id, description: '', redrawn: false, trial: true }));
    return { warnings };
  } catch (error) {
    // On another machine it may not.
    if (error instanceof DrawingLimit) throw error;
    return { refused: messageOf(error), warnings: [] };
  }
}

/** What there is to say of a trial. */
export function trialProblems(request: FigureRequest, { refused, warnings }: Trial): ResultProblem[] {
  return [
    ...(refused === undefined ? [] : [cannotDraw(request, refused)]),
    ...warnings.map((warning) => drawingWarning(request, warning)),
  ];
}
