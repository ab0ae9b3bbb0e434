/** What histograms share: bars of counts, in bins that are alike in all panels. */
import type { Specification } from '../drawing.js';
import { extent } from '../arrays.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize, type Titles } from '../frame.js';
import { ghost, ghostKey, type SwitchedAxes, switchedAxes } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import type { Scale } from '../scale.js';
import type { Subject } from '../subject.js';
import { colour } from '../theme.js';
import type { CountedWord } from '../../languages/words.js';
import { countOf, factOf, number, say, type Spoken } from '../words.js';
import {
  binsOf,
  heightFor,
  type Histogram,
  histogramRows,
  momentsOf,
  noteHeight,
  outlineRows,
} from './histogram-rows.js';

export interface HistogramLook {
  readonly titles: Titles;
  /** Bins of equal ratios on a logarithmic axis; values must then be above 0. */
  readonly log?: boolean;
  /** What the rules in the panels are. */
  readonly mark?: KeyEntry;
  /** Of a figure that moves: what its course goes through, and its first moment. */
  readonly course?: readonly Part<Histogram>[];
  readonly start?: Histogram | undefined;
}

/** About so many bars, unless the author says otherwise. */
const defaultBins = 24;

export function histograms(
  subject: Subject,
  parts: readonly Part<Histogram>[],
  { titles, log = false, mark, course = parts, start }: HistogramLook,
): {
  readonly specification: Specification;
  readonly context: { readonly about: number; readonly step: number; readonly log: boolean };
  readonly axes: SwitchedAxes;
} {
  const { options } = subject.request;
  const { tag, words } = subject.language;
  const speech = { tag, words: words.scripts.figure };
  const moves = subject.moving !== undefined;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.62, most: layout.rows.length > 1 ? 150 : 240 });
  const about = options.bins ?? defaultBins;
  const all = course.map(({ value }) => value.values);
  const height = size.height;
  const { shown, course: whole } = switchedAxes(
    subject,
    parts.map(({ value }) => value.values),
    all,
    (some) => {
      const its = binsOf(some, about, log);
      return { x: its.domain, y: [0, heightFor(some, its, height)] };
    },
  );
  const step = binsOf(all, about, log).step;
  const bins =
    shown === whole
      ? binsOf(all, about, log)
      : binsOf(
          parts.map(({ value }) => value.values),
          about,
          log,
        );
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value }) => [
      ...histogramRows(value, bins, speech, { row, column }),
      ...(start === undefined ? [] : outlineRows(start.values, bins, { row, column })),
    ]),
  );
  const own = ownTitles(layout, titles);
  const scale: Scale = { type: log ? 'log' : 'linear', domain: bins.domain, length: size.width };
  const x = position('x', own.x, scale, log ? {} : { tickCount: size.width < 180 ? 3 : 5 });
  const heights: Scale = { type: 'linear', domain: shown.y ?? [0, 1], length: size.height };
  // The rule ends below the note.
  const rule = { x, y: { value: noteHeight }, y2: { value: size.height } };
  const y = position('y', own.y, heights, { tickCount: 4, tickMinStep: 1, format: ',d' });
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer(
        'bar',
        { type: 'rect', color: colour('c1'), opacity: 0.85, stroke: colour('paper'), strokeWidth: 0.75 },
        { x, x2: { field: 'x2' }, y, y2: { field: 'y2' }, tooltip: ['x', 'x2', 'y'].map((field) => ({ field })) },
      ),
      ...(moves ? [ghost('start', { type: 'line', strokeWidth: 1.25 }, { x, y, order: { value: null } })] : []),
      layer('mark', { type: 'rule', color: mark?.colour ?? colour('ink'), strokeWidth: 1, strokeDash: [4, 3] }, rule),
    ],
    content: { parts: ['bar'], otherwise: subject.language.words.drawings.notes.noNumber },
    key: [...(mark === undefined ? [] : [mark]), ...ghostKey(subject, 'thin')],
  });
  return { specification, context: { about, step, log }, axes: { shown, course: whole } };
}

/** What a text alternative says of the values of a panel: how many, from where to where, mean and deviation. */
export function momentsFact(
  language: Spoken,
  place: string,
  { values, note }: Histogram,
  counted: CountedWord<'count'>,
): string {
  if (values.length === 0) return factOf(language, place, note);
  const [low, high] = extent(values);
  const { mean, deviation } = momentsOf(values);
  const fact = say(language.words.drawings.parameters.moments, {
    values: countOf(language, counted, values.length, {}),
    ...{ low: number(low), high: number(high), mean: number(mean), deviation: number(deviation) },
  });
  return factOf(language, place, fact);
}
