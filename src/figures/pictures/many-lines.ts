/** Many lines in one panel: all of them while they can be told apart, otherwise the range they fill and a sample. */
import { append } from '../../shared/append.js';
import { column, extent } from '../arrays.js';
import { axisDomain, shortNumber } from '../axis.js';
import { position } from '../channels.js';
import { type ColumnLines, valuesAt } from '../column-lines.js';
import {
  aboveLayers,
  aboveRow,
  frame,
  type KeyEntry,
  layer,
  ownTitles,
  type PanelSize,
  type Titles,
  unseen,
} from '../frame.js';
import { type Axes, bandRows, lineRows } from '../lines.js';
import { orderStatistic } from '../order-statistic.js';
import type { Layout, Row } from '../panels.js';
import { sampleBySize } from '../sample-by-size.js';
import type { Specification } from '../drawing.js';
import { colour } from '../theme.js';
import { count } from '../words.js';

export interface Bundle {
  readonly x: Float64Array;
  readonly lines: ColumnLines;
  /** What a line is: "feature". */
  readonly noun: string;
  /** Said in the panel instead, when there is nothing to draw. */
  readonly note?: string;
  /** How many lines, from the first, stand out from the others. */
  readonly leading?: number;
}

/** More lines than this are summarised. */
const tellable = 60;
const sampled = 40;

/** How dark the two bands are drawn, in the panels and in the key. */
const shades = { range: 0.4, middle: 0.3 } as const;

/** The panels of bundles; each has a vertical scale of its own. */
export function manyLines(layout: Layout<Bundle>, size: PanelSize, titles: Titles): Specification {
  const bundles = layout.panels.flatMap(({ members }) => members.map(({ value }) => value));
  const domain = axisDomain(extent(...bundles.map(({ x }) => x)));
  const rows = layout.panels.flatMap(({ row, column, title, members }) => {
    const values = extent(...members.map(({ value }) => (value.note === undefined ? value.lines.extent : [])));
    // The labels of these axes have five digits.
    const shown = axisDomain(values, 0, 5);
    const axes: Axes = {
      x: { type: 'linear', domain, length: size.width },
      y: { type: 'linear', domain: shown, length: size.height },
    };
    const all = members.flatMap(({ value }, index) => {
      const place = { row, column };
      const drawn = bundleRows(value, axes, `${index}`, place);
      if (value.lines.columns.length <= tellable) return drawn;
      const note = `${count(value.lines.columns.length)} ${value.noun}s, ${sampled} drawn`;
      return [...drawn, aboveRow(layout, size, title, note, place)];
    });
    // A panel's own scale has the range of its rows, which is widened by some that draw nothing.
    const first = all.find((one) => typeof one['y'] === 'number');
    if (first === undefined || (shown[0] === values[0] && shown[1] === values[1])) return all;
    const ends = shown.map(
      (y, end): Row => ({ row, column, part: 'line', line: `${unseen}${end}`, x: first['x'] ?? 0, y }),
    );
    return [...all, ...ends];
  });
  append(rows, unseenRows(layout, rows, domain[0]));
  const own = ownTitles(layout, titles);
  const across = { type: 'linear', domain, length: size.width } as const;
  const x = position('x', own.x, across, { tickCount: size.width < 180 ? 3 : 5 });
  const y = {
    field: 'y',
    type: 'quantitative',
    title: own.y,
    scale: { zero: false, nice: true },
    axis: { tickCount: 4, labelExpr: shortNumber },
  };
  const line = { x, y, order: { value: null }, detail: { field: 'line' } };
  const framed = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer(
        'range',
        { type: 'area', color: colour('band'), opacity: shades.range },
        { x, y, y2: { field: 'y2' }, detail: { field: 'line' } },
      ),
      layer('middle', { type: 'area', color: colour('c1'), opacity: shades.middle }, { x, y, y2: { field: 'y2' } }),
      layer('line', { type: 'line', color: colour('c1'), strokeWidth: 0.9, strokeOpacity: 0.6 }, line),
      layer('sample', { type: 'line', color: colour('c1'), strokeWidth: 0.9, strokeOpacity: 0.45 }, line),
      layer('leading', { type: 'line', color: colour('c2'), strokeWidth: 1.5 }, line),
      ...aboveLayers,
    ],
    content: { parts: ['line', 'sample', 'leading', 'range'], otherwise: 'no number that is finite' },
    key: keyOf(bundles),
  });
  return { ...framed, ...(layout.panels.length > 1 && { resolve: { scale: { y: 'independent' } } }) };
}

/** What is drawn of bundles that are summarised, in words. */
export function manyLinesNote(bundles: readonly Bundle[]): string[] {
  if (bundles.every(({ lines }) => lines.columns.length <= tellable)) return [];
  return [
    `of more than ${tellable} lines in a panel the range that all of them fill is drawn, that of the middle half, and ${sampled} lines, evenly from the largest to the smallest`,
  ];
}

function keyOf(bundles: readonly Bundle[]): KeyEntry[] {
  const leading = Math.max(0, ...bundles.map(({ leading = 0 }) => leading));
  const first: KeyEntry = { label: `the first ${leading}`, colour: colour('c2'), shape: 'line' };
  const others: KeyEntry = { label: 'the others', colour: colour('c1'), shape: 'thin' };
  const summarised = bundles.some(({ lines }) => lines.columns.length > tellable);
  if (!summarised) return leading === 0 ? [] : [first, others];
  return [
    { label: 'range of all', colour: colour('band'), shape: 'band', opacity: shades.range },
    { label: 'middle half of all', colour: colour('c1'), shape: 'band', opacity: shades.range + shades.middle },
    { label: `${sampled} of the lines`, colour: colour('c1'), shape: 'thin' },
    ...(leading === 0 ? [] : [first]),
  ];
}

/** The parts that stand at pixels, not at values of a scale. */
const notes: ReadonlySet<unknown> = new Set(['note', 'above', 'above-title']);

/**
 * A row that draws nothing for every layer that has rows in some panels but not in this one: each panel has scales of
 * its own, and Vega warns of a scale without a number.
 */
function unseenRows({ panels }: Layout<Bundle>, rows: readonly Row[], left: number): Row[] {
  const parts = [...new Set(rows.map(({ part }) => part))].filter((part) => !notes.has(part));
  return panels.flatMap(({ row, column }) => {
    const own = rows.filter((one) => one['row'] === row && one['column'] === column);
    const { x = left, y = 0 } = own.find((one) => typeof one['y'] === 'number') ?? {};
    return parts
      .filter((part) => own.every((one) => one['part'] !== part))
      .map((part): Row => ({ row, column, part: part ?? null, line: unseen, x, y, y2: y }));
  });
}

function bundleRows({ x, lines, note, leading = 0 }: Bundle, axes: Axes, name: string, row: Row): Row[] {
  if (note !== undefined) return [{ ...row, part: 'note', text: note }];
  const drawn = (index: number, part: string, on = axes): Row[] => {
    const y = column(lines.matrix, lines.columns[index] ?? 0);
    return lineRows(x, y, on, `${name}/${index}`, { ...row, part: index < leading ? 'leading' : part });
  };
  if (lines.columns.length <= tellable) return lines.columns.flatMap((_, index) => drawn(index, 'line'));
  // Of a faint sample among many, half the resolution is still finer than a pixel.
  const coarse: Axes = {
    x: { ...axes.x, length: axes.x.length / 2 },
    y: { ...axes.y, length: axes.y.length / 2 },
  };
  const chosen = sampleBySize([...lines.sizes], sampled);
  const leaders = Array.from({ length: leading }, (_, index) => index);
  return [
    ...bandRows(x, lines, coarse, name, { ...row, part: 'range' }),
    ...middleRows(x, lines, { ...row, part: 'middle' }),
    ...[...new Set([...leaders, ...chosen])].flatMap((index) =>
      drawn(index, 'sample', index < leading ? axes : coarse),
    ),
  ];
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
