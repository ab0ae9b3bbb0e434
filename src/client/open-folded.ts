/** A link into something folded opens it: a browser alone scrolls to where nothing shows. */

/** Opens what the address names, now and whenever the fragment changes. */
export function openFolded(document: Document, window: Window): void {
  const open = (): void => {
    let node: Element | null = namedBy(document, window.location.hash);
    for (; node !== null; node = node.parentElement) {
      if (node instanceof HTMLDetailsElement) node.open = true;
    }
  };
  open();
  window.addEventListener('hashchange', open);
}

/** The element that a fragment such as "#fig-fit" names. */
function namedBy(document: Document, hash: string): Element | null {
  if (hash.length < 2) return null;
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    // A fragment that is no valid percent-encoding names nothing.
    return null;
  }
}
