/**
 * What a reference leads to, beside it while the pointer or the keyboard is on it: a figure, a table, an equation, a theorem,
 * the start of a section, a note, a work. What is on another page is in a script of its own, because a page opened from disk can
 * read no other.
 */
import { decodeAddress } from '../../shared/decode-address.js';
import { load } from '../data-scripts.js';

/** What a copy of a thing is without; of a figure that has come to life, it is the drawing. */
const left = 'details.origin, .anchor, .footnote-back, button, .moving-controls, .colophon-redrawn, .colophon-tip';
const links = 'a.reference[href], a.citation[href^="#"], a.footnote[href^="#"]';
/** Milliseconds: a pointer that only passes opens nothing, and one that is on its way to the preview keeps it. */
const [opensAfter, closesAfter] = [200, 250];
/** Of a section, this many blocks. */
const mostBlocks = 3;

/**
 * Shows previews until `signal` is aborted. Escape closes one, and it stays while the pointer is on it. `previewOf` is
 * the address of the script with what a label of another page is on.
 */
export function previewReferences(
  article: HTMLElement | null,
  previewOf: (anchor: string) => string,
  signal: AbortSignal,
): void {
  if (article === null) return;
  let shown: HTMLElement | undefined;
  let timer = 0;
  /** The link whose preview is on its way. */
  let awaited: HTMLAnchorElement | undefined;
  const close = (): void => {
    window.clearTimeout(timer);
    awaited = undefined;
    shown?.remove();
    shown = undefined;
  };
  const later = (action: () => void, after: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(action, after);
  };
  const open = (link: HTMLAnchorElement): void => {
    close();
    if (isHere(link)) {
      show(link, contentFor(link));
      return;
    }
    awaited = link;
    contentElsewhere(link, previewOf).then(
      (content) => {
        if (awaited === link) show(link, content);
      },
      // The link is there all the same.
      () => undefined,
    );
  };
  const show = (link: HTMLAnchorElement, content: readonly HTMLElement[]): void => {
    if (content.length === 0) return;
    shown = document.createElement('div');
    shown.className = 'colophon-preview';
    // Only for the eye: whoever listens follows the link and comes to the thing itself.
    shown.setAttribute('aria-hidden', 'true');
    shown.append(...content);
    shown.addEventListener('mouseenter', () => {
      window.clearTimeout(timer);
    });
    shown.addEventListener('mouseleave', () => {
      later(close, closesAfter);
    });
    document.body.append(shown);
    place(shown, link);
  };
  const linkOf = (event: Event): HTMLAnchorElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(links) : null;
  const listen = (name: string, act: (link: HTMLAnchorElement) => void): void => {
    article.addEventListener(
      name,
      (event) => {
        const link = linkOf(event);
        if (link !== null) act(link);
      },
      { signal },
    );
  };
  listen('mouseover', (link) => {
    later(() => {
      open(link);
    }, opensAfter);
  });
  listen('mouseout', () => {
    later(close, closesAfter);
  });
  listen('focusin', (link) => {
    if (link.matches(':focus-visible')) open(link);
  });
  listen('focusout', close);
  listen('click', close);
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape') close();
    },
    { signal },
  );
  signal.addEventListener('abort', close);
}

/** Copies of what a link leads to, in which nothing can be named or reached by the keyboard. */
function contentFor(link: HTMLAnchorElement): HTMLElement[] {
  const target = document.getElementById(decodeAddress(link.hash.slice(1)));
  if (target === null) return [];
  return blocksOf(target).map((block) => silenced(block.cloneNode(true) as HTMLElement, '[id]'));
}

/** The same of another page, whose addresses are made right for this one. */
async function contentElsewhere(
  link: HTMLAnchorElement,
  previewOf: (anchor: string) => string,
): Promise<HTMLElement[]> {
  const anchor = decodeAddress(link.hash.slice(1));
  const html = await load(`preview:${anchor}`, previewOf(anchor));
  const copies = new DOMParser().parseFromString(String(html), 'text/html').body;
  for (const name of ['href', 'src']) {
    for (const element of copies.querySelectorAll(`:not(svg *)[${name}]`)) {
      element.setAttribute(name, new URL(element.getAttribute(name) ?? '', link.href).href);
    }
  }
  return Array.from(copies.children, (block) => silenced(block as HTMLElement, '[id]:not(svg *)'));
}

function isHere(link: HTMLAnchorElement): boolean {
  return link.getAttribute('href')?.startsWith('#') === true;
}

/** Without what has a name (a drawing of another page needs its own), or can be reached by the keyboard. */
function silenced(copy: HTMLElement, named: string): HTMLElement {
  const all = [copy, ...copy.querySelectorAll<HTMLElement>('*')];
  for (const element of all) {
    if (element.matches(named)) element.removeAttribute('id');
    if (element.matches('a, button, input, summary, [tabindex]')) element.tabIndex = -1;
  }
  for (const extra of copy.querySelectorAll(left)) extra.remove();
  for (const drawing of copy.querySelectorAll('.colophon-asleep')) drawing.classList.remove('colophon-asleep');
  return copy;
}

/** A thing itself; of a section, its heading and how it starts; of a note or a work, what is in its item. */
function blocksOf(target: HTMLElement): HTMLElement[] {
  if (target.matches('li')) {
    const inside = document.createElement('div');
    inside.append(...Array.from(target.childNodes, (node) => node.cloneNode(true)));
    return [inside];
  }
  if (!target.matches('h1, h2, h3, h4, h5, h6')) return [target];
  const blocks = [target];
  for (let next = target.nextElementSibling; next instanceof HTMLElement; next = next.nextElementSibling) {
    if (blocks.length > mostBlocks || next.matches('h1, h2, h3, h4, h5, h6')) break;
    blocks.push(next);
  }
  return blocks;
}

/** Pixels between a preview and the line of its link, and between it and the window's edges. */
const [lineGap, edgeGap] = [6, 8];

/** Below the link, or above it where there is more room, as high as the room is: the line that is read stays free. */
function place({ style, offsetWidth, offsetHeight }: HTMLElement, link: HTMLAnchorElement): void {
  const at = link.getBoundingClientRect();
  const { scrollX, scrollY } = window;
  const { clientWidth, clientHeight } = document.documentElement;
  // On a narrow screen the bar stays at the top.
  const bar = document.querySelector('.bar')?.getBoundingClientRect();
  const top = bar !== undefined && bar.right >= at.left ? Math.max(0, bar.bottom) : 0;
  const above = at.top - lineGap - top - edgeGap;
  const below = clientHeight - at.bottom - lineGap - edgeGap;
  const left = Math.max(edgeGap, Math.min(at.left, clientWidth - offsetWidth - edgeGap));
  style.left = `${left + scrollX}px`;
  const isBelow = below >= Math.min(offsetHeight, above);
  style.maxHeight = `min(22rem, ${isBelow ? below : above}px)`;
  // From the line on, whatever is loaded in it later.
  if (isBelow) style.top = `${scrollY + at.bottom + lineGap}px`;
  else style.bottom = `${clientHeight - scrollY - at.top + lineGap}px`;
}
