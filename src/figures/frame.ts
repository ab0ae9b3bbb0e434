/** A Vega-Lite specification around the layers of a picture: panels, their titles, and a key to the colours. */
import type { FigureOptions } from '../steps/figure.js';
import type { Specification } from './drawing.js';
import { type KeyShape, keyShapes } from './key-shapes.js';
import { lone, unseen } from './line-names.js';
import type { Layout, Row } from './panels.js';
import { textWidth } from './text-width.js';
import { colour, figureWidths, fontSizes } from './theme.js';
import { count, inDrawing, say, someOf } from './words.js';

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

const gaps = { row: 14, column: 18 };
/** What a vertical axis with its title takes, and what stands beyond the end of the other: its last label, half a dot. */
const axisRoom = 68;
/** What the names of rows take beside it. */
const headingRoom = 24;

/** On a narrow screen so many panels are as high as they would be otherwise; more of them are lower, in pixels. */
const mostTall = 4;
const lowHeight = 120;

/** The size of each of the panels: what the author says, or what fills the text's width. */
export function panelSize(
  options: FigureOptions,
  { rows, columns, wrapped, narrow }: Pick<Layout<unknown>, 'rows' | 'columns' | 'wrapped' | 'narrow'>,
  shape: { ratio: number; most: number },
): PanelSize {
  const across = columns.length;
  const beside = axisRoom + (rows.length > 1 && !wrapped ? headingRoom : 0);
  const room = (options.wide ? figureWidths.wide : figureWidths.text) - beside - (across - 1) * gaps.column;
  const width = options.width ?? Math.max(96, Math.floor(room / across));
  // Of many below each other as many as can be are in sight together.
  const most = narrow && rows.length > mostTall ? Math.min(shape.most, lowHeight) : shape.most;
  const height = options.height ?? Math.round(Math.min(most, Math.max(90, width * shape.ratio)));
  return { width, height };
}

/** How many panels fit side by side. */
export function acrossAtMost(options: FigureOptions, least = 150): number {
  const room = (options.wide ? figureWidths.wide : figureWidths.text) - axisRoom;
  const each = options.width ?? least;
  return Math.max(1, Math.floor((room + gaps.column) / (each + gaps.column)));
}

/** A layer that draws the rows whose `part` is this one. */
export interface Layer {
  readonly part: string;
  readonly specification: Specification;
}

export function layer(part: string, mark: Specification, encoding: Specification): Layer {
  return { part, specification: { transform: [{ filter: { field: 'part', equal: part } }], mark, encoding } };
}

/** A text with a rim of paper behind it, so that it can be read over the lines and dots of its panel. */
export function rimmedText(part: string, mark: Specification, encoding: Specification): Layer[] {
  const rim = { stroke: colour('paper'), strokeWidth: 3, strokeJoin: 'round' };
  const paper = { value: colour('paper') };
  return [layer(part, { ...mark, ...rim }, { ...encoding, color: paper }), layer(part, mark, encoding)];
}

/** A line has a layer of dots beside it. */
function lonely({ part, specification }: Layer): Layer[] {
  const { mark, encoding } = specification as { readonly mark: Specification; readonly encoding: Specification };
  if (mark['type'] !== 'line') return [];
  const { x, y, color, tooltip } = encoding;
  const isUnseen = { test: { field: 'line', equal: unseen }, value: 0 };
  return [
    layer(
      lone(part),
      { type: 'point', filled: true, size: 18, ...(mark['color'] !== undefined && { color: mark['color'] }) },
      {
        ...{ x, y, opacity: { condition: isUnseen, value: mark['strokeOpacity'] ?? 1 } },
        ...(color !== undefined && { color }),
        ...(tooltip !== undefined && { tooltip }),
      },
    ),
  ];
}

/** Without what leaves the axes; text may stand beside them. */
function clipped({ part, specification }: Layer): Layer {
  const { mark } = specification as { readonly mark: Specification };
  return mark['type'] === 'text'
    ? { part, specification }
    : { part, specification: { ...specification, mark: { ...mark, clip: true } } };
}

export interface KeyEntry {
  readonly label: string;
  readonly colour: string;
  readonly shape: KeyShape;
  /** 1 unless it says otherwise. */
  readonly opacity?: number;
  /** The rows that it tells of: where figures move, its entry hides them. */
  readonly part?: string;
}

/** How far a key stands from a panel over whose corner there is a note. */
const overNote = 24;

/** A layer without marks whose legend tells what the colours and shapes of the others mean. */
function keyLayer(
  entries: readonly KeyEntry[],
  { room, narrow, offset }: { readonly room: number; readonly narrow: boolean; readonly offset?: number | undefined },
): Layer {
  const labels = entries.map(({ label }) => inDrawing(label));
  // What is too long for a narrow screen takes several lines.
  const domain = narrow ? labels.map((label) => brokenText(label, room - keyRoom).join('\n')) : labels;
  const faint = entries.some(({ opacity }) => opacity !== undefined);
  const legend = {
    title: null,
    ...(offset !== undefined && { offset }),
    columns: keyColumns(domain, room),
    ...(domain.some((label) => label.includes('\n')) && { labelExpr: "split(datum.label, '\\n')" }),
    columnPadding: 16,
    rowPadding: 3,
    labelOffset: 8,
    symbolSize: 70,
    ...(!faint && { symbolOpacity: 1 }),
    symbolStrokeWidth: 0,
    values: domain,
  };
  const ofKey = (range: readonly (string | number)[]): Specification => ({
    field: 'key',
    type: 'nominal',
    // Without its type that of opacities would lie between the first and the last of them.
    scale: { type: 'ordinal', domain, range },
    legend,
  });
  return layer(
    'key',
    { type: 'point', filled: true },
    {
      color: ofKey(entries.map((entry) => entry.colour)),
      shape: ofKey(entries.map(({ shape }) => keyShapes[shape])),
      // Vega-Lite warns of an opacity of what has no order.
      ...(faint && { opacity: { ...ofKey(entries.map(({ opacity = 1 }) => opacity)), type: 'ordinal' } }),
    },
  );
}

/** What an entry takes besides its label. */
const keyRoom = 40;

/** As many columns as fit, each as wide as its widest label. */
function keyColumns(labels: readonly string[], room: number): number {
  for (let columns = labels.length; columns > 1; columns -= 1) {
    const widths = Array.from({ length: columns }, (_, column) =>
      Math.max(
        ...labels
          .filter((_, index) => index % columns === column)
          .flatMap((label) => label.split('\n').map((line) => textWidth(line, fontSizes.label))),
      ),
    );
    if (widths.reduce((sum, width) => sum + width + keyRoom, 0) <= room) return columns;
  }
  return 1;
}

/** Everything the panels share: their rows carry `row` and `column`. */
export interface Framed {
  readonly layout: Layout<unknown>;
  readonly size: PanelSize;
  readonly rows: readonly Row[];
  /** Those without a row are left out: Vega would warn of scales without a domain. Notes need none. */
  readonly layers: readonly Layer[];
  /** The parts that a panel is there for; one with none of them, and no note of its own, says `otherwise`. */
  readonly content: { readonly parts: readonly string[]; readonly otherwise: string };
  readonly key?: readonly KeyEntry[];
  readonly titles: Titles;
  /** Whether what leaves the axes is cut off. */
  readonly clip?: boolean;
  /** In pixels, what stands beside every panel: it is part of the way from one to the next. */
  readonly beside?: number;
}

/** Of the axes. */
export interface Titles {
  readonly x: string;
  readonly y: string;
  /** Of what a shade tells. */
  readonly value?: string;
}

/** The titles that the axes of single panels say themselves: the others are said once for all. */
export function ownTitles(layout: Layout<unknown>, titles: Titles): { x: string | null; y: string | null } {
  if (layout.narrow) return { x: titles.x, y: titles.y };
  return { x: layout.columns.length > 1 ? null : titles.x, y: layout.rows.length > 1 ? null : titles.y };
}

/** Rows have the types that they are to have: Vega-Lite would copy each of them to convert it. */
const format = { parse: { part: null, x: null } };

export function frame({
  layout,
  size,
  rows: given,
  layers,
  content,
  key: entries = [],
  titles,
  beside = 0,
  clip = false,
}: Framed): Specification {
  const rows = [...given, ...emptyRows(layout, given, content)].map((row) => legible(row, size));
  const key = [...entries, ...endingKey(layout, given)];
  const [down, across] = [layout.rows.length, layout.columns.length];
  const room = across * (size.width + gaps.column);
  const parts = new Set(rows.map(({ part }) => part));
  const own = layers.flatMap((one) => [one, ...lonely(one)]);
  const drawn = [...(clip ? own.map(clipped) : own), ...noteLayers].filter(
    // What moves may have its rows at another moment.
    ({ part }) => layout.moving || parts.has(part),
  );
  // Of several panels the titles stand between.
  const offset = layout.panels.length === 1 && parts.has('above') ? overNote : undefined;
  const all = [
    ...drawn,
    ...(key.length > 0 && !layout.moving ? [keyLayer(key, { room, narrow: layout.narrow, offset })] : []),
  ].map(({ specification }) => specification);
  // What x and y are called, wherever their axes say it: for the page, which writes the key of what moves itself.
  const usermeta = { titles, ...(layout.moving && { parts: drawn.map(({ part }) => part), key }) };
  if (layout.panels.length === 1) {
    const title = layout.panels[0]?.title ?? '';
    return { usermeta, data: { values: rows, format }, ...size, layer: all, ...(title !== '' && { title }) };
  }
  const { wrapped: isWrapped } = layout;
  // Several rows share one title beside them, several columns one below them.
  const facet = {
    ...((down > 1 || isWrapped) && {
      row: header('row', layout.rows, isWrapped, down > 1 && !layout.narrow ? titles.y : null),
    }),
    ...((across > 1 || isWrapped) && { column: header('column', layout.columns, isWrapped, null) }),
  };
  return {
    usermeta,
    data: { values: [...rows, ...(isWrapped ? titleRows(layout) : [])], format },
    facet,
    spacing: isWrapped ? { ...gaps, row: gaps.row + 18 } : gaps,
    spec: { ...size, layer: [...all, ...(isWrapped ? [titleLayer.specification] : [])] },
    ...(layout.narrow && { resolve: { axis: { x: 'independent', y: 'independent' } } }),
    ...(across > 1 && {
      title: {
        ...{ text: titles.x, orient: 'bottom', anchor: 'start', align: 'center', fontWeight: 400, offset: 8 },
        // From the panels' left edge, not from that of what stands beside them.
        frame: 'group',
        dx: (room - gaps.column + (across - 1) * beside) / 2,
      },
    }),
  };
}

/** So many runs that diverged are named. */
const mostEndings = 4;

/** Where runs ended, as far as no panel says it. */
function endingKey({ endings, language }: Layout<unknown>, rows: readonly Row[]): KeyEntry[] {
  const notes = rows.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  const unsaid = endings.filter(({ said }) => !notes.some((note) => note.includes(said)));
  const labels = someOf(
    unsaid.map(({ label }) => label),
    mostEndings,
    (left) => say(language.words.drawings.key.moreDiverged, { count: count(left) }),
  );
  return labels.map((label): KeyEntry => ({ label, colour: colour('ink'), shape: 'cross' }));
}

function header(
  field: 'row' | 'column',
  names: readonly string[],
  wrapped: boolean,
  title: string | null,
): Specification {
  const labels = wrapped
    ? { labels: false, labelPadding: 0 }
    : { labelAnchor: field === 'row' ? 'middle' : 'start', labelExpr: `${JSON.stringify(names)}[datum.value]` };
  return { field, type: 'ordinal', header: { title, titleFontWeight: 400, titlePadding: 4, ...labels } };
}

const titleLayer = layer(
  'panel-title',
  {
    type: 'text',
    align: 'left',
    baseline: 'bottom',
    color: colour('ink'),
    fontSize: fontSizes.title,
    fontWeight: 600,
  },
  { x: { value: 0 }, y: { value: -6 }, text: { field: 'title' } },
);

function titleRows(layout: Layout<unknown>): Row[] {
  return layout.panels.map(({ row, column, title }) => ({ part: 'panel-title', row, column, title }));
}

/** A note for every panel that has nothing of what it is there for, and none that says why. */
function emptyRows({ panels }: Layout<unknown>, rows: readonly Row[], { parts, otherwise }: Framed['content']): Row[] {
  const told = new Set(['note', ...parts, ...parts.map(lone)]);
  const filled = new Set(
    rows.flatMap((one) => (told.has(String(one['part'])) ? [`${one['row']},${one['column']}`] : [])),
  );
  return panels.flatMap(({ row, column }) =>
    filled.has(`${row},${column}`) ? [] : [{ row, column, part: 'note', text: otherwise }],
  );
}

/** A row whose text can be drawn: a note has as many lines as it needs within a panel. */
function legible(row: Row, { width }: PanelSize): Row {
  const { part } = row;
  if (typeof row['text'] !== 'string') return row;
  const text = inDrawing(row['text']);
  if (part !== 'note' || textWidth(text, fontSizes.label) <= width) return { ...row, text };
  return { ...row, text: brokenText(text, width).join('\n') };
}

/** Lines that have room. */
function brokenText(text: string, width: number): string[] {
  if (textWidth(text, fontSizes.label) <= width) return [text];
  const lines: string[] = [];
  for (const piece of text.match(pieces) ?? []) {
    const longer = `${lines.at(-1) ?? ''}${piece}`;
    if (lines.length > 0 && textWidth(longer.trim(), fontSizes.label) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trim());
}

/** What a line may be broken between: words, and the letters of Chinese and Japanese with the marks that end a clause. */
const pieces = /\s*(?:[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}][、。，；：）]*|[^\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]+)/gu;

/** A note inside a panel's upper right corner. */
const noteLayers = rimmedText(
  'note',
  {
    ...{ type: 'text', align: 'right', baseline: 'top', color: colour('faint'), fontSize: fontSizes.label },
    lineBreak: '\n',
  },
  { x: { value: 'width' }, y: { value: 0 }, text: { field: 'text' } },
);

/** Notes over a panel's upper right corner, for a panel that is full: over its title too, where both have no room. */
export const aboveLayers = [aboveLayer('above', -6), aboveLayer('above-title', -21)];

function aboveLayer(part: string, y: number): Layer {
  return layer(
    part,
    { type: 'text', align: 'right', baseline: 'bottom', color: colour('faint'), fontSize: fontSizes.label },
    { x: { value: 'width' }, y: { value: y }, text: { field: 'text' } },
  );
}

/** The row of such a note. */
export function aboveRow(layout: Layout<unknown>, size: PanelSize, title: string, text: string, row: Row): Row {
  const said = layout.wrapped || layout.panels.length === 1 ? title : '';
  const both = textWidth(said, fontSizes.title, 600) + 12 + textWidth(text, fontSizes.label);
  return { ...row, part: both > size.width ? 'above-title' : 'above', text };
}
