/** Items of lists; the box of a task says in words what it shows. */
import type { Element } from 'hast';
import type { List, ListItem, Parents } from 'mdast';
import { defaultHandlers, type State } from 'mdast-util-to-hast';
import { leadingParagraph } from '../hast.js';
import { writerOf } from './writer.js';

/** Lists as their items are asked about them: without the items, so that a list is gone through once and not for each. */
const known = new WeakMap<Parents, List>();

export function listItem(state: State, node: ListItem, parent: Parents | undefined): Element {
  const item = defaultHandlers.listItem(state, node, parent?.type === 'list' ? summary(parent) : parent);
  if (typeof node.checked !== 'boolean') return item;
  const [box] = (leadingParagraph(item.children) ?? item).children;
  if (box?.type === 'element') {
    const { done, toDo } = writerOf(state).context.language.words.blocks;
    box.properties['ariaLabel'] = node.checked ? done : toDo;
  }
  return item;
}

function summary(list: List): List {
  const made = known.get(list) ?? { type: 'list', spread: isLoose(list), children: [] };
  known.set(list, made);
  return made;
}

/** Whether an item of a list holds blocks with blank lines between them, or any two items have one. */
function isLoose({ spread, children }: List): boolean {
  return spread === true || children.some((item) => item.spread ?? item.children.length > 1);
}
