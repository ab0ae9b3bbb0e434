/** What is wrong with how a figure is drawn, at what it is drawn from. */
import { limitInWords, type Limits, raiseLimit } from '../shared/limits.js';
import type { FigureRequest } from '../plan/plan.js';
import type { ResultProblem, ResultRule } from '../shared/problem.js';
import type { DrawingLimit } from './drawing.js';

/** With the figure's own specification, or with what it shows. */
export function resultProblem(
  { directive, options }: FigureRequest,
  rule: ResultRule,
  message: string,
  hint: string,
): ResultProblem {
  const place = directive.placeOf([options['vega-lite'] === undefined ? 'show' : 'vega-lite'], 'value');
  return { place, rule, message, hint };
}

/** Why Vega-Lite or Vega cannot draw it. */
export function cannotDraw(request: FigureRequest, why: string): ResultProblem {
  return resultProblem(request, 'cannot-draw', `this figure cannot be drawn: ${why}`, 'change what it shows');
}

/** That drawing it met a limit. */
export function overLimit(request: FigureRequest, { limit }: DrawingLimit, limits: Limits): ResultProblem {
  const needs = limit === 'drawing-time' ? 'takes longer to draw than' : 'needs more memory to be drawn than';
  const hint = `let it show less, or ${raiseLimit(limit, limits)}`;
  return resultProblem(request, 'drawing-limit', `${request.id} ${needs} ${limitInWords(limit, limits)}`, hint);
}

/** What they had to say about it. */
export function drawingWarning(request: FigureRequest, warning: string): ResultProblem {
  // Vega's words for a scale without a single number.
  const [, field] = /^Infinite extent for field "(.+)": /.exec(warning) ?? [];
  if (field !== undefined) return nothingToDraw(request, field);
  const hint = 'look at the figure; something in it may be missing';
  return { ...resultProblem(request, 'figure-warning', warning, hint), severity: 'warning' };
}

/** At the column, where it is one of the figure's. */
function nothingToDraw(request: FigureRequest, field: string): ResultProblem {
  const { directive, options } = request;
  const message = `"${field}" has no number to draw: its results are empty, or none of them is finite`;
  const problem = resultProblem(request, 'figure-warning', message, 'look at what computed it: colophon results');
  const index = options.columns?.indexOf(field) ?? -1;
  const column = index < 0 ? {} : { place: directive.placeOf(['columns', index], 'value') };
  return { ...problem, ...column, severity: 'warning' };
}
