/** What a heading says, with its formulas as TeX between dollars: whoever shows it knows how to read them. */
import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';

export function titleText(heading: Nodes): string {
  return part(heading).trim();
}

function part(node: Nodes): string {
  if (node.type === 'inlineMath') return `$${node.value}$`;
  return 'children' in node ? node.children.map(part).join('') : toString(node);
}
