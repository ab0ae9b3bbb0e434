/**
 * An SVG file by anyone, written anew from lists of what a picture is made of: it may be opened by itself, where it is a
 * page of the site's. Nothing in it runs, loads, links or moves by a script. Styles become attributes, because the site's
 * policy forbids others, also in a picture.
 */
import { cascade, isHarmless, type StyleRule, styleRules } from './style.js';
import { parseXml, type XmlElement, type XmlNode } from './parse.js';
import { escapeAttribute, escapeText, isElement, printSvg, type SvgElement, type SvgNode } from './tree.js';

const shapes = ['path', 'rect', 'line', 'circle', 'ellipse', 'polygon', 'polyline', 'image', 'use'];
const texts = ['text', 'tspan', 'textPath', 'title', 'desc'];
const structure = ['svg', 'g', 'defs', 'symbol', 'marker', 'switch', 'clipPath', 'mask', 'pattern', 'stop'];
const filters = [
  'Blend',
  'ColorMatrix',
  'ComponentTransfer',
  'Composite',
  'ConvolveMatrix',
  'DiffuseLighting',
  'DisplacementMap',
  'DistantLight',
  'DropShadow',
  'Flood',
  'FuncA',
  'FuncB',
  'FuncG',
  'FuncR',
  'GaussianBlur',
  'Merge',
  'MergeNode',
  'Morphology',
  'Offset',
  'PointLight',
  'SpecularLighting',
  'SpotLight',
  'Tile',
  'Turbulence',
];
const elements = new Set([
  ...[...shapes, ...texts, ...structure, 'linearGradient', 'radialGradient', 'filter'],
  ...filters.map((name) => `fe${name}`),
]);

/** What draws nothing by itself goes without a word: what editors note for themselves. */
const unseen = new Set(['metadata', 'style', 'view', 'cursor', 'font', 'color-profile']);

/** Besides the properties of `style.ts`. */
const attributes = new Set([
  ...['d', 'points', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx', 'dy', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'fr'],
  ...['width', 'height', 'viewBox', 'preserveAspectRatio', 'transform', 'offset', 'rotate', 'pathLength', 'textLength'],
  ...['lengthAdjust', 'startOffset', 'gradientUnits', 'gradientTransform', 'spreadMethod', 'patternUnits'],
  ...['patternContentUnits', 'patternTransform', 'clipPathUnits', 'maskUnits', 'maskContentUnits', 'markerUnits'],
  ...['markerWidth', 'markerHeight', 'refX', 'refY', 'orient', 'filterUnits', 'primitiveUnits', 'in', 'in2', 'result'],
  ...['stdDeviation', 'mode', 'type', 'values', 'operator', 'k1', 'k2', 'k3', 'k4', 'order', 'kernelMatrix', 'divisor'],
  ...['bias', 'edgeMode', 'surfaceScale', 'diffuseConstant', 'specularConstant', 'specularExponent', 'azimuth'],
  ...['elevation', 'scale', 'xChannelSelector', 'yChannelSelector', 'radius', 'baseFrequency', 'numOctaves', 'seed'],
  ...['stitchTiles', 'tableValues', 'slope', 'intercept', 'amplitude', 'exponent', 'z', 'limitingConeAngle'],
  ...['pointsAtX', 'pointsAtY', 'pointsAtZ', 'aria-hidden', 'xml:space'],
]);
/** Words. */
const spoken = new Set(['role', 'aria-label', 'lang', 'xml:lang']);

const localReference = /^#[\w.:-]+$/;
const pictureInside = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/;

/** A cleaned picture, and the names of what was left out of it that someone might miss. */
export type CleanImage = { readonly svg: string; readonly leftOut: readonly string[] } | { readonly refused: string };

/** Cleans an SVG file's text. */
export function cleanImage(text: string): CleanImage {
  const root = parseXml(text);
  if ('refused' in root) return root;
  if (localName(root.tag) !== 'svg') return { refused: 'its root is no <svg>' };
  const leftOut = new Set<string>();
  const rules = styleRules(stylesIn(root), leftOut);
  if (rules.length * elementsIn(root) > mostLooks) return { refused: `its styles are too many for its elements` };
  const svg = cleanElement(root, rules, [], leftOut);
  if (svg === undefined) return { refused: 'there is no picture in it' };
  const drawn = drawnSize(svg);
  if (drawn > mostDrawn)
    return {
      refused: Number.isFinite(drawn)
        ? `it draws more than ${mostDrawn} elements`
        : 'a part of it is drawn inside itself',
    };
  svg.attributes.set('xmlns', 'http://www.w3.org/2000/svg');
  return { svg: `${printSvg(svg)}\n`, leftOut: [...leftOut] };
}

/** So many times is a rule held against an element. */
const mostLooks = 5_000_000;
/** What is referred to is drawn again: a few lines can ask for more than any browser draws. */
const mostDrawn = 1_000_000;

function elementsIn({ children }: XmlElement): number {
  return children.reduce((sum, child) => sum + (typeof child === 'string' ? 0 : elementsIn(child)), 1);
}

/** The elements that a browser draws, what is referred to each time anew; infinite for what contains itself. */
function drawnSize(svg: SvgElement): number {
  const named = new Map<string, SvgElement>();
  const visit = (element: SvgElement): void => {
    named.set(`#${element.attributes.get('id') ?? ''}`, element);
    element.children.filter(isElement).forEach(visit);
  };
  visit(svg);
  const sizes = new Map<SvgElement, number>();
  const sizeOf = (element: SvgElement): number => {
    const known = sizes.get(element);
    if (known !== undefined) return known;
    // Until it is known: whoever asks for it meanwhile is inside of it.
    sizes.set(element, Number.POSITIVE_INFINITY);
    let size = 1;
    for (const child of element.children) if (isElement(child)) size += sizeOf(child);
    for (const value of element.attributes.values()) {
      for (const [reference] of value.startsWith('#') || value.includes('url(') ? value.matchAll(/#[\w.:-]+/g) : []) {
        const target = named.get(reference);
        if (target !== undefined) size += sizeOf(target);
      }
    }
    sizes.set(element, size);
    return size;
  };
  return sizeOf(svg);
}

/** Without the prefix that some programs give to what is SVG's own; undefined for what is of another language. */
function localName(tag: string): string | undefined {
  const bare = tag.replace(/^svg:/, '');
  return bare.includes(':') ? undefined : bare;
}

function stylesIn(element: XmlElement): string {
  if (localName(element.tag) === 'style') return element.children.filter((child) => typeof child === 'string').join('');
  return element.children.map((child) => (typeof child === 'string' ? '' : stylesIn(child))).join('\n');
}

function cleanElement(
  element: XmlElement,
  rules: readonly StyleRule[],
  above: readonly XmlElement[],
  leftOut: Set<string>,
): SvgElement | undefined {
  const name = localName(element.tag);
  if (name === undefined || unseen.has(name)) return undefined;
  // Of a link what it stands around stays.
  const tag = name === 'a' ? 'g' : name;
  if (!elements.has(tag)) {
    leftOut.add(`<${name}>`);
    return undefined;
  }
  const kept = new Map<string, string>();
  for (const [written, value] of element.attributes) {
    if (written === 'href' || written === 'xlink:href') {
      if (name === 'a') continue;
      if (localReference.test(value) || (tag === 'image' && pictureInside.test(value)))
        kept.set('href', escapeAttribute(value));
      else leftOut.add(`${tag} of "${value.slice(0, 40)}"`);
    } else if (
      written === 'id'
        ? /^[\w.:-]+$/.test(value)
        : spoken.has(written) || (attributes.has(written) && isHarmless(value))
    ) {
      kept.set(written, escapeAttribute(value));
    } else if (/^on/i.test(written)) leftOut.add(written);
  }
  for (const [property, value] of cascade(element, above, rules, leftOut)) kept.set(property, escapeAttribute(value));
  if (tag === 'image' && !kept.has('href')) return undefined;
  const inside = [...above, element];
  const child = (node: XmlNode): readonly SvgNode[] =>
    typeof node === 'string' ? [escapeText(node)] : ((cleanElement(node, rules, inside, leftOut) ?? []) as SvgNode[]);
  const children = element.children.flatMap(child).filter((node) => node !== '');
  return { tag, attributes: kept, children };
}
