/** Straight quotes, double hyphens and three dots as a typesetter sets them. */
import type { ElementContent, Root } from 'hast';
import type { VFile } from 'vfile';
import { writerIn } from '../nodes/writer.js';
import { inLine } from './in-line.js';

const opensAfter = /[\s([{\u2013\u2014/\u201c\u2018-]/;

/** Whose text is as its author wrote it. */
const verbatim = new Set(['code', 'kbd', 'pre', 'samp', 'tt']);
/** The rehype plugin. */
export function typography(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    if (!writerIn(file).context.typography) return;
    /** The character before, a blank at the start of a line of text. */
    let before = ' ';
    const set = (node: ElementContent | Root['children'][number]): void => {
      if (node.type === 'text') {
        node.value = smarten(node.value, before);
        before = node.value.at(-1) ?? before;
      } else if (node.type === 'written') before = 'x';
      else if (node.type === 'element') {
        const { tagName, children } = node;
        if (verbatim.has(tagName) || tagName === 'img') before = 'x';
        else if (inLine.has(tagName)) children.forEach(set);
        else {
          before = ' ';
          children.forEach(set);
          before = ' ';
        }
      }
    };
    tree.children.forEach(set);
  };
}

/** `before` is the character before the text. */
function smarten(text: string, before: string): string {
  if (!/["'.-]/.test(text)) return text;
  return text
    .replace(/---/g, '\u2014')
    .replace(/--/g, '\u2013')
    .replace(/\.\.\./g, '\u2026')
    .replace(/["']/g, (quote, at: number, whole: string) => {
      const previous = at === 0 ? before : (whole[at - 1] ?? ' ');
      const double = quote === '"';
      // '90s: an apostrophe though it stands where a quote would open.
      const decade = !double && /^'\d\ds?\b/.test(whole.slice(at, at + 5));
      const opens = opensAfter.test(previous) && !decade;
      // A quote within a quote opens too: "'Yes,' he said".
      const nested = /["']/.test(previous) && opensAfter.test(at > 1 ? (whole[at - 2] ?? ' ') : before);
      if (double) return opens || nested ? '\u201c' : '\u201d';
      return opens || nested ? '\u2018' : '\u2019';
    });
}
