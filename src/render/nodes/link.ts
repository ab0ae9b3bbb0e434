/** Links, to pages and files of the report or elsewhere. */
import type { Link } from 'mdast';
import { escapeHtml, escapeUrl } from '../html.js';
import type { Writer } from './writer.js';

export function writeLink(node: Link, writer: Writer): string {
  const href = writer.context.addresses.link(node, writer);
  const inside = writer.inline(node.children);
  if (href === undefined) return inside;
  const title = node.title === null || node.title === undefined ? '' : ` title="${escapeHtml(node.title)}"`;
  return `<a href="${escapeUrl(href)}"${title}>${inside}</a>`;
}
