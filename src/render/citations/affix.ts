/** What stands before and after a work in a citation, written in Markdown, as rich text: "see", "pp. 3-5". */
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { type Formulas, plainCharacters, withLook } from '../../shared/rich-text.js';

/** Before a text that could begin with a number and a dot: it is no list. */
const start = '\u2060';

export function affixText(markdown: string, formulas: Formulas): string {
  const plain = plainCharacters(markdown).replace(/\s+/g, ' ');
  if (!/[\\*_`$&<[]/.test(plain)) return plain;
  const text = plain.replace(
    /\$([^\s$](?:[^$]*[^\s$])?)\$(?!\d)/g,
    (whole, tex: string) => formulas.characterOf(tex) ?? whole,
  );
  return textOf(fromMarkdown(start + text)).replace(start, '');
}

function textOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return node.value;
    case 'break':
      return ' ';
    case 'emphasis':
      return withLook('italic', childrenOf(node));
    case 'strong':
      return withLook('bold', childrenOf(node));
    default:
      return 'children' in node ? childrenOf(node) : '';
  }
}

function childrenOf({ children }: { readonly children: readonly Nodes[] }): string {
  return children.map(textOf).join('');
}
