/** Straight quotes, double hyphens and three dots as a typesetter sets them. */
import type { ElementContent, Root } from 'hast';
import type { VFile } from 'vfile';
import { writerIn } from '../nodes/writer.js';
import { inLine } from './in-line.js';
import { lineOfText } from './line-of-text.js';

/** Whose text is as its author wrote it. */
const verbatim = new Set(['code', 'kbd', 'pre', 'samp', 'tt']);

/** The rehype plugin. */
export function typography(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    const { context } = writerIn(file);
    if (!context.typography) return;
    let line = lineOfText(context.language);
    const set = (node: ElementContent | Root['children'][number]): void => {
      if (node.type === 'text') node.value = line.set(node.value);
      else if (node.type === 'written') line.pass();
      else if (node.type === 'element') {
        const { tagName, children } = node;
        if (verbatim.has(tagName) || tagName === 'img') line.pass();
        else if (inLine.has(tagName)) children.forEach(set);
        else {
          line = lineOfText(context.language);
          children.forEach(set);
          line = lineOfText(context.language);
        }
      }
    };
    tree.children.forEach(set);
  };
}
