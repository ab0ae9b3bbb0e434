/** Inline nodes to the syntax tree's, with the positions of the page. */
import type { PhrasingContent } from 'mdast';
import type { Position } from 'unist';
import type { Content } from './content.js';
import type { InlineNode } from './inline-node.js';

/** Deeper than this everything is text: what walks the tree may recurse. */
const deepest = 100;

/** The children of a node; neighbouring texts are one. */
export function toTree(parent: InlineNode, content: Content, depth = 0): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  for (let node = parent.first; node !== undefined; node = node.next) {
    const { type, start } = node;
    let { end, value } = node;
    if (type === 'text') {
      while (node.next?.type === 'text') {
        node = node.next;
        value += node.value;
        end = node.end;
      }
      if (value !== '') nodes.push({ type: 'text', value, position: position(content, start, end) });
      continue;
    }
    if (node.first !== undefined && depth >= deepest) {
      nodes.push({ type: 'text', value: content.text.slice(start, end), position: position(content, start, end) });
      continue;
    }
    nodes.push(made(node, content, depth) as PhrasingContent);
  }
  return nodes;
}

function made(node: InlineNode, content: Content, depth: number): object {
  const { type, start, end, fields } = node;
  const where = { position: position(content, start, end) };
  switch (type) {
    case 'image': {
      const { attributes, ...target } = fields;
      const caption = toTree(node, content, depth + 1);
      return {
        type,
        ...target,
        alt: plainText(node),
        data: { caption, ...(attributes !== undefined && { attributes }) },
        ...where,
      };
    }
    case 'emphasis':
    case 'strong':
    case 'delete':
    case 'link':
      return { type, ...fields, children: toTree(node, content, depth + 1), ...where };
    case 'citation': {
      const works = fields['works'] as readonly { start: number; end: number }[];
      const placed = works.map(({ start: from, end: to, ...work }) => ({
        ...work,
        position: position(content, from, to),
      }));
      return { type, ...fields, works: placed, ...where };
    }
    default:
      return { type, ...fields, ...where };
  }
}

function position(content: Content, start: number, end: number): Position {
  return { start: content.point(start), end: content.point(end) };
}

/** What an image says without its markup; walks without recursion, for nesting has no bound here. */
function plainText(image: InlineNode): string {
  let text = '';
  const stack: (InlineNode | undefined)[] = [image.first];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === undefined) continue;
    stack.push(node.next);
    if (node.type === 'image' || node.first !== undefined) stack.push(node.first);
    else if (node.type === 'break') text += '\n';
    else text += node.type === 'text' ? node.value : ((node.fields['value'] as string | undefined) ?? '');
  }
  return text;
}
