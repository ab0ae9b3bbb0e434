/** `{#id .class key=value}` after an image and at the end of a heading. */
import type { Heading, PhrasingContent, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attributesAtEnd, attributesAtStart } from '../attributes.js';
import { before, from } from '../phrasing.js';

/** Longer than any attributes that a person writes. */
const longest = 2000;

export function readAttributes() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    visit(tree, (node) => {
      if (!('children' in node)) return;
      if (node.children.some(({ type }) => type === 'image')) {
        node.children = afterImages(node.children as PhrasingContent[], source);
      }
      if (node.type === 'heading') atHeadingEnd(node, source);
    });
  };
}

function afterImages(children: readonly PhrasingContent[], source: string): PhrasingContent[] {
  const kept: PhrasingContent[] = [];
  let left = [...children];
  while (left.length > 0) {
    const [node, ...more] = left;
    if (node === undefined) break;
    kept.push(node);
    left = more;
    const end = node.type === 'image' ? node.position?.end : undefined;
    if (node.type !== 'image' || end?.offset === undefined) continue;
    const found = attributesAtStart(source.slice(end.offset, end.offset + longest));
    const rest = found && from(more, end.offset + found.length, source);
    if (found === undefined || rest === undefined) continue;
    node.data = { ...node.data, attributes: found.attributes };
    if (node.position !== undefined) {
      const moved = { ...end, column: end.column + found.length, offset: end.offset + found.length };
      node.position = { ...node.position, end: moved };
    }
    left = rest;
  }
  return kept;
}

function atHeadingEnd(heading: Heading, source: string): void {
  const start = heading.children[0]?.position?.start.offset;
  const end = heading.children.at(-1)?.position?.end.offset;
  if (start === undefined || end === undefined) return;
  const found = attributesAtEnd(source.slice(start, end));
  const children = found && before(heading.children, start + found.from, source);
  if (found === undefined || children === undefined) return;
  heading.children = children;
  heading.data = { ...heading.data, attributes: found.attributes };
}
