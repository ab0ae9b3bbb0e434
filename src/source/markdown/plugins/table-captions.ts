/** `: caption {#tbl-id}` or `Table: caption {#tbl-id}`, above or below a table. */
import type { Paragraph, Parent, PhrasingContent, Root, RootContent, Table } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attributesAtEnd } from '../attributes.js';
import { before, from } from '../phrasing.js';
import type { Attributes } from '../syntax.js';

interface Caption {
  readonly caption: PhrasingContent[];
  readonly attributes?: Attributes;
}

/** What of a caption that stands before its words. */
const marker = /^(?:[Tt]able)?:[ \t]+/;

export function readTableCaptions() {
  return (tree: Root, file: VFile): void => {
    const source = String(file);
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(({ type }) => type === 'table')) return;
      (node as Parent).children = withCaptions(node.children as RootContent[], source);
    });
  };
}

/** A caption belongs to the table above it, or to the one below where that has its own. */
function withCaptions(children: readonly RootContent[], source: string): RootContent[] {
  const kept: RootContent[] = [];
  let waiting: { readonly node: Paragraph; readonly caption: Caption } | undefined;
  const keepWaiting = (): void => {
    if (waiting !== undefined) kept.push(waiting.node);
    waiting = undefined;
  };
  for (const child of children) {
    const last = kept.at(-1);
    const caption = child.type === 'paragraph' ? captionOf(child, source) : undefined;
    if (child.type === 'table') {
      lastRowAsCaption(child, source);
      if (waiting !== undefined && child.data?.caption === undefined) {
        give(child, waiting.caption, waiting.node);
        waiting = undefined;
      }
      keepWaiting();
      kept.push(child);
    } else if (caption === undefined || child.type !== 'paragraph' || isDrawnTable(last, source)) {
      keepWaiting();
      kept.push(child);
    } else if (waiting === undefined && last?.type === 'table' && last.data?.caption === undefined) {
      give(last, caption, child);
    } else {
      keepWaiting();
      waiting = { node: child, caption };
    }
  }
  keepWaiting();
  return kept;
}

/** A table drawn with + and -, which is not read: what stands below it is the caption of no other. */
function isDrawnTable(node: RootContent | undefined, source: string): boolean {
  return node?.type === 'paragraph' && /^\+[-=:]/.test(source.slice(node.position?.start.offset ?? 0));
}

function give(table: Table, caption: Caption, { position }: Paragraph | Table): void {
  table.data = { ...table.data, ...caption };
  if (table.position === undefined || position === undefined) return;
  const [first, last] = [table.position.start, position.start].toSorted((a, b) => a.line - b.line);
  const end = last === position.start ? position.end : table.position.end;
  if (first !== undefined) table.position = { start: first, end };
}

/** A caption right below a table is read as a row with one cell by the syntax of tables. */
function lastRowAsCaption(table: Table, source: string): void {
  const row = table.children.at(-1);
  const [cell] = row?.children ?? [];
  const start = row?.position?.start.offset;
  if (row === undefined || cell === undefined || start === undefined || table.children.length < 2) return;
  const written = source.slice(start, row.position?.end.offset);
  if (!marker.test(written) || written.includes('|')) return;
  const caption = captionOf({ type: 'paragraph', children: cell.children, position: row.position }, source);
  if (caption === undefined) return;
  table.children = table.children.slice(0, -1);
  table.data = { ...table.data, ...caption };
}

function captionOf({ children, position }: Paragraph, source: string): Caption | undefined {
  const start = position?.start.offset;
  const end = position?.end.offset;
  if (start === undefined || end === undefined) return undefined;
  const written = source.slice(start, end);
  const length = marker.exec(written)?.[0].length;
  const caption = length === undefined ? undefined : from(children, start + length, source);
  if (caption === undefined) return undefined;
  const found = attributesAtEnd(written);
  const words = found && before(caption, start + found.from, source);
  return found === undefined || words === undefined ? { caption } : { caption: words, attributes: found.attributes };
}
