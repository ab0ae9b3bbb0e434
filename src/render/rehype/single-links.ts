/** A link has no link in it: what is referred to, cited or noted inside one is there as its text. */
import type { Element, ElementContent, Root } from 'hast';
import { element, eachNode, written } from '../hast.js';

/** The rehype plugin. */
export function singleLinks(): (tree: Root) => void {
  return (tree) => {
    eachNode(tree, (node) => {
      if (node.type === 'element' && node.tagName === 'a') node.children = node.children.flatMap(withoutLinks);
    });
  };
}

function withoutLinks(node: ElementContent): ElementContent[] {
  if (node.type === 'written') return [written(node.value.replaceAll(/<\/?a(?:\s[^>]*)?>/g, ''), node.said)];
  if (node.type !== 'element') return [node];
  const inside = node.children.flatMap(withoutLinks);
  if (node.tagName !== 'a') return [{ ...node, children: inside }];
  return isNamed(node) ? [element('span', { id: node.properties['id'] }, inside)] : inside;
}

/** Whether something may lead to it. */
function isNamed({ properties }: Element): boolean {
  return properties['id'] !== undefined;
}
