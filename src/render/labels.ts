/** What `@fig-one` and `@eq-one` mean, as the source numbered them. */
import type { Element, ElementContent } from 'hast';
import type { Directive } from '../source/report.js';
import { element, htmlOf, text } from './hast.js';

export type { Label } from '../source/report.js';

/**
 * The element id of a directive. Prefixed by what it is, unless its id already says so: an id of an author's must
 * not be able to name one of the page's own elements.
 */
export function anchorOf(directive: Pick<Directive, 'label' | 'id'>): string {
  const prefix = `${directive.label ?? 'exp'}-`;
  return directive.id.startsWith(prefix) ? directive.id : prefix + directive.id;
}

/** A label where its thing stands, as a link to itself: what is numbered can be linked to. `more` stands after the number. */
export function labelElement(anchor: string, said: string, more: readonly ElementContent[] = []): Element {
  const link = element('a', { href: `#${anchor}` }, [text(said)]);
  return element('b', { className: ['label'] }, [link, ...more, text('.')]);
}

/** The same as HTML. */
export function labelHtml(anchor: string, said: string): string {
  return htmlOf(labelElement(anchor, said));
}
