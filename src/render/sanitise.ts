/**
 * What an author's Markdown may become: an allow-list of elements and attributes, no more than Markdown itself makes.
 * Authors cannot write HTML, so every id is one that we make; see `headings.ts` for how they are kept apart from names
 * that scripts rely on.
 */
import type { Element, Root } from 'hast';
import rehypeSanitize, { type Options as Schema } from 'rehype-sanitize';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { schemeOf } from './address.js';
import { placeholderProperty } from './placeholder.js';

const linkSchemes = ['http', 'https', 'mailto'];
const imageSchemes = ['http', 'https'];

const schema: Schema = {
  tagNames: [
    ...['a', 'blockquote', 'br', 'code', 'del', 'div', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'input'],
    ...['li', 'ol', 'p', 'pre', 'section', 'span', 'strong', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
  ],
  attributes: {
    a: [
      ...['href', 'title', 'id', 'dataFootnoteRef', 'dataFootnoteBackref', 'ariaDescribedBy', 'ariaLabel'],
      ['className', 'data-footnote-backref', 'reference'],
    ],
    code: [['className', /^language-./]],
    div: [placeholderProperty],
    h2: ['id', ['className', 'footnotes-title']],
    img: ['src', 'alt', 'title'],
    input: [
      ['disabled', true],
      ['type', 'checkbox'],
      ['checked', true],
    ],
    li: ['id', ['className', 'task-list-item']],
    ol: ['start', ['className', 'contains-task-list']],
    section: ['dataFootnotes', ['className', 'footnotes']],
    span: [placeholderProperty],
    td: ['align'],
    th: ['align'],
    ul: [['className', 'contains-task-list']],
  },
  // The ids that get here are already our own; a second prefix would break the footnotes' links.
  clobberPrefix: '',
  clobber: [],
  protocols: { href: linkSchemes, src: imageSchemes },
  required: { input: { disabled: true, type: 'checkbox' } },
  strip: ['script'],
};

const sanitiser = unified().use(rehypeSanitize, schema).freeze();

/** The tree without anything that is not on the list. */
export function sanitise(tree: Root): Root {
  return sanitiser.runSync(tree);
}

/** Links and images whose scheme the sanitiser is about to drop. */
export function droppedAddresses(tree: Root): { node: Element; scheme: string }[] {
  const dropped: { node: Element; scheme: string }[] = [];
  visit(tree, 'element', (node) => {
    const address = node.properties.href ?? node.properties.src;
    if (typeof address !== 'string') return;
    const scheme = schemeOf(address);
    const allowed = node.tagName === 'img' ? imageSchemes : linkSchemes;
    if (scheme !== undefined && scheme !== 'network' && !allowed.includes(scheme)) dropped.push({ node, scheme });
  });
  return dropped;
}
