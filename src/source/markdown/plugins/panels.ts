/**
 * Blocks beside each other, as Quarto writes them: `::: {layout-ncol=2}`; with a label they are one figure or table of several
 * parts, and their last paragraph is its caption: `::: {#fig-both layout-ncol=2}`.
 */
import type { BlockContent, DefinitionContent, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { isPanelLabel } from '../../../shared/label-kinds.js';
import type { Container } from '../syntax.js';
import { figureOf, picturesOf } from './figures.js';

export function readPanels() {
  return (tree: Root): void => {
    visit(tree, 'container', (node) => {
      const { id, values } = node.attributes;
      const hasLabel = id !== undefined && isPanelLabel(id);
      if (!hasLabel && !Object.keys(values).some((name) => name.startsWith('layout'))) return;
      const parts = node.children.flatMap(partsOf);
      const last = parts.at(-1);
      if (hasLabel && last?.type === 'paragraph') node.caption = last.children;
      node.children = node.caption === undefined ? parts : parts.slice(0, -1);
    });
  };
}

/** Each image is a part of its own. */
function partsOf(child: BlockContent | DefinitionContent): Container['children'] {
  const pictures = child.type === 'paragraph' ? picturesOf(child.children) : [];
  return pictures.length === 0 ? [child] : pictures.map(figureOf);
}
