/**
 * `confusion`: how many samples of each class a training takes for each, as counts on shades: of the test samples, or where there
 * are none of the training samples. A shade tells the share of the samples of their own class.
 */
import type { TrainFacts } from '../../steps/train.js';
import { arrayOf, slab } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import type { Specification } from '../drawing.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import { arrange, type Part, type Row } from '../panels.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { textWidth } from '../text-width.js';
import { colour, fontSizes, shade } from '../theme.js';
import {
  count,
  divergedAt,
  factOf,
  inDrawing,
  joined,
  moreAlike,
  say,
  sentences,
  someOf,
  stepLabel,
} from '../words.js';
import { shadesAside } from '../shades-aside.js';
import type { Picture } from './picture.js';

interface Confusion {
  readonly run: Run;
  readonly step: number;
  readonly classes: readonly string[];
  /** True x predicted, row-major; undefined when the run diverged before. */
  readonly counts: readonly number[] | undefined;
}

/** Names and numbers that would not fit into their cells are left out. */
const leastCell = 16;

/** In pixels, what the name of a class may take beside the cells. */
const mostName = 90;

export function drawConfusion(subject: Subject): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { axes: names, notes } = language.words.drawings;
  const parts = partsOf(subject);
  const layout = arrange(subject, parts, acrossAtMost(options, 220));
  const across = Math.max(1, ...parts.map(({ value }) => value.classes.length));
  const room = panelSize(options, layout, { ratio: 1, most: 420 });
  const side = Math.min(room.width, room.height);
  const size = { width: options.width ?? side, height: options.height ?? side };
  const cell = { width: size.width / across, height: size.height / across };
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value }) => rowsOf(value, cell, { row, column }, language.words.scripts.figure)),
  );
  const titles = { x: names.predictedClass, y: names.trueClass };
  const own = ownTitles(layout, titles);
  const classes = parts[0]?.value.classes ?? [];
  const x = classAxis('x', own.x, classes, cell.width, false);
  // The first class at the top, as tables have it.
  const y = classAxis('y', own.y, classes, cell.height, true);
  const text = { type: 'text', fontSize: fontSizes.label, baseline: 'middle' };
  const specification = frame({
    ...{ layout, size, titles, rows },
    layers: [
      layer(
        'cell',
        { type: 'rect', stroke: colour('paper'), strokeWidth: 0.5 },
        {
          ...{ x, x2: { field: 'x2' }, y, y2: { field: 'y2' } },
          // Not the colour, whose legend may tell which runs diverged.
          fill: { field: 'shade', type: 'nominal', scale: null, legend: null },
          tooltip: ['true', 'predicted', 'count'].map((field) => ({ field })),
        },
      ),
      ...(['dark', 'light'] as const).map((look) =>
        layer(
          look,
          { ...text, color: look === 'dark' ? colour('ink') : colour('paper') },
          { x, y, text: { field: 'count' } },
        ),
      ),
    ],
    content: { parts: ['cell'], otherwise: notes.noNumber },
  });
  return {
    specification,
    description: describe(
      subject,
      parts.map(({ value }) => value),
    ),
  };
}

function partsOf(subject: Subject): Part<Confusion>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { scripts } = subject.language.words;
  return subject.runs.flatMap((run) => {
    const { data } = run.step.facts as unknown as TrainFacts;
    const name = data.testSamples > 0 ? 'test-confusion' : 'train-confusion';
    return checkpointsOf(run).map(({ step, index }): Part<Confusion> => {
      const counts = index === undefined ? undefined : Array.from(slab(arrayOf(run.artifact, name), index).data);
      return {
        value: { run, step, classes: data.classes ?? [], counts },
        labels: new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]),
      };
    });
  });
}

function rowsOf(
  { run, classes, counts }: Confusion,
  cell: { readonly width: number; readonly height: number },
  place: Row,
  words: Parameters<typeof divergedAt>[0],
): Row[] {
  if (counts === undefined) return [{ ...place, part: 'note', text: divergedAt(words, run.artifact.divergedAt ?? 0) }];
  return counts.flatMap((found, index): Row[] => {
    const [own, told] = [Math.floor(index / classes.length), index % classes.length];
    const all = counts.slice(own * classes.length, (own + 1) * classes.length).reduce((sum, one) => sum + one, 0);
    const share = all === 0 ? 0 : found / all;
    // Of the shades those of positive values.
    const level = Math.min(shadesAside - 1, Math.floor(share * shadesAside));
    const where = { x: told, x2: told + 1, y: own, y2: own + 1 };
    const says = { count: count(found), true: classes[own] ?? '', predicted: classes[told] ?? '' };
    const fits = textWidth(says.count, fontSizes.label) + 4 <= cell.width && cell.height >= leastCell;
    const look = level >= shadesAside / 2 ? 'light' : 'dark';
    return [
      { ...place, part: 'cell', ...where, ...says, shade: shade(level) },
      ...(fits ? [{ ...place, part: look, x: told + 0.5, y: own + 0.5, count: says.count }] : []),
    ];
  });
}

/** An axis with a name in the middle of each cell; of more than have room every second, third, ... */
function classAxis(
  field: 'x' | 'y',
  title: string | null,
  classes: readonly string[],
  cell: number,
  downwards: boolean,
): Specification {
  const names = classes.map((name) => cut(inDrawing(name)));
  const widest = Math.max(1, ...names.map((name) => textWidth(name, fontSizes.label)));
  const turned = field === 'x' && widest + 6 > cell;
  const every = Math.max(1, Math.ceil((field === 'x' && !turned ? widest + 6 : fontSizes.label + 4) / cell));
  return {
    ...{ field, type: 'quantitative', title },
    scale: { domain: [0, classes.length], nice: false, zero: false, ...(downwards && { reverse: true }) },
    axis: {
      values: names.flatMap((_, index) => (index % every === 0 ? [index + 0.5] : [])),
      labelExpr: `${JSON.stringify(names)}[floor(datum.value)]`,
      ...{ grid: false, ticks: false, labelOverlap: false },
      ...(turned && { labelAngle: -45, labelAlign: 'right' }),
    },
  };
}

/** A name that fits beside the cells: Vega's own limit would leave the room for all of it. */
function cut(name: string): string {
  if (textWidth(name, fontSizes.label) <= mostName) return name;
  let letters = Array.from(name);
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, fontSizes.label) > mostName)
    letters = letters.slice(0, -1);
  return `${letters.join('').trimEnd()}…`;
}

function describe(subject: Subject, found: readonly Confusion[]): string {
  const { language } = subject;
  const { confusion, notes } = language.words.drawings;
  const facts = found.map(({ run, step, classes, counts }) => {
    const place = placeOf(run, stepLabel(language.words.scripts.figure, step), language);
    if (counts === undefined) return factOf(language, place, notes.noNumber);
    const all = counts.reduce((sum, one) => sum + one, 0);
    const right = classes.reduce((sum, _, k) => sum + (counts[k * classes.length + k] ?? 0), 0);
    const [most] = counts
      .map((times, index) => ({ times, own: Math.floor(index / classes.length), told: index % classes.length }))
      .filter(({ times, own, told }) => own !== told && times > 0)
      .sort((a, b) => b.times - a.times);
    const told = joined(language, [
      say(confusion.right, { right: count(right), count: count(all) }),
      most === undefined
        ? undefined
        : say(confusion.most, {
            ...{ own: classes[most.own] ?? '', told: classes[most.told] ?? '' },
            count: count(most.times),
          }),
    ]);
    return factOf(language, place, told);
  });
  const intro = say(confusion.intro, { names: shownNames(subject) });
  return sentences(language, intro, ...someOf(facts, 12, moreAlike(language, 'morePanels')));
}
