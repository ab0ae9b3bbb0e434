/**
 * `learning-curves`: training and test error, and the minibatch losses, over the course of training; of many seeds their
 * medians and the bands between their quartiles.
 */
import { groupBy } from '../../shared/group-by.js';
import { counted } from '../../languages/words.js';
import type { Specification } from '../drawing.js';
import { extent, numbersOf } from '../arrays.js';
import { logDomain, stepDomain } from '../axis.js';
import { position, stepAxis } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, type Layer, layer, ownTitles, panelSize } from '../frame.js';
import { chosenScale, domainsOver, isLimited } from '../chosen-scale.js';
import { keyShapes } from '../key-shapes.js';
import type { Axes } from '../lines.js';
import { comparedParts } from '../moving/compared.js';
import { arrange, type Layout, type Part, type Row } from '../panels.js';
import { seriesEncoding } from '../series.js';
import type { Spread } from '../spread.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour, colourOf, seriesColour } from '../theme.js';
import { aboutRuns, count, countOf, factOf, joined, number, say, type Spoken } from '../words.js';
import {
  type CurveGroup,
  curveGroup,
  curveMoment,
  type CurveRun,
  curveRows,
  type Measure,
  measures,
} from './learning-curves-rows.js';
import { errorTitle } from './error-title.js';
import type { Picture } from './picture.js';

export const looks = {
  train: { name: 'train-error', label: 'trainingError', colour: colourOf('training') },
  test: { name: 'test-error', label: 'testError', colour: colourOf('test') },
} as const satisfies Record<Measure, object>;

interface Group extends CurveGroup {
  readonly row: number;
  readonly column: number;
  readonly of: readonly Run[];
}

export function drawLearningCurves(subject: Subject): Picture {
  const { options } = subject.request;
  const { tag, words } = subject.language;
  const { axes: names, notes } = words.drawings;
  const leaveOut = options.diverged === 'leave-out';
  const parts = runsIn(subject);
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.72, most: 300 });
  const groups = groupsOf(layout, leaveOut);
  const compared = comparedParts(subject, parts, runsIn);
  const among =
    compared === parts ? groups : groupsOf(arrange(subject.moving?.among ?? subject, compared, 1), leaveOut);
  const values = among.flatMap(heights).flatMap((some) => Array.from(some));
  const recorded = compared.flatMap(({ value }) => Array.from(numbersOf(value.artifact, 'step')));
  const axes: Axes = {
    x: chosenScale(
      options.x,
      'linear',
      size.width,
      (type) => (type === 'log' ? logDomain(recorded, 1) : stepDomain(extent(recorded))),
      1,
    ),
    y: chosenScale(options.y, 'log', size.height, domainsOver(values, 0.05)),
  };
  const several = layout.series.length > 1;
  const { moving } = subject;
  const rows = groups.flatMap((group) =>
    curveRows(group, axes, counted(words.scripts.figure.allDiverged, group.runs.length, tag), {
      ...{ row: group.row, column: group.column },
    }),
  );
  if (moving !== undefined) rows.push(...curveMoment(groups, moving.step, { row: 0, column: 0 }));
  const titles = { x: names.step, y: errorTitle(subject) };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, axes.x.type === 'linear' ? stepAxis(axes.x) : {});
  const y = position('y', own.y, axes.y);
  const shared = { order: { value: null }, detail: { field: 'line' } };
  const hue = (single: string): Specification => ({
    color: several ? seriesEncoding(layout.series) : { value: single },
  });
  const dashes = (part: string): Specification => (several && part === 'train' ? { strokeDash: [4, 3] } : {});
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    clip: isLimited(options.x, options.y),
    layers: [
      layer(
        'batch',
        { type: 'point', filled: true, size: 5, color: colour('faint'), opacity: 0.35, clip: true },
        { x, y },
      ),
      ...measures.map((measure) =>
        layer(
          `${measure}-quartiles`,
          { type: 'area', opacity: several ? 0.16 : 0.22 },
          { x, y, y2: { field: 'y2' }, detail: { field: 'line' }, ...hue(looks[measure].colour) },
        ),
      ),
      ...measures.flatMap((measure) =>
        [measure, `${measure}-median`].map((part) =>
          layer(
            part,
            { type: 'line', strokeWidth: 1.75, ...dashes(measure) },
            { x, y, ...shared, ...hue(looks[measure].colour) },
          ),
        ),
      ),
      ...(moving === undefined ? [] : nowLayers(x, y, (measure) => hue(looks[measure].colour))),
      layer(
        'end',
        { type: 'point', filled: true, shape: keyShapes.cross, size: 60, color: colour('ink'), opacity: 1 },
        { x, y },
      ),
    ],
    content: {
      parts: ['batch', ...measures.flatMap((part) => [part, `${part}-median`])],
      otherwise: notes.noError,
    },
    key: keyOf(layout.series, several, groups, rows, leaveOut, subject.language),
  });
  return { specification, description: describe(subject, groups) };
}

function runsIn({ runs }: Subject): Part<Run>[] {
  return runs.map((run) => ({ value: run, labels: run.labels }));
}

/** The moment of a figure that moves. */
function nowLayers(x: Specification, y: Specification, hue: (measure: Measure) => Specification): Layer[] {
  return [
    layer('now', { type: 'rule', color: colour('ink'), strokeWidth: 1, strokeOpacity: 0.6 }, { x }),
    ...measures.map((measure) =>
      layer(`${measure}-now`, { type: 'point', filled: true, size: 50, opacity: 1 }, { x, y, ...hue(measure) }),
    ),
  ];
}

function groupsOf({ panels }: Layout<Run>, leaveOut: boolean): Group[] {
  return panels.flatMap(({ row, column, members }) =>
    Array.from(
      groupBy(members, ({ series }) => series),
      ([series, own]): Group => {
        const runs = own.map(({ value }) => value);
        return { row, column, of: runs, ...curveGroup(series, runs.map(curveOf), leaveOut) };
      },
    ),
  );
}

function curveOf({ artifact }: Run): CurveRun {
  return {
    steps: numbersOf(artifact, 'step'),
    errors: {
      train: numbersOf(artifact, 'train-error'),
      test: numbersOf(artifact, 'test-error'),
      batch: numbersOf(artifact, 'batch-error'),
    },
    divergedAt: artifact.divergedAt,
  };
}

/** Everything that is drawn of a group, for the range of its axis. */
function heights({ runs, spreads }: CurveGroup): ArrayLike<number>[] {
  return spreads.length > 0
    ? spreads.flatMap(({ median, low, high }) => [median, low, high])
    : runs.flatMap(({ errors }) => measures.map((measure) => errors[measure]));
}

function keyOf(
  series: readonly string[],
  several: boolean,
  groups: readonly Group[],
  rows: readonly Row[],
  leaveOut: boolean,
  language: Spoken,
): KeyEntry[] {
  const { key: labels } = language.words.drawings;
  const drawn = new Set(rows.map(({ part }) => part));
  const batch: KeyEntry = { label: labels.minibatchLoss, colour: colour('faint'), shape: 'dot', part: 'batch' };
  const spread: KeyEntry = {
    label: spreadLabel(
      groups.filter(({ spreads }) => spreads.length > 0),
      leaveOut,
      language,
    ),
    colour: colour('band'),
    shape: 'band',
  };
  const lines: KeyEntry[] = several
    ? [
        ...series.map((label, index): KeyEntry => ({ label, colour: seriesColour(index), shape: 'line' })),
        { label: labels.trainingDashed, colour: colour('ink'), shape: 'dashed' },
      ]
    : measures.map(
        (part): KeyEntry => ({ label: labels[looks[part].label], colour: looks[part].colour, shape: 'line', part }),
      );
  return [...lines, ...(drawn.has('batch') ? [batch] : []), ...(spread.label === '' ? [] : [spread])];
}

/** What lines and bands over seeds are, of groups of runs with a band; empty where there are none. */
export function spreadLabel(
  spread: readonly { readonly runs: readonly Pick<CurveRun, 'divergedAt'>[] }[],
  leaveOut: boolean,
  language: Spoken,
): string {
  const { key: labels } = language.words.drawings;
  if (spread.length === 0) return '';
  const seeds = spread.map(({ runs }) => runs.length);
  const [fewest, most] = [Math.min(...seeds), Math.max(...seeds)];
  const gone = spread.some(({ runs }) => runs.some(({ divergedAt }) => divergedAt !== undefined));
  const told =
    fewest === most
      ? countOf(language, labels.seeds, most, {})
      : say(labels.seedsFromTo, { from: count(fewest), to: count(most) });
  // A key's label has no room for more words.
  return say(gone && !leaveOut ? labels.quartilesWithDiverged : labels.quartiles, {
    seeds: gone && leaveOut ? labels.otherSeeds : told,
  });
}

function describe(subject: Subject, groups: readonly Group[]): string {
  const { language } = subject;
  const { curves } = language.words.drawings;
  const facts = groups.flatMap(({ of, spreads }) =>
    spreads.length > 0 ? [ofSpread(of, spreads, language)] : of.map((run) => ofRun(run, language)),
  );
  return aboutRuns(
    language,
    say(subject.request.options.y?.scale === 'linear' ? curves.introLinear : curves.intro, {
      names: shownNames(subject),
    }),
    facts,
  );
}

function ofRun(run: Run, language: Spoken): string {
  const { curves, key: labels } = language.words.drawings;
  const { artifact } = run;
  const ends = measures.flatMap((measure) => {
    const { name, label } = looks[measure];
    const values = numbersOf(artifact, name);
    const [first, last] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
    return Number.isFinite(last)
      ? [say(curves.course, { label: labels[label], first: number(first), last: number(last) })]
      : [];
  });
  const until = say(curves.until, { step: count(numbersOf(artifact, 'step').at(-1) ?? 0) });
  return factOf(language, runName(run, language), joined(language, [...ends, until]));
}

/** "10 hidden units, 32 seeds: median training error from 0.47 to 0.01 (quartiles 0.008 and 0.02), …" */
function ofSpread(runs: readonly Run[], spreads: readonly Spread[], language: Spoken): string {
  const { curves, key: words } = language.words.drawings;
  const labels = Array.from(runs[0]?.labels ?? []).flatMap(([axis, label]) => (axis === 'seed' ? [] : [label]));
  const ends = measures.flatMap((measure, index) => {
    const label = words[looks[measure].label];
    const { median = [], low = [], high = [] } = spreads[index] ?? {};
    const [first, last] = [median[0] ?? Number.NaN, median.at(-1) ?? Number.NaN];
    if (Number.isNaN(last)) return [];
    const [below, above] = [low.at(-1) ?? Number.NaN, high.at(-1) ?? Number.NaN];
    if (!Number.isFinite(last)) return [say(curves.medianDiverged, { label, first: number(first) })];
    return [
      say(curves.median, {
        ...{ label, first: number(first), last: number(last), below: number(below) },
        above: Number.isFinite(above) ? number(above) : curves.beyond,
      }),
    ];
  });
  const steps = Math.max(...spreads.map(({ x }) => x.at(-1) ?? 0));
  const place = joined(language, [...labels, countOf(language, words.seeds, runs.length, {})]);
  return factOf(language, place, joined(language, [...ends, say(curves.until, { step: count(steps) })]));
}
