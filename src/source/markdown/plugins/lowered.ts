/** Pandoc's `H~2~O`: a few characters between single tildes right after a word are lowered. All else between tildes is struck out, as on GitHub. */
import type { Delete, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';

export function readLowered() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    if (!source.includes('~')) return;
    visit(tree, 'delete', (node, index, parent) => {
      if (parent === undefined || index === undefined || !isLowered(node, source)) return;
      const { children, position } = node;
      parent.children[index] = { type: 'lowered', children, ...(position !== undefined && { position }) };
    });
  };
}

function isLowered({ position }: Delete, source: string): boolean {
  const start = position?.start.offset ?? 0;
  const written = source.slice(start, position?.end.offset);
  return /^~[^~\s]{1,16}~$/.test(written) && /[\p{L}\p{M}\p{N})\]]/u.test(source[start - 1] ?? ' ');
}
