import { paintPattern } from './paint.js';

/**
 * Lets through only what a figure is made of: shapes, text and gradients, with a list of attributes whose values are
 * numbers, colours and references within the drawing. Links, images, scripts, handlers, styles, classes and Vega's own
 * ARIA attributes are not on the lists, so nothing that a specification says can bring them onto a page.
 */
const elements = new Set([
  ...['svg', 'g', 'path', 'rect', 'line', 'circle', 'text', 'tspan'],
  ...['defs', 'clipPath', 'linearGradient', 'radialGradient', 'pattern', 'stop'],
]);

const numbers = '[-+0-9.eE%px, ]*';
const reference = /^url\(#([\w.-]+)\)$/;
const shape = new RegExp(`^${numbers}$`);
const keyword = /^[a-z0-9-]+$/i;

const paint = new RegExp(`${paintPattern.source}|${reference.source}`, 'i');

/** How each attribute's value must look. */
const attributes: ReadonlyMap<string, Attribute> = new Map(
  Object.entries({
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
      [
        ...[
          'text-anchor',
          'font-weight',
          'font-style',
          'stroke-linecap',
          'stroke-linejoin',
          'preserveAspectRatio',
          'shape-rendering',
        ],
      ].map((name) => [name, keyword]),
    ),
    fill: paint,
    stroke: paint,
    'stop-color': paintPattern,
    'clip-path': reference,
    id: /^[\w.-]+$/,
    // Which axis a part belongs to, for the script that draws it anew (figures/moving/draw-layers.ts).
    'data-axis': /^[xy]$/,
  }).map(([name, pattern]) => [name, { pattern, passed: undefined }]),
);

interface Attribute {
  readonly pattern: RegExp;
  /** The last that matched: marks of one kind say most of theirs alike. */
  passed: string | undefined;
}

/** Attributes as they are written; what is null is not. */
export type Written = Readonly<Record<string, unknown>>;

/** What may stay of an element's attributes. */
export function cleanAttributes(written: Written): Map<string, string> {
  const kept = new Map<string, string>();
  for (const name of Object.keys(written)) {
    const value = written[name];
    const attribute = value === null || value === undefined ? undefined : attributes.get(name);
    if (attribute === undefined) continue;
    const text = String(value);
    if (text !== attribute.passed) {
      if (!attribute.pattern.test(text)) continue;
      attribute.passed = text;
    }
    kept.set(name, text);
  }
  return kept;
}

/** Whether elements of this kind are on the list. */
export function isDrawn(tag: string): boolean {
  return elements.has(tag);
}

/** Whether an element with these attributes may stay, and would be seen. */
export function isWorthDrawing(tag: string, written: Written, kept: ReadonlyMap<string, string>): boolean {
  if (!elements.has(tag) || written['display'] === 'none' || kept.get('opacity') === '0') return false;
  if (tag !== 'path') return true;
  const isPainted = ['fill', 'stroke'].some((name) => ![undefined, 'none', 'transparent'].includes(kept.get(name)));
  const path = kept.get('d') ?? '';
  return path !== '' && path !== 'M0,0h0v0h0Z' && (isPainted || written['class'] !== 'background');
}
