/** Histograms as rows: the bars of one panel, in bins that are alike in all panels. For the build and for the page. */
import { counted } from '../../languages/words.js';
import { extent } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { niceStep } from '../nice-step.js';
import type { Row } from '../panels.js';
import { count, type FigureSpeech, type FigureWords, number, say } from '../words.js';

export interface Histogram {
  /** Those that are not finite are not counted. */
  readonly values: ArrayLike<number>;
  /** Said in the panel's corner. */
  readonly note: string;
  /** Where a rule stands. */
  readonly mark?: number;
}

export interface Bins {
  /** Of equal ratios, on a logarithmic axis, where it is a part of a decade; values must then be above 0. */
  readonly log: boolean;
  readonly step: number;
  /** From the first bin's beginning to the last one's end. */
  readonly domain: readonly [number, number];
}

/** What the note takes at the top of a panel, in pixels. */
export const noteHeight = 18;

const bend = (value: number, log: boolean): number => (log ? Math.log10(value) : value);
const unbend = (value: number, log: boolean): number => Number((log ? 10 ** value : value).toPrecision(12));

/** About so many bins for all of these values, between round numbers. */
export function binsOf(all: readonly ArrayLike<number>[], about: number, log: boolean): Bins {
  const [low, high] = binnedRange(extent(...all.map((values) => Array.from(values, (value) => bend(value, log)))), log);
  const step = niceStep(high - low, about);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.floor(high / step + 1e-9)];
  return { log, step, domain: [unbend(first * step, log), unbend((last + 1) * step, log)] };
}

/** Where bars can be; around a single value some on both sides of it. */
function binnedRange([low, high]: readonly [number, number], log: boolean): [number, number] {
  if (!log) return axisDomain([low, high]);
  const room = Math.max(0, 0.5 - (high - low)) / 2;
  return [low - room, high + room];
}

/** How many values are in each bin that has any, in order, and how many are in none. */
function countsIn(
  values: ArrayLike<number>,
  { log, step, domain }: Bins,
): { bins: [number, number][]; outside: number } {
  const [first = 0, end = 0] = domain.map((edge) => Math.round(bend(edge, log) / step));
  const counts = new Map<number, number>();
  let outside = 0;
  for (const value of Array.from(values)) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.floor(bend(value, log) / step + 1e-9);
    if (bin < first || bin >= end) outside += 1;
    else counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return { bins: [...counts].sort(([a], [b]) => a - b), outside };
}

/** The height of an axis of counts: over the tallest bar there is room for the note. */
export function heightFor(all: readonly ArrayLike<number>[], bins: Bins, pixels: number): number {
  const tallest = Math.max(1, ...all.flatMap((values) => countsIn(values, bins).bins.map(([, count]) => count)));
  return tallest / (1 - noteHeight / pixels);
}

export function histogramRows({ values, note, mark }: Histogram, bins: Bins, language: FigureSpeech, row: Row): Row[] {
  const { log, step, domain } = bins;
  const { bins: bars, outside } = countsIn(values, bins);
  return [
    ...bars.map(([bin, count]): Row => {
      const [x, x2] = [unbend(bin * step, log), unbend((bin + 1) * step, log)];
      return { ...row, part: 'bar', x, x2, y: count, y2: 0 };
    }),
    ...(mark !== undefined && mark >= domain[0] && mark <= domain[1] ? [{ ...row, part: 'mark', x: mark }] : []),
    ...(bars.length === 0 && values.length > 0 && outside === 0
      ? []
      : [{ ...row, part: 'note', text: withOutside(note, { outside, mark, domain }, language) }]),
  ];
}

interface Outside {
  /** How many values. */
  readonly outside: number;
  readonly mark: number | undefined;
  readonly domain: readonly [number, number];
}

/** The note, and what has no place among the bars. */
function withOutside(
  said: string,
  { outside, mark, domain: [low, high] }: Outside,
  { tag, words }: FigureSpeech,
): string {
  const note =
    outside === 0
      ? said
      : say<'note' | 'count'>(counted(words.outside, outside, tag), { note: said, count: count(outside) });
  if (mark === undefined || (mark >= low && mark <= high)) return note;
  return say(mark < low ? words.onLeft : words.onRight, { note, value: number(mark) });
}

/** The outline of the bars of the first moment, behind those of another. */
export function outlineRows(values: ArrayLike<number>, bins: Bins, row: Row): Row[] {
  const { log, step } = bins;
  let end: number | undefined;
  const points: [number, number][] = [];
  for (const [bin, count] of countsIn(values, bins).bins) {
    if (end !== undefined && bin > end) points.push([end, 0]);
    if (bin !== end) points.push([bin, 0]);
    points.push([bin, count], [bin + 1, count]);
    end = bin + 1;
  }
  if (end !== undefined) points.push([end, 0]);
  return points.map(([bin, y]) => ({ ...row, part: 'start', line: 'start', x: unbend(bin * step, log), y }));
}

/** "mean 0.01, deviation 0.1". */
export function momentsNote(values: ArrayLike<number>, { moments }: FigureWords): string {
  const { mean, deviation } = momentsOf(values);
  return say(moments, { mean: number(mean), deviation: number(deviation) });
}

export function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  // In parts of the largest, so that no sum of squares leaves the range of numbers.
  const unit = Math.max(...extent(values).map(Math.abs)) || 1;
  const all = Array.from(values, (value) => value / unit);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
  return { mean: mean * unit, deviation: deviation * unit };
}
