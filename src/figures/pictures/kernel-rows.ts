/** The kernel of gradient features as rows of cells: for the build and for the page. */
import type { Row } from '../panels.js';
import { type FigureWords, number, say } from '../words.js';
import { cellRows, type Levels, planeCells } from './heat-map-rows.js';

export interface KernelCells {
  /** One for every two cells. */
  readonly values: Float64Array;
  /** What its shades are shares of. */
  readonly unit: number;
}

/** What a kernel's shades are shares of: the largest size of the values. */
export function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
}

/** "smallest −0.12". */
export function smallestNote(values: Float64Array, words: FigureWords): string {
  const least = values.reduce(
    (low, value) => Math.min(low, Number.isNaN(value) ? low : value),
    Number.POSITIVE_INFINITY,
  );
  return say(words.smallest, { value: number(least) });
}

/** `height` is that of the panel, in pixels. */
export function kernelRows(
  { values, unit }: KernelCells,
  { domain, levels, height }: { domain: readonly [number, number]; levels: Levels; height: number },
  row: Row,
): Row[] {
  return cellRows(planeCells(values, { x: domain, y: domain }, height), levels, unit, row);
}
