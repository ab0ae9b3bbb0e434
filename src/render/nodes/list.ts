/** Lists, task lists and definition lists. */
import type { List, ListItem, RootContent } from 'mdast';
import type { DefListNode } from 'mdast-util-definition-list';
import type { Writer } from './writer.js';

export function writeList(node: List, writer: Writer): string {
  const tag = node.ordered === true ? 'ol' : 'ul';
  const start = node.ordered === true && node.start !== 1 && node.start !== null ? ` start="${node.start ?? 1}"` : '';
  const tasks = node.children.some(({ checked }) => typeof checked === 'boolean') ? ' class="tasks"' : '';
  const loose = node.spread === true || node.children.some(({ spread }) => spread === true);
  const items = node.children.map((item) => `${writeItem(item, loose, writer)}\n`).join('');
  return `<${tag}${start}${tasks}>\n${items}</${tag}>`;
}

function writeItem(item: ListItem, loose: boolean, writer: Writer): string {
  const done = item.checked === true ? ' checked' : '';
  const label = item.checked === true ? 'done' : 'to do';
  const box = typeof item.checked === 'boolean' ? `<input type="checkbox" disabled${done} aria-label="${label}"> ` : '';
  const task = box === '' ? '' : ' class="task"';
  return `<li${task}>${content(item.children, loose, writer, box)}</li>`;
}

/** In a tight list the paragraphs are bare; in a loose one they are paragraphs. */
function content(children: readonly RootContent[], loose: boolean, writer: Writer, box = ''): string {
  if (children.length === 0) return box;
  if (loose) {
    const inside = writer.blocks(children);
    return `\n${box !== '' && inside.startsWith('<p>') ? `<p>${box}${inside.slice(3)}` : box + inside}`;
  }
  let written = box;
  for (const [index, child] of children.entries()) {
    if (child.type === 'paragraph') {
      writer.before = ' ';
      written += `${index > 0 && !written.endsWith('\n') ? '\n' : ''}${writer.inline(child.children)}`;
    } else written += `${written.endsWith('\n') ? '' : '\n'}${writer.blocks([child])}`;
  }
  return written;
}

export function writeDefinitionList(node: DefListNode, writer: Writer): string {
  const items = node.children.map((child) => {
    if (child.type === 'defListTerm') {
      writer.before = ' ';
      return `<dt>${writer.inline(child.children)}</dt>\n`;
    }
    return `<dd>${content(child.children, child.spread, writer)}</dd>\n`;
  });
  return `<dl>\n${items.join('')}</dl>`;
}
