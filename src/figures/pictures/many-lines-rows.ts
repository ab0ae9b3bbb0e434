/** Many lines of one panel as rows: all of them while they can be told apart, otherwise the range they fill and a sample. */
import { column } from '../arrays.js';
import { type ColumnLines, columnLines, valuesAt } from '../column-lines.js';
import { type Axes, bandRows, lineRows } from '../lines.js';
import { orderStatistic } from '../order-statistic.js';
import type { Row } from '../panels.js';
import { sampleBySize } from '../sample-by-size.js';

export interface Bundle {
  readonly x: Float64Array;
  readonly lines: ColumnLines;
  /** Said in the panel instead, when there is nothing to draw. */
  readonly note?: string;
  /** How many lines, from the first, stand out from the others. */
  readonly leading?: number;
  /** The positions of the lines that are drawn of many; those of a sample by size, where it does not say. */
  readonly sample?: readonly number[];
  /** By column of the matrix, the unit of that parameter. */
  readonly units?: readonly (string | undefined)[];
}

/** Of more lines than can be told apart, the positions of those that are drawn. */
export function sampleOf({ lines }: Pick<Bundle, 'lines'>): number[] {
  return sampleBySize([...lines.sizes], sampled);
}

/** More lines than this are summarised. */
export const tellable = 60;
export const sampled = 30;

export function bundleRows(
  { x, lines, note, leading = 0, sample, units }: Bundle,
  axes: Axes,
  name: string,
  row: Row,
): Row[] {
  if (note !== undefined) return [{ ...row, part: 'note', text: note }];
  const drawn = (index: number, part: string, on = axes): Row[] => {
    const y = column(lines.matrix, lines.columns[index] ?? 0);
    const unit = units?.[lines.columns[index] ?? 0];
    const place = { ...row, part: index < leading ? 'leading' : part, ...(unit !== undefined && { unit }) };
    return lineRows(x, y, on, `${name}/${index}`, place);
  };
  if (lines.columns.length <= tellable) return lines.columns.flatMap((_, index) => drawn(index, 'line'));
  // Half the resolution is still finer than a pixel, and a third is of one faint line among many.
  const [band, faint] = [coarser(axes, 2), coarser(axes, 3)];
  const chosen = sample ?? sampleBySize([...lines.sizes], sampled);
  const leaders = Array.from({ length: leading }, (_, index) => index);
  // What stands out is no part of the band, which would hide all that lies within it.
  const others = leading === 0 ? lines : columnLines(lines.matrix, lines.columns.slice(leading));
  return [
    ...bandRows(x, others, band, name, { ...row, part: 'range' }),
    ...middleRows(x, others, { ...row, part: 'middle' }),
    ...[...new Set([...leaders, ...chosen])].flatMap((index) => drawn(index, 'sample', index < leading ? axes : faint)),
  ];
}

/** Axes of so many times fewer pixels. */
function coarser({ x, y }: Axes, times: number): Axes {
  return { x: { ...x, length: x.length / times }, y: { ...y, length: y.length / times } };
}

/** The same lines at the first moment, behind those of another. */
export function ghostRows({ x, lines, sample, note }: Bundle, axes: Axes, row: Row): Row[] {
  if (note !== undefined) return [];
  const shown = lines.columns.length <= tellable ? lines.columns.keys() : (sample ?? sampleOf({ lines }));
  return [...shown].flatMap((index) =>
    lineRows(x, column(lines.matrix, lines.columns[index] ?? 0), axes, `start/${index}`, { ...row, part: 'start' }),
  );
}

/** Between which values the middle half of the lines is, at about a hundred points. */
function middleRows(x: Float64Array, lines: ColumnLines, row: Row): Row[] {
  const stride = Math.max(1, Math.floor(x.length / 100));
  const points = Array.from({ length: Math.ceil(x.length / stride) }, (_, index) => index * stride);
  if (points.at(-1) !== x.length - 1) points.push(x.length - 1);
  const values = new Float64Array(lines.columns.length);
  const [lower, upper] = [0.25, 0.75].map((share) => Math.round(share * (values.length - 1))) as [number, number];
  return points.map((point) => {
    valuesAt(lines, point, values);
    // What is above the lower quartile is behind it by then.
    return { ...row, x: x[point] ?? 0, y: orderStatistic(values, lower), y2: orderStatistic(values, upper, lower) };
  });
}
