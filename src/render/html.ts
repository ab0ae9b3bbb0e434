/** Syntax trees to HTML text, and the mark of text that is HTML already. */
import type { ElementContent, Root } from 'hast';
import Handlebars from 'handlebars';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';

const writer = unified()
  // Raw nodes are only ever our own: authors' HTML never gets past the sanitiser.
  .use(rehypeStringify, { allowDangerousHtml: true })
  .freeze();

/** HTML that this program made and checked. The only values that a template does not escape. */
export type SafeHtml = Handlebars.SafeString;

export function toHtml(nodes: readonly ElementContent[] | Root): string {
  return writer.stringify('type' in nodes ? nodes : { type: 'root', children: [...nodes] });
}

/** Says that a text is HTML of our own making. */
export function safeHtml(html: string): SafeHtml {
  return new Handlebars.SafeString(html);
}

/** HTML of our own making as a node of a syntax tree. */
export function rawNode(html: string): ElementContent {
  return { type: 'raw', value: html };
}
