/**
 * Stable names of what stands in a page: by the page and the place, so that they are the same each time it is read, and memos
 * and other processes can speak of it.
 */
import type { Point } from 'unist';

interface Positioned {
  readonly position?: { readonly start: Point } | undefined;
}

/** Of a node in a page's own tree: "two-layers.md:12:3". `scope` is the page's file, or `proseScope` of an option. */
export function nodeId(scope: string, { position }: Positioned): string {
  return `${scope}:${position?.start.line ?? 0}:${position?.start.column ?? 0}`;
}

/** What the nodes in an option of a directive that is Markdown are named after: "two-layers.md:12:1.caption". */
export function proseScope({ at }: { readonly at: string }, option: string): string {
  return `${at}.${option}`;
}
