/** What `@fig-one` and `@eq-one` mean, as the source numbered them. */
import type { Element, ElementContent } from 'hast';
import type { Language } from '../languages/language.js';
import { counted, say } from '../languages/words.js';
import { type LabelKind, labelKinds } from '../shared/label-kinds.js';
import type { Directive, Label } from '../source/report.js';
import { element, htmlOf, text } from './hast.js';

export type { Label } from '../source/report.js';

/** "Figure 3"; of a section without a number, its title. */
export function labelText({ kind, number, title }: Label, { words, quotes, tag }: Language): string {
  if (number === '') return `${quotes[0]}${title}${quotes[1]}`;
  return numbered(kind, number, { words, tag });
}

/** "Figure 3". */
export function numbered(
  kind: LabelKind,
  number: string | number,
  { words, tag }: Pick<Language, 'words' | 'tag'>,
): string {
  return say(words.references.numbered, { noun: counted(words.labels[labelKinds[kind]], 1, tag), number });
}

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
