/** Reads the marks of a compiled specification: the layers of a picture with one panel, for the page to draw them again. */
import type { MovingDrawing } from '../drawing.js';
import type { Row } from '../panels.js';
import type { Scale } from '../scale.js';
import type { VegaSpecification } from '../vega-figure.js';
import { type Channel, type ChannelName, channelNames, type MovingLayer, type Test } from './layer.js';

type Plain = Readonly<Record<string, unknown>>;

/** What the page's renderer draws. */
const marks: ReadonlySet<unknown> = new Set<MovingLayer['mark']>(['symbol', 'line', 'rule', 'area', 'rect', 'text']);
const names: ReadonlySet<string> = new Set(channelNames);
/** What no drawing shows, or what the rows of our pictures have already. */
const ignored: ReadonlySet<string> = new Set([
  'tooltip',
  'description',
  'aria',
  'ariaRoleDescription',
  'defined',
  'limit',
]);

/** The name of a layer's mark in what Vega-Lite makes, or of the group with its lines. */
const layerName = /^layer_(\d+)_(?:marks|pathgroup)$/;

/** How the page draws the only panel of a compiled specification for other moments. */
export function movingDrawing(compiled: VegaSpecification): MovingDrawing {
  const { parts = [] } = compiled['usermeta'] as { readonly parts?: readonly string[] };
  const [width, height] = [Number(compiled['width']), Number(compiled['height'])];
  const scale = (name: string, length: number): Scale => {
    const found = plainList(compiled['scales']).find((one) => one['name'] === name);
    if (found === undefined) throw new Error(`a picture that moves has no scale ${name}`);
    const { type, domain, constant } = found as unknown as Scale;
    return { type, domain, length, ...(constant !== undefined && { constant }) };
  };
  return {
    axes: plainList(compiled['axes']).map((axis) => String(axis['scale'])),
    layers: readLayers(compiled, parts, { width, height }),
    plot: { x: scale('x', width), y: scale('y', height) },
  };
}

/** The rows of the specification. */
export function rowsIn(compiled: VegaSpecification): readonly Row[] {
  return plainList(compiled['data']).flatMap(({ values }) => list(values) as readonly Row[]);
}

/** `parts` are those of the layers, in order; "key" is left out. Throws for a mark or an encoding that the page cannot draw. */
function readLayers(
  compiled: VegaSpecification,
  parts: readonly string[],
  { width, height }: { readonly width: number; readonly height: number },
): MovingLayer[] {
  const styles = ((compiled['config'] ?? {}) as Plain)['style'] as Readonly<Record<string, Plain>>;
  const known: Known = { sizes: { width, height }, scales: plainList(compiled['scales']) };
  return plainList(compiled['marks']).flatMap((outer): MovingLayer[] => {
    const part = parts[Number(layerName.exec(String(outer['name']))?.[1] ?? Number.NaN)];
    if (part === undefined || part === 'key') return [];
    const inner = outer['type'] === 'group' ? plainList(outer['marks'])[0] : outer;
    const mark = inner?.['type'];
    if (inner === undefined || !marks.has(mark)) throw unreadable(part, `a mark of type ${String(mark)}`);
    const channels: Partial<Record<ChannelName, Channel>> = {};
    for (const style of plainList([...list(inner['style'])].map((name) => styles[String(name)] ?? {}))) {
      for (const [name, value] of Object.entries(style))
        if (names.has(name) && value !== null) channels[name as ChannelName] = { value: value as string | number };
    }
    const { update } = (inner['encode'] ?? {}) as { readonly update?: Plain };
    for (const [name, encoded] of Object.entries(update ?? {})) {
      if (ignored.has(name) || isUpright(name, encoded)) continue;
      if (!names.has(name)) throw unreadable(part, `"${name}"`);
      channels[name as ChannelName] = channelOf(part, name, encoded, known);
    }
    return [{ part, mark: mark as MovingLayer['mark'], channels }];
  });
}

/** The only way in which our areas lie. */
function isUpright(name: string, encoded: unknown): boolean {
  return name === 'orient' && (encoded as Plain)['value'] === 'vertical';
}

interface Known {
  readonly sizes: Readonly<Record<string, number>>;
  readonly scales: readonly Plain[];
}

function channelOf(part: string, name: string, encoded: unknown, { sizes, scales }: Known): Channel {
  if (Array.isArray(encoded)) {
    const cases = encoded as readonly Plain[];
    const last = cases.at(-1)?.['value'];
    if (typeof last !== 'string' && typeof last !== 'number') throw unreadable(part, `the last case of "${name}"`);
    return { tests: cases.slice(0, -1).map((one) => testOf(part, name, one)), value: last };
  }
  const { value, field, scale, signal, mult = 1, ...others } = encoded as Plain;
  if (Object.keys(others).length > 0) throw unreadable(part, `${Object.keys(others).join()} of "${name}"`);
  if (value !== undefined) return { value: value as string | number };
  if (typeof field === 'object' && field !== null) return { value: sizes[String((field as Plain)['group'])] ?? 0 };
  if (typeof field === 'string' && (scale === undefined || scale === 'x' || scale === 'y'))
    return { field, ...(scale !== undefined && { scale }) };
  const shades = scales.find((one) => one['name'] === scale && one['type'] === 'threshold');
  if (typeof field === 'string' && shades !== undefined)
    return { field, bounds: shades['domain'] as readonly number[], values: shades['range'] as readonly string[] };
  const size = sizes[String(signal)];
  if (size !== undefined) return { value: size * Number(mult) };
  // How Vega-Lite writes the text of a field.
  const [, text] = /^isValid\(datum\["(\w+)"\]\) \? datum\["\1"\] : ""\+datum\["\1"\]$/.exec(String(signal)) ?? [];
  if (text !== undefined) return { field: text };
  throw unreadable(part, `what "${name}" is calculated from`);
}

function testOf(part: string, name: string, { test, value }: Plain): Test {
  const [, field, equal] = /^datum\["(\w+)"\]===(.+)$/.exec(String(test)) ?? [];
  if (field === undefined || equal === undefined || (typeof value !== 'string' && typeof value !== 'number'))
    throw unreadable(part, `a test of "${name}", ${String(test)}`);
  return { field, equal: JSON.parse(equal) as string | number, value };
}

function unreadable(part: string, what: string): Error {
  return new Error(`the page cannot draw the layer "${part}" again: it has no way to draw ${what}`);
}

function plainList(value: unknown): readonly Plain[] {
  return Array.isArray(value) ? (value as readonly Plain[]) : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value];
}
