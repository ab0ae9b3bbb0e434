/**
 * `learning-curves` of results that were read from files: any of their numbers over the steps; of many seeds the medians and the
 * bands between the quartiles.
 */
import { groupBy } from '../../shared/group-by.js';
import type { PlannedStep } from '../../plan/plan.js';
import type { ResultsFacts } from '../../steps/results.js';
import type { TrainFacts } from '../../steps/train.js';
import { extent, numbersOf } from '../arrays.js';
import { axisDomain, logDomain, stepDomain } from '../axis.js';
import { position, stepAxis } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, bandRows, lineRows } from '../lines.js';
import { arrange, type Layout, type Part, type Row } from '../panels.js';
import { seriesEncoding, seriesKey } from '../series.js';
import { fewestForSpread, type Spread, spreadOf } from '../spread.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour, seriesColour } from '../theme.js';
import { count, countOf, factOf, joined, list, number, say, sentences, someOf, type Spoken } from '../words.js';
import type { Picture } from './picture.js';

/** The axis that tells several numbers of one run apart. */
export const measureAxis = 'measure';

/** The arrays of results that run over the steps alone. */
export function courseNames({ facts }: PlannedStep): string[] {
  const { shapes } = facts as unknown as ResultsFacts;
  return Object.keys(shapes).filter(
    (name) =>
      name !== 'step' && name !== 'epoch' && shapes[name]?.length === 1 && shapes[name][0]?.name === 'checkpoint',
  );
}

function accuracyNames({ facts }: PlannedStep): string[] {
  const { testSamples } = (facts as unknown as TrainFacts).data;
  // The colours of series go by their order: blue is the test's, orange the training's, as in other pictures.
  return testSamples > 0 ? ['test-accuracy', 'train-accuracy'] : ['train-accuracy'];
}

/** What a picture over the steps has a curve for: of results what their files have, of trainings their accuracy. */
export function measuredNames(step: PlannedStep): string[] {
  return step.kind.kind === 'train' ? accuracyNames(step) : courseNames(step);
}

interface Curve {
  readonly run: Run;
  readonly name: string;
  /** Without the steps at which nothing was written. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Curves of one panel and one colour: each by itself, or their spread where they are many seeds. */
interface Group {
  readonly row: number;
  readonly column: number;
  readonly series: number;
  readonly curves: readonly Curve[];
  readonly spread: Spread | undefined;
}

export function drawResultsCurves(subject: Subject): Picture {
  const { columns } = subject.request.options;
  return drawCurves(subject, (step) => columns ?? courseNames(step));
}

/** Of trainings of classes, the share of the samples that are taken for what they are. */
export function drawAccuracy(subject: Subject): Picture {
  const { axes, key } = subject.language.words.drawings;
  const samples = new Map([
    ['train-accuracy', key.trainingSamples],
    ['test-accuracy', key.testSamples],
  ]);
  return drawCurves(subject, accuracyNames, { title: axes.accuracy, labelOf: (name) => samples.get(name) ?? name });
}

interface Words {
  /** What the axis of the values says; otherwise what they are called. */
  readonly title?: string;
  /** What a curve is called in the key. */
  readonly labelOf?: (name: string) => string;
}

/** The numbers of each run over the steps. */
function drawCurves(
  subject: Subject,
  namesOf: (step: PlannedStep) => readonly string[],
  { title, labelOf = (name) => name }: Words = {},
): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { axes: words, notes, results } = language.words.drawings;
  const parts = subject.runs.flatMap(partsOf(namesOf, labelOf));
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.72, most: 300 });
  const groups = groupsOf(layout);
  const values = groups.flatMap(({ curves, spread }) =>
    spread === undefined ? curves.map(({ y }) => y) : [spread.median, spread.low, spread.high],
  );
  const range = extent(...values);
  const isLog = range[0] > 0 && range[1] > 100 * range[0];
  const steps = extent(...parts.map(({ value }) => value.x));
  const axes: Axes = {
    x: { type: 'linear', domain: stepDomain(steps), length: size.width },
    y: {
      type: isLog ? 'log' : 'linear',
      domain: isLog ? logDomain(values.flatMap((one) => Array.from(one))) : axisDomain(range, 0.04),
      length: size.height,
    },
  };
  const names = [...new Set(parts.map(({ value }) => value.name))];
  const { progress = 'step' } = (subject.runs[0]?.step.facts ?? {}) as unknown as Partial<ResultsFacts>;
  const titles = { x: words[progress], y: title ?? (names.length === 1 ? (names[0] ?? '') : words.value) };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, stepAxis(axes.x));
  const y = position('y', own.y, axes.y);
  const color = layout.series.length > 1 ? seriesEncoding(layout.series) : { value: seriesColour(0) };
  const specification = frame({
    layout,
    size,
    titles,
    rows: groups.flatMap((group) => groupRows(group, axes)),
    layers: [
      layer(
        'quartiles',
        { type: 'area', opacity: 0.18 },
        { x, y, y2: { field: 'y2' }, detail: { field: 'line' }, color },
      ),
      layer(
        'curve',
        { type: 'line', strokeWidth: 1.75 },
        { x, y, order: { value: null }, detail: { field: 'line' }, color },
      ),
    ],
    content: { parts: ['curve'], otherwise: notes.noNumber },
    key: [...seriesKey(layout.series, 'line', language), ...spreadKey(groups, language)],
  });
  const facts = groups.flatMap((group) =>
    group.spread === undefined
      ? group.curves.map((curve) => ofCurve(curve, language))
      : [ofSpread(group, group.spread, language)],
  );
  const description = sentences(
    language,
    say(results[progress][isLog ? 'log' : 'linear'], { columns: list(language, names), names: shownNames(subject) }),
    ...someOf(facts, 12, (left) => countOf(language, results.more, left, {})),
  );
  return { specification, description };
}

function partsOf(
  namesOf: (step: PlannedStep) => readonly string[],
  labelOf: (name: string) => string,
): (run: Run) => Part<Curve>[] {
  return (run) =>
    namesOf(run.step).map((name): Part<Curve> => {
      const [steps, values] = [numbersOf(run.artifact, 'step'), numbersOf(run.artifact, name)];
      // A program that logs a number now and then leaves gaps: a line goes from one number to the next.
      const written = Array.from(steps.keys()).filter((index) => !Number.isNaN(values[index]));
      const at = (of: Float64Array): number[] => written.map((index) => of[index] ?? Number.NaN);
      return {
        value: { run, name, x: at(steps), y: at(values) },
        labels: new Map([...run.labels, [measureAxis, labelOf(name)]]),
      };
    });
}

function groupsOf({ panels }: Layout<Curve>): Group[] {
  return panels.flatMap(({ row, column, members }) =>
    Array.from(
      groupBy(members, ({ series }) => series),
      ([series, alike]): Group => {
        const curves = alike.map(({ value }) => value);
        const seeds = new Set(curves.map(({ run }) => run.labels.get('seed')));
        const many = curves.length >= fewestForSpread && seeds.size === curves.length;
        const spread = many ? spreadOf(curves.map(({ x, y }) => ({ x, y, end: undefined }))) : undefined;
        return { row, column, series, curves, spread };
      },
    ),
  );
}

function groupRows({ row, column, series, curves, spread }: Group, axes: Axes): Row[] {
  const place = { row, column, series };
  if (spread === undefined)
    return curves.flatMap(({ x, y }, index) => lineRows(x, y, axes, `${series}/${index}`, { ...place, part: 'curve' }));
  return [
    ...bandRows(spread.x, spread, axes, `${series}`, { ...place, part: 'quartiles' }),
    ...lineRows(spread.x, spread.median, axes, `${series}`, { ...place, part: 'curve' }),
  ];
}

function spreadKey(groups: readonly Group[], language: Spoken): KeyEntry[] {
  const counts = groups.flatMap(({ curves, spread }) => (spread === undefined ? [] : [curves.length]));
  if (counts.length === 0) return [];
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const { key: labels } = language.words.drawings;
  const seeds =
    fewest === most
      ? countOf(language, labels.seeds, most, {})
      : say(labels.seedsFromTo, { from: count(fewest), to: count(most) });
  return [{ label: say(labels.quartiles, { seeds }), colour: colour('band'), shape: 'band' }];
}

function ofCurve({ run, name, x, y }: Curve, language: Spoken): string {
  const { results } = language.words.drawings;
  const ends = { first: number(y[0] ?? Number.NaN), last: number(y.at(-1) ?? Number.NaN) };
  const told =
    y.length === 0 ? say(results.none, { name }) : say(results.course, { name, ...ends, step: count(x.at(-1) ?? 0) });
  return factOf(language, runName(run, language), told);
}

function ofSpread({ curves }: Group, { x, median, low, high }: Spread, language: Spoken): string {
  const { key: labels, results } = language.words.drawings;
  const { run, name } = curves[0] ?? { run: undefined, name: '' };
  const others = Array.from(run?.labels ?? []).flatMap(([axis, label]) => (axis === 'seed' ? [] : [label]));
  const at = (values: readonly number[]): string => number(values.at(-1) ?? Number.NaN);
  const told = say(results.median, {
    ...{ name, first: number(median[0] ?? Number.NaN), last: at(median), below: at(low), above: at(high) },
    step: count(x.at(-1) ?? 0),
  });
  return factOf(language, joined(language, [...others, countOf(language, labels.seeds, curves.length, {})]), told);
}
