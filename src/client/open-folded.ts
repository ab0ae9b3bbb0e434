/** A link into something folded opens it: a browser alone scrolls to where nothing shows. */

import { readMoment } from './interactive/address.js';

/** Opens what the address names, now and whenever the fragment changes. */
export function openFolded(document: Document, window: Window): void {
  const open = (): void => {
    let node: Element | null = namedBy(document, window.location.hash);
    // A browser scrolls to an id alone, not to one with a moment after it.
    if (window.location.hash.includes('&')) node?.scrollIntoView();
    for (; node !== null; node = node.parentElement) {
      if (node instanceof HTMLDetailsElement) node.open = true;
    }
  };
  open();
  window.addEventListener('hashchange', open);
}

/** The element that a fragment such as "#fig-fit" names. */
function namedBy(document: Document, hash: string): Element | null {
  const { id } = readMoment(hash);
  return id === '' ? null : document.getElementById(id);
}
