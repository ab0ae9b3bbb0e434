/** Blocks between colons that are one figure or table of several parts: `::: {#fig-both layout-ncol=2}`. */

/** Whether a block with this label is a figure or a table, and what is labelled in it is a part of that. */
export function isPanel(id: string): boolean {
  return /^(?:fig|tbl)-/.test(id);
}
