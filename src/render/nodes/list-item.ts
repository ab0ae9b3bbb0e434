/** Items of lists; the box of a task says in words what it shows. */
import type { Element } from 'hast';
import type { ListItem, Parents } from 'mdast';
import { defaultHandlers, type State } from 'mdast-util-to-hast';
import { leadingParagraph } from '../hast.js';

export function listItem(state: State, node: ListItem, parent: Parents | undefined): Element {
  const item = defaultHandlers.listItem(state, node, parent);
  if (typeof node.checked !== 'boolean') return item;
  const [box] = (leadingParagraph(item.children) ?? item).children;
  if (box?.type === 'element') box.properties['ariaLabel'] = node.checked ? 'done' : 'to do';
  return item;
}
