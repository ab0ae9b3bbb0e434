/** Many lines in one panel: all of them while they can be told apart, otherwise the range they fill and a sample. */
import { extent } from '../arrays.js';
import { frame, layer, noteLayer, ownTitles, type PanelSize, type Titles } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import type { Layout, Row } from '../panels.js';
import type { Specification } from '../drawing.js';
import { colour } from '../theme.js';
import { count } from '../words.js';

export interface Bundle {
  readonly x: Float64Array;
  readonly lines: readonly Float64Array[];
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

/** The panels of bundles; each has a vertical scale of its own. */
export function manyLines(layout: Layout<Bundle>, size: PanelSize, titles: Titles): Specification {
  const bundles = layout.panels.flatMap(({ members }) => members.map(({ value }) => value));
  const domain = extent(...bundles.map(({ x }) => x));
  const rows = layout.panels.flatMap(({ row, column, members }) => {
    const values = extent(...members.flatMap(({ value }) => value.lines));
    const axes: Axes = {
      x: { type: 'linear', domain, length: size.width },
      y: {
        type: 'linear',
        domain: values[0] === values[1] ? [values[0] - 1, values[1] + 1] : values,
        length: size.height,
      },
    };
    return members.flatMap(({ value }, index) => bundleRows(value, axes, `${index}`, { row, column }));
  });
  rows.push(...unseenRows(layout, rows));
  const own = ownTitles(layout, titles);
  const x = {
    field: 'x',
    type: 'quantitative',
    title: own.x,
    scale: { domain, nice: false },
    axis: { tickCount: size.width < 180 ? 3 : 5 },
  };
  const y = {
    field: 'y',
    type: 'quantitative',
    title: own.y,
    scale: { zero: false, nice: true },
    axis: { tickCount: 4, format: '~g' },
  };
  const line = { x, y, order: { value: null }, detail: { field: 'line' } };
  const summarised = bundles.some(({ lines }) => lines.length > tellable);
  const framed = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('range', { type: 'area', color: colour('band'), opacity: 0.28 }, { x, y, y2: { field: 'y2' } }),
      layer('middle', { type: 'area', color: colour('band'), opacity: 0.55 }, { x, y, y2: { field: 'y2' } }),
      layer(
        'line',
        { type: 'line', color: colour('c1'), strokeWidth: 0.9, strokeOpacity: summarised ? 0.4 : 0.6 },
        line,
      ),
      layer('leading', { type: 'line', color: colour('c2'), strokeWidth: 1.5 }, line),
      noteLayer,
    ],
    key: summarised
      ? [
          { label: 'range of all', colour: colour('band'), shape: 'band' },
          { label: 'middle half, darker', colour: colour('band'), shape: 'band' },
          { label: `${sampled} of the lines`, colour: colour('c1'), shape: 'thin' },
        ]
      : [],
  });
  return { ...framed, ...(layout.panels.length > 1 && { resolve: { scale: { y: 'independent' } } }) };
}

/**
 * A row that draws nothing for every layer that has rows in some panels but not in this one: each panel has scales of
 * its own, and Vega warns of a scale without a number.
 */
function unseenRows({ panels }: Layout<Bundle>, rows: readonly Row[]): Row[] {
  const parts = [...new Set(rows.map(({ part }) => part))].filter((part) => part !== 'note');
  return panels.flatMap(({ row, column }) => {
    const own = rows.filter((one) => one['row'] === row && one['column'] === column);
    const { x = 0, y = 0 } = own.find((one) => typeof one['y'] === 'number') ?? {};
    return parts
      .filter((part) => own.every((one) => one['part'] !== part))
      .map((part): Row => ({ row, column, part: part ?? null, line: 'none', x, y, y2: y }));
  });
}

function bundleRows({ x, lines, noun, note, leading = 0 }: Bundle, axes: Axes, name: string, row: Row): Row[] {
  if (note !== undefined) return [{ ...row, part: 'note', text: note }];
  const drawn = (y: Float64Array, index: number, on = axes): Row[] =>
    lineRows(x, y, on, `${name}/${index}`, { ...row, part: index < leading ? 'leading' : 'line' });
  if (lines.length <= tellable) return lines.flatMap((y, index) => drawn(y, index));
  // Of a faint sample among many, half the resolution is still finer than a pixel.
  const coarse: Axes = {
    x: { ...axes.x, length: axes.x.length / 2 },
    y: { ...axes.y, length: axes.y.length / 2 },
  };
  const rows: Row[] = [{ ...row, part: 'note', text: `${count(lines.length)} ${noun}s, ${sampled} drawn` }];
  // The envelope at every point where something happens would be as many points as there are inputs; 100 show.
  const stride = Math.max(1, Math.floor(x.length / 100));
  for (let point = 0; point < x.length; point += stride) {
    const values = Float64Array.from(lines, (y) => y[point] ?? 0).sort();
    const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0;
    const where = { ...row, x: x[point] ?? 0 };
    rows.push(
      { ...where, part: 'range', y: at(0), y2: at(1) },
      { ...where, part: 'middle', y: at(0.25), y2: at(0.75) },
    );
  }
  // Evenly by size, so that the sample has the large and the small ones in their proportion.
  const norms = lines.map((y) => y.reduce((sum, value) => sum + value * value, 0));
  const bySize = norms.map((_, index) => index).sort((a, b) => (norms[b] ?? 0) - (norms[a] ?? 0) || a - b);
  const chosen = Array.from(
    { length: sampled },
    (_, index) => bySize[Math.floor((index * (bySize.length - 1)) / (sampled - 1))] ?? 0,
  );
  const leaders = Array.from({ length: leading }, (_, index) => index);
  for (const index of new Set([...leaders, ...chosen]))
    rows.push(...drawn(lines[index] ?? new Float64Array(), index, index < leading ? axes : coarse));
  return rows;
}
