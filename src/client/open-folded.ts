/**
 * Links to what a browser alone would not lead to as it should: into something folded it scrolls to where nothing shows, and to a
 * figure that stays in sight from below it scrolls to where that has come with the end of its text.
 */

import { isShown, keepShown, readMoment } from './interactive/address.js';
import { reveal } from './page/reveal.js';

/** Opens what the address names, now and whenever the fragment changes, and leads to where the text of a figure begins. */
export function openFolded(document: Document, window: Window): void {
  const open = (): void => {
    const node = namedBy(document, window.location.hash);
    if (node === null) return;
    const wasHidden = reveal(node);
    // A browser scrolls to an id alone, not to one with a moment after it, and some not to what is hidden.
    if (!wasHidden && !window.location.hash.includes('&')) return;
    // Who comes back is brought back by the browser, to where the reading was.
    if (isShown(window.history.state)) return;
    leadTo(node);
    keepShown(window);
  };
  open();
  window.addEventListener('hashchange', open);
  document.addEventListener('click', ({ target, ctrlKey, metaKey, shiftKey }) => {
    if (ctrlKey || metaKey || shiftKey) return;
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href*="#"]') : null;
    if (link?.pathname !== window.location.pathname) return;
    const node = namedBy(document, link.hash);
    if (node === null || node.closest('.pinned-figure') === null) return;
    // When the browser has followed it.
    window.setTimeout(() => {
      leadTo(node);
    });
  });
}

/** Scrolls to it where it would stand if nothing kept it in sight. */
function leadTo(node: Element): void {
  const pinned = node.closest<HTMLElement>('.pinned-figure');
  if (pinned !== null) pinned.style.position = 'static';
  node.scrollIntoView();
  if (pinned !== null) pinned.style.position = '';
}

/** The element that a fragment such as "#fig-fit" names. */
function namedBy(document: Document, hash: string): Element | null {
  const { id } = readMoment(hash);
  return id === '' ? null : document.getElementById(id);
}
