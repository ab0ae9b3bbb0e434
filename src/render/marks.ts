/** Small marks that no font of ours has, drawn as the text is coloured; their meaning stands in words beside them. */

/** A tick: what was checked. */
export const tick = drawn('M1.5 6.5 4.5 9.5 10.5 2.5');

/** An arrow that turns back: to where a reader came from. */
export const backArrow = drawn('M4.5 3 1.5 6l3 3M2 6h6a2.5 2.5 0 0 0 0-5H7');

function drawn(path: string): string {
  return `<svg class="mark-drawn" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="${path}"/></svg>`;
}
