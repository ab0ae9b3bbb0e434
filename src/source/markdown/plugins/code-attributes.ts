/** `{#lst-one .python lst-cap="…"}` on the fence of a code block, as Pandoc and Quarto write it, or `python {#lst-one}`. */
import type { Code, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { attributesAtEnd, attributesAtStart } from '../attributes.js';
import type { Attributes } from '../syntax.js';

export function readCodeAttributes() {
  return (tree: Root): void => {
    visit(tree, 'code', (node) => {
      const info = [node.lang, node.meta].filter((part) => typeof part === 'string').join(' ');
      const whole = attributesAtStart(info);
      const own = whole?.length === info.length ? { attributes: whole.attributes, from: 0 } : attributesAtEnd(info);
      if (own !== undefined && isOfCode(own.attributes)) take(node, own.attributes, info.slice(0, own.from));
    });
  };
}

/** Braces with values alone may be a directive of others. */
function isOfCode({ id, classes }: Attributes): boolean {
  return id !== undefined || classes.length > 0;
}

/** The language is the word before the braces, or the first class in them. */
function take(node: Code, attributes: Attributes, before: string): void {
  const [word, ...rest] = before.split(/\s+/).filter((part) => part !== '');
  const [first, ...classes] = attributes.classes;
  node.lang = word ?? first ?? null;
  node.meta = rest.length === 0 ? null : rest.join(' ');
  node.data = {
    ...node.data,
    attributes: { ...attributes, classes: word === undefined ? classes : attributes.classes },
  };
}
