/** The place that a reader points at, in all panels with the same axis: a rule there, and on their lines dots with values. */
import { draws } from '../../figures/identity.js';
import { placesIn } from '../../figures/moving/plot.js';
import type { Row } from '../../figures/panels.js';
import { readable } from '../numbers.js';
import type { Pointable } from './pointable.js';
import { type Reading, readingsOf, seen } from './readings.js';

const namespace = 'http://www.w3.org/2000/svg';
const groups = new Map<Pointable, SVGGElement>();
/** Values of more lines would cover each other. */
const mostLines = 3;
/** In pixels, between the values of two lines. */
const lineHeight = 12;

export function hideCrosshair(): void {
  for (const group of groups.values()) group.remove();
  groups.clear();
}

/** `from` is the panel that is pointed at, where a ring stands around the value; a tip tells it. */
export function showCrosshair(
  from: Pointable,
  { reading, index }: { readonly reading: Reading; readonly index: number },
  all: readonly Pointable[],
): void {
  hideCrosshair();
  const value = Number(reading.rows[index]?.['x']);
  for (const panel of all) {
    const { living, told } = panel;
    if (told.titles.x !== from.told.titles.x || (panel !== from && !isInView(panel.stage))) continue;
    const x = placesIn(living.plot).x(value);
    if (!(x >= -1 && x <= living.plot.x.length + 1)) continue;
    const group = document.createElementNS(namespace, 'g');
    group.setAttribute('pointer-events', 'none');
    groups.set(panel, group);
    living.frame.parentNode?.append(group);
    const { length } = living.plot.y;
    add(group, 'path', { d: `M${x.toFixed(1)},0V${length}`, stroke: 'var(--figure-ink)', 'stroke-opacity': '0.35' });
    const isCell = reading.rows[0]?.['part'] === 'cell';
    // Both axes of a kernel are the inputs: the place is a column of it and a row.
    const isOverPairs = told.titles.y.includes('′');
    if (isCell || isOverPairs) slice(group, panel, isCell ? Number(reading.rows[index]?.['y']) : value);
    if (panel === from) {
      const ring = { cx: x, cy: reading.y[index] ?? 0, r: 5, stroke: 'var(--figure-ink)', 'stroke-width': 1.5 };
      add(group, 'circle', ring);
      continue;
    }
    let above = Number.NEGATIVE_INFINITY;
    for (const { y, said } of valuesAt(panel, x)) {
      add(group, 'circle', { cx: x, cy: y, r: 3, fill: 'var(--figure-ink)' });
      const isRight = x > living.plot.x.length - 48;
      above = Math.max(y + 4, above + lineHeight);
      const text = add(group, 'text', { x: x + (isRight ? -6 : 6), y: above, 'font-size': '11px' });
      const look = { fill: 'var(--figure-ink)', stroke: 'var(--figure-paper)', 'stroke-width': 3 };
      for (const [name, one] of Object.entries({ ...look, 'paint-order': 'stroke' })) text.setAttribute(name, `${one}`);
      if (isRight) text.setAttribute('text-anchor', 'end');
      text.textContent = said;
    }
  }
}

/** Of a heat map the values of the row of cells at this height, as a line that rises above that row. */
function slice(group: SVGGElement, panel: Pointable, at: number): void {
  const lines = readingsOf(panel).filter(({ rows }) => rows[0]?.['part'] === 'cell');
  const from = ({ rows }: Reading): number => Math.abs(Number(rows[0]?.['y']) - at);
  const [first, ...others] = lines;
  if (first === undefined) return;
  const own = others.reduce((best, one) => (from(one) < from(best) ? one : best), first);
  const middle = (cell: Row | undefined): number => (Number(cell?.['value']) + Number(cell?.['value2'])) / 2;
  const most = Math.max(...lines.flatMap(({ rows }) => rows.map((cell) => Math.abs(middle(cell)))));
  const [base = 0] = Array.from(own.y);
  const rise = 0.3 * panel.living.plot.y.length;
  const d = own.rows.map(
    (cell, index) => `${(own.x[index] ?? 0).toFixed(1)},${(base - (rise * middle(cell)) / most).toFixed(1)}`,
  );
  const path = { d: `M${d.join('L')}`, fill: 'none', 'stroke-linejoin': 'round' };
  add(group, 'path', { ...path, stroke: 'var(--figure-paper)', 'stroke-width': 5 });
  add(group, 'path', { ...path, stroke: 'var(--figure-c2)', 'stroke-width': 2 });
  add(group, 'path', {
    d: `M0,${base}H${panel.living.plot.x.length}`,
    stroke: 'var(--figure-ink)',
    'stroke-opacity': '0.35',
  });
}

function add(group: SVGGElement, tag: string, attributes: Readonly<Record<string, string | number>>): Element {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  group.append(element);
  return element;
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

/** Of the lines that are marked, or else of all while they are few, from the top. */
function valuesAt(panel: Pointable, x: number): { y: number; said: string }[] {
  const { moment } = panel;
  const lines = readingsOf(panel).filter(({ joined, rows }) => joined && rows[0]?.['part'] !== 'start');
  const own = lines.filter(({ rows }) => rows.some((row) => draws(row, panel.runs(), moment.marked)));
  const shown = own.length > 0 ? own : lines;
  if (shown.length > mostLines) return [];
  return shown.flatMap((line) => valueAt(panel, line, x)).sort((a, b) => a.y - b.y);
}

/** On the line as it is drawn: between two of its points along a straight line. */
function valueAt({ living }: Pointable, reading: Reading, x: number): { y: number; said: string }[] {
  const { rows } = reading;
  for (let index = 0; index + 1 < reading.x.length; index += 1) {
    const [from, to] = [reading.x[index] ?? Number.NaN, reading.x[index + 1] ?? Number.NaN];
    if (from > x + 0.01 || to < x - 0.01) continue;
    const share = to === from ? 0 : Math.min(1, Math.max(0, (x - from) / (to - from)));
    const between = (a: number, b: number): number => a + share * (b - a);
    const y = between(reading.y[index] ?? 0, reading.y[index + 1] ?? 0);
    const [a, b] = [index, index + 1].map((at) => Number(rows[at]?.['value'] ?? rows[at]?.['y'])) as [number, number];
    const isLog = living.plot.y.type === 'log' && rows[index]?.['value'] === undefined;
    const value = isLog ? a * (b / a) ** share : between(a, b);
    return seen(living, x, y) ? [{ y, said: readable(String(Number(value.toPrecision(3)))) }] : [];
  }
  return [];
}
