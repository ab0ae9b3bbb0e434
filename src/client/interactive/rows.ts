/** The rows of each picture at any moment, made of a training's weights by the code that makes them when a page is built. */
import { jacobian } from '../../engine/reference/jacobian.js';
import { unitsOfParameters } from '../../figures/identity.js';
import { axisDomain } from '../../figures/axis.js';
import { columnLines } from '../../figures/column-lines.js';
import type { Plot } from '../../figures/moving/plot.js';
import type { MovingName } from '../../figures/pictures/index.js';
import { evenly } from '../../figures/pictures/curve.js';
import { elbowMoment, elbowTracks, trackRows } from '../../figures/pictures/elbows-rows.js';
import { type Fit, fitBackground, fitGhost, fitOf, fitRows } from '../../figures/pictures/fit-rows.js';
import { type CurveGroup, curveGroup, curveMoment, curveRows } from '../../figures/pictures/learning-curves-rows.js';
import { type Bundle, bundleRows, ghostRows, tellable } from '../../figures/pictures/many-lines-rows.js';
import { type Ridge, ridgeGhost, ridgeRows } from '../../figures/pictures/principal-features-rows.js';
import { rankRows, spectrumGhost, spectrumRows } from '../../figures/pictures/singular-values-rows.js';
import { isConserved, pathRows, unitRows, unitWeights } from '../../figures/pictures/unit-weights-rows.js';
import { divergedAt } from '../../figures/words.js';
import { counted } from '../../languages/words.js';
import { language } from '../numbers.js';
import { words } from '../words.js';
import { slopesBelowZero } from '../../model/activation.js';
import { findKinks } from '../../model/elbows.js';
import { parameterCount } from '../../model/network.js';
import type { Course } from './course.js';
import {
  parameterChange,
  parameterHistogram,
  predictions,
  residualHistogram,
  singularValueHistogram,
} from './distributions.js';
import { functions } from './functions.js';
import { cosine, kernel } from './kernels.js';
import { parametersByStep } from './parameter-courses.js';
import { spectrumAt } from './spectra.js';
import { type fieldName, type linearisationName, noteOf, type PictureRows, place, type View } from './view.js';

/** What a panel shows of a run at all moments, made once. */
function kept<Value>(make: (course: Course, at: number, view: View) => Value): (view: View, at: number) => Value {
  // A reader's own run is dropped with all that was made of it.
  const known = new WeakMap<Course, WeakMap<Plot, Map<number, Value>>>();
  return (view, at) => {
    const { course, plot } = view;
    const byPlot = known.get(course) ?? new WeakMap<Plot, Map<number, Value>>();
    known.set(course, byPlot);
    const of = byPlot.get(plot) ?? new Map<number, Value>();
    byPlot.set(plot, of);
    const value = of.get(at) ?? make(course, at, view);
    of.set(at, value);
    return value;
  };
}

const fit: PictureRows = {
  parts: ['prediction', 'elbow', 'kink', 'note'],
  background: ({ course, plot }) => fitBackground(course.sampled, plot, place),
  ghost: ({ course, start, plot }) =>
    fitGhost(fitOf(course.network, course.parametersAt(start), course.outputsAt(start), course.sampled), plot, place),
  moment(view) {
    const { course, step, plot, context } = view;
    const note = noteOf(view);
    if (note !== undefined) return note;
    const now: Fit = fitOf(course.network, course.parametersAt(step), course.outputsAt(step), course.sampled);
    return fitRows(now, { axes: plot, largest: (context as { largest: number }).largest, words: words.figure }, place);
  },
};

const numbers = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

function groupOf({ courses, leaveOut }: View): CurveGroup {
  const runs = courses.map(({ name, steps, trainErrors, testErrors, batchErrors, divergedAt: end }) => ({
    name,
    steps,
    errors: { train: numbers(trainErrors), test: numbers(testErrors), batch: numbers(batchErrors) },
    divergedAt: end ?? undefined,
  }));
  return curveGroup(0, runs, leaveOut);
}

const startGroup = kept((_course, _runs, view) => groupOf(view));

const learningCurves: PictureRows = {
  parts: ['now', 'train-now', 'test-now'],
  background: (view) =>
    curveRows(groupOf(view), view.plot, counted(words.figure.allDiverged, view.courses.length, language), place),
  moment: (view) => curveMoment([startGroup(view, view.courses.length)], view.step, place),
};

const tracksOf = kept((course, _, { plot }) =>
  elbowTracks(
    course.network,
    course.steps.map((_step, checkpoint) =>
      course.drawn(checkpoint) === checkpoint ? course.parameters[checkpoint] : undefined,
    ),
    plot.y.domain,
  ),
);

const elbows: PictureRows = {
  parts: ['now', 'here'],
  background: (view) => [
    ...trackRows(view.course.steps, tracksOf(view, 0), view.plot, '0', place),
    ...view.course.data.knots.map((y) => ({ ...place, part: 'knot', y })),
    ...(view.course.divergedAt === null
      ? []
      : [{ ...place, part: 'note', text: divergedAt(words.figure, view.course.divergedAt) }]),
  ],
  moment(view) {
    const checkpoint = view.course.reached(view.step);
    return elbowMoment(checkpoint, view.course.steps[checkpoint] ?? 0, tracksOf(view, 0), place);
  },
};

const weightsOf = kept((course) =>
  unitWeights(
    course.network,
    course.steps.map((_step, checkpoint) =>
      course.drawn(checkpoint) === checkpoint ? course.parameters[checkpoint] : undefined,
    ),
  ),
);

const unitWeightsPicture: PictureRows = {
  parts: ['here'],
  background: (view) => pathRows(weightsOf(view, 0), view.plot, isConserved(view.course.network), '0', place),
  moment: (view) => unitRows(weightsOf(view, 0), view.course.reached(view.step), place),
};

interface FeaturesContext {
  readonly columns: readonly number[];
  readonly sample: readonly number[] | null;
  readonly grid: readonly [number, number, number] | null;
}

/** The gradients of a moment, at some inputs: the panels of a figure are about the same. */
interface Gradients {
  readonly x: Float64Array;
  readonly data: Float64Array;
}

const gradients = new WeakMap<Course, { readonly step: number; readonly known: Map<string, Gradients> }>();

/** At all inputs, or only where the gradients bend or jump. */
function gradientsAt(course: Course, step: number, grid: FeaturesContext['grid'], few: boolean): Gradients {
  let of = gradients.get(course);
  if (of?.step !== step) gradients.set(course, (of = { step, known: new Map() }));
  const key = `${String(few)} ${grid?.join() ?? ''}`;
  let found = of.known.get(key);
  if (found === undefined) {
    const all = grid === null ? course.sampled.train.x : evenly([grid[0], grid[1]], grid[2] - 1);
    const x = few
      ? bendsIn(course, step, all)
      : all.length > mostInputs
        ? evenly([all[0] ?? 0, all.at(-1) ?? 1], mostInputs - 1)
        : all;
    found = { x, data: jacobian(course.network, course.parametersAt(step), x) };
    of.known.set(key, found);
  }
  return found;
}

/** More inputs take too long, and are seen by nobody. */
const mostInputs = 201;

/** Of ascending inputs the ends, and those on both sides of each kink: between them every gradient is a straight line. */
function bendsIn(course: Course, step: number, all: Float64Array): Float64Array {
  const [from, to] = [all[0] ?? 0, all.at(-1) ?? 1];
  const kept = new Set([from, to]);
  for (const { position } of findKinks(course.network, course.parametersAt(step), [from, to])) {
    let [low, high] = [0, all.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((all[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    kept.add(all[low] ?? from).add(all[high] ?? to);
  }
  return Float64Array.from(kept).sort();
}

const units = new WeakMap<Course, ReturnType<typeof unitsOfParameters>>();

function unitsOf(course: Course): ReturnType<typeof unitsOfParameters> {
  const known = units.get(course) ?? unitsOfParameters(course.network);
  units.set(course, known);
  return known;
}

function bundleOf({ course, context }: View, step: number, chosen?: readonly number[]): Bundle {
  const { columns, sample, grid } = context as FeaturesContext;
  const lines = chosen ?? columns;
  const bends = slopesBelowZero(course.network) !== undefined && course.network.inputs === 1;
  const few = bends && lines.length <= tellable && (grid !== null || isAscending(course.sampled.train.x));
  const { x, data } = gradientsAt(course, step, grid, few);
  const matrix = { shape: [x.length, parameterCount(course.network)], data };
  return {
    x,
    lines: columnLines(matrix, lines),
    ...(sample !== null && chosen === undefined && { sample }),
    units: unitsOf(course),
  };
}

function isAscending(values: Float64Array): boolean {
  return values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
}

const features: PictureRows = {
  parts: ['range', 'middle', 'line', 'sample', 'chosen', 'note'],
  domains: (view) => ({ y: axisDomain(bundleOf(view, view.step).lines.extent, 0, 5) }),
  ghost: (view) => ghostRows(bundleOf(view, view.start), view.plot, place),
  moment(view) {
    const { step, plot, chosen } = view;
    const note = noteOf(view);
    if (note !== undefined) return note;
    const { columns } = view.context as FeaturesContext;
    const own = chosen.filter((column) => columns.includes(column));
    const marked =
      own.length === 0
        ? []
        : ghostRows(bundleOf(view, step, own), plot, place).map((row) => ({ ...row, part: 'chosen' }));
    return [...bundleRows(bundleOf(view, step), plot, '0', place), ...marked];
  },
};

interface ValuesContext {
  readonly floor: number;
  readonly most: number;
}

const singularValues: PictureRows = {
  parts: ['tolerance', 'value', 'zero', 'rank', 'note'],
  ghost: (view) => spectrumGhost(spectrumAt(view, view.start), (view.context as ValuesContext).floor, place),
  moment(view) {
    const { step, plot, context } = view;
    const { floor, most } = context as ValuesContext;
    const note = noteOf(view);
    if (note !== undefined) return note;
    const value = spectrumAt(view, step);
    const width = plot.x.length / (most + 1);
    return [
      ...spectrumRows(value, floor, { ...place, series: 0 }),
      ...rankRows([{ value, series: 0 }], { floor, width, heights: plot.y }, words.figure, place),
    ];
  },
};

function ridgesAt({ course, context }: View, step: number): Ridge[] {
  const { components } = context as { readonly components: number };
  const { values, vectors } = course.spectrum(course.reached(step));
  return vectors.slice(0, Math.min(components, values.length)).map((vector, index) => {
    const value = values[index] ?? 0;
    return { y: vector.map((entry) => entry * value), value };
  });
}

const principalFeatures: PictureRows = {
  parts: ['ridge', 'size', 'note'],
  ghost: (view) => ridgeGhost(view.course.sampled.train.x, ridgesAt(view, view.start), view.plot, place),
  moment(view) {
    const { course, step, plot, component } = view;
    const note = noteOf(view);
    if (note !== undefined) return note;
    const rows = ridgeRows(course.sampled.train.x, ridgesAt(view, step), plot, words.figure, place);
    if (component < 0) return rows;
    return rows.filter(({ series = component }) => series === component);
  },
};

/** All but those whose scripts are their own (fields.ts, drag.ts). */
type Name = Exclude<MovingName, typeof fieldName | typeof linearisationName>;

const pictures: Readonly<Record<Name, PictureRows>> = {
  fit,
  'learning-curves': learningCurves,
  elbows,
  'unit-weights': unitWeightsPicture,
  features,
  'singular-values': singularValues,
  'principal-features': principalFeatures,
  kernel,
  cosine,
  predictions,
  functions,
  'residual-histogram': residualHistogram,
  'parameter-change': parameterChange,
  'parameter-histogram': parameterHistogram,
  'parameters-by-step': parametersByStep,
  'singular-value-histogram': singularValueHistogram,
};

function isMoving(name: string): name is Name {
  return Object.hasOwn(pictures, name);
}

/** What draws the picture of this name. */
export function rowsOfPicture(name: string): PictureRows {
  if (!isMoving(name)) throw new Error(`the page has no picture ${name}`);
  return pictures[name];
}
