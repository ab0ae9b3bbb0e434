/** Opens the folds that something is in, and chooses the tabs. Whether it was out of sight before. */
export function reveal(node: Node): boolean {
  let wasHidden = false;
  for (let at: Node | null = node; at !== null; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement && !at.open) {
      at.open = true;
      wasHidden = true;
    } else if (at instanceof HTMLElement && at.matches('.tab[hidden]')) {
      // As a browser does that has found something there.
      at.dispatchEvent(new Event('beforematch', { bubbles: true }));
      wasHidden = true;
    }
  }
  return wasHidden;
}
