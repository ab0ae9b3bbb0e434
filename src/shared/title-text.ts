/** What a heading says, with its formulas as TeX between dollars: whoever shows it knows how to read them. */
import type { Heading, Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';

export function titleText(heading: Nodes): string {
  return part(heading).trim();
}

/** The heading that a page starts with where it says the page's title: the layout prints it. */
export function titleHeading(tree: Root, title: string): Heading | undefined {
  const first = tree.children.find(({ type }) => type !== 'yaml');
  return first?.type === 'heading' && first.depth === 1 && titleText(first) === title ? first : undefined;
}

function part(node: Nodes): string {
  if (node.type === 'inlineMath') return `$${node.value}$`;
  if (node.type === 'reference' || node.type === 'citation') return node.written;
  return 'children' in node ? node.children.map(part).join('') : toString(node);
}
