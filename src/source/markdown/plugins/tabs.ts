/** Tabs, as Quarto writes them: each heading in `::: panel-tabset` is the name of one. They have no number, and no line in the contents. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { noAttributes } from '../attributes.js';
import type { Container } from '../syntax.js';

/** Whether a block is such a one. */
export function holdsTabs({ attributes: { classes } }: Container): boolean {
  return classes.includes('panel-tabset') || classes.includes('tabset');
}

export function readTabs() {
  return (tree: Root): void => {
    visit(tree, 'container', (node) => {
      if (!holdsTabs(node)) return;
      visit(node, 'heading', (heading) => {
        const attributes = heading.data?.attributes ?? noAttributes;
        const classes = [...new Set([...attributes.classes, 'unnumbered', 'unlisted'])];
        heading.data = { ...heading.data, attributes: { ...attributes, classes } };
      });
    });
  };
}
