/** The data behind a figure on a page of their own, as a table. */
import { escapeHtml } from './html.js';
import type { FigurePart } from './parts.js';

const mostRows = 1000;

/** `figure` is the address of the figure. */
export function dataTableHtml({ data, drawn }: FigurePart, figure: string): string {
  const { columns, rows } = data();
  const cell = (value: string | number | boolean | null): string => {
    const numeric = typeof value === 'number';
    const text = value === null ? '' : numeric ? String(Number(value.toPrecision(6))) : String(value);
    return `<td${numeric ? ' class="number"' : ''}>${escapeHtml(text)}</td>`;
  };
  const name = `Data of figure ${drawn.number}`;
  const left = rows.length - mostRows;
  const rest = left > 0 ? `; the first ${mostRows} of ${rows.length} rows, the CSV has all` : '';
  const heads = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows
    .slice(0, mostRows)
    .map((row) => `<tr>${row.map(cell).join('')}</tr>`)
    .join('');
  return `<p>What <a href="${escapeHtml(figure)}">figure ${drawn.number}</a> draws${rest}.</p><p>${escapeHtml(drawn.description)}</p><section class="scroll" aria-label="${name}" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></section>`;
}
