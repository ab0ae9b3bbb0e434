/** What pictures over the plane of two inputs share: its part that they show, its axes, and the samples. */
import type { TrainFacts } from '../../steps/train.js';
import { arrayOf, extent, numbersOf } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import type { Specification } from '../drawing.js';
import { acrossAtMost, type Layer, layer, ownTitles, type PanelSize, panelSize, type Titles } from '../frame.js';
import { arrange, type Layout, type Part } from '../panels.js';
import { inputOf, type Run, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { say } from '../words.js';
import type { Plane } from './plane-rows.js';

export interface Samples {
  /** Two numbers a sample. */
  readonly inputs: Float64Array;
  /** What the network is to answer, or of classes the class. */
  readonly targets: Float64Array;
  /** The names of the classes, where there are classes. */
  readonly classes: readonly string[] | undefined;
}

const cellsAcross = { still: 48, moving: 40 };
/** Of more samples only as many are drawn, evenly from all of them. */
const mostSamples = 400;

export function samplesOf({ step }: Run, { artifactOf }: Subject): Samples {
  const dataset = inputOf(step, 'data', artifactOf)?.artifact;
  if (dataset === undefined) throw new Error(`${step.name} has no dataset`);
  return {
    inputs: Float64Array.from(arrayOf(dataset, 'inputs').data),
    targets: numbersOf(dataset, 'targets'),
    classes: (step.facts as unknown as TrainFacts).data.classes,
  };
}

/** Every how many-th sample is drawn. */
export function strideOf(all: readonly Samples[]): number {
  return Math.max(1, Math.ceil(Math.max(...all.map(({ targets }) => targets.length)) / mostSamples));
}

/** Where all samples of a figure lie, with a little room. */
export function planeOf(subject: Subject): Plane {
  const among = subject.moving?.among ?? subject;
  const inputs = among.runs.map((run) => samplesOf(run, among).inputs);
  const along = (axis: number): [number, number] =>
    axisDomain(extent(...inputs.map((some) => some.filter((_, index) => index % 2 === axis))), 0.06);
  return { x: along(0), y: along(1), cells: subject.moving === undefined ? cellsAcross.still : cellsAcross.moving };
}

const partsByPlane = new WeakMap<object, Map<string, unknown>>();

/** What finds the parts of a figure in this part of the plane; always the same, so that all panels ask once. */
export function partsIn<Field>(
  plane: Plane,
  find: (subject: Subject, plane: Plane) => Part<Field>[],
): (subject: Subject) => Part<Field>[] {
  const byPlane = partsByPlane.get(find) ?? new Map<string, unknown>();
  partsByPlane.set(find, byPlane);
  const key = JSON.stringify(plane);
  const known =
    (byPlane.get(key) as ((subject: Subject) => Part<Field>[]) | undefined) ?? ((subject) => find(subject, plane));
  byPlane.set(key, known);
  return known;
}

interface Laid<Field> {
  readonly layout: Layout<Field>;
  readonly size: PanelSize;
  readonly titles: Titles;
  readonly x: Specification;
  readonly y: Specification;
}

/** Panels of whole pixels for each cell, with both inputs as axes. */
export function overPlane<Field>(subject: Subject, parts: readonly Part<Field>[], plane: Plane): Laid<Field> {
  const { options } = subject.request;
  const { axes } = subject.language.words.drawings;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const room = panelSize(options, layout, { ratio: 1, most: layout.rows.length > 1 ? 240 : 320 });
  const side = (length: number): number => plane.cells * Math.max(1, Math.floor(length / plane.cells));
  const across = Math.min(room.width, options.width ?? room.height);
  const size = { width: side(across), height: side(options.height ?? room.height) };
  const titles = { x: say(axes.inputNumber, { number: 1 }), y: say(axes.inputNumber, { number: 2 }) };
  const own = ownTitles(layout, titles);
  const axis = { tickCount: size.width < 180 ? 3 : 5, grid: false };
  return {
    ...{ layout, size, titles },
    x: position('x', own.x, { type: 'linear', domain: plane.x, length: size.width }, axis),
    y: position('y', own.y, { type: 'linear', domain: plane.y, length: size.height }, axis),
  };
}

/** The line at which an answer becomes another, and the samples over it, filled as `fill` says. */
export function boundaryAndSamples(
  { x, y, fill }: Readonly<Record<'x' | 'y' | 'fill', Specification>>,
  told: readonly string[],
): Layer[] {
  return [
    layer(
      'boundary',
      { type: 'rule', color: colour('ink'), strokeWidth: 1.5, tooltip: null },
      { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
    ),
    layer(
      'sample',
      { type: 'point', filled: true, stroke: colour('ink'), strokeWidth: 0.75, size: 24, opacity: 1 },
      { x, y, fill, tooltip: told.map((field) => ({ field })) },
    ),
  ];
}
