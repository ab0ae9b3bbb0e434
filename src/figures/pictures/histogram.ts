/** What histograms share: bars of counts, in bins that are alike in all panels. */
import type { Specification } from '../drawing.js';
import { extent } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize, type Titles } from '../frame.js';
import { niceStep } from '../nice-step.js';
import { arrange, type Part, type Row } from '../panels.js';
import type { Scale } from '../scale.js';
import type { Subject } from '../subject.js';
import { colour } from '../theme.js';
import { number } from '../words.js';

export interface Histogram {
  /** Those that are not finite are not counted. */
  readonly values: ArrayLike<number>;
  /** Said in the panel's corner. */
  readonly note: string;
  /** Where a rule stands. */
  readonly mark?: number;
}

export interface HistogramLook {
  readonly titles: Titles;
  /** Bins of equal ratios on a logarithmic axis; values must then be above 0. */
  readonly log?: boolean;
  /** What the rules in the panels are. */
  readonly mark?: KeyEntry;
}

/** About so many bars, unless the author says otherwise. */
const defaultBins = 24;
/** What the note takes at the top of a panel, in pixels. */
const noteHeight = 18;

export function histograms(
  subject: Subject,
  parts: readonly Part<Histogram>[],
  { titles, log = false, mark }: HistogramLook,
): Specification {
  const { options } = subject.request;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout.columns.length, { ratio: 0.62, most: layout.rows.length > 1 ? 150 : 240 });
  // In bins, which on a logarithmic axis are parts of a decade.
  const bend = (value: number): number => (log ? Math.log10(value) : value);
  const unbend = (value: number): number => Number((log ? 10 ** value : value).toPrecision(12));
  const [low, high] = binnedRange(extent(...parts.map(({ value }) => Array.from(value.values, bend))), log);
  const step = niceStep(high - low, options.bins ?? defaultBins);
  const binOf = (value: number): number => Math.floor(bend(value) / step + 1e-9);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.floor(high / step + 1e-9)];
  const domain = [first * step, (last + 1) * step].map(unbend) as [number, number];
  let tallest = 1;
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { values, note, mark: at } }): Row[] => {
      const counts = new Map<number, number>();
      for (const value of Array.from(values).filter(Number.isFinite)) {
        const bin = binOf(value);
        counts.set(bin, (counts.get(bin) ?? 0) + 1);
        tallest = Math.max(tallest, counts.get(bin) ?? 0);
      }
      const bars = [...counts.keys()].sort((a, b) => a - b);
      return [
        ...bars.map((bin): Row => {
          const [x, x2] = [unbend(bin * step), unbend((bin + 1) * step)];
          return { row, column, part: 'bar', x, x2, y: counts.get(bin) ?? 0, y2: 0 };
        }),
        ...(at !== undefined && at >= domain[0] && at <= domain[1] ? [{ row, column, part: 'mark', x: at }] : []),
        ...(bars.length === 0 && values.length > 0
          ? []
          : [{ row, column, part: 'note', text: `${note}${outsideNote(at, domain)}` }]),
      ];
    }),
  );
  const own = ownTitles(layout, titles);
  const scale: Scale = { type: log ? 'log' : 'linear', domain, length: size.width };
  const x = position('x', own.x, scale, log ? {} : { tickCount: size.width < 180 ? 3 : 5 });
  // Over the tallest bar there is room for the note.
  const heights: Scale = { type: 'linear', domain: [0, tallest / (1 - noteHeight / size.height)], length: size.height };
  // The rule ends below the note.
  const rule = { x, y: { value: noteHeight }, y2: { value: size.height } };
  const y = position('y', own.y, heights, { tickCount: 4, tickMinStep: 1, format: ',d' });
  return frame({
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
      layer('mark', { type: 'rule', color: mark?.colour ?? colour('ink'), strokeWidth: 1, strokeDash: [4, 3] }, rule),
    ],
    content: { parts: ['bar'], otherwise: 'no number that is finite' },
    ...(mark !== undefined && { key: [mark] }),
  });
}

/** Where a rule is that has no place among the bars. */
function outsideNote(at: number | undefined, [low, high]: readonly [number, number]): string {
  if (at === undefined || (at >= low && at <= high)) return '';
  return `; ${number(at)} is on the ${at < low ? 'left' : 'right'} of all`;
}

/** Where bars can be; around a single value some on both sides of it. */
function binnedRange([low, high]: readonly [number, number], log: boolean): [number, number] {
  if (!log) return axisDomain([low, high]);
  const room = Math.max(0, 0.5 - (high - low)) / 2;
  return [low - room, high + room];
}

/** "mean 0.01, deviation 0.1". */
export function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  // In parts of the largest, so that no sum of squares leaves the range of numbers.
  const unit = Math.max(...extent(values).map(Math.abs)) || 1;
  const all = Array.from(values, (value) => value / unit);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
  return { mean: mean * unit, deviation: deviation * unit };
}
