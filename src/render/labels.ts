/** What `@fig-one` and `@eq-one` mean, as the source numbered them. */
import { dictionary } from '../dictionary.js';
import type { Directive } from '../source/report.js';
import { escapeHtml } from './html.js';

export type { Label } from '../source/report.js';

/**
 * The element id of a directive. Prefixed by what it is, unless its id already says so: an id of an author's must
 * not be able to name one of the page's own elements.
 */
export function anchorOf(directive: Pick<Directive, 'kind' | 'id'>): string {
  const prefix = { figure: 'fig-', table: 'tbl-' }[directive.kind] ?? 'exp-';
  return directive.id.startsWith(prefix) ? directive.id : prefix + directive.id;
}

/** A label where its thing stands, as a link to itself: what is numbered can be linked to. `more` is HTML after the number. */
export function labelHtml(anchor: string, text: string, more = ''): string {
  return `<b class="label"><a href="#${escapeHtml(anchor)}">${escapeHtml(text)}</a>${more}.</b>`;
}

const nouns = dictionary<string>({
  fig: 'figure',
  tbl: 'table',
  eq: 'equation',
  sec: 'section',
  thm: 'theorem',
  lem: 'lemma',
  cor: 'corollary',
  prp: 'proposition',
  cnj: 'conjecture',
  def: 'definition',
  exm: 'example',
  exr: 'exercise',
  rem: 'remark',
});

/** What a label is the label of, by its first letters. */
export function labelNoun(id: string): string {
  return nouns[id.slice(0, id.indexOf('-'))] ?? 'label';
}
