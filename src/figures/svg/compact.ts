/**
 * The same drawing in far fewer bytes: dots of one kind become one path, so do the lines of a grid; what all parts of a
 * group have in common is said once, and so is a long path that stands in several places; groups that do nothing go;
 * numbers are rounded; equal clip paths become one.
 */
import { renameIds } from './ids.js';
import { mergeMarks } from './merge-marks.js';
import { roundNumbers, shortPath } from './path.js';
import { sayOnce } from './say-once.js';
import { isElement, type SvgElement, type SvgNode } from '../../svg/tree.js';

/** Changes the drawing; its ids begin with `prefix` from then on. */
export function compactSvg(svg: SvgElement, prefix: string): void {
  renameIds(svg, prefix);
  svg.children = svg.children.flatMap(compact);
  round(svg);
  sayOnce(svg, prefix);
}

/** A drawing that is made of what the page draws, as short as it gets. */
export function roundedSvg(svg: SvgElement): SvgElement {
  round(svg);
  return svg;
}

function compact(node: SvgNode): readonly SvgNode[] {
  if (!isElement(node) || node.tag === 'defs' || node.isWhole === true) return [node];
  for (const [name, value] of node.attributes) if (defaults.get(name) === value) node.attributes.delete(name);
  if (node.tag !== 'g') return [node];
  node.children = mergeMarks(node.children.flatMap(compact));
  hoist(node);
  return flatten(node);
}

/** What these attributes say anyway when they are absent. */
const defaults: ReadonlyMap<string, string> = new Map([
  ['opacity', '1'],
  ['fill-opacity', '1'],
  ['stroke-opacity', '1'],
  ['text-anchor', 'start'],
  ['font-weight', 'normal'],
  ['font-style', 'normal'],
  ['transform', 'translate(0,0)'],
]);

const inherited = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-miterlimit', 'font-size', 'font-weight', 'font-style', 'text-anchor'],
];

/** What every child says alike, the group says for them. */
function hoist({ attributes, children }: SvgElement): void {
  const [first] = children;
  if (first === undefined || children.length < 2 || !isElement(first) || !children.every(isElement)) return;
  if (children.some(({ isWhole }) => isWhole === true)) return;
  for (const name of inherited) {
    const value = first.attributes.get(name);
    if (value === undefined || !children.every((child) => child.attributes.get(name) === value)) continue;
    attributes.set(name, value);
    for (const child of children) child.attributes.delete(name);
  }
}

/** A group without children goes, one without attributes gives way to them; one with a single one joins it. */
function flatten(group: SvgElement): readonly SvgNode[] {
  if (group.attributes.size === 0) return group.children;
  const [only, ...others] = group.children;
  if (only === undefined) return [];
  if (isElement(only) && only.isWhole === true) return [group];
  if (others.length > 0 || !isElement(only)) return [group];
  const transforms = group.attributes.has('transform') && only.attributes.has('transform');
  const clips = group.attributes.has('clip-path') || only.attributes.has('clip-path');
  const opacities = group.attributes.has('opacity') && only.attributes.has('opacity');
  if (transforms || clips || opacities || only.tag === 'defs') return [group];
  return [{ ...only, attributes: new Map([...group.attributes, ...only.attributes]) }];
}

const rounding = new Set([
  ...['transform', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx', 'dy', 'cx', 'cy', 'r', 'width', 'height'],
  ...['opacity', 'stroke-width', 'stroke-opacity', 'fill-opacity', 'offset'],
]);

function round({ attributes, children, isRounded }: SvgElement): void {
  for (const [name, value] of attributes) {
    if (name === 'd') {
      if (isRounded !== true) attributes.set(name, shortPath(value));
    } else if (rounding.has(name)) attributes.set(name, roundNumbers(value));
  }
  for (const child of children) if (isElement(child)) round(child);
}
