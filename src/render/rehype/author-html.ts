/**
 * Reads the HTML that authors write between and in their Markdown, with rehype-raw, and leaves of it what a schema allows, with
 * rehype-sanitize. What is left out is a warning at its place. The HTML among the children of one parent is read by itself:
 * what it leaves open ends with the parent, and of what the program made only its place goes through the parser.
 */
import type { ElementContent, Parents, Root, RootContent } from 'hast';
import type { Raw } from 'mdast-util-to-hast';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import type { Position } from 'unist';
import type { VFile } from 'vfile';
import { element } from '../hast.js';
import { type Writer, writerIn } from '../nodes/writer.js';
import { flowSchema, phrasingSchema } from './author-html-schema.js';
import { claimId, resolveAddress } from './author-attributes.js';
import { warnOfLosses } from './html-losses.js';
import { boundedHtml } from './too-much-html.js';

declare module 'hast' {
  interface TextData {
    /** Stands for the child of this number, which is not the author's HTML. */
    stored?: number;
  }
}

const parse = rehypeRaw();
const clean = { flow: rehypeSanitize(flowSchema), phrasing: rehypeSanitize(phrasingSchema) };

/** The rehype plugin. */
export function authorHtml(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    const writer = writerIn(file);
    if (writer.hasHtml) readIn(tree, writer, file);
  };
}

function readIn(parent: Parents, writer: Writer, file: VFile): void {
  const raws: Raw[] = [];
  for (const child of parent.children) {
    if (child.type === 'raw') raws.push(child);
    else if ('children' in child) readIn(child, writer, file);
  }
  if (raws.length === 0) return;
  parent.children =
    read(parent.children, raws, writer, file) ??
    parent.children.filter((child): child is ElementContent => child.type !== 'raw');
}

/** Nothing where there is more HTML than is read. */
function read(
  children: readonly RootContent[],
  raws: readonly Raw[],
  writer: Writer,
  file: VFile,
): ElementContent[] | undefined {
  const inLine = raws.every(({ data }) => data?.inLine === true);
  const places = children.map((child, index) => placeOf(child, index, inLine));
  const parsed = boundedHtml(() => parse({ type: 'root', children: places }, file), raws, places.length, writer);
  if (parsed === undefined) return undefined;
  each(parsed, withEnd);
  warnOfLosses(parsed, raws, inLine, writer);
  const taken = new Set<number>();
  each(parsed, (node) => {
    const index = storedIn(node);
    if (index === undefined) return node;
    // What an author calls so stands for nothing.
    if (taken.has(index)) return undefined;
    taken.add(index);
    return { type: 'text', value: '', data: { stored: index } };
  });
  const safe = clean[inLine ? 'phrasing' : 'flow'](parsed);
  each(safe, (node) => {
    const index = node.type === 'text' ? node.data?.stored : undefined;
    if (index !== undefined) return children[index] as ElementContent;
    if (node.type !== 'element') return node;
    claimId(node, writer);
    return resolveAddress(node, writer);
  });
  return safe.children as ElementContent[];
}

/** What an author leaves open has no end: it is then where it starts. */
function withEnd(node: ElementContent): ElementContent {
  const { start, end } = (node.position ?? {}) as Partial<Position>;
  if (start !== undefined && end === undefined) node.position = { start, end: start };
  return node;
}

/** HTML and text as they are; of everything else an empty element, so that the parser knows what stands there. */
function placeOf(child: RootContent, index: number, inLine: boolean): RootContent {
  if (child.type === 'raw' || child.type === 'text') return child;
  const tag = child.type === 'element' ? child.tagName : inLine ? 'span' : 'div';
  return element(tag, { dataStored: String(index) });
}

/** The number in an element that `placeOf` made: it was not read from the page, so it has no place there. */
function storedIn(node: ElementContent): number | undefined {
  if (node.type !== 'element' || node.position !== undefined) return undefined;
  const stored = node.properties['dataStored'];
  return stored === undefined ? undefined : Number(stored);
}

/** Replaces every node below a parent, those inside an element before itself; undefined leaves it out. */
function each(parent: Parents, replace: (node: ElementContent) => ElementContent | undefined): void {
  parent.children = (parent.children as ElementContent[]).flatMap((node) => {
    if (node.type === 'element') each(node, replace);
    return replace(node) ?? [];
  });
}
