/** Draws rows as Vega draws them, for the layers of a picture that move: the same code when a page is built and in the page. */
import type { Row } from '../panels.js';
import { inDrawing } from '../words.js';
import type { Channel, ChannelName, MovingLayer } from './layer.js';

/** An element of the drawing. */
export interface Mark {
  readonly tag: 'path' | 'text';
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Of a text. */
  readonly lines?: readonly string[];
}

/** From values to pixels. */
export interface Places {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Of the plot. */
  readonly lengths: { readonly x: number; readonly y: number };
}

type Read = (name: ChannelName, row: Row) => string | number | undefined;

/** The marks of one layer; alike ones are one path. `rows` are those of its part. */
export function marksOf({ mark, channels }: MovingLayer, rows: readonly Row[], places: Places): Mark[] {
  // A line is cut off where it leaves the plot; single marks that leave it are left out whole.
  const read = readIn(channels, mark === 'line' || mark === 'area' ? places : within(places));
  switch (mark) {
    case 'line':
      return merged(pieces(rows), read, (piece) => linePath(piece, read));
    case 'area':
      return merged(pieces(rows), read, (piece) => areaPath(piece, read));
    case 'rule':
      return merged(
        rows.map((row) => [row]),
        read,
        ([row]) => (row === undefined ? '' : rulePath(row, read)),
      );
    case 'rect':
      return merged(
        rows.map((row) => [row]),
        read,
        ([row]) => (row === undefined ? '' : rectPath(row, read)),
      );
    case 'symbol':
      return symbols(rows, read);
    case 'text':
      return rows
        .map((row) => text(row, read))
        .filter(({ attributes: { x, y } }) => !Number.isNaN(x) && !Number.isNaN(y));
  }
}

function within({ x, y, lengths }: Places): Places {
  const seen =
    (place: (value: number) => number, length: number) =>
    (value: number): number => {
      const pixel = place(value);
      return pixel >= -1 && pixel <= length + 1 ? pixel : Number.NaN;
    };
  return { x: seen(x, lengths.x), y: seen(y, lengths.y), lengths };
}

function readIn(channels: MovingLayer['channels'], places: Places): Read {
  const readers = new Map<ChannelName, (row: Row) => string | number | undefined>();
  for (const [name, channel] of Object.entries(channels)) readers.set(name as ChannelName, readerOf(channel, places));
  return (name, row) => readers.get(name)?.(row);
}

function readerOf(channel: Channel, places: Places): (row: Row) => string | number | undefined {
  if ('tests' in channel) {
    const { tests, value } = channel;
    return (row) => tests.find(({ field, equal }) => row[field] === equal)?.value ?? value;
  }
  if ('value' in channel) {
    const value = typeof channel.value === 'object' ? channel.value.join(',') : channel.value;
    return () => value;
  }
  const { field } = channel;
  if ('bounds' in channel) {
    const { bounds, values } = channel;
    return (row) => values[bounds.filter((bound) => Number(row[field]) >= bound).length];
  }
  const { scale } = channel;
  if (scale !== undefined) {
    const place = places[scale];
    return (row) => place(Number(row[field]));
  }
  return (row) => {
    const value = row[field];
    return typeof value === 'boolean' ? undefined : (value ?? undefined);
  };
}

/** The rows of each unbroken line; they follow each other. */
function pieces(rows: readonly Row[]): Row[][] {
  const found: Row[][] = [];
  let line: unknown;
  for (const row of rows) {
    if (found.length === 0 || row['line'] !== line) found.push([]);
    line = row['line'];
    found.at(-1)?.push(row);
  }
  return found;
}

/** One path for all that have the same style, in the order in which the styles come. */
function merged(all: readonly (readonly Row[])[], read: Read, path: (rows: readonly Row[]) => string): Mark[] {
  const paths = new Map<string, { readonly attributes: Record<string, string | number>; d: string }>();
  for (const rows of all) {
    const [row] = rows;
    if (row === undefined) continue;
    const attributes = styleOf(row, read);
    const key = JSON.stringify(attributes);
    const known = paths.get(key) ?? { attributes, d: '' };
    paths.set(key, known);
    known.d += path(rows);
  }
  return Array.from(paths.values()).flatMap(({ attributes, d }) =>
    d === '' ? [] : [{ tag: 'path', attributes: { ...attributes, d } }],
  );
}

const styles = [
  ...([
    ['fill', 'fill'],
    ['stroke', 'stroke'],
    ['opacity', 'opacity'],
    ['fillOpacity', 'fill-opacity'],
    ['strokeOpacity', 'stroke-opacity'],
    ['strokeWidth', 'stroke-width'],
    ['strokeDash', 'stroke-dasharray'],
    ['strokeJoin', 'stroke-linejoin'],
    ['strokeCap', 'stroke-linecap'],
  ] as const),
] as const;

function styleOf(row: Row, read: Read): Record<string, string | number> {
  const attributes: Record<string, string | number> = {};
  for (const [channel, name] of styles) {
    const value = read(channel, row);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const hundredth = (value: number): number => Math.round(value * 100) / 100;
const at = (name: 'x' | 'y' | 'x2' | 'y2', row: Row, read: Read): number | undefined => {
  const value = read(name, row);
  return value === undefined ? undefined : tenth(Number(value));
};

function linePath(rows: readonly Row[], read: Read): string {
  let path = '';
  for (const row of rows) path += `${path === '' ? 'M' : 'L'}${at('x', row, read)},${at('y', row, read)}`;
  return path;
}

/** Up to the values, and back along their other ends. */
function areaPath(rows: readonly Row[], read: Read): string {
  const back = rows.toReversed().map((row) => `L${at('x', row, read)},${at('y2', row, read)}`);
  return `${linePath(rows, read)}${back.join('')}Z`;
}

/** Vega draws a rule without second places as a point there. */
function rulePath(row: Row, read: Read): string {
  const [x = 0, y = 0] = [at('x', row, read), at('y', row, read)];
  if (Number.isNaN(x) || Number.isNaN(y)) return '';
  return `M${x},${y}L${at('x2', row, read) ?? x},${at('y2', row, read) ?? y}`;
}

function rectPath(row: Row, read: Read): string {
  const [x, x2, y, y2] = [at('x', row, read), at('x2', row, read), at('y', row, read), at('y2', row, read)];
  return [x, x2, y, y2].some(Number.isNaN) ? '' : `M${x},${y}L${x2},${y}L${x2},${y2}L${x},${y2}Z`;
}

/** Dots of one size and colour are a path whose stroke has round ends; others stand each for itself. */
function symbols(rows: readonly Row[], read: Read): Mark[] {
  const dots = new Map<string, { readonly attributes: Record<string, string | number>; d: string }>();
  const single: Mark[] = [];
  for (const row of rows) {
    const style = styleOf(row, read);
    const [x, y] = [at('x', row, read), at('y', row, read)];
    const size = Math.sqrt(Number(read('size', row) ?? 30));
    const shape = read('shape', row) ?? 'circle';
    if (x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y)) continue;
    if (shape === 'circle' && (style['stroke'] ?? 'transparent') === 'transparent') {
      const { fill, 'fill-opacity': opacity, ...others } = style;
      const attributes = {
        ...others,
        ...(opacity !== undefined && { 'stroke-opacity': opacity }),
        ...{ stroke: fill ?? 'none', 'stroke-width': hundredth(size), 'stroke-linecap': 'round' },
      };
      const key = JSON.stringify(attributes);
      const known = dots.get(key) ?? { attributes, d: '' };
      dots.set(key, known);
      known.d += `M${x},${y}h0`;
      continue;
    }
    const r = hundredth(size / 2);
    const d =
      shape === 'circle'
        ? `M${hundredth(x - r)},${y}a${r},${r},0,1,1,${hundredth(2 * r)},0a${r},${r},0,1,1,${hundredth(-2 * r)},0`
        : shapePath(String(shape), x, y, size / 2);
    single.push({ tag: 'path', attributes: { ...style, d } });
  }
  return [
    ...Array.from(dots.values(), ({ attributes, d }): Mark => ({ tag: 'path', attributes: { ...attributes, d } })),
    ...single,
  ];
}

/** A path of absolute moves and lines in a square from -1 to 1. */
function shapePath(shape: string, x: number, y: number, scale: number): string {
  let index = 0;
  return shape.replaceAll(/-?[\d.]+/g, (number) => {
    const middle = index % 2 === 0 ? x : y;
    index += 1;
    return String(hundredth(middle + scale * Number(number)));
  });
}

const anchors: Readonly<Record<string, string>> = { left: 'start', center: 'middle', right: 'end' };
/** Of the size of the letters, how far a baseline is below the place of the text (Vega's own measures). */
const baselines: Readonly<Record<string, number>> = { top: 0.79, middle: 0.3, bottom: -0.21 };

function text(row: Row, read: Read): Mark {
  const size = Number(read('fontSize', row) ?? 11);
  const below = Math.round((baselines[String(read('baseline', row))] ?? 0) * size);
  const x = tenth(Number(read('x', row) ?? 0) + Number(read('dx', row) ?? 0));
  const y = tenth(Number(read('y', row) ?? 0) + Number(read('dy', row) ?? 0) + below);
  const weight = read('fontWeight', row);
  const anchor = anchors[String(read('align', row) ?? 'left')];
  return {
    tag: 'text',
    attributes: {
      ...styleOf(row, read),
      ...{ x, y, 'font-size': `${size}px` },
      ...(weight !== undefined && { 'font-weight': weight }),
      ...(anchor !== undefined && anchor !== 'start' && { 'text-anchor': anchor }),
    },
    lines: inDrawing(String(read('text', row) ?? '')).split(String(read('lineBreak', row) ?? '\n')),
  };
}
