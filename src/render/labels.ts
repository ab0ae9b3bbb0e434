/** What `@fig-one` and `@eq-one` mean, as the source numbered them. */
import type { Element, ElementContent } from 'hast';
import type { Language } from '../languages/language.js';
import { counted, say } from '../languages/words.js';
import { type LabelKind, labelKinds, labelNamed, writtenReferences } from '../shared/label-kinds.js';
import type { Directive, Label } from '../source/report.js';
import { element, htmlOf, text } from './hast.js';
import { titleToText } from './math-text.js';

export type { Label } from '../source/report.js';

/** What the name of a thing depends on where it is referred to: the labels of the report, and the language of the page. */
export interface Naming {
  readonly labels: ReadonlyMap<string, Label>;
  readonly language: Language;
}

/** "Figure 3"; of a section without a number, its title. */
export function labelText(label: Label, naming: Naming): string {
  const { kind, number } = label;
  return number === '' ? numberText(label, naming) : numbered(kind, number, naming.language);
}

/** "3"; of a section without a number, its title, in which other things have their numbers. */
export function numberText({ number, title }: Label, { labels, language }: Naming): string {
  if (number !== '') return number;
  const said = title.replaceAll(writtenReferences, (written, name: string) => {
    const other = labels.get(labelNamed(name) ?? '');
    return other === undefined || other.number === '' ? written : numbered(other.kind, other.number, language);
  });
  const [open, close] = language.quotes;
  return `${open}${titleToText(said)}${close}`;
}

/** "Figure 3", or "Figures 3 and 4" of several. */
export function numbered(
  kind: LabelKind,
  number: string | number,
  { words, tag }: Pick<Language, 'words' | 'tag'>,
  count = 1,
): string {
  return say(words.references.numbered, { noun: counted(words.labels[labelKinds[kind]], count, tag), number });
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
