/** Emphasis, code, breaks and text. */
import type { Nodes } from 'mdast';
import { escapeHtml } from '../html.js';
import { writeCitation } from './citation.js';
import { writeFootnoteReference } from './footnotes.js';
import { writeImage } from './image.js';
import { noteLatex } from './latex.js';
import { writeLink } from './link.js';
import { writeInlineMath } from './math.js';
import { writeReference } from './reference.js';
import { smarten } from './typography.js';
import type { Writer } from './writer.js';

/** One inline node as HTML; raw HTML is the business of whoever writes its siblings. */
export function writeInline(node: Nodes, writer: Writer): string {
  const replaced = writer.context.replace(node);
  if (replaced !== undefined) {
    writer.before = 'x';
    return replaced.html;
  }
  switch (node.type) {
    case 'text': {
      noteLatex(node, writer);
      const text = writer.context.typography ? smarten(node.value, writer.before) : node.value;
      writer.before = text.at(-1) ?? writer.before;
      return escapeText(text);
    }
    case 'emphasis':
      return `<em>${writer.inline(node.children)}</em>`;
    case 'strong':
      return `<strong>${writer.inline(node.children)}</strong>`;
    case 'delete':
      return `<del>${writer.inline(node.children)}</del>`;
    case 'break':
      writer.before = ' ';
      return '<br>\n';
    case 'inlineCode':
      writer.before = 'x';
      return `<code>${escapeHtml(node.value)}</code>`;
    case 'inlineMath':
      writer.before = 'x';
      return writeInlineMath(node, writer);
    case 'link':
      return writeLink(node, writer);
    case 'image':
      writer.before = 'x';
      return writeImage(node, writer);
    case 'reference':
      writer.before = 'x';
      return writeReference(node, writer);
    case 'citation':
      writer.before = 'x';
      return writeCitation(node, writer);
    case 'footnoteReference':
      return writeFootnoteReference(node, writer);
    default:
      return '';
  }
}

/** Text content: quotes need no escape there. */
function escapeText(text: string): string {
  return /[&<>]/.test(text)
    ? text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'))
    : text;
}
