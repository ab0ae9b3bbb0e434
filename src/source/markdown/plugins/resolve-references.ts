/** `[text][label]` and `![text][label]` become the link and the image that their definition makes of them. */
import type { Root } from 'mdast';
import { definitions } from 'mdast-util-definitions';
import { visit } from 'unist-util-visit';

export function resolveReferences() {
  return (tree: Root): void => {
    const find = definitions(tree);
    visit(tree, (node) => {
      if (node.type !== 'linkReference' && node.type !== 'imageReference') return;
      const { url = '', title } = find(node.identifier) ?? {};
      const type = node.type === 'linkReference' ? 'link' : 'image';
      Object.assign(node, { type, url, title: title ?? null });
    });
  };
}
