/** Many lines in one panel: all of them while they can be told apart, otherwise the range they fill and a sample. */
import { append } from '../../shared/append.js';
import { extent } from '../arrays.js';
import { axisDomain, shortNumber } from '../axis.js';
import { position } from '../channels.js';
import {
  aboveLayers,
  aboveRow,
  frame,
  type KeyEntry,
  layer,
  ownTitles,
  type PanelSize,
  type Titles,
} from '../frame.js';
import { unseen } from '../line-names.js';
import type { Axes } from '../lines.js';
import { ghost, ghostKey } from '../moving/compared.js';
import type { Layout, Row } from '../panels.js';
import type { Scale } from '../scale.js';
import type { Specification } from '../drawing.js';
import { colour, colourOf } from '../theme.js';
import type { Subject } from '../subject.js';
import { count, say, type Spoken } from '../words.js';
import { type Bundle, bundleRows, ghostRows, sampled, tellable } from './many-lines-rows.js';

/** How dark the two bands are drawn, in the panels and in the key. */
const shades = { range: 0.28, middle: 0.26 } as const;

/** Of the panel of a figure that moves: between which values it shows lines, and those of the first moment. */
export interface MovingLines {
  readonly subject: Subject;
  readonly range: readonly [number, number];
  readonly start: Bundle | undefined;
}

/** The panels of bundles; each has a vertical scale of its own, unless there is one for all. */
export function manyLines(
  layout: Layout<Bundle>,
  size: PanelSize,
  titles: Titles,
  { moving, shared }: { readonly moving?: MovingLines; readonly shared?: Omit<Scale, 'length'> } = {},
): Specification {
  const { notes } = layout.language.words.drawings;
  const bundles = layout.panels.flatMap(({ members }) => members.map(({ value }) => value));
  const domain = axisDomain(extent(...bundles.map(({ x }) => x)));
  const rows = layout.panels.flatMap(({ row, column, title, members }) => {
    const values =
      moving?.range ?? extent(...members.map(({ value }) => (value.note === undefined ? value.lines.extent : [])));
    // The labels of these axes have five digits.
    const shown = axisDomain(values, 0, 5);
    const axes: Axes = {
      x: { type: 'linear', domain, length: size.width },
      y: { ...(shared ?? { type: 'linear', domain: shown }), length: size.height },
    };
    const all = members.flatMap(({ value }, index) => {
      const place = { row, column };
      const drawn = bundleRows(value, axes, `${index}`, place);
      if (value.lines.columns.length <= tellable) return drawn;
      const note = say(notes.featuresDrawn, { count: count(value.lines.columns.length), drawn: sampled });
      return [...drawn, aboveRow(layout, size, title, note, place)];
    });
    if (moving !== undefined)
      return [...all, ...(moving.start === undefined ? [] : ghostRows(moving.start, axes, { row, column }))];
    if (shared !== undefined) return all;
    // A panel's own scale has the range of its rows, which is widened by some that draw nothing.
    const first = all.find((one) => typeof one['y'] === 'number');
    if (first === undefined || (shown[0] === values[0] && shown[1] === values[1])) return all;
    const ends = shown.map(
      (y, end): Row => ({ row, column, part: 'line', line: `${unseen}${end}`, x: first['x'] ?? 0, y }),
    );
    return [...all, ...ends];
  });
  const isOwn = moving === undefined && shared === undefined;
  if (isOwn) append(rows, unseenRows(layout, rows, domain[0]));
  const own = ownTitles(layout, titles);
  const across = { type: 'linear', domain, length: size.width } as const;
  const x = position('x', own.x, across, { tickCount: size.width < 180 ? 3 : 5 });
  const ticks = { tickCount: 4, labelExpr: shortNumber };
  const height = { length: size.height };
  const y =
    shared !== undefined
      ? position('y', own.y, { ...shared, ...height })
      : moving === undefined
        ? { field: 'y', type: 'quantitative', title: own.y, scale: { zero: false, nice: true }, axis: ticks }
        : position('y', own.y, { type: 'linear', domain: axisDomain(moving.range, 0, 5), ...height }, ticks);
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
      ...(moving === undefined ? [] : [ghost('start', { type: 'line', strokeWidth: 0.9 }, line)]),
      layer('line', { type: 'line', color: colour('c1'), strokeWidth: 0.9, strokeOpacity: 0.6 }, line),
      layer('sample', { type: 'line', color: colour('c1'), strokeWidth: 0.9, strokeOpacity: 0.45 }, line),
      ...(moving === undefined
        ? []
        : [layer('chosen', { type: 'line', color: colourOf('unit'), strokeWidth: 1.75 }, line)]),
      layer('leading', { type: 'line', color: colour('c2'), strokeWidth: 1.5 }, line),
      ...aboveLayers,
    ],
    content: { parts: ['line', 'sample', 'leading', 'range'], otherwise: notes.noNumber },
    key: [
      ...keyOf(bundles, moving !== undefined, layout.language),
      ...(moving === undefined ? [] : ghostKey(moving.subject, 'thin')),
    ],
  });
  return { ...framed, ...(isOwn && layout.panels.length > 1 && { resolve: { scale: { y: 'independent' } } }) };
}

/** What is drawn of bundles that are summarised, in words. */
export function manyLinesNote(bundles: readonly Bundle[], { words }: Spoken): string[] {
  if (bundles.every(({ lines }) => lines.columns.length <= tellable)) return [];
  return [say(words.drawings.features.summarised, { most: tellable, count: sampled })];
}

function keyOf(bundles: readonly Bundle[], moving: boolean, { words }: Spoken): KeyEntry[] {
  const { key: labels } = words.drawings;
  const leading = Math.max(0, ...bundles.map(({ leading = 0 }) => leading));
  const first: KeyEntry = { label: say(labels.first, { count: leading }), colour: colour('c2'), shape: 'line' };
  const others: KeyEntry = { label: labels.others, colour: colour('c1'), shape: 'thin' };
  const summarised = bundles.some(({ lines }) => lines.columns.length > tellable);
  if (!summarised && leading === 0)
    return moving ? [{ label: labels.oneParameter, colour: colour('c1'), shape: 'thin', part: 'line' }] : [];
  if (!summarised) return [first, others];
  return [
    {
      label: leading === 0 ? labels.rangeOfAll : labels.rangeOfOthers,
      colour: colour('band'),
      shape: 'band',
      opacity: shades.range,
    },
    {
      label: leading === 0 ? labels.middleHalf : labels.middleHalfOfOthers,
      colour: colour('c1'),
      shape: 'band',
      opacity: shades.range + shades.middle,
    },
    { label: linesLabel(bundles, labels), colour: colour('c1'), shape: 'thin' },
    ...(leading === 0 ? [] : [first]),
  ];
}

/** Of panels with few lines all are drawn. */
function linesLabel(
  bundles: readonly Bundle[],
  { someLines, sampledLines }: Spoken['words']['drawings']['key'],
): string {
  const isAll = bundles.every(({ lines, note }) => note !== undefined || lines.columns.length > tellable);
  return isAll ? say(someLines, { count: sampled }) : say(sampledLines, { most: tellable, count: sampled });
}

/** The parts that stand at pixels, not at values of a scale. */
const noteParts: ReadonlySet<unknown> = new Set(['note', 'above', 'above-title']);

/**
 * A row that draws nothing for every layer that has rows in some panels but not in this one: each panel has scales of
 * its own, and Vega warns of a scale without a number.
 */
function unseenRows({ panels }: Layout<Bundle>, rows: readonly Row[], left: number): Row[] {
  const parts = [...new Set(rows.map(({ part }) => part))].filter((part) => !noteParts.has(part));
  return panels.flatMap(({ row, column }) => {
    const own = rows.filter((one) => one['row'] === row && one['column'] === column);
    const { x = left, y = 0 } = own.find((one) => typeof one['y'] === 'number') ?? {};
    return parts
      .filter((part) => own.every((one) => one['part'] !== part))
      .map((part): Row => ({ row, column, part: part ?? null, line: unseen, x, y, y2: y }));
  });
}
