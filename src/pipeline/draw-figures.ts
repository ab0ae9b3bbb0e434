/** Artifacts -> figures: every figure of a plan, from the store where this program has drawn it before. */
import type { Json } from '../shared/artifact.js';
import { drawFigure } from '../figures/draw-figure.js';
import { type Draw, DrawingLimit, mostOverLimit } from '../figures/drawing.js';
import { drawingKey } from '../figures/drawing-key.js';
import type { DrawnFigure, NarrowDrawing } from '../figures/figure.js';
import type { MovingFigure } from '../figures/moving/figure-that-moves.js';
import { sha256 } from '../shared/hash.js';
import type { Limits } from '../shared/limits.js';
import type { FigureRequest, Plan, PlannedStep } from '../plan/plan.js';
import type { ResultProblem } from '../shared/problem.js';
import { programDigest, versions } from '../shared/program.js';
import type { StepResult } from '../run/run-plan.js';
import { drawingKind } from '../store/record.js';
import type { Store } from '../store/store.js';
import { cleanDrawing } from '../svg/drawing.js';

/** The figure, with warnings if there is anything to warn of, or what stands in its way. */
interface DrawResult {
  readonly figure?: DrawnFigure;
  readonly problems: readonly ResultProblem[];
}

export interface DrawingWorld {
  readonly store: Store;
  readonly draw: Draw;
  /** Seconds, from any start. */
  readonly clock: () => number;
  readonly now: () => Date;
  readonly limits: Limits;
}

function untilTooMany(draw: Draw): Draw {
  let overLimit = 0;
  return async (task) => {
    try {
      return await draw(() => {
        const made = task();
        if (overLimit < mostOverLimit) return made;
        throw new Error(`it was not tried after ${mostOverLimit} others met a limit`);
      });
    } catch (error) {
      if (error instanceof DrawingLimit) overLimit += 1;
      throw error;
    }
  };
}

/** The result of a step once it is there; undefined when it failed. */
export type ResultOf = (step: PlannedStep) => Promise<StepResult | undefined>;

/**
 * Draws every figure as soon as the results that it shows are there, several at a time where `draw` can, and calls `drawn`
 * with each; one whose results failed is left out. Gives the problems in the order of the figures.
 */
export async function drawFigures(
  plan: Plan,
  result: ResultOf,
  world: DrawingWorld,
  drawn: (request: FigureRequest, figure: DrawnFigure) => void,
): Promise<ResultProblem[]> {
  const draw = untilTooMany(world.draw);
  const found = await Promise.all(
    plan.figures.map(async (request): Promise<readonly ResultProblem[]> => {
      const results = new Map<string, StepResult>();
      for (const step of stepsBehind(request)) {
        const found = await result(step);
        if (found === undefined) return [];
        results.set(step.key, found);
      }
      const resultOf = (step: PlannedStep): StepResult => {
        const found = results.get(step.key);
        if (found === undefined) throw new Error(`figure ${request.id} was not to need ${step.name}`);
        return found;
      };
      const { figure, problems } = await drawOne(request, resultOf, { ...world, draw });
      if (figure !== undefined) drawn(request, figure);
      return problems;
    }),
  );
  return found.flat();
}

/** The steps that a figure shows, and all that they were computed from. */
export function stepsBehind(request: FigureRequest): Set<PlannedStep> {
  const found = new Set<PlannedStep>();
  const visit = (step: PlannedStep): void => {
    if (found.has(step)) return;
    found.add(step);
    Object.values(step.inputs).forEach(visit);
  };
  for (const { steps } of request.shown) steps.forEach(visit);
  return found;
}

async function drawOne(
  request: FigureRequest,
  resultOf: (step: PlannedStep) => StepResult,
  { store, draw, clock, now, limits }: DrawingWorld,
): Promise<DrawResult> {
  const key = drawingKey(request, (step) => resultOf(step).digest, programDigest());
  const kept = store.find(key, () => true);
  const known = kept === undefined ? undefined : fromValues(request, kept.artifact.values, kept.digest);
  if (known !== undefined) return { figure: known, problems: [] };
  const started = clock();
  const result = await drawFigure(request, (step) => resultOf(step).artifact, draw, limits);
  if (!('figure' in result)) return result;
  const { svg, specification, vega, description, width, height, narrow, moving } = result.figure;
  const values = {
    ...{ svg, specification, vega, description, width, height },
    narrow: narrow === undefined ? '' : JSON.stringify(narrow),
    moving: moving === undefined ? '' : JSON.stringify(moving),
  };
  // A drawing with something to say about it is drawn each time, so that it is said each time.
  if (result.problems.length > 0) {
    return { figure: { ...result.figure, digest: sha256(JSON.stringify(values)) }, problems: result.problems };
  }
  const made = { seconds: clock() - started, at: now().toISOString(), ...versions() };
  const { digest } = store.keep(
    { key, kind: drawingKind, version: 1, options: {}, inputs: {}, profile: 'svg', device: '', made },
    { arrays: {}, values },
    // It is drawn again in less time than some disks take.
    { wait: false, soon: true },
  );
  return { figure: { ...result.figure, digest }, problems: [] };
}

/** A figure as drawOne kept it; undefined for anything else, whoever wrote it there: it goes into a page. */
function fromValues(
  { id, number }: FigureRequest,
  values: Readonly<Record<string, Json>>,
  digest: string,
): DrawnFigure | undefined {
  const { svg, specification, vega, description, width, height, narrow, moving } = values;
  if (typeof width !== 'number' || typeof height !== 'number' || typeof description !== 'string') return undefined;
  if (typeof svg !== 'string' || cleanDrawing(svg) !== svg) return undefined;
  if (typeof specification !== 'string' || !isObject(specification)) return undefined;
  if (typeof vega !== 'string' || (vega !== '' && !isObject(vega))) return undefined;
  const below = narrow === '' ? undefined : narrowOf(narrow);
  if (narrow !== '' && below === undefined) return undefined;
  const figure = {
    ...{ id, number, svg, specification, vega, description, width, height, digest },
    ...(below !== undefined && { narrow: below }),
  };
  if (moving === '') return figure;
  if (typeof moving !== 'string' || !isObject(moving)) return undefined;
  const whole = JSON.parse(moving) as MovingFigure;
  const drawings = whole.panels.flatMap((panel) => [panel.svg, ...panel.thumbnails.map((one) => one.svg)]);
  return drawings.every((one) => cleanDrawing(one) === one) ? { ...figure, moving: whole } : undefined;
}

function narrowOf(kept: Json | undefined): NarrowDrawing | undefined {
  if (typeof kept !== 'string' || !isObject(kept)) return undefined;
  const { svg, vega } = JSON.parse(kept) as Readonly<Partial<Record<keyof NarrowDrawing, Json>>>;
  if (typeof svg !== 'string' || cleanDrawing(svg) !== svg) return undefined;
  return typeof vega === 'string' && (vega === '' || isObject(vega)) ? { svg, vega } : undefined;
}

/** Whether a text is JSON of an object, which is all that a script with it in can then hold. */
function isObject(text: string): boolean {
  try {
    return text.startsWith('{') && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
