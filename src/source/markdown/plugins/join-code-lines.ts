/** Code in running text may go over several lines; it says what it says on one. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

export function joinCodeLines() {
  return (tree: Root): void => {
    visit(tree, 'inlineCode', (node) => {
      node.value = node.value.replaceAll('\n', ' ');
    });
  };
}
