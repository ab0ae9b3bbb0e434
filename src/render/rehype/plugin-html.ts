/**
 * What plugins of a report put into a page: their HTML is read, their links and images are found as an author's are, and of
 * the whole page is left what a schema allows, unless the person who builds lets plugins put in what they like.
 */
import type { Element, ElementContent, Parents, Root } from 'hast';
import type { Schema } from 'hast-util-sanitize';
import rehypeSanitize from 'rehype-sanitize';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { type Writer, writerIn } from '../nodes/writer.js';
import { resolveAddress } from './author-attributes.js';
import { flowSchema } from './author-html-schema.js';
import { attributeName, isAllowed } from './html-losses.js';

/** Besides an author's HTML, what this program and well-known plugins write. */
export const pageSchema: Schema = {
  ...flowSchema,
  tagNames: [
    ...(flowSchema.tagNames ?? []),
    'aside',
    'footer',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'header',
    'input',
    'nav',
    'section',
  ],
  attributes: {
    ...flowSchema.attributes,
    '*': [
      ...['title', 'lang', 'dir', 'className', 'role', 'tabIndex', 'hidden', 'dataFootnoteRef'],
      ...['ariaDescribedBy', 'ariaHidden', 'ariaLabel', 'ariaLabelledBy'],
      // Other ids with a dot are those of the page's own parts.
      ['id', /^[^.]+$/, 'colophon.footnotes'],
    ],
    a: ['href', 'target', 'rel', 'download', 'hrefLang'],
    img: ['src', 'alt', 'width', 'height', 'loading', 'decoding'],
    input: [['type', 'checkbox'], ['disabled', true], 'checked'],
  },
  protocols: { href: ['http', 'https', 'mailto'], src: ['none of another host'] },
};

/** What was on a page before a plugin. */
interface Known {
  /** The attributes of its elements. */
  readonly attributes: WeakMap<Element, string>;
  /** Addresses as they are in the site: a copy of a link is no new one. */
  readonly addresses: ReadonlySet<unknown>;
}

declare module 'vfile' {
  interface DataMap {
    known: Known;
  }
}

/** The rehype plugin before those of a report: what is there already is not theirs. */
export function beforePlugins(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    const attributes = new WeakMap<Element, string>();
    const addresses = new Set<unknown>();
    visit(tree, 'element', (node) => {
      attributes.set(node, attributesOf(node));
      addresses.add(node.properties['href']).add(node.properties['src']);
    });
    file.data.known = { attributes, addresses };
  };
}

/** The rehype plugin after one of a report. */
export function afterPlugin(name: string, keepsHtml: boolean): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    const { known } = file.data;
    const writer = writerIn(file);
    visit(tree, (node, index, parent) => {
      if (node.type === 'raw') writer.hasHtml = true;
      if (node.type !== 'element' || known?.attributes.get(node) === attributesOf(node)) return undefined;
      const { href, src } = node.properties;
      const isNew = known?.attributes.has(node) === false && !known.addresses.has(href ?? src);
      if (!keepsHtml) warnOfLosses(node, name, writer);
      const made = isNew && !keepsHtml ? resolveAddress(node, writer) : node;
      known?.attributes.set(made, attributesOf(made));
      if (made === node || parent === undefined || index === undefined) return undefined;
      parent.children[index] = made;
      return SKIP;
    });
  };
}

function attributesOf({ properties }: Element): string {
  return JSON.stringify(properties);
}

function warnOfLosses(node: Element, plugin: string, writer: Writer): void {
  const { tagName, properties } = node;
  const lost =
    pageSchema.tagNames?.includes(tagName) === true
      ? Object.keys(properties)
          .filter((property) => !isAllowed(property, tagName, pageSchema))
          .map((property) => `the attribute "${attributeName(property)}" of <${tagName}>`)
      : [`<${tagName}>`];
  for (const what of lost) {
    writer.problem(node, {
      rule: 'plugin-html',
      message: `the plugin ${plugin} puts ${what} into the page, which is not published`,
      hint: 'add --keep-plugin-html to publish whatever plugins write',
      severity: 'warning',
    });
  }
}

const clean = rehypeSanitize(pageSchema);

/** The rehype plugin that leaves of a page what may be in one. */
export function cleanPage(): (tree: Root) => Root {
  return (tree) => {
    const stored: ElementContent[] = [];
    eachWritten(tree, (node) => ({ type: 'text', value: '', data: { stored: stored.push(node) - 1 } }));
    const safe = clean(tree);
    visit(safe, 'text', (node, index, parent) => {
      const own = node.data?.stored === undefined ? undefined : stored[node.data.stored];
      if (own !== undefined && parent !== undefined && index !== undefined) parent.children[index] = own;
    });
    return safe;
  };
}

function eachWritten(tree: Parents, replace: (node: ElementContent) => ElementContent): void {
  visit(tree, 'written', (node, index, parent) => {
    if (parent !== undefined && index !== undefined) parent.children[index] = replace(node);
  });
}
