/** Tables as files that other programs open. */

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

/** As RFC 4180 has it; null is an empty field. */
export function csvOf({ columns, rows }: Table): string {
  const field = (cell: Table['rows'][number][number]): string => {
    const text = cell === null ? '' : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
