/** What is wrong with how a figure is drawn, at what it is drawn from. */
import { limitInWords, type Limits, raiseLimit } from '../shared/limits.js';
import type { FigureRequest } from '../plan/plan.js';
import type { LateProblem, LateRule } from '../shared/problem.js';
import type { DrawingLimit } from './drawing.js';

/** With the figure's own specification, or with what it shows. */
export function lateProblem(
  { directive, options }: FigureRequest,
  rule: LateRule,
  message: string,
  hint: string,
): LateProblem {
  const place = directive.placeOf([options['vega-lite'] === undefined ? 'show' : 'vega-lite'], 'value');
  return { place, rule, message, hint };
}

/** Why Vega-Lite or Vega cannot draw it. */
export function cannotDraw(request: FigureRequest, why: string): LateProblem {
  return lateProblem(request, 'cannot-draw', `this figure cannot be drawn: ${why}`, 'change what it shows');
}

/** That drawing it met a limit. */
export function overLimit(request: FigureRequest, { limit }: DrawingLimit, limits: Limits): LateProblem {
  const needs = limit === 'drawing-time' ? 'takes longer to draw than' : 'needs more memory to be drawn than';
  const hint = `let it show less, or ${raiseLimit(limit, limits)}`;
  return lateProblem(request, 'drawing-limit', `${request.id} ${needs} ${limitInWords(limit, limits)}`, hint);
}

/** What they had to say about it. */
export function drawingWarning(request: FigureRequest, warning: string): LateProblem {
  const hint = 'look at the figure; something in it may be missing';
  return { ...lateProblem(request, 'figure-warning', warning, hint), severity: 'warning' };
}
