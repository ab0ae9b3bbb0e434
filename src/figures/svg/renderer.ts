/**
 * Vega's renderer of SVG with a tree for its output in place of a text, which would have to be read again. Only what may
 * stay gets into the tree.
 */
import * as vega from 'vega';
import { cleanAttributes, isWorthDrawing, type Written } from '../../svg/clean.js';
import { escapeText, type SvgElement } from '../../svg/tree.js';

/** What Vega's renderer writes to. */
interface Markup {
  open(tag: string, ...attributes: readonly (Written | null)[]): Markup;
  text(text: unknown): Markup;
  close(): Markup;
}

interface Item {
  readonly x?: number;
  readonly y?: number;
  readonly angle?: number;
  readonly shape?: unknown;
  readonly size?: unknown;
}

interface Scene {
  readonly marktype: string;
}

/** Says the attributes of an item. */
type Emitter = (say: (name: string, value: unknown) => void, item: Item, renderer: unknown) => void;

/** What Vega's own does not tell its types. */
interface VegaRenderer {
  readonly _width: number;
  readonly _height: number;
  readonly _origin: readonly [number, number];
  readonly _bgcolor: string | null;
  mark(markup: Markup, scene: object): void;
  attr(scene: Scene, item: Item, emitters: Emitter | readonly Emitter[], tag: string | null): Written;
  defs(markup: Markup): void;
}

const { SVGStringRenderer } = vega as unknown as { readonly SVGStringRenderer: new (loader: object) => VegaRenderer };

class TreeRenderer extends SVGStringRenderer {
  private tree: SvgElement | undefined;

  /** What `view.toSVG` resolves to. */
  svg(): SvgElement | undefined {
    return this.tree;
  }

  /** Without what Vega says for screen readers of every item: the drawing has one text alternative. */
  override attr(scene: Scene, item: Item, emitters: Emitter | readonly Emitter[], tag: string | null): Written {
    const own = typeof emitters === 'function' ? emitters : emitters.at(-1);
    if (own === undefined) throw new Error('Vega draws a mark without attributes');
    return super.attr(scene, item, scene.marktype === 'symbol' && tag === 'path' ? symbolAttributes(own) : own, tag);
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

const symbolPaths = new Map<unknown, Map<unknown, unknown>>();
const mostPaths = 256;

/** The same for a symbol, whose path is the last one's of this shape and size. */
function symbolAttributes(emitter: Emitter): Emitter {
  return (say, item, renderer) => {
    const { x, y, angle, shape, size } = item;
    const ofShape = symbolPaths.get(shape) ?? new Map<unknown, unknown>();
    if (symbolPaths.size >= mostPaths) symbolPaths.clear();
    symbolPaths.set(shape, ofShape);
    const known = angle ? undefined : ofShape.get(size);
    if (known !== undefined) {
      say('transform', `translate(${x || 0},${y || 0})`);
      say('d', known);
      return;
    }
    emitter(
      (name, value) => {
        if (name === 'd' && ofShape.size < mostPaths) ofShape.set(size, value);
        say(name, value);
      },
      item,
      renderer,
    );
  };
}

/** Vega names the group of a layer's marks by its position. */
function layerOf(name: unknown): number | undefined {
  const [, position] = (typeof name === 'string' && /\blayer_(\d+)_(?:marks|pathgroup)\b/.exec(name)) || [];
  return position === undefined ? undefined : Number(position);
}

/** A markup whose elements become a tree as they are closed. */
function treeMarkup(): { readonly markup: Markup; readonly root: () => SvgElement | undefined } {
  const top: SvgElement = { tag: '', attributes: new Map(), children: [] };
  let axes = 0;
  const open: { readonly element: SvgElement; readonly stays: boolean }[] = [{ element: top, stays: true }];
  const markup: Markup = {
    open(tag, ...sets) {
      const [first, ...others] = sets;
      const written = others.length === 0 ? (first ?? {}) : (Object.assign({}, ...sets) as Written);
      const attributes = cleanAttributes(written);
      const layer = tag === 'g' ? layerOf(written['class']) : undefined;
      const [, guide] =
        (tag === 'g' && /\brole-axis(-(?:label|grid|tick))?\b(?!-)/.exec(String(written['class']))) || [];
      if (tag === 'g' && guide === undefined && /\brole-axis(?!-)/.test(String(written['class']))) axes += 1;
      const element = {
        ...{ tag, attributes, children: [] },
        ...(layer !== undefined && { layer }),
        ...(guide !== undefined && { axis: axes - 1 }),
      };
      open.push({ element, stays: isWorthDrawing(tag, written, attributes) });
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
