/** Whether a block with these classes holds tabs, as Quarto writes them. */
export function holdsTabs(classes: readonly string[]): boolean {
  return classes.includes('panel-tabset') || classes.includes('tabset');
}
