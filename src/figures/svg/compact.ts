/**
 * The same drawing in far fewer bytes: dots of one kind become one path, so do the lines of a grid; what all parts of a
 * group have in common is said once, and so is a long path that stands in several places; groups that do nothing go;
 * numbers are rounded; equal clip paths become one. Every id gets the figure's own as a prefix, because many drawings
 * share a page.
 */
import { circleRadius, roundNumbers, shortNumber, shortPath, strokesPath } from './path.js';
import { printSvg, type SvgElement, type SvgNode } from './tree.js';

const inherited = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-miterlimit', 'font-size', 'font-weight', 'font-style', 'text-anchor'],
];

/** What these attributes say anyway when they are absent. */
const defaults: Readonly<Record<string, string>> = {
  opacity: '1',
  'fill-opacity': '1',
  'stroke-opacity': '1',
  'text-anchor': 'start',
  'font-weight': 'normal',
  'font-style': 'normal',
  transform: 'translate(0,0)',
};

export function compactSvg(svg: SvgElement, prefix: string): SvgElement {
  const named = renameIds(svg, prefix);
  return saidOnce(rounded({ ...named, children: named.children.flatMap((child) => compact(child)) }), prefix);
}

/** A path is long enough to be worth a reference from here on. */
const long = 200;

/** What several panels draw alike, such as the same samples, is there once; the others refer to it. */
function saidOnce(svg: SvgElement, prefix: string): SvgElement {
  const times = new Map<string, number>();
  const key = (node: SvgElement): string | undefined => {
    const text = node.tag === 'path' ? printSvg(node) : '';
    return text.length < long ? undefined : text;
  };
  const count = (node: SvgNode): void => {
    if (!isElement(node) || node.tag === 'defs') return;
    const text = key(node);
    if (text !== undefined) times.set(text, (times.get(text) ?? 0) + 1);
    node.children.forEach(count);
  };
  count(svg);
  const names = new Map<string, string>();
  const replace = (node: SvgNode): SvgNode => {
    if (!isElement(node) || node.tag === 'defs') return node;
    const text = key(node);
    if (text === undefined || (times.get(text) ?? 0) < 2) return { ...node, children: node.children.map(replace) };
    const known = names.get(text);
    if (known !== undefined) return { tag: 'use', attributes: new Map([['href', `#${known}`]]), children: [] };
    const name = `${prefix}-same-${names.size + 1}`;
    names.set(text, name);
    return { ...node, attributes: new Map([['id', name], ...node.attributes]) };
  };
  return { ...svg, children: svg.children.map(replace) };
}

const isElement = (node: SvgNode): node is SvgElement => typeof node !== 'string';

function compact(node: SvgNode): SvgNode[] {
  if (typeof node === 'string') return [node];
  if (node.tag === 'defs') return [node];
  if (node.tag !== 'g') return [withoutDefaults(node)];
  const children = mergeLines(mergeDots(node.children.flatMap(compact))).map(asCircle);
  if (children.length === 0) return [];
  return flatten(hoist(withoutDefaults({ ...node, children })));
}

function withoutDefaults(node: SvgElement): SvgElement {
  const attributes = new Map([...node.attributes].filter(([name, value]) => defaults[name] !== value));
  return { ...node, attributes };
}

/** A group without attributes gives way to its children; one inside another that holds nothing else joins it. */
function flatten(group: SvgElement): SvgNode[] {
  if (group.attributes.size === 0) return [...group.children];
  const [only, ...others] = group.children;
  if (only === undefined || others.length > 0 || !isElement(only)) return [group];
  const transforms = group.attributes.has('transform') && only.attributes.has('transform');
  const clips = group.attributes.has('clip-path') || only.attributes.has('clip-path');
  const opacities = group.attributes.has('opacity') && only.attributes.has('opacity');
  if (transforms || clips || opacities || only.tag === 'defs') return [group];
  return [{ ...only, attributes: new Map([...group.attributes, ...only.attributes]) }];
}

/** What every child says alike, the group says for them. */
function hoist(group: SvgElement): SvgElement {
  const children = group.children.filter(isElement);
  const [first, ...others] = children;
  if (first === undefined || others.length === 0 || children.length < group.children.length) return group;
  const attributes = new Map(group.attributes);
  const common = inherited.filter((name) => {
    const value = first.attributes.get(name);
    return value !== undefined && others.every((child) => child.attributes.get(name) === value);
  });
  for (const name of common) attributes.set(name, first.attributes.get(name) ?? '');
  return { ...group, attributes, children: children.map((child) => without(child, common)) };
}

function without(node: SvgElement, names: readonly string[]): SvgElement {
  return { ...node, attributes: new Map([...node.attributes].filter(([name]) => !names.includes(name))) };
}

/** Neighbours that `key` gives the same string become what `merge` makes of them, when there are at least three. */
function mergeRuns(
  nodes: readonly SvgNode[],
  key: (node: SvgElement) => string | undefined,
  merge: (run: readonly SvgElement[]) => SvgElement,
): SvgNode[] {
  const merged: SvgNode[] = [];
  for (let start = 0; start < nodes.length; ) {
    const node = nodes[start];
    if (node === undefined) break;
    const kind = isElement(node) ? key(node) : undefined;
    let end = start + 1;
    if (kind !== undefined) {
      for (let next = nodes[end]; next !== undefined && isElement(next) && key(next) === kind; next = nodes[end])
        end += 1;
    }
    const run = nodes.slice(start, end);
    if (run.length >= 3) merged.push(merge(run.filter(isElement)));
    else merged.push(...run);
    start = end;
  }
  return merged;
}

const place = (node: SvgElement): { x: number; y: number } => {
  const [, x = '0', y = '0'] = /^translate\(([^,]+),([^)]+)\)$/.exec(node.attributes.get('transform') ?? '') ?? [];
  return { x: Number(x), y: Number(y) };
};

const isMoved = (node: SvgElement): boolean =>
  /^(?:translate\([^)]*\))?$/.test(node.attributes.get('transform') ?? '') && !node.attributes.has('clip-path');

/** Round dots of one size and colour: a line of no length with round ends is a dot. */
function mergeDots(nodes: readonly SvgNode[]): SvgNode[] {
  const key = (node: SvgElement): string | undefined => {
    const { attributes } = node;
    const stroke = attributes.get('stroke');
    if (node.tag !== 'path' || !isMoved(node) || (stroke !== undefined && stroke !== 'none')) return undefined;
    if (circleRadius(attributes.get('d') ?? '') === undefined) return undefined;
    return JSON.stringify([...without(node, ['transform']).attributes]);
  };
  return mergeRuns(nodes, key, (run) => {
    const [first] = run;
    const attributes = new Map(first?.attributes);
    const radius = circleRadius(attributes.get('d') ?? '') ?? 0;
    const path = strokesPath(run.map((node) => ({ ...place(node), dx: 0, dy: 0 })));
    const opacity = attributes.get('fill-opacity');
    attributes.set('stroke', attributes.get('fill') ?? 'none');
    attributes.set('stroke-width', shortNumber(2 * radius, 2));
    attributes.set('stroke-linecap', 'round');
    if (opacity !== undefined) attributes.set('stroke-opacity', opacity);
    for (const name of ['transform', 'fill', 'fill-opacity', 'd']) attributes.delete(name);
    attributes.set('d', path);
    return { tag: 'path', attributes, children: [] };
  });
}

/** A round path that stayed alone, as a circle. */
function asCircle(node: SvgNode): SvgNode {
  if (!isElement(node) || node.tag !== 'path' || !isMoved(node)) return node;
  const radius = circleRadius(node.attributes.get('d') ?? '');
  if (radius === undefined) return node;
  const { x, y } = place(node);
  const at = [x, y].map((value) => shortNumber(value, 1));
  const attributes = new Map([
    ['cx', at[0] ?? '0'],
    ['cy', at[1] ?? '0'],
    ['r', shortNumber(radius, 2)],
    ...without(node, ['transform', 'd']).attributes,
  ]);
  return { tag: 'circle', attributes, children: [] };
}

/** Straight lines of one kind, such as a grid's. */
function mergeLines(nodes: readonly SvgNode[]): SvgNode[] {
  const key = (node: SvgElement): string | undefined =>
    node.tag === 'line' && isMoved(node)
      ? JSON.stringify([...without(node, ['transform', 'x2', 'y2']).attributes])
      : undefined;
  return mergeRuns(nodes, key, (run) => {
    const [first] = run;
    const attributes = new Map(first?.attributes);
    const strokes = run.map((node) => ({
      ...place(node),
      dx: Number(node.attributes.get('x2') ?? 0),
      dy: Number(node.attributes.get('y2') ?? 0),
    }));
    for (const name of ['transform', 'x2', 'y2']) attributes.delete(name);
    attributes.set('d', strokesPath(strokes));
    return { tag: 'path', attributes, children: [] };
  });
}

const rounding = new Set([
  ...['transform', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx', 'dy', 'cx', 'cy', 'r', 'width', 'height'],
  ...['opacity', 'stroke-width', 'stroke-opacity', 'fill-opacity', 'offset'],
]);

function rounded(node: SvgElement): SvgElement {
  const attributes = new Map<string, string>();
  for (const [name, value] of node.attributes) {
    attributes.set(name, name === 'd' ? shortPath(value) : rounding.has(name) ? roundNumbers(value) : value);
  }
  return {
    ...node,
    attributes,
    children: node.children.map((child) => (isElement(child) ? rounded(child) : child)),
  };
}

/** Ids in the order in which they are defined, equal definitions sharing one; Vega's own come from a global counter. */
function renameIds(svg: SvgElement, prefix: string): SvgElement {
  const names = new Map<string, string>();
  const byContent = new Map<string, string>();
  const definitions: SvgNode[] = [];
  for (const defs of svg.children.filter((child) => isElement(child) && child.tag === 'defs')) {
    for (const definition of isElement(defs) ? defs.children.filter(isElement) : []) {
      const content = printSvg(without(definition, ['id']));
      let name = byContent.get(content);
      if (name === undefined) {
        name = `${prefix}-${byContent.size + 1}`;
        byContent.set(content, name);
        definitions.push({ ...definition, attributes: new Map([...definition.attributes, ['id', name]]) });
      }
      names.set(definition.attributes.get('id') ?? '', name);
    }
  }
  const referring = (node: SvgNode): SvgNode => {
    if (!isElement(node)) return node;
    const attributes = new Map<string, string>();
    for (const [name, value] of node.attributes) {
      const target = /^url\(#([\w-]+)\)$/.exec(value)?.[1];
      if (target === undefined) attributes.set(name, value);
      else if (names.has(target)) attributes.set(name, `url(#${names.get(target) ?? ''})`);
    }
    return { ...node, attributes, children: node.children.map(referring) };
  };
  const drawn = svg.children.filter((child) => !isElement(child) || child.tag !== 'defs').map(referring);
  const defs: SvgNode[] =
    definitions.length === 0 ? [] : [{ tag: 'defs', attributes: new Map(), children: definitions.map(referring) }];
  return { ...svg, children: [...defs, ...drawn] };
}
