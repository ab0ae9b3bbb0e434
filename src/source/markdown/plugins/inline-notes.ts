/** A note in the line becomes a footnote like any other: a reference to it where it stands, and what it says at the end of the page. */
import type { FootnoteDefinition, FootnoteReference, Root, RootContent } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';

export function readInlineNotes() {
  return (tree: Root): void => {
    const notes: RootContent[] = [];
    visit(tree, 'inlineNote', (node, index, parent) => {
      if (parent === undefined || index === undefined) return;
      // No label that is written has a blank.
      const identifier = `in line ${notes.length + 1}`;
      const { position } = node;
      const placed = position === undefined ? {} : { position };
      const reference: FootnoteReference = { type: 'footnoteReference', identifier, label: identifier, ...placed };
      const definition: FootnoteDefinition = {
        type: 'footnoteDefinition',
        ...{ identifier, label: identifier },
        children: [{ type: 'paragraph', children: node.children, ...placed }],
        ...placed,
      };
      parent.children.splice(index, 1, reference);
      notes.push(definition);
      return [SKIP, index + 1];
    });
    tree.children.push(...notes);
  };
}
