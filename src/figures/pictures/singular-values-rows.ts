/** The singular values of one moment as rows: for the build and for the page. */
import type { Row } from '../panels.js';
import { fromLogPixels, type Scale, toPixels } from '../scale.js';
import { type FigureWords, say } from '../words.js';

export interface SpectrumLook {
  /** From the largest. */
  readonly values: Float64Array;
  readonly rank: number;
  readonly tolerance: number;
}

/** Of the largest value, what a page tells from zero: it finds the values through inner products. */
const seenShare = 1e-6;

/** Of a figure that moves, those that it knows at every moment, and not only where they were decomposed. */
export function seenValues(values: Float64Array): Float64Array {
  const least = (values[0] ?? 0) * seenShare;
  return values.filter((value) => value > least);
}

/** A dot for each singular value, and the tolerance. */
export function spectrumRows({ values, tolerance }: SpectrumLook, floor: number, row: Row): Row[] {
  const points = Array.from(values, (value, index) => ({
    ...row,
    part: value > floor ? 'value' : 'zero',
    x: index + 1,
    y: Math.max(value, floor),
    component: String(index + 1),
  }));
  return [...points, ...(tolerance > floor ? [{ ...row, part: 'tolerance', y: tolerance }] : [])];
}

/** The values of the first moment, behind those of another. */
export function spectrumGhost({ values }: SpectrumLook, floor: number, row: Row): Row[] {
  return Array.from(values, (value, index) => ({ ...row, part: 'start', x: index + 1, y: Math.max(value, floor) }));
}

/** The height of a rank's label, in pixels. */
const labelHeight = 14;

export interface Place {
  readonly floor: number;
  /** In pixels, from one index to the next. */
  readonly width: number;
  readonly heights: Scale;
  /** How wide a label is, in pixels; a page, whose panels have one label each, does not ask. */
  readonly textWidth?: (text: string) => number;
}

/** The rank stands at the last value above the tolerance; one that would cover another's goes above that one. */
export function rankRows(
  members: readonly { readonly value: SpectrumLook; readonly series: number }[],
  { floor, width, heights, textWidth = () => 0 }: Place,
  { rank: word }: FigureWords,
  row: Row,
): Row[] {
  const toPixel = toPixels(heights);
  const taken: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  const labels = members.map(({ value: { values, rank }, series }) => {
    const text = say(word, { rank });
    return { rank, series, text, y: toPixel(Math.max(values[rank - 1] ?? floor, floor)) };
  });
  return labels
    .toSorted((a, b) => a.y - b.y)
    .map(({ rank, series, text, y }) => {
      const [left, right] = [rank * width, rank * width + textWidth(text) + 6];
      let free = y;
      for (const other of taken)
        if (left < other.right && other.left < right && Math.abs(free - other.y) < labelHeight)
          free = other.y + labelHeight;
      taken.push({ left, right, y: free });
      return { ...row, series, part: 'rank', x: rank, y: fromLogPixels(heights)(free), text };
    });
}
