/** `: caption {#tbl-id}` below a table. */
import type { Paragraph, Parent, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attributesAtEnd } from '../attributes.js';
import { before, from } from '../phrasing.js';

export function readTableCaptions() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(({ type }) => type === 'table')) return;
      const children = node.children as RootContent[];
      (node as Parent).children = children.filter((child, index) => {
        const table = children[index - 1];
        const data = child.type === 'paragraph' && table?.type === 'table' ? captionOf(child, source) : undefined;
        if (data === undefined || table?.type !== 'table') return true;
        table.data = { ...table.data, ...data };
        if (table.position !== undefined && child.position !== undefined) table.position.end = child.position.end;
        return false;
      });
    });
  };
}

function captionOf({ children, position }: Paragraph, source: string) {
  const start = position?.start.offset;
  const end = position?.end.offset;
  if (start === undefined || end === undefined) return undefined;
  const written = source.slice(start, end);
  const marker = /^:[ \t]+/.exec(written)?.[0].length;
  const caption = marker === undefined ? undefined : from(children, start + marker, source);
  if (caption === undefined) return undefined;
  const found = attributesAtEnd(written);
  const words = found && before(caption, start + found.from, source);
  return found === undefined || words === undefined ? { caption } : { caption: words, attributes: found.attributes };
}
