/** What `@fig-one` and `@tbl-one` mean: the numbered things of the whole report, each with its page and its anchor. */
import type { Directive, Report } from '../source/report.js';
import type { RenderParts } from './parts.js';

export interface Label {
  /** "Figure 3". */
  readonly text: string;
  /** Of the page, relative to the site. */
  readonly address: string;
  /** Of the element on that page. */
  readonly anchor: string;
}

/**
 * The element id of a directive. Prefixed by what it is, unless its id already says so: an id of an author's must
 * not be able to name one of the page's own elements.
 */
export function anchorOf(directive: Pick<Directive, 'kind' | 'id'>): string {
  const prefix = { figure: 'fig-', table: 'tbl-' }[directive.kind] ?? 'exp-';
  return directive.id.startsWith(prefix) ? directive.id : prefix + directive.id;
}

export function labelsOf(report: Report, parts: RenderParts): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  for (const page of report.pages) {
    for (const directive of page.directives) {
      const figure = directive.kind === 'figure' ? parts.figures.get(directive.id) : undefined;
      const table = directive.kind === 'table' ? parts.tables.get(directive.id) : undefined;
      const text =
        figure !== undefined
          ? `Figure ${figure.drawn.number}`
          : table !== undefined
            ? `Table ${table.number}`
            : undefined;
      if (text !== undefined) labels.set(directive.id, { text, address: page.address, anchor: anchorOf(directive) });
    }
  }
  return labels;
}
