/** Paragraphs, quotes, and the page as a whole. */
import type { Element, ElementContent, Root as Tree } from 'hast';
import type { Blockquote, Root } from 'mdast';
import { defaultHandlers, type State } from 'mdast-util-to-hast';
import { element, text, written } from '../hast.js';
import { htmlToText } from '../html.js';
import { nearCallout } from './container.js';
import { footnoteSection } from './footnotes.js';
import { writerOf } from './writer.js';

/** The text, then its notes, then the works that it cites where no other place is meant for them. */
export function root(state: State, node: Root): Tree {
  const writer = writerOf(state);
  const blocks: ElementContent[] = state.all(node);
  if (writer.isCaption) return { type: 'root', children: state.wrap(blocks) };
  const notes = footnoteSection(state);
  if (notes !== undefined) blocks.push(notes);
  const works = writer.bibliographyPlaced ? '' : writer.context.bibliography.pageList();
  if (works !== '') {
    const title = element('h2', { id: 'references' }, [text(writer.context.language.words.blocks.references)]);
    const inside = [title, text('\n'), written(works, htmlToText(works))];
    blocks.push(element('section', { className: ['references'] }, inside));
  }
  const tree: Tree = { type: 'root', children: state.wrap(blocks) };
  if (blocks.length > 0) tree.children.push(text('\n'));
  return tree;
}

export function blockquote(state: State, node: Blockquote): Element {
  const writer = writerOf(state);
  const [first] = node.children;
  const near = first?.type === 'paragraph' ? nearCallout(writer.text(first.children)) : undefined;
  if (near !== undefined && first !== undefined) {
    const message = `"${near.word}" is not a kind of callout`;
    writer.problem(first, { rule: 'unknown-callout', message, hint: near.hint }, 0, near.word.length + 3);
  }
  return defaultHandlers.blockquote(state, node);
}
