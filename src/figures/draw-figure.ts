/** The door of this room: a figure that the plan asks for, drawn. */
import type { FigureRequest } from '../plan/plan.js';
import type { Problem } from '../problem.js';
import { limitInWords, type Limits, raiseLimit } from '../limits.js';
import { type Draw, DrawingLimit } from './drawing.js';
import type { ArtifactOf, DrawnFigure } from './figure.js';
import { pictureNamed } from './pictures/index.js';
import type { Picture } from './pictures/picture.js';
import { type Subject, subjectOf } from './subject.js';

export { checkSpecification } from './own-specification.js';

/** The figure, with warnings if there is anything to warn of, or what stands in its way. */
export type DrawResult =
  | { readonly figure: Omit<DrawnFigure, 'digest'>; readonly problems: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

/** Draws a figure from the results of the steps that it shows; `draw` is where its specification becomes an SVG. */
export async function drawFigure(
  request: FigureRequest,
  artifactOf: ArtifactOf,
  draw: Draw,
  limits: Limits,
): Promise<DrawResult> {
  const subject = subjectOf(request, artifactOf);
  const { id, number, options } = request;
  let [description, specification] = ['', ''];
  try {
    const drawing = await draw(() => {
      const picture = pictureOf(subject);
      if (picture === undefined) return undefined;
      description = options.alt ?? picture.description;
      specification = JSON.stringify(picture.specification);
      // A slider brings pictures of its own.
      return { specification, id, description, alive: options.slider === undefined };
    });
    if (drawing === undefined) return { problems: subject.problems };
    const { svg, width, height, vega, warnings } = drawing;
    for (const warning of warnings) {
      subject.refuse(
        ['show'],
        'figure-warning',
        warning,
        'look at the figure; something in it may be missing',
        'warning',
      );
    }
    return {
      figure: { id, number, svg, specification, vega, description, width, height },
      problems: subject.problems,
    };
  } catch (error) {
    // What a picture throws is no fault of what it shows.
    if (specification === '') throw error;
    const shows = options['vega-lite'] === undefined ? 'show' : 'vega-lite';
    if (error instanceof DrawingLimit) {
      const { limit } = error;
      const needs = limit === 'drawing-time' ? 'takes longer to draw than' : 'needs more memory to be drawn than';
      subject.refuse(
        [shows],
        'drawing-limit',
        `${id} ${needs} ${limitInWords(limit, limits)}`,
        `let it show less, or ${raiseLimit(limit, limits)}`,
      );
    } else
      subject.refuse(
        [shows],
        'cannot-draw',
        `this figure cannot be drawn: ${messageOf(error)}`,
        'change what it shows',
      );
    return { problems: subject.problems };
  }
}

function pictureOf(subject: Subject): Picture | undefined {
  // The plan lets one kind of picture into a figure.
  const [first] = subject.request.shown;
  const name = `${first?.steps[0]?.kind.kind ?? ''}.${first?.picture ?? ''}`;
  const drawPicture = pictureNamed(first?.steps[0]?.kind.kind ?? '', first?.picture);
  if (drawPicture === undefined) {
    subject.refuse(
      ['show'],
      'unknown-picture',
      `there is no picture "${name}"`,
      'name one of the pictures that the documentation lists',
    );
    return undefined;
  }
  return drawPicture(subject);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
