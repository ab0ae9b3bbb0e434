/** The kernel of gradient features as rows of cells: for the build and for the page. */
import type { Row } from '../panels.js';
import { type FigureWords, number, say } from '../words.js';
import { cellRows, type Levels } from './heat-map-rows.js';

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
  const cells = Math.sqrt(values.length);
  const edges = Array.from({ length: cells + 1 }, (_, index) => domain[0] + ((domain[1] - domain[0]) * index) / cells);
  const lines = Array.from({ length: cells }, (_, index) => ({
    y: ((edges[index] ?? 0) + (edges[index + 1] ?? 0)) / 2,
    height: height / cells,
    values: values.subarray(index * cells, (index + 1) * cells),
  }));
  return cellRows({ edges, rows: lines }, levels, unit, row);
}
