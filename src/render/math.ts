/**
 * TeX to MathML, with Temml. The site's Content-Security-Policy allows no style attributes, so the styles that Temml
 * writes (the padding of a matrix, a colour) become classes, and their rules go into the site's stylesheet.
 */
import type { Element, ElementContent } from 'hast';
import temml from 'temml';
import { sha256 } from '../hash.js';

/** Collects the classes that formulas need, over the whole report. */
export class MathStyles {
  readonly #rules = new Map<string, string>();

  /** The class for these declarations. */
  classFor(declarations: string): string {
    const name = `tml-${sha256(declarations).slice(0, 8)}`;
    this.#rules.set(name, declarations);
    return name;
  }

  /** As CSS, in an order that does not depend on the pages'. */
  css(): string {
    const names = [...this.#rules.keys()].sort();
    return names.map((name) => `.${name}{${this.#rules.get(name) ?? ''}}\n`).join('');
  }
}

export interface TexError {
  readonly message: string;
  /** Into the TeX, where that is known. */
  readonly offset?: number;
}

/** A formula as a <math> element, or why it cannot be one. */
export function texToMathMl(tex: string, display: boolean, styles: MathStyles): Element | TexError {
  try {
    const tree: unknown = temml.renderToMathMLTree_(tex, display);
    const nodes = convert(tree, styles);
    const math = nodes[0];
    if (math?.type !== 'element' || math.tagName !== 'math') return { message: 'this TeX makes no formula' };
    return math;
  } catch (error) {
    return describe(error);
  }
}
