/** The data behind a figure on a page of their own, as a table. */
import type { Language } from '../languages/language.js';
import { escapeHtml, sayHtml, sayWithHtml } from './html.js';
import type { FigurePart } from './parts.js';

const mostRows = 1000;

/** `figure` is the address of the figure. */
export function dataTableHtml({ data, drawn }: FigurePart, figure: string, language: Language): string {
  const { columns, rows } = data();
  const cell = (value: string | number | boolean | null): string => {
    const numeric = typeof value === 'number';
    const text = value === null ? '' : numeric ? String(Number(value.toPrecision(6))) : String(value);
    return `<td${numeric ? ' class="number"' : ''}>${escapeHtml(text)}</td>`;
  };
  const { figures: words } = language.words;
  const { number } = drawn;
  const link = `<a href="${escapeHtml(figure)}">${sayHtml(words.figure, { number })}</a>`;
  const told =
    rows.length > mostRows
      ? sayWithHtml(words.drawsInPart, {
          ...{ figure: link, shown: language.number(mostRows), count: language.number(rows.length) },
        })
      : sayWithHtml(words.draws, { figure: link });
  const heads = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows
    .slice(0, mostRows)
    .map((row) => `<tr>${row.map(cell).join('')}</tr>`)
    .join('');
  return `<p>${told}</p><p>${escapeHtml(drawn.description)}</p><section class="scroll" aria-label="${sayHtml(words.data, { number })}" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></section>`;
}
