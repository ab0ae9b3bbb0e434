/** Tabs, as Quarto writes them: each heading in `::: panel-tabset` is the name of one. They have no number, and no line in the contents. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { holdsTabs } from '../../../shared/tab-classes.js';
import { noAttributes } from '../attributes.js';

export function readTabs() {
  return (tree: Root): void => {
    visit(tree, 'container', (node) => {
      if (!holdsTabs(node.attributes.classes)) return;
      visit(node, 'heading', (heading) => {
        const attributes = heading.data?.attributes ?? noAttributes;
        const classes = [...new Set([...attributes.classes, 'unnumbered', 'unlisted'])];
        heading.data = { ...heading.data, attributes: { ...attributes, classes } };
      });
    });
  };
}
