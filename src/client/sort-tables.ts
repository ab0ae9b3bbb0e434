/** The heads of a report's tables become buttons that sort by their column. */
import { language } from './numbers.js';

/** Fewer rows are seen at a glance. */
const fewestRows = 6;

export function sortTables(document: Document): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('figure.table table')) {
    const [body] = table.tBodies;
    if (body === undefined || body.rows.length < fewestRows) continue;
    const heads = [...table.querySelectorAll<HTMLTableCellElement>('thead tr:last-child th')];
    if (heads.some((head) => head.querySelector('.colophon-sort') !== null)) continue;
    for (const head of heads) {
      // Where all are alike there is nothing to sort.
      if (new Set(Array.from(body.rows, (row) => textOf(row, head))).size < 2) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'colophon-sort';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const descending = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        const rows = [...body.rows].sort((a, b) => compare(textOf(a, head), textOf(b, head)));
        body.append(...(descending ? rows.reverse() : rows));
      });
    }
  }
}

function textOf(row: HTMLTableRowElement, { cellIndex }: HTMLTableCellElement): string {
  return row.cells[cellIndex]?.textContent.trim() ?? '';
}

/** Numbers by their size, as they print (1,234 and −0.5, 10x10, and 0.012 ± 0.003); behind them anything else, as text. */
function compare(a: string, b: string): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return Number.isNaN(x) ? a.localeCompare(b, language) : x - y;
}

function numberOf(text: string): number {
  const digits = text
    .replaceAll(',', '')
    .replace('−', '-')
    .replace(/[%x×±(].*$/, '')
    .trim();
  return digits === '' ? Number.NaN : Number(digits);
}
