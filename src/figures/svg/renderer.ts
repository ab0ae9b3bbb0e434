/**
 * Vega's renderer of SVG with a tree for its output in place of a text, which would have to be read again. Only what may
 * stay gets into the tree.
 */
import * as vega from 'vega';
import { cleanAttributes, isWorthDrawing, type Written } from './clean.js';
import { escapeText, type SvgElement } from './tree.js';

/** What Vega's renderer writes to. */
interface Markup {
  open(tag: string, ...attributes: readonly (Written | null)[]): Markup;
  text(text: unknown): Markup;
  close(): Markup;
}

/** What Vega's own does not tell its types. */
interface VegaRenderer {
  readonly _width: number;
  readonly _height: number;
  readonly _origin: readonly [number, number];
  readonly _bgcolor: string | null;
  mark(markup: Markup, scene: object): void;
  defs(markup: Markup): void;
}

const { SVGStringRenderer } = vega as unknown as { readonly SVGStringRenderer: new (loader: object) => VegaRenderer };

class TreeRenderer extends SVGStringRenderer {
  private tree: SvgElement | undefined;

  /** What `view.toSVG` resolves to. */
  svg(): SvgElement | undefined {
    return this.tree;
  }

  /** Of links nothing would be left. */
  href(): null {
    return null;
  }

  _render(scene: object): this {
    const [width, height] = [this._width, this._height];
    const { markup, root } = treeMarkup();
    markup.open('svg', { width, height });
    const background = this._bgcolor;
    if (background !== null && background !== 'transparent' && background !== 'none') {
      markup.open('rect', { width, height, fill: background }).close();
    }
    markup.open('g', { fill: 'none', 'stroke-miterlimit': 4, transform: `translate(${this._origin.join(',')})` });
    this.mark(markup, scene);
    markup.close();
    this.defs(markup);
    markup.close();
    this.tree = root();
    return this;
  }
}

/** A markup whose elements become a tree as they are closed. */
function treeMarkup(): { readonly markup: Markup; readonly root: () => SvgElement | undefined } {
  const top: SvgElement = { tag: '', attributes: new Map(), children: [] };
  const open: { readonly element: SvgElement; readonly stays: boolean }[] = [{ element: top, stays: true }];
  const markup: Markup = {
    open(tag, ...sets) {
      const written: Record<string, unknown> = {};
      for (const set of sets) Object.assign(written, set);
      const attributes = cleanAttributes(written);
      open.push({ element: { tag, attributes, children: [] }, stays: isWorthDrawing(tag, written, attributes) });
      return markup;
    },
    text(text) {
      const escaped = escapeText(String(text));
      if (escaped !== '') open.at(-1)?.element.children.push(escaped);
      return markup;
    },
    close() {
      const closed = open.pop();
      if (closed?.stays === true) open.at(-1)?.element.children.push(closed.element);
      return markup;
    },
  };
  return { markup, root: () => top.children.find((child) => typeof child !== 'string') };
}

/** Makes it the one that Vega's views draw with. */
vega.renderModule('svg', { headless: TreeRenderer } as never);

/** What the view draws, as a tree. */
export async function drawnTree(view: vega.View): Promise<SvgElement> {
  return (await view.toSVG()) as unknown as SvgElement;
}
