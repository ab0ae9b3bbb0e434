/** Blocks to the syntax tree. */
import type {
  BlockContent,
  DefinitionContent,
  ListItem,
  Paragraph,
  PhrasingContent,
  Root,
  Table,
  TableCell,
  TableRow,
} from 'mdast';
import type { Position } from 'unist';
import { attributesAtEnd, noAttributes } from './attributes.js';
import type { Block } from './block.js';
import { Content, cut, type Segment } from './content.js';
import { type InlineContext, readInlines } from './inlines.js';
import { normaliseLabel } from './links.js';
import type { Callout, DefinitionList } from './syntax.js';
import { cellsOf } from './table.js';

type Flow = BlockContent | DefinitionContent;

export function toRoot(root: Block, context: InlineContext): Root {
  return { type: 'root', children: flow(root, context), position: positionOf(root) };
}

function positionOf({ start, end }: Pick<Block, 'start' | 'end'>): Position {
  return { start, end };
}

function flow(parent: Block, context: InlineContext): Flow[] {
  const made: Flow[] = [];
  for (const [index, child] of parent.children.entries()) {
    if (child.type === 'tableCaption') continue;
    const next = parent.children[index + 1];
    const caption = child.type === 'table' && next?.type === 'tableCaption' ? next : undefined;
    const node = caption === undefined ? one(child, context) : table(child, context, caption);
    if (node !== undefined) made.push(node);
  }
  return made;
}

function one(block: Block, context: InlineContext): Flow | undefined {
  const position = positionOf(block);
  switch (block.type) {
    case 'paragraph':
      return paragraph(block, context);
    case 'heading':
      return heading(block, context);
    case 'thematicBreak':
      return { type: 'thematicBreak', position };
    case 'blockquote':
      return callout(block, context) ?? { type: 'blockquote', children: flow(block, context), position };
    case 'list':
      return list(block, context);
    case 'fencedCode': {
      const [lang, meta] = split(block.fence?.info ?? '');
      return { type: 'code', lang, meta, value: linesOf(block), position };
    }
    case 'indentedCode':
      return { type: 'code', lang: null, meta: null, value: linesOf(block), position };
    case 'html':
      return { type: 'html', value: linesOf(block).replace(/\n+$/, ''), position };
    case 'math':
      return {
        type: 'math',
        value: linesOf(block).trim(),
        ...(block.attributes !== undefined && { attributes: block.attributes }),
        closed: block.closed === true,
        from: block.segments[0]?.offset ?? block.start.offset ?? 0,
        position,
      } as unknown as Flow;
    case 'table':
      return table(block, context, undefined);
    case 'definition':
      return {
        type: 'definition',
        identifier: normaliseLabel(block.label ?? '').toLowerCase(),
        label: block.label ?? '',
        url: block.target?.url ?? '',
        title: block.target?.title ?? null,
        position,
      };
    case 'footnoteDefinition':
      return {
        type: 'footnoteDefinition',
        identifier: (block.label ?? '').toLowerCase(),
        label: block.label ?? '',
        children: flow(block, context),
        position,
      };
    case 'container':
      return {
        type: 'container',
        attributes: block.attributes ?? noAttributes,
        closed: block.closed === true,
        children: flow(block, context),
        position,
      };
    case 'definitionList':
      return definitionList(block, context);
    case 'root':
    case 'listItem':
    case 'definitionTerm':
    case 'definitionDescription':
    case 'tableCaption':
      return undefined;
  }
}

function linesOf({ segments }: Block): string {
  return segments.map(({ text }) => text).join('\n');
}

function split(info: string): [string | null, string | null] {
  const match = /^(\S+)(?:\s+(.*))?$/s.exec(info);
  return [match?.[1] ?? null, match?.[2] ?? null];
}

/** The last line of a paragraph ends without blanks. */
function trimmed(segments: readonly Segment[]): Content {
  return new Content(
    segments.map((segment, index) => {
      const text = index === segments.length - 1 ? segment.text.trimEnd() : segment.text;
      const blanks = text.length - text.trimStart().length;
      return blanks === 0 ? { ...segment, text } : cut({ ...segment, text }, blanks);
    }),
  );
}

function paragraph(block: Block, context: InlineContext): Paragraph {
  return { type: 'paragraph', children: readInlines(trimmed(block.segments), context), position: positionOf(block) };
}

function heading(block: Block, context: InlineContext): Flow {
  const content = trimmed(block.segments);
  const found = attributesAtEnd(content.text);
  const depth = (block.heading ?? 1) as 1 | 2 | 3 | 4 | 5 | 6;
  const position = positionOf(block);
  if (found === undefined) return { type: 'heading', depth, children: readInlines(content, context), position };
  const { attributes, from } = found;
  const before = new Content(upTo(content, from));
  return { type: 'heading', depth, children: readInlines(before, context), data: { attributes }, position };
}

/** The segments of a content up to an index of its text. */
function upTo(content: Content, index: number): Segment[] {
  let left = index;
  const kept: Segment[] = [];
  for (const segment of content.from(0)) {
    if (left < 0) break;
    kept.push({ ...segment, text: segment.text.slice(0, left) });
    left -= segment.text.length + 1;
  }
  return kept;
}

function list(block: Block, context: InlineContext): Flow {
  const ordered = block.marker?.bullet === undefined;
  const items = block.children.map((item, index): ListItem => {
    const checked = taskOf(item);
    const children = flow(item, context);
    const next = block.children[index + 1];
    return {
      type: 'listItem',
      spread: apart(item.children) || (next !== undefined && next.start.line > item.end.line + 1),
      checked,
      children,
      position: positionOf(item),
    };
  });
  return {
    type: 'list',
    ordered,
    start: ordered ? (block.marker?.first ?? 1) : null,
    spread: items.some(({ spread }) => spread === true),
    children: items,
    position: positionOf(block),
  };
}

/** Whether a blank line stands between two of these blocks. */
function apart(blocks: readonly Block[]): boolean {
  return blocks.some((block, index) => {
    const next = blocks[index + 1];
    return next !== undefined && next.start.line > block.end.line + 1;
  });
}

/** `[x]` at an item's start, which is taken from its text. */
function taskOf(item: Block): boolean | null {
  const [first] = item.children;
  const segment = first?.type === 'paragraph' ? first.segments[0] : undefined;
  const match = segment === undefined ? null : /^\s*\[([ xX])\](?=\s)\s?/.exec(segment.text);
  if (first === undefined || segment === undefined || match === null) return null;
  if (segment.text.slice(match[0].length).trim() === '' && first.segments.length === 1) return null;
  first.segments[0] = cut(segment, match[0].length);
  return match[1] !== ' ';
}

function definitionList(block: Block, context: InlineContext): DefinitionList {
  return {
    type: 'definitionList',
    children: block.children.map((child): DefinitionList['children'][number] =>
      child.type === 'definitionTerm'
        ? {
            type: 'definitionTerm',
            children: readInlines(new Content(child.segments), context),
            position: positionOf(child),
          }
        : {
            type: 'definitionDescription',
            spread: apart(child.children),
            children: flow(child, context),
            position: positionOf(child),
          },
    ),
    position: positionOf(block),
  };
}

const callouts = /^\[!(note|tip|important|warning|caution)\][ \t]*/i;

/** A quote whose first line is `[!NOTE]`, as on GitHub. */
function callout(block: Block, context: InlineContext): Callout | undefined {
  const [first] = block.children;
  const line = first?.type === 'paragraph' ? first.segments[0] : undefined;
  const match = line === undefined ? null : callouts.exec(line.text);
  if (first === undefined || line === undefined || match === null) return undefined;
  const title = cut(line, match[0].length);
  first.segments = first.segments.slice(1);
  const rest = first.segments.length === 0 ? { ...block, children: block.children.slice(1) } : block;
  return {
    type: 'callout',
    kind: (match[1] ?? 'note').toLowerCase() as Callout['kind'],
    title: title.text.trim() === '' ? [] : readInlines(trimmed([title]), context),
    children: flow(rest, context),
    position: positionOf(block),
  };
}

function table(block: Block, context: InlineContext, caption: Block | undefined): Table {
  const inTable = { ...context, inTable: true };
  const width = block.alignments?.length ?? 0;
  const rows = block.segments.map((line): TableRow => {
    const cells = cellsOf(line)
      .slice(0, width)
      .map((cell): TableCell => {
        const content = new Content([cell]);
        const position = { start: content.point(0), end: content.point(cell.text.length) };
        return { type: 'tableCell', children: readInlines(content, inTable), position };
      });
    const start = { line: line.line, column: line.column, offset: line.offset };
    const length = line.text.trimEnd().length;
    const end = { line: line.line, column: line.column + length, offset: line.offset + length };
    return { type: 'tableRow', children: cells, position: { start, end } };
  });
  const data = caption === undefined ? undefined : captionOf(caption, context);
  return {
    type: 'table',
    align: block.alignments ?? [],
    children: rows,
    ...(data !== undefined && { data }),
    position: positionOf(block),
  };
}

function captionOf(block: Block, context: InlineContext): NonNullable<Table['data']> {
  const content = new Content(block.segments);
  const found = attributesAtEnd(content.text);
  const before = found === undefined ? content : new Content(upTo(content, found.from));
  const children: PhrasingContent[] = readInlines(before, context);
  return { caption: children, ...(found !== undefined && { attributes: found.attributes }) };
}
