/** Artifacts -> figures: every figure of a plan, from the store where this program has drawn it before. */
import type { Json } from './artifact.js';
import { drawFigure, type DrawResult } from './figures/draw-figure.js';
import type { Draw } from './figures/drawing.js';
import { drawingKey } from './figures/drawing-key.js';
import type { DrawnFigure } from './figures/figure.js';
import type { FigureRequest, Plan, PlannedStep } from './plan/plan.js';
import type { Problem } from './problem.js';
import { colophonVersion, programDigest } from './program.js';
import type { StepResult } from './run/run-plan.js';
import type { Store } from './store/store.js';

export interface DrawingWorld {
  readonly store: Store;
  readonly draw: Draw;
  /** Seconds, from any start. */
  readonly clock: () => number;
  readonly now: () => Date;
}

/** Draws all figures, several at a time where `draw` can. Problems come in the order of the figures. */
export async function drawFigures(
  plan: Plan,
  resultOf: (step: PlannedStep) => StepResult,
  world: DrawingWorld,
): Promise<{ figures: Map<string, DrawnFigure>; problems: Problem[] }> {
  const drawn = await Promise.all(plan.figures.map(async (request) => drawOne(request, resultOf, world)));
  return {
    figures: new Map(drawn.flatMap((result) => ('figure' in result ? [[result.figure.id, result.figure]] : []))),
    problems: drawn.flatMap(({ problems }) => problems),
  };
}

async function drawOne(
  request: FigureRequest,
  resultOf: (step: PlannedStep) => StepResult,
  { store, draw, clock, now }: DrawingWorld,
): Promise<DrawResult> {
  const key = drawingKey(request, (step) => resultOf(step).digest, programDigest());
  const kept = store.find(key, () => true);
  if (kept !== undefined) return { figure: fromValues(request, kept.artifact.values), problems: [] };
  const started = clock();
  const result = await drawFigure(request, (step) => resultOf(step).artifact, draw);
  // A drawing with something to say about it is drawn each time, so that it is said each time.
  if (!('figure' in result) || result.problems.length > 0) return result;
  const { svg, description, width, height } = result.figure;
  const made = {
    seconds: clock() - started,
    at: now().toISOString(),
    colophon: colophonVersion(),
    node: process.version,
  };
  store.keep(
    { key, kind: 'drawing', version: 1, options: {}, inputs: {}, profile: 'svg', device: '', made },
    { arrays: {}, values: { svg, description, width, height } },
  );
  return result;
}

function fromValues({ id, number }: FigureRequest, values: Readonly<Record<string, Json>>): DrawnFigure {
  // As drawOne kept them; the record's key vouches for it.
  const { svg, description, width, height } = values as {
    readonly svg: string;
    readonly description: string;
    readonly width: number;
    readonly height: number;
  };
  return { id, number, svg, description, width, height };
}
