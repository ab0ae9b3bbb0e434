/** Puts the layers that move into a drawing as the page draws them: so a still figure and a living one are the same. */
import { escapeAttribute, escapeText, isElement, type SvgElement } from '../../svg/tree.js';
import type { Row } from '../panels.js';
import { type Coarseness, coarsePath } from './coarse-path.js';
import { colour } from '../theme.js';
import type { MovingLayer } from './layer.js';
import type { Mark } from './marks.js';
import { isClipped, layerMarks, placesIn, type Plot, rowsByPart } from './plot.js';

/** Of a panel nothing is lost that can be seen; a thumbnail has few pixels. */
const fine: Coarseness = { tolerance: 0.1, line: 0.1, dot: 0.1 };
const small: Coarseness = { tolerance: 0.4, line: 0.5, dot: 1 };

/** The id of the group with a layer's marks, in the drawing with this id. */
export function layerId(drawing: string, layer: number): string {
  return `${drawing}.m${layer}`;
}

/** Replaces what Vega drew of each layer. */
export function putLayers(
  svg: SvgElement,
  id: string,
  {
    layers,
    rows,
    plot,
    axes,
  }: {
    readonly layers: readonly MovingLayer[];
    readonly rows: readonly Row[];
    readonly plot: Plot;
    readonly axes: readonly string[];
  },
): void {
  const groups = layerGroups(svg);
  const parts = rowsByPart(rows);
  const places = placesIn(plot);
  for (const [index, layer] of layers.entries()) {
    const group = groups.get(index);
    if (group === undefined) throw new Error(`the drawing has no place for the layer "${layer.part}"`);
    group.attributes.clear();
    group.attributes.set('id', layerId(id, index));
    if (isClipped(layer)) group.attributes.set('clip-path', 'url(#plot)');
    group.children = layerMarks(layer, parts, places).map((mark) => elementOf(coarse(mark, fine)));
    group.isWhole = true;
  }
  nameAxes(svg, axes);
  svg.children.unshift(clipOf(plot));
}

/** So that the page finds what it draws again for axes of another moment. */
function nameAxes(element: SvgElement, axes: readonly string[]): void {
  if (element.axis !== undefined) element.attributes.set('data-axis', axes[element.axis] ?? '');
  for (const child of element.children) if (isElement(child)) nameAxes(child, axes);
}

/** The outermost groups of the layers, by their positions. */
function layerGroups(svg: SvgElement): ReadonlyMap<number, SvgElement> {
  const found = new Map<number, SvgElement>();
  const visit = (element: SvgElement): void => {
    if (element.layer !== undefined) {
      found.set(element.layer, element);
      return;
    }
    for (const child of element.children) if (isElement(child)) visit(child);
  };
  visit(svg);
  return found;
}

function clipOf({ x, y }: Plot): SvgElement {
  const sizes = new Map([
    ['width', String(x.length)],
    ['height', String(y.length)],
  ]);
  const rect: SvgElement = { tag: 'rect', attributes: sizes, children: [] };
  const clip: SvgElement = { tag: 'clipPath', attributes: new Map([['id', 'plot']]), children: [rect] };
  return { tag: 'defs', attributes: new Map(), children: [clip] };
}

/** A drawing of these layers alone, in letters that a reader does not need: a thumbnail, `scale` times as high as its panel. */
export function thumbnail(
  layers: readonly MovingLayer[],
  rows: readonly Row[],
  { plot, scale }: { readonly plot: Plot; readonly scale: number },
): SvgElement {
  // How high a cell is, is a number of pixels; coarse places may be as far from each other as one of them.
  const parts = rowsByPart(
    rows.map((row) => (typeof row['thick'] === 'number' ? { ...row, thick: row['thick'] * scale + 1 } : row)),
  );
  const places = placesIn(plot);
  const drawn = layers
    .filter(({ mark }) => mark !== 'text')
    .flatMap((layer) => layerMarks(layer, parts, places).map((mark) => (layer.part === 'cell' ? crisp(mark) : mark)))
    .map((mark) => coarse(mark, small));
  const [width, height] = [plot.x.length, plot.y.length];
  return {
    tag: 'svg',
    attributes: new Map([
      ['xmlns', 'http://www.w3.org/2000/svg'],
      ['class', 'figure-drawing'],
      ['viewBox', `0 0 ${width} ${height}`],
      ['width', String(width)],
      ['height', String(height)],
      ['fill', 'none'],
    ]),
    children: [
      {
        tag: 'rect',
        attributes: new Map([
          ['width', String(width)],
          ['height', String(height)],
          ['stroke', colour('grid')],
        ]),
        children: [],
      },
      ...oneForEachStyle(drawn).map(elementOf),
    ],
  };
}

/** Cells that meet within a pixel would each cover it in part, and the ground would show through as a seam. */
function crisp(mark: Mark): Mark {
  return { ...mark, attributes: { ...mark.attributes, 'shape-rendering': 'crispEdges' } };
}

function coarse(mark: Mark, coarseness: Coarseness): Mark {
  const { d } = mark.attributes;
  return d === undefined ? mark : { ...mark, attributes: { ...mark.attributes, d: coarsePath(String(d), coarseness) } };
}

/** One path for all marks of one style: which of two dots is in front, a thumbnail does not show. */
function oneForEachStyle(marks: readonly Mark[]): Mark[] {
  const paths = new Map<string, Mark>();
  for (const mark of marks) {
    const { d = '', ...style } = mark.attributes;
    const key = JSON.stringify(style);
    const before = String(paths.get(key)?.attributes['d'] ?? '');
    paths.set(key, { ...mark, attributes: { ...style, d: `${before}${d}` } });
  }
  return [...paths.values()];
}

function elementOf({ tag, attributes, lines }: Mark): SvgElement {
  const texts = (lines ?? []).map(escapeText);
  const [first = '', ...others] = texts;
  const { x = 0 } = attributes;
  const height = Number.parseFloat(String(attributes['font-size'] ?? 0)) + 2;
  return {
    tag,
    attributes: new Map(Object.entries(attributes).map(([name, value]) => [name, escapeAttribute(String(value))])),
    children:
      others.length === 0
        ? texts.filter((text) => text !== '')
        : [first, ...others].map((text, index) => ({
            tag: 'tspan',
            attributes: new Map([
              ['x', String(x)],
              ['dy', index === 0 ? '0' : String(height)],
            ]),
            children: [text],
          })),
  };
}
