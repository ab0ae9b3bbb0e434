/** Pieces of a page's HTML tree. */
import type { Element, ElementContent, Parents, Properties, RootContent, Text } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Node } from 'unist';

/** HTML that the program made whole, such as a figure or a formula. No plugin looks into it. */
export interface Written extends Node {
  type: 'written';
  value: string;
  /** What it says, for the search. */
  said: string;
}

declare module 'hast' {
  interface ElementContentMap {
    written: Written;
  }
  interface RootContentMap {
    written: Written;
  }
}

export function element(tagName: string, properties: Properties, children: ElementContent[] = []): Element {
  return { type: 'element', tagName, properties, children };
}

export function text(value: string): Text {
  return { type: 'text', value };
}

export function written(value: string, said: string): Written {
  return { type: 'written', value, said };
}

/**
 * Calls `visit` for every node of a tree with the place where it stands, before those inside it; what it puts into that place is gone
 * into. Several times as fast as unist-util-visit, which knows the ancestors of each.
 */
export function eachNode(parent: Parents, visit: (node: RootContent, index: number, parent: Parents) => void): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child !== undefined) visit(child, index, parent);
    const now = parent.children[index];
    if (now !== undefined && 'children' in now) eachNode(now, visit);
  }
}

/** The first paragraph of a block, when the block starts with one. */
export function leadingParagraph(children: readonly ElementContent[]): Element | undefined {
  const first = children.find((child) => child.type !== 'text' || child.value.trim() !== '');
  return first?.type === 'element' && first.tagName === 'p' ? first : undefined;
}

/** How every tree of a page is written: entities by their names, and nothing that HTML lets one leave out. */
export const htmlSettings = { allowDangerousHtml: true, characterReferences: { useNamedReferences: true } } as const;

/** A small tree as HTML. */
export function htmlOf(node: Element): string {
  return toHtml(node, htmlSettings);
}
