/** Tables written in Markdown; with a caption they are numbered figures. */
import type { AlignType, Table, TableCell, TableRow } from 'mdast';
import { mostTableCells, tooManyCells, withoutSoMany } from '../../shared/table-size.js';
import { escapeHtml } from '../html.js';
import { labelHtml } from '../labels.js';
import type { Writer } from './writer.js';

export function writeTable(node: Table, writer: Writer): string {
  const [head, ...rows] = node.children;
  const align = node.align ?? [];
  // A row has a cell for each column, also where nothing is written.
  const cells = align.length * node.children.length;
  if (cells > mostTableCells) {
    writer.problem(node, {
      rule: 'table-too-large',
      message: tooManyCells(cells),
      hint: withoutSoMany,
    });
    return '';
  }
  const row = (line: TableRow, tag: 'td' | 'th'): string => {
    const cells = align.map((side, column) => writeCell(line.children[column], side, tag, writer));
    return `<tr>\n${cells.join('\n')}\n</tr>`;
  };
  const headRows = head === undefined ? '' : `<thead>\n${row(head, 'th')}\n</thead>\n`;
  const body = rows.length === 0 ? '' : `<tbody>\n${rows.map((line) => row(line, 'td')).join('\n')}\n</tbody>\n`;
  const table = `<table>\n${headRows}${body}</table>`;
  const { caption, attributes } = node.data ?? {};
  if (caption === undefined) return table;
  writer.before = ' ';
  const text = writer.inline(caption);
  const id = attributes?.id;
  const label = id === undefined ? undefined : writer.context.labels.get(id);
  const wide = attributes?.classes.includes('wide') === true ? ' wide' : '';
  const name = id === undefined || label === undefined ? '' : `${labelHtml(id, label.text)} `;
  const anchor = id === undefined || label === undefined ? '' : ` id="${escapeHtml(id)}"`;
  const region = label === undefined ? 'Table' : label.text;
  return `<figure class="table${wide}"${anchor}><figcaption>${name}${text}</figcaption><section class="scroll" aria-label="${escapeHtml(region)}" tabindex="0">${table}</section></figure>`;
}

function writeCell(cell: TableCell | undefined, side: AlignType | undefined, tag: 'td' | 'th', writer: Writer): string {
  const kind = side === 'left' || side === 'center' || side === 'right' ? ` class="${side}"` : '';
  writer.before = ' ';
  const text = cell === undefined ? '' : writer.inline(cell.children);
  if (tag === 'th' && text === '') return `<td${kind}></td>`;
  return `<${tag}${kind}${tag === 'th' ? ' scope="col"' : ''}>${text}</${tag}>`;
}
