/**
 * `elbow-flow`: where a network bends over the course of training, and how sharply: dots as large as the kinks, and of one
 * hidden layer the path of each unit.
 */
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { type ChosenCheckpoint, chooseCheckpoints } from '../checkpoints.js';
import { apart, coursePosition, courseScale } from '../course-scale.js';
import { acrossAtMost, frame, type KeyEntry, type Layer, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { arrange, type Part, type Row } from '../panels.js';
import type { Specification } from '../drawing.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import * as words from '../words.js';
import { type Data, dataOf, networkOf, trainingOf } from './data.js';
import { dotRows, inSight, type Moment, trackRows } from './elbow-flow-rows.js';
import type { Picture } from './picture.js';

interface Flow {
  readonly run: Run;
  readonly data: Data;
  readonly moments: readonly Moment[];
  /** Whether an elbow has the same place in the lists of all moments, as a unit of one hidden layer has. */
  readonly tracked: boolean;
}

/** In pixels, from one column of dots to the next. */
const columnWidth = 17;

export function drawElbowFlow(subject: Subject): Picture {
  const { language, request } = subject;
  const { drawings, scripts } = language.words;
  const checkpointsOf = chooseCheckpoints(subject);
  const parts = subject.runs.map((run): Part<Flow> => {
    return { value: flowOf(run, checkpointsOf(run), subject), labels: run.labels };
  });
  const flows = parts.map(({ value }) => value);
  const layout = arrange(subject, parts, acrossAtMost(request.options, 190));
  const size = panelSize(request.options, layout, { ratio: 0.9, most: 340 });
  const range = axisDomain(extent(...flows.map(({ data }) => data.domain)), 0.06);
  const axes: Axes = {
    x: courseScale(
      flows.flatMap(({ moments }) => moments.map(({ step }) => step)),
      size.width,
    ),
    y: { type: 'linear', domain: range, length: size.height },
  };
  const dotted = ({ moments }: Flow): Moment[] => {
    const kept = new Set(
      apart(
        moments.map(({ step }) => step),
        axes.x,
        columnWidth,
      ),
    );
    return moments.filter((_, index) => kept.has(index));
  };
  const sizes = flows.flatMap((flow) => dotted(flow).map((moment) => Math.abs(inSight(moment, range)[0]?.kink ?? 0)));
  const largest = Math.max(0, ...sizes.filter(Number.isFinite));
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value }, member): Row[] => {
      const ended = value.run.artifact.divergedAt;
      return [
        ...(value.tracked ? trackRows(value.moments, axes, `${member}`, { row, column }) : []),
        ...value.data.knots.map((y) => ({ row, column, part: 'knot', y })),
        ...dotted(value).flatMap((moment) => dotRows(moment, range, largest, { row, column })),
        ...(ended === undefined ? [] : [{ row, column, part: 'note', text: words.divergedAt(scripts.figure, ended) }]),
      ];
    }),
  );
  const titles = { x: drawings.axes.step, y: drawings.axes.elbow };
  const own = ownTitles(layout, titles);
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: layersOver(coursePosition(own.x, axes.x), position('y', own.y, axes.y, { tickCount: 5, grid: false })),
    content: { parts: ['track', 'up', 'down'], otherwise: drawings.notes.noElbow },
    key: keyOf(flows, subject),
  });
  const facts = flows.map((flow) =>
    words.factOf(language, runName(flow.run, language), describe(flow, range, subject)),
  );
  return {
    specification,
    description: words.aboutRuns(language, words.say(drawings.elbows.flow, { names: shownNames(subject) }), facts),
  };
}

function flowOf(run: Run, checkpoints: readonly ChosenCheckpoint[], subject: Subject): Flow {
  const { artifact } = run;
  const counts = numbersOf(artifact, 'count');
  const moments = checkpoints.flatMap(({ step, index }) => {
    if (index === undefined) return [];
    const of = (name: string): Float64Array =>
      Float64Array.from(slab(arrayOf(artifact, name), index).data.subarray(0, counts[index] ?? 0));
    return [{ step, positions: of('position'), kinks: of('kink') }];
  });
  const { hidden } = networkOf(trainingOf(run, subject).artifact);
  return { run, data: dataOf(run, subject), moments, tracked: hidden.length === 1 };
}

function layersOver(x: Specification, y: Specification): Layer[] {
  const rule = { type: 'rule', color: colour('faint'), strokeWidth: 0.75, strokeOpacity: 0.5, strokeDash: [2, 4] };
  const line = { type: 'line', color: colour('faint'), strokeWidth: 0.75, strokeOpacity: 0.7, clip: true };
  const dot = { type: 'point', filled: true, opacity: 0.8 };
  const size = { field: 'area', type: 'quantitative', scale: null };
  return [
    layer('knot', rule, { y }),
    layer('track', line, { x, y, order: { value: null }, detail: { field: 'line' } }),
    layer('up', { ...dot, color: colour('c1') }, { x, y, size }),
    layer('down', { ...dot, color: colour('c2') }, { x, y, size }),
  ];
}

function keyOf(flows: readonly Flow[], { language }: Subject): KeyEntry[] {
  const { key } = language.words.drawings;
  return [
    { label: key.bendsUp, colour: colour('c1'), shape: 'dot', part: 'up' },
    { label: key.bendsDown, colour: colour('c2'), shape: 'dot', part: 'down' },
    ...(flows.some(({ tracked }) => tracked)
      ? [{ label: key.elbowOfUnit, colour: colour('faint'), shape: 'thin', part: 'track' } as const]
      : []),
    ...(flows.some(({ data }) => data.knots.length > 0)
      ? [{ label: key.knots, colour: colour('faint'), shape: 'dashed', part: 'knot' } as const]
      : []),
  ];
}

/** "10 elbows at step 0, the sharpest at 0.3 with a kink of 1.2; 9 elbows at step 2000, …". */
function describe({ moments }: Flow, range: readonly [number, number], { language }: Subject): string {
  const { drawings, scripts } = language.words;
  const ends = [...new Set([moments[0], moments.at(-1)])].filter((moment) => moment !== undefined);
  return words.joined(
    language,
    ends.map((moment) => {
      const seen = inSight(moment, range);
      const [sharpest] = seen;
      const elbows = words.countOf(language, drawings.fit.elbows, seen.length, {});
      const step = words.stepLabel(scripts.figure, moment.step);
      if (sharpest === undefined) return words.say(drawings.elbows.seen, { elbows, step });
      const values = { position: words.number(sharpest.position), kink: words.number(sharpest.kink) };
      return words.say(drawings.elbows.sharpest, { elbows, step, ...values });
    }),
  );
}
