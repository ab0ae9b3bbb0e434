/** `{#id .class key=value}` after an image and at the end of a heading. */
import type { Heading, Image, Link, PhrasingContent, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attributesAtEnd, attributesAtStart } from '../attributes.js';
import { before } from '../phrasing.js';
import type { Span, WrittenAttributes } from '../syntax.js';

export function readAttributes() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    visit(tree, (node) => {
      if (!('children' in node)) return;
      if (node.type === 'span') ofSpan(node);
      if (node.children.some(({ type }) => type === 'attributes')) {
        node.children = withAttributes(node.children as PhrasingContent[]);
      }
      if (node.type === 'heading') atHeadingEnd(node, source);
    });
  };
}

/** Gives attributes to the image before them, also where a link is around it; others are text. */
function withAttributes(children: readonly PhrasingContent[]): PhrasingContent[] {
  const kept: PhrasingContent[] = [];
  for (const node of children) {
    const last = kept.at(-1);
    const found = node.type === 'attributes' ? attributesAtStart(node.value)?.attributes : undefined;
    const owner = last?.type === 'link' ? (imageOf(last) ?? last) : last;
    if (node.type !== 'attributes') kept.push(node);
    else if (found === undefined || last === undefined || (owner?.type !== 'image' && owner?.type !== 'link')) {
      kept.push(asText(node));
    } else {
      owner.data = { ...owner.data, attributes: found };
      if (last.position !== undefined && node.position !== undefined) last.position.end = node.position.end;
    }
  }
  return kept;
}

/** Its attributes are read as the last thing in it. */
function ofSpan(span: Span): void {
  const last = span.children.pop();
  const found = last?.type === 'attributes' ? attributesAtStart(last.value)?.attributes : undefined;
  if (found !== undefined) span.attributes = found;
}

function imageOf({ children }: Link): Image | undefined {
  const [only, more] = children;
  return only?.type === 'image' && more === undefined ? only : undefined;
}

function asText({ value, position }: WrittenAttributes): Text {
  return { type: 'text', value, ...(position !== undefined && { position }) };
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
