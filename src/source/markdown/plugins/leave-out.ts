/**
 * What of a page is not for those who it is built for: solutions of exercises, unless they are asked for, and what Quarto's
 * writers mean for other formats than web pages. Nothing of it is numbered, found or computed.
 */
import type { Parent, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Attributes, Container } from '../syntax.js';

export function leaveOut({ solutions }: { readonly solutions: boolean }) {
  return (tree: Root): void => {
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(({ type }) => type === 'container')) return;
      const parent: Parent = node;
      parent.children = parent.children.filter((child) => {
        return child.type !== 'container' || (isForWeb(child) && (solutions || !isSolution(child)));
      });
    });
  };
}

function isSolution({ attributes: { id = '', classes } }: Container): boolean {
  return classes.includes('solution') || id.startsWith('sol-');
}

function isForWeb({ attributes }: Container): boolean {
  if (attributes.classes.includes('content-visible')) return isMeant(attributes);
  return !attributes.classes.includes('content-hidden') || !isMeant(attributes);
}

/** Whether the conditions of a block hold for web pages. */
function isMeant({ values }: Attributes): boolean {
  const formats = values['when-format'] ?? 'html';
  return /html/.test(formats) && !/html/.test(values['unless-format'] ?? '');
}
