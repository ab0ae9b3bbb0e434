/** A figure that moves: each of its panels at the last of its moments, with the others as thumbnails beside it. */
import { groupBy } from '../../shared/group-by.js';
import type { Json } from '../../shared/artifact.js';
import type { FigureRequest } from '../../plan/plan.js';
import { printSvg } from '../../svg/tree.js';
import { chosenSteps, stepsOf } from '../checkpoints.js';
import type { Draw, Drawing, Specification } from '../drawing.js';
import type { KeyEntry, Titles } from '../frame.js';
import { axisValues, type Row } from '../panels.js';
import { blockOf } from '../parameter-choice.js';
import type { Picture, PictureKind } from '../pictures/picture.js';
import { roundedSvg } from '../svg/compact.js';
import type { Run, Subject } from '../subject.js';
import { count, stepLabel } from '../words.js';
import { trainingStep } from '../training-step.js';
import { thumbnail } from './draw-layers.js';
import type { MovingFigure, MovingPanel } from './figure-that-moves.js';
import type { SwitchedAxes } from './compared.js';
import { resized, withDomains } from './plot.js';

/** In CSS pixels: the widths of the plot of a panel, of one among others, and of a thumbnail. */
const sizes = { panel: 298, among: 228, thumbnail: 132 };

/** Draws it; `subject` is all that the figure compares. */
export async function drawMoving(subject: Subject, kind: PictureKind, id: string, draw: Draw): Promise<MovingFigure> {
  const { request, picture } = subject;
  const { options } = request;
  const recorded = subject.runs.map(stepsOf);
  const ofPicture = picture.moves?.showsCourse === true ? undefined : picture.checkpoints;
  const { checkpoints = ofPicture } = picture.moves ?? {};
  const compared =
    checkpoints === undefined ? [] : chosenSteps({ request, picture: { ...picture, checkpoints } }, recorded);
  const course: Subject = {
    ...subject,
    request: { ...request, options: { ...options, at: manyOf(recorded, compared) } },
  };
  const opensAt = compared.at(-1) ?? Math.max(...recorded.flat());
  const start = compared[0] ?? Math.min(...recorded.flat());
  // Its moments are those of the thumbnails, whether the still figure has as many or not.
  const among: Subject =
    compared.length === 0
      ? subject
      : { ...subject, request: { ...request, options: { ...options, at: [...compared] } } };
  const places = placesOf(subject, kind);
  const { panel, among: narrow } = sizes;
  const width = options.width ?? (places.length === 1 ? panel : narrow) - (picture.moves?.beside ?? 0);
  const at = (place: Place, step: number): Picture =>
    kind.draw({
      ...subject,
      runs: place.runs,
      moving: { among, course, start, step },
      request: panelRequest(request, place, ofPicture === undefined ? undefined : step, width),
    });
  const drawn = await Promise.all(
    places.map(async (place, index) => {
      let context: Json = null;
      let axes: SwitchedAxes | undefined;
      let specification: Specification = {};
      const drawing = await draw(() => {
        const made = at(place, opensAt);
        ({ specification, context = null, axes } = made);
        const task = { id: `${id}.p${index}`, description: made.description, redrawn: false, moving: true };
        return { ...task, specification: JSON.stringify(specification) };
      });
      const { layers, plot } = movingOf(drawing);
      const small = resized(plot, sizes.thumbnail, Math.round((sizes.thumbnail * plot.y.length) / plot.x.length));
      const panel: MovingPanel = {
        title: place.title,
        runs: place.runs.map(({ step }) => trainingStep(step).name),
        ...(place.block !== undefined && { block: place.block }),
        svg: drawing.svg,
        plot,
        context,
        ...(axes !== undefined && { course: axes.course }),
        thumbnails: compared.map((step, nth) => {
          const moment = at(place, step);
          const its = { plot: withDomains(small, moment.axes?.shown ?? {}), scale: small.y.length / plot.y.length };
          const svg = printSvg(roundedSvg(thumbnail(layers, rowsOf(moment), its)));
          return { step, label: nth === 0 ? stepLabel(subject.language.words.scripts.figure, step) : count(step), svg };
        }),
      };
      const { usermeta } = specification as {
        readonly usermeta?: { readonly key: KeyEntry[]; readonly titles: Titles };
      };
      return { panel, layers, usermeta };
    }),
  );
  const [first] = drawn;
  return {
    layers: first?.layers ?? [],
    key: keyOf(drawn.flatMap(({ usermeta }) => usermeta?.key ?? [])),
    titles: first?.usermeta?.titles ?? { x: '', y: '' },
    panels: drawn.map(({ panel }) => panel),
    axes: options.axes ?? 'course',
    opensAt,
    start,
  };
}

function movingOf({ moving }: Drawing): NonNullable<Drawing['moving']> {
  if (moving === undefined) throw new Error('what moves was drawn as if it stood still');
  return moving;
}

function rowsOf({ specification }: Picture): readonly Row[] {
  return (specification['data'] as { readonly values: readonly Row[] }).values;
}

/** Each label once. */
function keyOf(entries: readonly KeyEntry[]): KeyEntry[] {
  return [...new Map(entries.map((entry) => [entry.label, entry])).values()];
}

/** So many steps of a training tell how far it goes. */
const mostOfCourse = 24;

/** Those that are compared, and others evenly from all that are recorded. */
function manyOf(recorded: readonly (readonly number[])[], compared: readonly number[]): number[] {
  const all = [...new Set(recorded.flat())].sort((a, b) => a - b);
  const stride = Math.max(1, (all.length - 1) / mostOfCourse);
  const even = Array.from(
    { length: mostOfCourse + 1 },
    (_, index) => all[Math.round(index * stride)] ?? all.at(-1) ?? 0,
  );
  return [...new Set([...compared, ...even])].sort((a, b) => a - b);
}

interface Place {
  readonly title: string;
  readonly runs: readonly Run[];
  readonly block?: string;
}

/** What stands in each panel: of swept options that a slider goes through, the first value. */
function placesOf({ runs, picture, request: { options } }: Subject, kind: PictureKind): Place[] {
  const sliders = new Set(options.slider);
  const first = new Map<string, string>();
  for (const { axis, label } of runs.flatMap(({ step }) => step.coordinates))
    if (!first.has(axis)) first.set(axis, label);
  const shown = runs.filter(({ step }) =>
    step.coordinates.every(({ axis, label }) => !sliders.has(axis) || first.get(axis) === label),
  );
  const { overlay: rule = [] } = picture.panels(options);
  const within = (axis: string): boolean =>
    (rule === 'all' || rule.includes(axis)) && options.facet?.includes(axis) !== true;
  const values = axisValues(shown);
  const groups = groupBy(shown, ({ labels }) => {
    const apart = [...labels].filter(([axis]) => !within(axis) && (values.get(axis)?.size ?? 0) > 1);
    return apart.map(([, label]) => label).join(' · ');
  });
  return [...groups].flatMap(([title, its]): Place[] => {
    const [run] = its;
    const blocks = run === undefined ? undefined : kind.blocks?.(run, options);
    if (blocks === undefined) return [{ title, runs: its }];
    return blocks.map((block) => ({
      title: [title, block].filter((text) => text !== '').join(' · '),
      runs: its,
      block,
    }));
  });
}

/** The same figure of one panel at one step. */
function panelRequest(
  request: FigureRequest,
  { block }: Place,
  step: number | undefined,
  width: number,
): FigureRequest {
  const { parameters, ...options } = request.options;
  const own = block === undefined ? parameters : (parameters?.filter((name) => blockOf(name) === block) ?? [block]);
  return {
    ...request,
    options: {
      ...options,
      ...{ facet: undefined, slider: undefined },
      width,
      ...(step !== undefined && { at: [step] }),
      ...(own !== undefined && { parameters: own }),
    },
  };
}
