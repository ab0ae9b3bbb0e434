/** Footnotes: a number in the text that leads to the note, and back. */
import type { Element, ElementContent } from 'hast';
import type { FootnoteReference } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { say, type Words } from '../../languages/words.js';
import { element, text, written } from '../hast.js';
import { backArrow } from '../marks.js';
import { writerOf } from './writer.js';

export function footnoteReference(state: State, node: FootnoteReference): ElementContent {
  const writer = writerOf(state);
  const { footnotes } = writer;
  const definition = state.footnoteById.get(node.identifier.toUpperCase());
  if (definition === undefined) {
    const label = node.label ?? node.identifier;
    writer.problem(node, {
      rule: 'unknown-footnote',
      message: `there is no footnote "${label}" on this page`,
      hint: `write it in a paragraph of its own: [^${label}]: ...; for the text itself write \\[^${label}]`,
      severity: 'warning',
    });
    return text(`[^${label}]`);
  }
  const note = footnotes.get(node.identifier) ?? { number: footnotes.size + 1, definition, uses: 0 };
  footnotes.set(node.identifier, note);
  note.uses += 1;
  const { number } = note;
  const link = {
    ...{ className: ['footnote'], dataFootnoteRef: true, href: `#fn-${number}` },
    ...{ id: referenceId(number, note.uses), ariaDescribedBy: ['colophon.footnotes'] },
  };
  return element('sup', {}, [element('a', link, [text(String(number))])]);
}

function referenceId(number: number, use: number): string {
  return use === 1 ? `fnref-${number}` : `fnref-${number}-${use}`;
}

/** The notes at the end of a page, in the order in which the text refers to them. */
export function footnoteSection(state: State): Element | undefined {
  const items: ElementContent[] = [];
  // Writing a note may use further notes, which join the list.
  const { footnotes, context } = writerOf(state);
  const { blocks } = context.language.words;
  for (const { number, definition } of footnotes.values()) {
    items.push(element('li', { id: `fn-${number}` }, state.all(definition)));
  }
  if (items.length === 0) return undefined;
  // Only now is known how often each is referred to.
  for (const { number, uses } of footnotes.values()) {
    const item = items[number - 1];
    if (item?.type === 'element') leadBack(item, number, uses, blocks.backToReference);
  }
  const title = element('h2', { className: ['footnotes-title'], id: 'colophon.footnotes' }, [text(blocks.footnotes)]);
  return element('section', { className: ['footnotes'] }, [
    ...[title, text('\n'), element('ol', {}, state.wrap(items, true)), text('\n')],
  ]);
}

/** Links at the end of a note to the places in the text that refer to it. */
function leadBack({ children }: Element, number: number, uses: number, said: Words['blocks']['backToReference']): void {
  const back = Array.from({ length: uses }, (_, index): ElementContent[] => {
    const name = index === 0 ? `${number}` : `${number}-${index + 1}`;
    const properties = {
      ...{ className: ['footnote-back'], href: `#${referenceId(number, index + 1)}` },
      ariaLabel: say(said, { name }),
    };
    const mark = index === 0 ? [] : [element('sup', {}, [text(String(index + 1))])];
    return [...(index === 0 ? [] : [text(' ')]), element('a', properties, [written(backArrow, ''), ...mark])];
  }).flat();
  const last = children.at(-1);
  if (last?.type === 'element' && last.tagName === 'p') last.children.push(text(' '), ...back);
  else children.push(element('p', {}, back));
}
