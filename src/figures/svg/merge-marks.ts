/** Neighbours of one kind as one element: dots of one size and colour, straight lines such as a grid's. */
import { append } from '../../shared/append.js';
import { circleRadius, shortNumber, strokesPath } from './path.js';
import { isElement, type SvgElement, type SvgNode } from '../../svg/tree.js';

/** At least three that follow each other become one. */
const fewest = 3;

export function mergeMarks(nodes: readonly SvgNode[]): SvgNode[] {
  if (nodes.length < fewest) return nodes.map(asCircle);
  const merged: SvgNode[] = [];
  let run: SvgElement[] = [];
  let kind: string | undefined;
  const endRun = (): void => {
    if (run.length >= fewest) merged.push(run[0]?.tag === 'line' ? mergeLines(run) : mergeDots(run));
    else append(merged, run.map(asCircle));
    run = [];
  };
  for (const node of nodes) {
    const its = kindOf(node);
    if (its !== kind) endRun();
    kind = its;
    if (isElement(node) && its !== undefined) run.push(node);
    else merged.push(asCircle(node));
  }
  endRun();
  return merged;
}

/** The same for those that can be merged; undefined for what cannot. */
function kindOf(node: SvgNode): string | undefined {
  if (!isElement(node) || !isMoved(node)) return undefined;
  if (node.tag === 'line') return describe(node, ['transform', 'x2', 'y2']);
  const { attributes } = node;
  const stroke = attributes.get('stroke') ?? 'none';
  if (node.tag !== 'path' || stroke !== 'none' || radiusOf(node) === undefined) return undefined;
  return describe(node, ['transform']);
}

function describe({ tag, attributes }: SvgElement, except: readonly string[]): string {
  let text = tag;
  for (const [name, value] of attributes) if (!except.includes(name)) text += `\n${name}=${value}`;
  return text;
}

/** A line of no length with round ends is a dot. */
function mergeDots(run: readonly SvgElement[]): SvgElement {
  const [first] = run;
  const attributes = new Map(first?.attributes);
  const radius = circleRadius(attributes.get('d') ?? '') ?? 0;
  const opacity = attributes.get('fill-opacity');
  attributes.set('stroke', attributes.get('fill') ?? 'none');
  attributes.set('stroke-width', shortNumber(2 * radius, 2));
  attributes.set('stroke-linecap', 'round');
  if (opacity !== undefined) attributes.set('stroke-opacity', opacity);
  for (const name of ['transform', 'fill', 'fill-opacity', 'd']) attributes.delete(name);
  const strokes = run.map((node) => {
    const { x, y } = place(node);
    return { x, y, dx: 0, dy: 0 };
  });
  attributes.set('d', strokesPath(strokes));
  return { tag: 'path', attributes, children: [], isRounded: true };
}

function mergeLines(run: readonly SvgElement[]): SvgElement {
  const [first] = run;
  const attributes = new Map(first?.attributes);
  for (const name of ['transform', 'x2', 'y2']) attributes.delete(name);
  const length = (node: SvgElement, name: string): number => Number(node.attributes.get(name) ?? 0);
  const strokes = run.map((node) => ({ ...place(node), dx: length(node, 'x2'), dy: length(node, 'y2') }));
  attributes.set('d', strokesPath(strokes));
  return { tag: 'path', attributes, children: [], isRounded: true };
}

/** A round path that stayed alone, as a circle. */
function asCircle(node: SvgNode): SvgNode {
  if (!isElement(node) || node.tag !== 'path' || !isMoved(node)) return node;
  const radius = radiusOf(node);
  if (radius === undefined) return node;
  const { x, y } = place(node);
  const attributes = new Map([
    ['cx', shortNumber(x, 1)],
    ['cy', shortNumber(y, 1)],
    ['r', shortNumber(radius, 2)],
    ...node.attributes,
  ]);
  for (const name of ['transform', 'd']) attributes.delete(name);
  return { tag: 'circle', attributes, children: [] };
}

function radiusOf({ attributes }: SvgElement): number | undefined {
  return circleRadius(attributes.get('d') ?? '');
}

/** Whether it stands where its place says, with nothing else done to it. */
function isMoved({ attributes }: SvgElement): boolean {
  return /^(?:translate\([^)]*\))?$/.test(attributes.get('transform') ?? '') && !attributes.has('clip-path');
}

function place({ attributes }: SvgElement): { x: number; y: number } {
  const transform = attributes.get('transform') ?? '';
  const [open, comma] = [transform.indexOf('('), transform.indexOf(',')];
  if (comma < 0) return { x: 0, y: 0 };
  return { x: Number(transform.slice(open + 1, comma)), y: Number(transform.slice(comma + 1, -1)) };
}
