/** Colours code blocks whose language is known: the text of `<code class="language-…">` as HTML with its parts marked. */
import type { Element, Root } from 'hast';
import type { VFile } from 'vfile';
import { eachNode, text, written } from '../hast.js';
import { highlight } from '../highlight.js';
import { writerIn } from '../nodes/writer.js';

/** The rehype plugin. */
export function highlightCode(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    eachNode(tree, (node) => {
      if (node.type !== 'element' || node.tagName !== 'pre') return;
      const [code] = node.children;
      if (code?.type !== 'element' || code.tagName !== 'code') return;
      const [inside, more] = code.children;
      const language = languageOf(code);
      if (language === undefined || inside?.type !== 'text' || more !== undefined) return;
      const made = highlight(inside.value.replace(/\n$/, ''), language);
      if (made === 'slow') {
        writerIn(file).problem(node, {
          rule: 'slow-code',
          message: `highlighting this block as ${language} takes too long; it is shown without colours`,
          hint: 'make it shorter, or leave the language out',
          severity: 'warning',
        });
      } else if (made !== undefined) code.children = [written(made.html, inside.value), text('\n')];
    });
  };
}

function languageOf({ properties }: Element): string | undefined {
  const classes = Array.isArray(properties['className']) ? properties['className'] : [];
  const named = classes.find((name) => name.startsWith('language-'));
  return named === undefined ? undefined : named.slice('language-'.length);
}
