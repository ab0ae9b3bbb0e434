/** How large a table of a page may be, and what is said of one that is larger. */
export const mostTableCells = 50_000;

export function tooManyCells(cells: number): string {
  return `this table has ${cells} cells, more than ${mostTableCells}`;
}

export const withoutSoMany = 'leave columns out, or put the numbers into a file that the page links to';
