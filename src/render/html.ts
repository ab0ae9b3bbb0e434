/** Syntax trees to HTML text. */
import type { ElementContent, Root } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';

const writer = unified()
  // Raw nodes are only ever our own: authors' HTML never gets past the sanitiser.
  .use(rehypeStringify, { allowDangerousHtml: true })
  .freeze();

export function toHtml(tree: Root): string {
  return writer.stringify(tree);
}

/** HTML of our own making as a node of a syntax tree. `raw` nodes are rehype's, which hast's types leave out. */
export function rawNode(html: string): ElementContent {
  return { type: 'raw', value: html } as unknown as ElementContent;
}

/** Text as HTML, for element content and double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
