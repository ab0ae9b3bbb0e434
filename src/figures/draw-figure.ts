/** The door of this room: a figure that the plan asks for, drawn. */
import { gzipSync } from 'node:zlib';
import { messageOf } from '../shared/message-of.js';
import type { FigureRequest } from '../plan/plan.js';
import type { Limits } from '../shared/limits.js';
import type { ResultProblem } from '../shared/problem.js';
import { type Draw, DrawingLimit } from './drawing.js';
import { endingSentence, endingsOf } from './endings.js';
import type { ArtifactOf } from './artifact-of.js';
import type { DrawnFigure, NarrowDrawing } from './figure.js';
import { cannotDraw, drawingWarning, overLimit } from './result-problem.js';
import { drawOwn } from './own-specification.js';
import type { MovingFigure } from './moving/figure-that-moves.js';
import { drawMoving } from './moving/moving-figure.js';
import { pictureNamed } from './pictures/index.js';
import type { Picture, PictureKind } from './pictures/picture.js';
import { hasCheckpoint, type Run, runsOf, subjectOf } from './subject.js';
import { colour, fontSizes, narrowWidths } from './theme.js';
import { say, sentences } from './words.js';

export { checkFigure } from './check-figure.js';
export { checkScrubbers } from './check-shown.js';

/** The figure, with warnings if there is anything to warn of, or what stands in its way. */
export type DrawResult =
  | { readonly figure: Omit<DrawnFigure, 'digest'>; readonly problems: readonly ResultProblem[] }
  | { readonly problems: readonly ResultProblem[] };

/** Draws a figure from the results of the steps that it shows; `draw` is where its specification becomes an SVG. */
export async function drawFigure(
  request: FigureRequest,
  artifactOf: ArtifactOf,
  draw: Draw,
  limits: Limits,
): Promise<DrawResult> {
  const { id, number, options, language } = request;
  let [description, specification] = ['', ''];
  try {
    const { svg, width, height, vega, warnings } = await draw(() => {
      const picture = pictureOf(request, artifactOf);
      const endings = endingsOf(runsOf(request, artifactOf), options, language);
      const ended = sentences(language, endingSentence(endings, language));
      const { space } = language.words.drawings.text;
      description = options.alt ?? [picture.description, ended].join(space).trim();
      specification = JSON.stringify(picture.specification);
      // A slider brings pictures of its own.
      return { specification, id, description, redrawn: options.slider === undefined };
    });
    const moving = await movingOf(request, artifactOf, draw);
    const narrow =
      moving === undefined && width > narrowWidths.drawing
        ? await narrowOf(request, artifactOf, draw, description)
        : undefined;
    return {
      figure: {
        ...{ id, number, svg, specification, vega, description, width, height },
        ...(narrow !== undefined && { narrow }),
        ...(moving !== undefined && { moving }),
      },
      problems: [...new Set(warnings)].map((warning) => drawingWarning(request, warning)),
    };
  } catch (error) {
    // What a picture throws is no fault of what it shows.
    if (specification === '') throw error;
    if (error instanceof DrawingLimit) return { problems: [overLimit(request, error, limits)] };
    return { problems: [cannotDraw(request, messageOf(error))] };
  }
}

/** Its panels, where a slider moves them; undefined where there is nothing to move through. */
async function movingOf(request: FigureRequest, artifactOf: ArtifactOf, draw: Draw): Promise<MovingFigure | undefined> {
  const kind = kindOf(request);
  if (request.options.slider === undefined || kind?.moves === undefined) return undefined;
  const subject = subjectOf(request, kind, artifactOf);
  return subject.runs.length === 0 ? undefined : drawMoving(subject, kind, request.id, draw);
}

/** The same panels below each other; undefined of what would be as wide, or take a page too much. */
async function narrowOf(
  request: FigureRequest,
  artifactOf: ArtifactOf,
  draw: Draw,
  description: string,
): Promise<NarrowDrawing | undefined> {
  const { id, options } = request;
  const { svg, vega, width } = await draw(() => {
    const panel = narrowWidths.panel - (kindOf(request)?.moves?.beside ?? 0);
    const narrow = { ...request, options: { ...options, wide: false, width: panel, height: undefined } };
    const { specification } = pictureOf(narrow, artifactOf, true);
    const task = { id: `${id}.n`, description, redrawn: options.slider === undefined };
    return { ...task, specification: JSON.stringify(specification) };
  });
  return width > narrowWidths.drawing || gzipSync(svg).length > mostOfNarrow ? undefined : { svg, vega };
}

/** In compressed bytes: a page has the drawing already, and holds no more than it must. */
const mostOfNarrow = 12_500;

function kindOf({ shown: [first] }: FigureRequest): PictureKind | undefined {
  return pictureNamed(first?.steps[0]?.kind.kind ?? '', first?.picture);
}

/** Of runs none of which came to a checkpoint. */
function endedAtOnce({ options, language }: FigureRequest, runs: readonly Run[]): Picture {
  const { width = 480, height = 120 } = options;
  const { nothing, noCheckpoint, nothingDrawn } = language.words.drawings.notes;
  const why = endingSentence(endingsOf(runs, options, language), language) ?? noCheckpoint;
  const text = say(nothing, { why });
  const mark = { type: 'text', color: colour('faint'), fontSize: fontSizes.label, limit: width };
  return {
    specification: { width, height, data: { values: [{ text }] }, mark, encoding: { text: { field: 'text' } } },
    description: sentences(language, nothingDrawn),
  };
}

function pictureOf(request: FigureRequest, artifactOf: ArtifactOf, narrow = false): Picture {
  const runs = runsOf(request, artifactOf);
  if (runs.every((run) => !hasCheckpoint(run))) return endedAtOnce(request, runs);
  // The plan lets one kind of picture into a figure.
  const [first] = request.shown;
  if (first?.picture === undefined) return drawOwn(request, runs, narrow);
  const picture = kindOf(request);
  if (picture === undefined) throw new Error(`there is no picture "${first.picture}"`);
  return picture.draw({ ...subjectOf(request, picture, artifactOf), ...(narrow && { narrow }) });
}
