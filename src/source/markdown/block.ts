/** Blocks while a page is read line by line, before they become the syntax tree. */
import type { Point } from 'unist';
import type { Segment } from './content.js';
import type { Attributes } from './syntax.js';

export type BlockType =
  | 'root'
  | 'blockquote'
  | 'list'
  | 'listItem'
  | 'container'
  | 'footnoteDefinition'
  | 'definitionList'
  | 'definitionTerm'
  | 'definitionDescription'
  | 'paragraph'
  | 'heading'
  | 'thematicBreak'
  | 'fencedCode'
  | 'indentedCode'
  | 'html'
  | 'math'
  | 'table'
  | 'tableCaption'
  | 'definition';

export interface Block {
  readonly type: BlockType;
  parent: Block | undefined;
  readonly children: Block[];
  open: boolean;
  start: Point;
  end: Point;
  /** The lines of a leaf. */
  segments: Segment[];
  readonly depth: number;
  /** What only some types have. */
  heading?: number;
  marker?: ListMarker;
  fence?: Fence;
  htmlKind?: number;
  alignments?: ('left' | 'center' | 'right' | null)[];
  attributes?: Attributes;
  label?: string;
  target?: { readonly url: string; readonly title: string | undefined };
  closed?: boolean;
}

export interface ListMarker {
  readonly bullet: string | undefined;
  readonly delimiter: string | undefined;
  readonly first: number;
  /** Columns before the marker, and from it to the item's content. */
  readonly offset: number;
  readonly padding: number;
}

export interface Fence {
  readonly character: string;
  readonly length: number;
  readonly indent: number;
  info: string;
}

const leaves = new Set<BlockType>(['paragraph', 'fencedCode', 'indentedCode', 'html', 'math', 'table']);

/** Whether further lines can be its text. */
export function acceptsLines({ type }: Block): boolean {
  return leaves.has(type);
}

const holders = new Set<BlockType>([
  'root',
  'blockquote',
  'listItem',
  'container',
  'footnoteDefinition',
  'definitionDescription',
]);

/** Whether a block can be a child of another. */
export function canContain(parent: Block, type: BlockType): boolean {
  if (parent.type === 'list') return type === 'listItem';
  if (parent.type === 'definitionList') return type === 'definitionTerm' || type === 'definitionDescription';
  return (
    holders.has(parent.type) && type !== 'listItem' && type !== 'definitionTerm' && type !== 'definitionDescription'
  );
}

/** A block that has just begun. */
export function newBlock(type: BlockType, parent: Block | undefined, start: Point): Block {
  const depth = parent === undefined ? 0 : parent.depth + 1;
  return { type, parent, children: [], open: true, start, end: start, segments: [], depth };
}
