/** What can start on a line: one function for each kind of block, tried in order. */
import type { Block, ListMarker } from './block.js';
import { attributesAtStart, noAttributes } from './attributes.js';
import type { BlockReader } from './block-reader.js';
import { takeDefinitions } from './finish-block.js';
import { mathLabel } from './go-on.js';
import { cut, type Segment } from './content.js';
import { decodeEscapes } from './escapes.js';
import { htmlBlockKind } from './html.js';
import { cellsOf, delimiterRow } from './table.js';

/** A container was opened, a leaf was opened, the whole line was used, or nothing starts here. */
export type Started = 'container' | 'leaf' | 'line-done' | undefined;

type Start = (reader: BlockReader, container: Block) => Started;

/** Tries every kind of block at the cursor. */
export function startBlock(reader: BlockReader, container: Block): Started {
  const { cursor } = reader;
  if (!cursor.indented) {
    // Most lines start with a letter, and nothing does.
    if (!/[#`~*+_=<>0-9:$|[-]/.test(cursor.peek())) return undefined;
    for (const start of starts) {
      const started = start(reader, container);
      if (started !== undefined) return started;
    }
    return undefined;
  }
  return indentedCode(reader, container);
}

const blockquote: Start = (reader) => {
  const { cursor } = reader;
  if (cursor.peek() !== '>') return undefined;
  const at = cursor.nextNonspace;
  cursor.advanceToNonspace();
  cursor.advance(1);
  if (cursor.isBlankAt(cursor.offset)) cursor.advance(1, true);
  reader.closeUnmatched();
  reader.add('blockquote', at);
  return 'container';
};

const atxHeading: Start = (reader) => {
  const { cursor } = reader;
  if (cursor.peek() !== '#') return undefined;
  const match = /^#{1,6}(?:[ \t]+|$)/.exec(cursor.rest());
  if (match === null) return undefined;
  const at = cursor.nextNonspace;
  const from = at + match[0].length;
  const text = withoutClosing(cursor.line.slice(from));
  reader.closeUnmatched();
  const heading = reader.add('heading', at);
  heading.heading = match[0].trim().length;
  heading.segments = [segment(reader, from, text)];
  reader.close(heading, reader.lineEnd());
  return 'line-done';
};

/** The text of a heading without the number signs at its end, which a blank sets apart. */
function withoutClosing(written: string): string {
  const text = written.trimEnd();
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  const before = text[end - 1];
  return end === text.length || (end > 0 && before !== ' ' && before !== '\t') ? text : text.slice(0, end).trimEnd();
}

const fencedCode: Start = (reader) => {
  const { cursor } = reader;
  const match = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(cursor.rest());
  if (match === null) return undefined;
  const [fence] = match;
  reader.closeUnmatched();
  const code = reader.add('fencedCode', cursor.nextNonspace);
  code.fence = {
    character: fence[0] ?? '`',
    length: fence.length,
    indent: cursor.indent,
    info: decodeEscapes(cursor.rest().slice(fence.length).trim()),
  };
  return 'line-done';
};

/** Words in parentheses after a formula in a line are text, but for a label as MyST writes it. */
const labelAfterMath = /^(?:\{\s*#[A-Za-z][\w:-]*\s*\}|\(eq-[\w:-]+\))$/;

/** `$$` alone opens; `$$ ... $$` on one line is whole; `$$ x` goes on to a line that ends with `$$`. */
const math: Start = (reader) => {
  const { cursor } = reader;
  if (cursor.peek() !== '$') return undefined;
  const rest = cursor.rest();
  const fence = /^\${2,}/.exec(rest)?.[0];
  if (fence === undefined) return undefined;
  const body = rest.slice(fence.length);
  const closing = body.indexOf('$$');
  const after = closing < 0 ? '' : body.slice(closing + 2).trim();
  const at = cursor.nextNonspace;
  const open = (): Block => {
    reader.closeUnmatched();
    const made = reader.add('math', at);
    made.fence = { character: '$', length: fence.length, indent: cursor.indent, info: '' };
    return made;
  };
  if (body.trim() === '') {
    open();
    return 'line-done';
  }
  if (closing < 0) {
    if (body.includes('$') || fence.length > 2) return undefined;
    const made = open();
    made.fence = { character: '$', length: 2, indent: 0, info: 'open' };
    made.segments.push(segment(reader, at + 2, body));
    return 'line-done';
  }
  if (body.trim().startsWith('$$') || (after !== '' && !labelAfterMath.test(after))) return undefined;
  const made = open();
  made.closed = true;
  made.segments.push(segment(reader, at + fence.length, body.slice(0, closing)));
  if (after !== '') mathLabel(made, after);
  reader.close(made, reader.lineEnd());
  return 'line-done';
};

const html: Start = (reader, container) => {
  const { cursor } = reader;
  if (cursor.peek() !== '<') return undefined;
  const kind = htmlBlockKind(cursor.rest(), container.type === 'paragraph' || reader.tip.type === 'paragraph');
  if (kind === undefined) return undefined;
  reader.closeUnmatched();
  const made = reader.add('html', cursor.offset);
  made.htmlKind = kind;
  return 'leaf';
};

const setextHeading: Start = (reader, container) => {
  const { cursor } = reader;
  if (container.type !== 'paragraph') return undefined;
  const match = /^(?:=+|-+)[ \t]*$/.exec(cursor.rest());
  if (match === null) return undefined;
  reader.closeUnmatched();
  takeDefinitions(container, reader.definitions, true);
  if (container.segments.length === 0) return undefined;
  const { parent } = container;
  if (parent === undefined) return undefined;
  const heading: Block = { ...container, type: 'heading', heading: match[0].startsWith('=') ? 1 : 2 };
  parent.children[parent.children.indexOf(container)] = heading;
  reader.tip = heading;
  reader.close(heading, reader.lineEnd());
  return 'line-done';
};

const thematicBreak: Start = (reader) => {
  const { cursor } = reader;
  if (!/^(?:\*[ \t]*){3,}$|^(?:_[ \t]*){3,}$|^(?:-[ \t]*){3,}$/.test(cursor.rest())) return undefined;
  reader.closeUnmatched();
  const made = reader.add('thematicBreak', cursor.nextNonspace);
  reader.close(made, reader.lineEnd());
  return 'line-done';
};

const listItem: Start = (reader, container) => {
  const { cursor } = reader;
  const at = cursor.nextNonspace;
  const marker = listMarker(reader, container);
  if (marker === undefined) return undefined;
  reader.closeUnmatched();
  const { tip } = reader;
  const same =
    tip.type === 'list' && tip.marker?.bullet === marker.bullet && tip.marker?.delimiter === marker.delimiter;
  if (!same) {
    const list = reader.add('list', at);
    list.marker = marker;
  }
  const item = reader.add('listItem', at);
  item.marker = marker;
  return 'container';
};

function listMarker({ cursor }: BlockReader, container: Block): ListMarker | undefined {
  const rest = cursor.rest();
  const bullet = /^[*+-]/.exec(rest)?.[0];
  const ordered = bullet === undefined ? /^(\d{1,9})([.)])/.exec(rest) : null;
  const length = bullet?.length ?? ordered?.[0].length;
  if (length === undefined) return undefined;
  const first = Number(ordered?.[1] ?? 1);
  const inParagraph = container.type === 'paragraph';
  if (inParagraph && ordered !== null && first !== 1) return undefined;
  if (rest.length > length && !cursor.isBlankAt(cursor.nextNonspace + length)) return undefined;
  if (inParagraph && rest.slice(length).trim() === '') return undefined;
  const offset = cursor.indent;
  cursor.advanceToNonspace();
  cursor.advance(length, true);
  return { bullet, delimiter: ordered?.[2], first, offset, padding: length + contentPadding({ cursor }) };
}

/** Goes on from after a marker to its content; how many columns lie between. */
function contentPadding({ cursor }: Pick<BlockReader, 'cursor'>): number {
  const { column, offset, partialTab } = cursor;
  do cursor.advance(1, true);
  while (cursor.column - column < 5 && cursor.isBlankAt(cursor.offset));
  const blanks = cursor.column - column;
  if (blanks < 5 && blanks >= 1 && cursor.offset < cursor.line.length) return blanks;
  cursor.column = column;
  cursor.offset = offset;
  cursor.partialTab = partialTab;
  if (cursor.isBlankAt(cursor.offset)) cursor.advance(1, true);
  else cursor.find();
  return 1;
}

const footnoteDefinition: Start = (reader) => {
  const { cursor } = reader;
  const match = /^\[\^([^\]\s[]{1,999})\]:[ \t]*/.exec(cursor.rest());
  if (match === null) return undefined;
  reader.closeUnmatched();
  const at = cursor.nextNonspace;
  cursor.advanceToNonspace();
  cursor.advance(match[0].length);
  const made = reader.add('footnoteDefinition', at);
  made.label = match[1] ?? '';
  reader.footnotes.add(made.label.toLowerCase());
  return 'container';
};

/** `::: {#thm-one}` or `::: note` opens a container; colons alone close the innermost. */
const container: Start = (reader, parent) => {
  const { cursor } = reader;
  const fence = /^:{3,}/.exec(cursor.rest())?.[0];
  if (fence === undefined) return undefined;
  const written = withoutColons(cursor.rest().slice(fence.length));
  const at = cursor.nextNonspace;
  if (written === '') {
    let open: Block | undefined = parent;
    while (open !== undefined && open.type !== 'container') open = open.parent;
    if (open === undefined) return undefined;
    reader.closeUnmatched();
    while (reader.tip !== open) reader.close(reader.tip, reader.tip.children.at(-1)?.end ?? reader.tip.start);
    open.closed = true;
    reader.close(open, reader.lineEnd());
    return 'line-done';
  }
  const found = attributesAtStart(written);
  if (found === undefined ? !/^[A-Za-z][\w-]*$/.test(written) : found.length !== written.length) return undefined;
  reader.closeUnmatched();
  const made = reader.add('container', at);
  made.attributes = found?.attributes ?? { ...noAttributes, classes: [written] };
  made.closed = false;
  return 'line-done';
};

/** What stands between the colons of a line, without blanks around it. */
function withoutColons(text: string): string {
  const trimmed = text.trim();
  let end = trimmed.length;
  while (trimmed[end - 1] === ':') end -= 1;
  return trimmed.slice(0, end).trimEnd();
}

/** `: text` below a paragraph says what its lines mean; below a table it is the table's caption. */
const definition: Start = (reader, parent) => {
  const { cursor } = reader;
  const rest = cursor.rest();
  if (!/^:[ \t]+\S/.test(rest)) return undefined;
  const at = cursor.nextNonspace;
  const holder = parent.type === 'paragraph' || parent.type === 'table' ? parent.parent : parent;
  if (holder === undefined) return undefined;
  const before = parent === holder ? holder.children.at(-1) : parent;
  if (before?.type === 'table') {
    reader.closeUnmatched();
    const caption = reader.add('tableCaption', at);
    const from = at + rest.length - rest.slice(1).trimStart().length;
    caption.segments = [segment(reader, from, cursor.line.slice(from).trimEnd())];
    reader.close(caption, reader.lineEnd());
    return 'line-done';
  }
  const oneLine = before?.type === 'paragraph' && (before.open || before.segments.length === 1);
  if (before?.type !== 'definitionList' && holder.type !== 'definitionList' && !oneLine) return undefined;
  reader.closeUnmatched();
  let list = holder.type === 'definitionList' ? holder : before?.type === 'definitionList' ? before : undefined;
  if (list === undefined && before !== undefined) {
    takeDefinitions(before, reader.definitions, true);
    if (before.segments.length === 0) return undefined;
    list = termsOf(before, holder);
  }
  if (list === undefined) return undefined;
  list.open = true;
  reader.tip = list;
  const description = reader.add('definitionDescription', at);
  const offset = cursor.indent;
  cursor.advanceToNonspace();
  cursor.advance(1, true);
  description.marker = {
    bullet: ':',
    delimiter: undefined,
    first: 1,
    offset,
    padding: 1 + contentPadding({ cursor }),
  };
  return 'container';
};

/** Makes the lines of a paragraph the terms of a definition list, the one before it if there is one. */
function termsOf(paragraph: Block, holder: Block): Block {
  const position = holder.children.indexOf(paragraph);
  const previous = holder.children[position - 1];
  const list: Block =
    previous?.type === 'definitionList'
      ? previous
      : { ...paragraph, type: 'definitionList', children: [], segments: [], open: true };
  if (list === previous) holder.children.splice(position, 1);
  else holder.children[position] = list;
  for (const one of paragraph.segments) {
    const start = { line: one.line, column: one.column, offset: one.offset };
    const length = one.text.trimEnd().length;
    list.children.push({
      type: 'definitionTerm',
      parent: list,
      children: [],
      open: false,
      start,
      end: { line: one.line, column: one.column + length, offset: one.offset + length },
      segments: [{ ...one, text: one.text.trimEnd() }],
      depth: list.depth + 1,
    });
  }
  return list;
}

/** A row of dashes below a row of as many cells: the paragraph's last line becomes a table's head. */
const table: Start = (reader, container) => {
  const { cursor } = reader;
  if (container.type !== 'paragraph') return undefined;
  const alignments = delimiterRow(cursor.rest());
  const head = container.segments.at(-1);
  if (alignments === undefined || head === undefined || cellsOf(head).length !== alignments.length) return undefined;
  reader.closeUnmatched();
  const { parent } = container;
  if (parent === undefined) return undefined;
  container.segments = container.segments.slice(0, -1);
  const start = { line: head.line, column: head.column, offset: head.offset };
  reader.tip = container;
  if (container.segments.length === 0) {
    parent.children.splice(parent.children.indexOf(container), 1);
    reader.tip = parent;
  } else {
    reader.close(container, start);
  }
  const made = reader.add('table', 0);
  made.start = start;
  made.alignments = alignments;
  made.segments = [head];
  return 'line-done';
};

const indentedCode: Start = (reader, container) => {
  const { cursor } = reader;
  if (cursor.blank || reader.tip.type === 'paragraph' || container.type === 'table') return undefined;
  cursor.advance(4, true);
  reader.closeUnmatched();
  reader.add('indentedCode', cursor.offset);
  return 'leaf';
};

/** A part of the current line. */
function segment({ cursor }: BlockReader, offset: number, text: string): Segment {
  return cut({ text: ' '.repeat(offset) + text, offset: cursor.start, line: cursor.number, column: 1 }, offset);
}

const starts: readonly Start[] = [
  blockquote,
  atxHeading,
  fencedCode,
  math,
  html,
  table,
  setextHeading,
  thematicBreak,
  listItem,
  footnoteDefinition,
  container,
  definition,
];
