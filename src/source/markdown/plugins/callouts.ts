/** A quote whose first line is `[!NOTE]` or `[!NOTE] Title`, as on GitHub. */
import type { Blockquote, Parent, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import { firstLine } from '../phrasing.js';
import type { Callout } from '../syntax.js';

const marker = /^\[!(note|tip|important|warning|caution)\][ \t]*/i;

export function readCallouts() {
  return (tree: Root): void => {
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(({ type }) => type === 'blockquote')) return;
      const children = node.children as RootContent[];
      (node as Parent).children = children.map((child) => {
        return child.type === 'blockquote' ? (calloutOf(child) ?? child) : child;
      });
    });
  };
}

function calloutOf({ children, position }: Blockquote): Callout | undefined {
  const [first, ...others] = children;
  if (first?.type !== 'paragraph') return undefined;
  const [text] = first.children;
  const found = text?.type === 'text' ? marker.exec(text.value) : null;
  if (text?.type !== 'text' || found === null) return undefined;
  const start = text.position?.start;
  const { line, rest } = firstLine([
    {
      ...text,
      value: text.value.slice(found[0].length),
      ...(text.position !== undefined &&
        start !== undefined && {
          position: {
            ...text.position,
            start: { ...start, column: start.column + found[0].length, offset: (start.offset ?? 0) + found[0].length },
          },
        }),
    },
    ...first.children.slice(1),
  ]);
  const title = line.filter((node) => node.type !== 'text' || node.value !== '');
  return {
    type: 'callout',
    kind: (found[1] ?? 'note').toLowerCase() as Callout['kind'],
    title,
    children: rest.length === 0 ? others : [{ ...first, children: rest }, ...others],
    ...(position !== undefined && { position }),
  };
}
