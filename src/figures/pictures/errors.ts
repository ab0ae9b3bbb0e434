/** `errors`: training and test error against a swept option; of many seeds their medians and the bands between their quartiles. */
import { groupBy } from '../../shared/group-by.js';
import type { AxisScale } from '../../steps/figure.js';
import { numbersOf } from '../arrays.js';
import { shortNumber } from '../axis.js';
import { position } from '../channels.js';
import { stepsOf } from '../checkpoints.js';
import { chosenScale, domainsOver, isLimited } from '../chosen-scale.js';
import type { Specification } from '../drawing.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { arrange, type Part } from '../panels.js';
import type { Scale } from '../scale.js';
import { seriesEncoding } from '../series.js';
import { type Run, shownNames, type Subject } from '../subject.js';
import { textWidth } from '../text-width.js';
import { colour, fontSizes, labelGap, seriesColour } from '../theme.js';
import { aboutRuns, factOf, joined, number, say, stepLabel, type Spoken } from '../words.js';
import { type ErrorLine, errorLines, errorRows, type ErrorsOf, hasBand, sweptAxes } from './errors-rows.js';
import { looks, spreadLabel } from './learning-curves.js';
import { measures } from './learning-curves-rows.js';
import { errorTitle } from './error-title.js';
import type { Picture } from './picture.js';

export function drawErrors(subject: Subject): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { notes } = language.words.drawings;
  const over = options.over ?? sweptAxes(subject.runs.map(({ step }) => step))[0] ?? '';
  const parts = partsOf(subject, over);
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.72, most: 300 });
  const across = acrossOf([...new Set(parts.map(({ value }) => value.label))], options.x?.scale);
  const groups = layout.panels.flatMap(({ row, column, members }) =>
    Array.from(
      groupBy(members, ({ series }) => series),
      ([series, own]) => ({
        ...{ row, column, name: layout.series[series] ?? '' },
        lines: errorLines(
          series,
          own.map(({ value }) => value),
          across.placeOf,
          options.diverged === 'leave-out',
        ),
      }),
    ),
  );
  const lines = groups.flatMap((group) => group.lines);
  const heights = lines.flatMap(({ stands }) =>
    stands.flatMap((one) =>
      hasBand(one)
        ? [one.low, one.median, one.high]
        : one.runs.flatMap(({ errors }) => measures.map((name) => errors[name])),
    ),
  );
  const axes: Axes = {
    x: across.scale(options.x, size.width),
    y: chosenScale(options.y, 'log', size.height, domainsOver(heights, 0.05)),
  };
  const rows = groups.flatMap(({ row, column, lines: its }) =>
    its.flatMap((line) => errorRows(line, axes, { row, column })),
  );
  const titles = { x: over, y: errorTitle(subject) };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, across.axis(size.width));
  const y = position('y', own.y, axes.y);
  const several = layout.series.length > 1;
  const hue = (single: string): Specification => ({
    color: several ? seriesEncoding(layout.series) : { value: single },
  });
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    clip: isLimited(options.x, options.y),
    layers: [
      ...measures.map((measure) =>
        layer(
          `${measure}-quartiles`,
          { type: 'area', opacity: several ? 0.16 : 0.22 },
          { x, y, y2: { field: 'y2' }, detail: { field: 'line' }, ...hue(looks[measure].colour) },
        ),
      ),
      ...measures.flatMap((measure) => [
        layer(
          measure,
          { type: 'line', strokeWidth: 1.75, ...(several && measure === 'train' ? { strokeDash: [4, 3] } : {}) },
          { x, y, order: { value: null }, detail: { field: 'line' }, ...hue(looks[measure].colour) },
        ),
        layer(
          `${measure}-dot`,
          { type: 'point', filled: true, size: 26, opacity: 0.9 },
          { x, y, ...hue(looks[measure].colour), tooltip: ['name', 'y'].map((field) => ({ field })) },
        ),
      ]),
    ],
    content: { parts: measures.map((measure) => `${measure}-dot`), otherwise: notes.noError },
    key: keyOf(layout.series, lines, options.diverged === 'leave-out', language),
  });
  const facts = groups.map(({ name, lines: its }) => factOf(language, name, factsOf(its, over, language)));
  const intro = say(language.words.drawings.errors.intro, { names: shownNames(subject), option: over });
  return {
    specification,
    description: aboutRuns(language, intro, facts),
  };
}

/** Every run at the steps that are asked for, or at its own last; without what is the axis. */
function partsOf({ runs, request, language }: Subject, over: string): Part<ErrorsOf>[] {
  const { at } = request.options;
  return runs.flatMap((run) => {
    const recorded = stepsOf(run);
    const { divergedAt } = run.artifact;
    return (at ?? [Number.POSITIVE_INFINITY]).flatMap((step): Part<ErrorsOf>[] => {
      const isGone = divergedAt !== undefined && step >= divergedAt;
      const index = step === Number.POSITIVE_INFINITY ? recorded.length - 1 : recorded.indexOf(step);
      if (index < 0 && !isGone) return [];
      const own = [...run.labels].filter(([axis]) => axis !== over);
      const stepped = at !== undefined && at.length > 1;
      return [
        {
          value: errorsOf(run, over, isGone ? undefined : index),
          labels: new Map([
            ...own,
            ...(stepped ? [['step', stepLabel(language.words.scripts.figure, step)] as const] : []),
          ]),
        },
      ];
    });
  });
}

function errorsOf({ step, artifact }: Run, over: string, index: number | undefined): ErrorsOf {
  const at = (name: string): number =>
    index === undefined ? Number.NaN : (numbersOf(artifact, name)[index] ?? Number.NaN);
  return {
    label: step.coordinates.find(({ axis }) => axis === over)?.label ?? '',
    errors: { train: at(looks.train.name), test: at(looks.test.name) },
    divergedAt: index === undefined ? artifact.divergedAt : undefined,
  };
}

interface Across {
  readonly placeOf: (label: string) => number;
  readonly scale: (chosen: Subject['request']['options']['x'], length: number) => Scale;
  readonly axis: (width: number) => Specification;
}

/** Over more than this factor numbers stand on a logarithmic axis. */
const farApart = 30;

/** Numbers at their places, on an axis that shows them all; what is no number at equal distances, in the order of the sweep. */
function acrossOf(labels: readonly string[], chosen: AxisScale | undefined): Across {
  const values = labels.map(Number);
  const isNumeric = labels.every((label) => label.trim() !== '') && values.every(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isFar = isNumeric && most > farApart * Math.max(least, Math.min(...values.filter((value) => value > 0)));
  // A logarithmic axis has no place for 0.
  const usual = !isNumeric || (isFar && least <= 0) ? 'category' : isFar ? 'log' : 'linear';
  const type = chosen === undefined || (chosen !== 'category' && !isNumeric) ? usual : chosen;
  if (type === 'category') return categories(labels);
  return {
    placeOf: Number,
    scale: (option, length) => chosenScale(option, type, length, domainsOver(values, 0.05)),
    axis: () => ({
      values: [...values].sort((a, b) => a - b),
      labelExpr: shortNumber,
      labelOverlap: true,
      grid: false,
    }),
  };
}

function categories(labels: readonly string[]): Across {
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, fontSizes.label)));
  return {
    placeOf: (label) => labels.indexOf(label),
    scale: (_option, length) => ({ type: 'linear', domain: [-0.5, labels.length - 0.5], length }),
    axis: (width) => ({
      values: labels.map((_, index) => index),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      labelLimit: 120,
      ...(widest + labelGap > width / labels.length && { labelAngle: -35, labelAlign: 'right' }),
    }),
  };
}

function keyOf(
  series: readonly string[],
  lines: readonly ErrorLine[],
  leaveOut: boolean,
  language: Spoken,
): KeyEntry[] {
  const { key: labels } = language.words.drawings;
  const spread = lines.flatMap(({ stands }) => stands.filter(hasBand));
  const band = spreadLabel(spread, leaveOut, language);
  const own: KeyEntry[] =
    series.length > 1
      ? [
          ...series.map((label, index): KeyEntry => ({ label, colour: seriesColour(index), shape: 'line' })),
          { label: labels.trainingDashed, colour: colour('ink'), shape: 'dashed' },
        ]
      : measures.map(
          (part): KeyEntry => ({ label: labels[looks[part].label], colour: looks[part].colour, shape: 'line' }),
        );
  return [...own, ...(band === '' ? [] : [{ label: band, colour: colour('band'), shape: 'band' } as const])];
}

/** "training error from 0.1 at rate 0.01 to 0.02 at rate 1, smallest 0.01 at rate 0.1, test error …" */
function factsOf(lines: readonly ErrorLine[], option: string, language: Spoken): string {
  const { errors: words, key: labels } = language.words.drawings;
  const told = lines.flatMap(({ measure, stands }) => {
    const known = stands.filter(({ median }) => Number.isFinite(median));
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined) return [];
    const best = known.reduce((least, one) => (one.median < least.median ? one : least));
    return [
      say(words.course, {
        label: labels[looks[measure].label],
        option,
        ...{ first: number(first.median), from: first.label, last: number(last.median), to: last.label },
        ...{ least: number(best.median), at: best.label },
      }),
    ];
  });
  return joined(language, told);
}
