/** Blocks beside each other, and figures and tables of several parts: `::: {#fig-both layout-ncol=2}`. */
import type { Element, ElementContent } from 'hast';
import type { RootContent } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Attributes, Container } from '../../source/report.js';
import { element, text } from '../hast.js';
import { isPanelLabel, type LabelKind } from '../../shared/label-kinds.js';
import { labelElement, labelText } from '../labels.js';
import { percentClass } from '../percent-width.js';
import { inlineOf } from './inline.js';
import { withNumbers } from './reference.js';
import { writerOf } from './writer.js';

/** Whether a block is such a one. */
export function isPanel({ attributes: { id = '', values } }: Container): boolean {
  return isPanelLabel(id) || Object.keys(values).some((name) => name.startsWith('layout'));
}

export function panel(state: State, node: Container): Element {
  const { attributes, caption, children } = node;
  const { id, classes, values } = attributes;
  const writer = writerOf(state);
  const inside = beside(state, children, attributes);
  const label = id === undefined ? undefined : writer.context.labels.get(id);
  if (id === undefined || label === undefined) return inside;
  const said = values[`${label.kind}-cap`];
  const words = said === undefined ? inlineOf(state, caption) : [text(withNumbers(said, node, writer))];
  const figcaption = element('figcaption', {}, [
    labelElement(id, labelText(label, writer.context)),
    text(' '),
    ...words,
  ]);
  const isAbove = label.kind !== 'fig';
  const looks: Partial<Record<LabelKind, string[]>> = { tbl: ['table'], lst: ['listing', 'numbered'] };
  const className = ['panel', ...(looks[label.kind] ?? []), ...(classes.includes('wide') ? ['wide'] : [])];
  return element('figure', { className, id }, isAbove ? [figcaption, inside] : [inside, figcaption]);
}

/** Pandoc's columns: `:::: columns` around `::: {.column width="40%"}`. */
export function columns(state: State, { children }: Container): Element {
  const count = children.filter(({ type }) => type === 'container').length;
  const cells = children.flatMap((child): ElementContent[] => {
    if (child.type !== 'container') return state.all({ type: 'root', children: [child] });
    const width = Number(/^(\d{1,3}(?:\.\d+)?)%$/.exec(child.attributes.values['width'] ?? '')?.[1] ?? 100 / count);
    const inside = state.wrap(state.all({ type: 'root', children: child.children }), true);
    return [element('div', { className: ['cell', percentClass(width)] }, inside)];
  });
  return element('div', { className: ['beside'] }, state.wrap(cells, true));
}

/** Each block with its share of the width, row by row. */
function beside(state: State, children: readonly RootContent[], attributes: Attributes): Element {
  const shares = sharesOf(attributes, children.length);
  const cells: ElementContent[] = [];
  let left = [...children];
  for (let cell = 0; left.length > 0; cell += 1) {
    const share = shares[cell % shares.length] ?? 100;
    const className = ['cell', percentClass(Math.abs(share))];
    // A share below nothing is a gap.
    if (share < 0) cells.push(element('div', { className }));
    else {
      cells.push(element('div', { className }, state.all({ type: 'root', children: left.slice(0, 1) })));
      left = left.slice(1);
    }
  }
  return element('div', { className: ['beside'] }, state.wrap(cells, true));
}

const mostColumns = 12;

/** Of the cells of a layout in their order, how many percent of the width each has; from the first on again after the last. */
function sharesOf({ values }: Attributes, count: number): number[] {
  const equal = (columns: number): number[] => {
    const used = Math.min(mostColumns, Math.max(1, columns));
    return Array.from({ length: used }, () => Math.floor(100 / used));
  };
  const columns = Number(values['layout-ncol']);
  if (Number.isInteger(columns)) return equal(columns);
  const rows = Number(values['layout-nrow']);
  if (Number.isInteger(rows) && rows > 0) return equal(Math.ceil(count / rows));
  return rowsOf(values['layout'] ?? '').flatMap((row) => {
    const whole = row.reduce((sum, share) => sum + Math.abs(share), 0);
    return row.map((share) => Math.trunc((100 * share) / whole) || 100);
  });
}

/** `[[70,30],[100]]`, or the numbers of one row. */
function rowsOf(layout: string): number[][] {
  const inside = layout.replace(/^\s*\[(?=\s*\[)|\](?<=\]\s*\])\s*$/g, '');
  const rows = [...inside.matchAll(/\[([^[\]]*)\]/g)].map(([, row = '']) =>
    [...row.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number).filter((share) => share !== 0),
  );
  const filled = rows.filter((row) => row.some((share) => share > 0)).map((row) => row.slice(0, mostColumns));
  return filled.length === 0 ? [[100]] : filled;
}
