/**
 * `learning-curves`: training and test error, and the minibatch losses, over the course of training; of many seeds their
 * medians and the bands between their quartiles.
 */
import type { Specification } from '../drawing.js';
import { extent, numbersOf } from '../arrays.js';
import { logDomain, stepDomain } from '../axis.js';
import { position, stepAxis } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import { keyShapes } from '../key-shapes.js';
import { type Axes, bandRows, lineRows } from '../lines.js';
import { arrange, type Member, type Row } from '../panels.js';
import { seriesEncoding } from '../series.js';
import { fewestForSpread, type Spread, spreadOf } from '../spread.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour, seriesColour } from '../theme.js';
import { count, countOf, number, sentences, someOf } from '../words.js';
import type { Picture } from './picture.js';

const measures = [
  { name: 'train-error', part: 'train', label: 'training error', colour: colour('c2') },
  { name: 'test-error', part: 'test', label: 'test error', colour: colour('c1') },
] as const;

/** Runs of one panel that differ only in their seeds: one by one while they are few, else by their spread. */
interface Group {
  readonly row: number;
  readonly column: number;
  readonly series: number;
  readonly runs: readonly Run[];
  /** One for each of the measures; empty for few runs. */
  readonly spreads: readonly Spread[];
}

export function drawLearningCurves(subject: Subject): Picture {
  const { options } = subject.request;
  const leaveOut = options.diverged === 'leave-out';
  const parts = subject.runs.map((run) => ({ value: run, labels: run.labels }));
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout.columns.length, { ratio: 0.72, most: 300 });
  const steps = stepDomain(extent(...subject.runs.map(({ artifact }) => numbersOf(artifact, 'step'))));
  const groups = layout.panels.flatMap(({ row, column, members }) =>
    groupsOf(members, leaveOut).map((group): Group => ({ row, column, ...group })),
  );
  const axes: Axes = {
    x: { type: 'linear', domain: steps, length: size.width },
    y: {
      type: 'log',
      domain: logDomain(groups.flatMap(heights).flatMap((values) => Array.from(values))),
      length: size.height,
    },
  };
  const several = layout.series.length > 1;
  const rows = groups.flatMap((group) => groupRows(group, axes));
  const titles = { x: 'step', y: 'mean squared error' };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, stepAxis(axes.x));
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
    layers: [
      layer(
        'batch',
        { type: 'point', filled: true, size: 5, color: colour('faint'), opacity: 0.35, clip: true },
        { x, y },
      ),
      ...measures.map((measure) =>
        layer(
          `${measure.part}-quartiles`,
          { type: 'area', opacity: several ? 0.16 : 0.22 },
          { x, y, y2: { field: 'y2' }, detail: { field: 'line' }, ...hue(measure.colour) },
        ),
      ),
      ...measures.flatMap((measure) =>
        [measure.part, `${measure.part}-median`].map((part) =>
          layer(
            part,
            { type: 'line', strokeWidth: 1.75, ...dashes(measure.part) },
            { x, y, ...shared, ...hue(measure.colour) },
          ),
        ),
      ),
      layer(
        'end',
        { type: 'point', filled: true, shape: keyShapes.cross, size: 60, color: colour('ink'), opacity: 1 },
        { x, y },
      ),
    ],
    content: {
      parts: ['batch', ...measures.flatMap(({ part }) => [part, `${part}-median`])],
      otherwise: 'no error above 0, and a logarithmic axis has no place for 0',
    },
    key: keyOf(layout.series, several, groups, rows, leaveOut),
  });
  return { specification, description: describe(subject, groups) };
}

function groupsOf(members: readonly Member<Run>[], leaveOut: boolean): Pick<Group, 'series' | 'runs' | 'spreads'>[] {
  const bySeries = new Map<number, Run[]>();
  for (const { series, value } of members) bySeries.set(series, [...(bySeries.get(series) ?? []), value]);
  return Array.from(bySeries, ([series, runs]) => {
    if (runs.length < fewestForSpread) return { series, runs, spreads: [] };
    const shown = runs.filter(({ artifact }) => !leaveOut || artifact.divergedAt === undefined);
    const traces = (name: string) =>
      shown.map(({ artifact }) => ({
        x: numbersOf(artifact, 'step'),
        y: numbersOf(artifact, name),
        end: artifact.divergedAt,
      }));
    return { series, runs, spreads: measures.map(({ name }) => spreadOf(traces(name))) };
  });
}

/** Everything that is drawn of a group, for the range of its axis. */
function heights({ runs, spreads }: Group): ArrayLike<number>[] {
  return spreads.length > 0
    ? spreads.flatMap(({ median, low, high }) => [median, low, high])
    : runs.flatMap(({ artifact }) => measures.map(({ name }) => numbersOf(artifact, name)));
}

function groupRows({ row, column, series, runs, spreads }: Group, axes: Axes): Row[] {
  const place = { row, column, series };
  if (spreads.length === 0) return runs.flatMap((run, index) => runRows(run, axes, `${series}/${index}`, place));
  const rows = measures.flatMap(({ part }, index) => {
    const spread = spreads[index];
    if (spread === undefined) return [];
    const name = `${series}/${part}`;
    return [
      ...bandRows(spread.x, spread, axes, name, { ...place, part: `${part}-quartiles` }),
      ...lineRows(spread.x, spread.median, axes, name, { ...place, part: `${part}-median` }),
    ];
  });
  return rows.length > 0 ? rows : [{ ...place, part: 'note', text: `all ${runs.length} seeds diverged` }];
}

function runRows({ artifact }: Run, axes: Axes, name: string, row: Row): Row[] {
  const steps = numbersOf(artifact, 'step');
  const rows = measures.flatMap(({ name: measure, part }) =>
    lineRows(steps, numbersOf(artifact, measure), axes, `${name}/${part}`, { ...row, part }),
  );
  const batch = numbersOf(artifact, 'batch-error');
  steps.forEach((step, index) => {
    const error = batch[index] ?? Number.NaN;
    if (error > 0 && Number.isFinite(error)) rows.push({ ...row, part: 'batch', x: step, y: error });
  });
  // Where a run that diverged was seen last.
  const last = numbersOf(artifact, 'train-error').at(-1) ?? Number.NaN;
  if (artifact.divergedAt !== undefined && last > 0) rows.push({ ...row, part: 'end', x: steps.at(-1) ?? 0, y: last });
  return rows;
}

function keyOf(
  series: readonly string[],
  several: boolean,
  groups: readonly Group[],
  rows: readonly Row[],
  leaveOut: boolean,
): KeyEntry[] {
  const drawn = new Set(rows.map(({ part }) => part));
  const batch: KeyEntry = { label: 'minibatch loss', colour: colour('faint'), shape: 'dot' };
  const spread: KeyEntry = {
    label: spreadLabel(groups, leaveOut),
    colour: colour('band'),
    shape: 'band',
  };
  const lines: KeyEntry[] = several
    ? [
        ...series.map((label, index): KeyEntry => ({ label, colour: seriesColour(index), shape: 'line' })),
        { label: 'training error (test error is solid)', colour: colour('ink'), shape: 'dashed' },
      ]
    : measures.map(({ label, colour: hue }): KeyEntry => ({ label, colour: hue, shape: 'line' }));
  return [...lines, ...(drawn.has('batch') ? [batch] : []), ...(spread.label === '' ? [] : [spread])];
}

/** What lines and bands over seeds are; empty where there are none. */
function spreadLabel(groups: readonly Group[], leaveOut: boolean): string {
  const spread = groups.filter(({ spreads }) => spreads.length > 0);
  if (spread.length === 0) return '';
  const seeds = spread.map(({ runs }) => runs.length);
  const [fewest, most] = [Math.min(...seeds), Math.max(...seeds)];
  const gone = spread.some(({ runs }) => runs.some(({ artifact }) => artifact.divergedAt !== undefined));
  const of = gone && leaveOut ? 'the other seeds' : `${fewest === most ? most : `${fewest} to ${most}`} seeds`;
  // A key's label has no room for more words.
  const bands = gone && !leaveOut ? 'quartiles; diverged counts as infinite' : 'between their quartiles';
  return `lines: median of ${of}; bands: ${bands}`;
}

function describe(subject: Subject, groups: readonly Group[]): string {
  const facts = groups.flatMap(({ runs, spreads }) =>
    spreads.length > 0 ? [ofSpread(runs, spreads)] : runs.map(ofRun),
  );
  return sentences(
    `learning curves of ${shownNames(subject)}, on a logarithmic axis`,
    ...someOf(facts, 12, (left) => `${countOf(left, 'more run')} in the same manner`),
  );
}

function ofRun(run: Run): string {
  const { artifact } = run;
  const ends = measures.flatMap(({ name, label }) => {
    const values = numbersOf(artifact, name);
    const [first, last] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
    return Number.isFinite(last) ? [`${label} from ${number(first)} to ${number(last)}`] : [];
  });
  const name = runName(run);
  return `${name === '' ? '' : `${name}: `}${ends.join(', ')}, until step ${count(numbersOf(artifact, 'step').at(-1) ?? 0)}`;
}

/** "10 hidden units, 32 seeds: median training error from 0.47 to 0.01 (quartiles 0.008 and 0.02), …" */
function ofSpread(runs: readonly Run[], spreads: readonly Spread[]): string {
  const labels = Array.from(runs[0]?.labels ?? []).flatMap(([axis, label]) => (axis === 'seed' ? [] : [label]));
  const ends = measures.flatMap(({ label }, index) => {
    const { median = [], low = [], high = [] } = spreads[index] ?? {};
    const [first, last] = [median[0] ?? Number.NaN, median.at(-1) ?? Number.NaN];
    if (Number.isNaN(last)) return [];
    const [below, above] = [low.at(-1) ?? Number.NaN, high.at(-1) ?? Number.NaN];
    const quartiles = `quartiles ${number(below)} and ${Number.isFinite(above) ? number(above) : 'beyond all bounds'}`;
    const end = Number.isFinite(last) ? `to ${number(last)} (${quartiles})` : 'to no end, as most diverged';
    return [`median ${label} from ${number(first)} ${end}`];
  });
  const steps = Math.max(...spreads.map(({ x }) => x.at(-1) ?? 0));
  return `${[...labels, `${runs.length} seeds`].join(', ')}: ${ends.join(', ')}, until step ${count(steps)}`;
}
