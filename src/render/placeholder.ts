/**
 * Trusted content keeps out of the sanitiser's way: figures, tables, math and computed numbers stand in the tree as
 * numbered empty elements until everything that an author wrote has been sanitised.
 */
import type { Element, ElementContent, Root } from 'hast';

/** The property that marks one; the sanitiser lets it through. An author cannot write it: raw HTML never gets in. */
export const placeholderProperty = 'dataPlaceholder';

export class Placeholders {
  readonly #held: (readonly ElementContent[])[] = [];

  /** Keeps nodes until `fill`. The text stands for them while headings get their ids. */
  hold(tagName: 'div' | 'span', nodes: readonly ElementContent[], text = ''): Element {
    this.#held.push(nodes);
    return {
      type: 'element',
      tagName,
      properties: { [placeholderProperty]: String(this.#held.length - 1) },
      children: text === '' ? [] : [{ type: 'text', value: text }],
    };
  }

  /** Puts the kept nodes where their placeholders stand. */
  fill(tree: Root | Element): void {
    const children: ElementContent[] = [];
    for (const child of tree.children) {
      if (child.type === 'doctype') continue;
      const held = child.type === 'element' ? child.properties[placeholderProperty] : undefined;
      if (typeof held === 'string') {
        children.push(...(this.#held[Number(held)] ?? []));
        continue;
      }
      if (child.type === 'element') this.fill(child);
      children.push(child);
    }
    tree.children = children;
  }
}
