/**
 * Lets through only what a figure is made of: shapes, text and gradients, with a list of attributes whose values are
 * numbers, colours and references within the drawing. Links, images, scripts, handlers, styles, classes and Vega's own
 * ARIA attributes are not on the lists, so nothing that a specification says can bring them onto a page.
 */
import type { SvgElement, SvgNode } from './tree.js';

const elements = new Set([
  ...['svg', 'g', 'path', 'rect', 'line', 'circle', 'text', 'tspan'],
  ...['defs', 'clipPath', 'linearGradient', 'radialGradient', 'pattern', 'stop'],
]);

const numbers = '[-+0-9.eE%px, ]*';
const safePaint =
  /^(?:none|[a-z]{3,24}|#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([-+0-9.e%, ]*\)|var\(--figure-[a-z0-9-]+, ?#[0-9a-f]{3,8}\))$/i;
const reference = /^url\(#([\w-]+)\)$/;
const shape = new RegExp(`^${numbers}$`);
const keyword = /^[a-z0-9-]+$/i;

/** How each attribute's value must look. */
const attributes: Readonly<Record<string, RegExp>> = {
  d: /^[-+0-9.eMLHVCSQTAZmlhvcsqtaz, ]*$/,
  transform: /^(?:(?:translate|rotate|scale)\([-+0-9.e, ]*\) ?)*$/,
  ...Object.fromEntries(
    [
      ...['x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx', 'dy', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'fr'],
      ...['width', 'height', 'viewBox', 'offset', 'opacity', 'fill-opacity', 'stroke-opacity', 'stroke-width'],
      ...['stroke-dasharray', 'stroke-dashoffset', 'stroke-miterlimit', 'font-size'],
    ].map((name) => [name, shape]),
  ),
  ...Object.fromEntries(
    [...['text-anchor', 'font-weight', 'font-style', 'stroke-linecap', 'stroke-linejoin', 'preserveAspectRatio']].map(
      (name) => [name, keyword],
    ),
  ),
  fill: safePaint,
  stroke: safePaint,
  'stop-color': safePaint,
  'clip-path': reference,
  id: /^[\w-]+$/,
};

/** The drawing with nothing but harmless elements and attributes; what cannot be seen is left out too. */
export function cleanSvg(svg: SvgElement): SvgElement {
  return { tag: 'svg', attributes: cleanAttributes(svg), children: svg.children.flatMap(cleanNode) };
}

function cleanNode(node: SvgNode): SvgNode[] {
  if (typeof node === 'string') return [node];
  // A link loses itself but not what it is around.
  if (node.tag === 'a') return node.children.flatMap(cleanNode);
  if (!elements.has(node.tag) || isInvisible(node)) return [];
  return [{ tag: node.tag, attributes: cleanAttributes(node), children: node.children.flatMap(cleanNode) }];
}

function isInvisible({ tag, attributes }: SvgElement): boolean {
  if (attributes.get('display') === 'none' || attributes.get('opacity') === '0') return true;
  if (tag !== 'path') return false;
  const painted = (name: string): boolean => ![undefined, 'none', 'transparent'].includes(attributes.get(name));
  const path = attributes.get('d') ?? '';
  const background = attributes.get('class') === 'background' && !painted('fill') && !painted('stroke');
  return background || path === '' || path === 'M0,0h0v0h0Z';
}

function cleanAttributes({ attributes: written }: SvgElement): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [name, value] of written) {
    const pattern = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (pattern === undefined) continue;
    const paintedByReference = (name === 'fill' || name === 'stroke') && reference.test(value);
    if (pattern.test(value) || paintedByReference) kept.set(name, value);
  }
  return kept;
}
