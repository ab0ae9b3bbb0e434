/** A table with very many cells takes gigabytes to read, so it is refused before the text is. */
import { mostTableCells, tooManyCells, withoutSoMany } from '../../shared/table-size.js';
import { linesOutsideFences } from './fences.js';
import { TooMuchMarkdown } from './too-much.js';

interface Extent {
  /** Of its head. */
  readonly line: number;
  readonly columns: number;
  rows: number;
}

/** Throws for a table whose columns and rows make more cells than a page may have in one. */
export function checkTables(text: string): void {
  if (!text.includes('|')) return;
  let table: Extent | undefined;
  for (const [line, written] of linesOutsideFences(text)) {
    if (table !== undefined && written.trim() === '') {
      checkSize(table);
      table = undefined;
    } else if (table !== undefined) table.rows += 1;
    else if (isDelimiterRow(written)) table = { line: line - 1, columns: cellCount(written), rows: 1 };
  }
  if (table !== undefined) checkSize(table);
}

function checkSize({ line, columns, rows }: Extent): void {
  const cells = columns * rows;
  if (cells <= mostTableCells) return;
  throw new TooMuchMarkdown('table-too-large', Math.max(1, line), tooManyCells(cells), withoutSoMany);
}

/** Whether a line is a row of dashes, which makes a table of the line above it. */
export function isDelimiterRow(line: string): boolean {
  if (!line.includes('-') || !line.includes('|')) return false;
  const row = line
    .replace(/^[ \t>]*/, '')
    .replace(/^\|/, '')
    .trimEnd()
    .replace(/\|$/, '');
  return row.split('|').every((cell) => /^:?-+:?$/.test(cell.trim()));
}

/** How many cells a row has: bars at its ends and escaped bars separate nothing. */
export function cellCount(row: string): number {
  const inside = row
    .replace(/\\./g, '  ')
    .trim()
    .replace(/^[> \t]*\|/, '')
    .replace(/\|$/, '');
  return inside.split('|').length;
}
