/** Lets rehype-stringify write, as they are, the pieces that the program made whole; what an author wrote is none of them. */
import type { Root } from 'hast';
import { eachNode } from '../hast.js';

/** The rehype plugin. */
export function writtenAsRaw(): (tree: Root) => void {
  return (tree) => {
    eachNode(tree, (node, index, parent) => {
      if (node.type === 'written') parent.children[index] = { type: 'raw', value: node.value };
    });
  };
}
