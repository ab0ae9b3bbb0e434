/** The table of contents follows the reading: the part that is being read is marked in it. */
import { decodeAddress } from '../../shared/decode-address.js';

/** How far down the window a heading may be and still be what is read. */
const readingLine = 0.3;

/** Marks, now and as the page scrolls, the link to the last heading above the reading line, until `signal` says stop. */
export function followReading(contents: HTMLElement | null, signal: AbortSignal): void {
  if (contents === null) return;
  const links = [...contents.querySelectorAll<HTMLAnchorElement>('.toc a')];
  if (links.length === 0) return;
  const heading = (link: HTMLAnchorElement): HTMLElement | null =>
    document.getElementById(decodeAddress(link.hash.slice(1)));
  let marked: HTMLAnchorElement | undefined;
  let waiting = false;

  const mark = (): void => {
    waiting = false;
    const line = window.innerHeight * readingLine;
    const atEnd = window.scrollY > 0 && window.innerHeight + window.scrollY >= document.body.scrollHeight - 2;
    const current = atEnd
      ? links.at(-1)
      : links.filter((link) => (heading(link)?.getBoundingClientRect().top ?? Infinity) <= line).at(-1);
    if (current === marked) return;
    marked?.removeAttribute('aria-current');
    current?.setAttribute('aria-current', 'location');
    marked = current;
    if (current !== undefined) keepInView(contents, current);
  };
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(mark);
  };
  window.addEventListener('scroll', soon, { passive: true, signal });
  window.addEventListener('resize', soon, { passive: true, signal });
  mark();
}

/** Scrolls the contents, and nothing else, so that a link in it can be seen. */
function keepInView(contents: HTMLElement, link: HTMLElement): void {
  const outer = contents.getBoundingClientRect();
  const inner = link.getBoundingClientRect();
  if (inner.top < outer.top) contents.scrollTop -= outer.top - inner.top + 24;
  else if (inner.bottom > outer.bottom) contents.scrollTop += inner.bottom - outer.bottom + 24;
}
