/** The plot of one panel that moves: its size, its scales, and how its layers are drawn in it. */
import type { Axes } from '../lines.js';
import type { Row } from '../panels.js';
import { type Scale, toPixels } from '../scale.js';
import type { MovingLayer } from './layer.js';
import { type Mark, marksOf, type Places } from './marks.js';

/** The axes with the lengths of the plot's sides. */
export type Plot = Axes;

export function placesIn({ x, y }: Plot): Places {
  const up = toPixels(y);
  return { x: toPixels(x), y: (value) => y.length - up(value), lengths: { x: x.length, y: y.length } };
}

/** The rows of each part, in order. */
export function rowsByPart(rows: readonly Row[]): ReadonlyMap<unknown, readonly Row[]> {
  const parts = new Map<unknown, Row[]>();
  for (const row of rows) {
    const known = parts.get(row['part']);
    if (known === undefined) parts.set(row['part'], [row]);
    else known.push(row);
  }
  return parts;
}

/** What a layer draws of rows that `rowsByPart` has sorted. */
export function layerMarks(layer: MovingLayer, parts: ReadonlyMap<unknown, readonly Row[]>, places: Places): Mark[] {
  return marksOf(layer, parts.get(layer.part) ?? [], places);
}

/** Whether a layer is cut off at the plot's edges: single marks are left out whole where they leave it. */
export function isClipped({ mark }: MovingLayer): boolean {
  return mark === 'line' || mark === 'area';
}

/** The same plot in other sizes. */
export function resized({ x, y }: Plot, width: number, height: number): Plot {
  const of = (scale: Scale, length: number): Scale => ({ ...scale, length });
  return { x: of(x, width), y: of(y, height) };
}

/** From where to where axes go. */
export interface Domains {
  readonly x?: readonly [number, number];
  readonly y?: readonly [number, number];
}

/** The same plot with other axes. */
export function withDomains(plot: Plot, { x = plot.x.domain, y = plot.y.domain }: Domains): Plot {
  return { x: { ...plot.x, domain: x }, y: { ...plot.y, domain: y } };
}
