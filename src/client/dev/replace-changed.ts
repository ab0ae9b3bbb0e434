/** A page becomes its next version where it stands: only what differs is touched, and the reader's place is kept. */

/** Parts of a page outside its article that may change. */
const around = ['main > header', '.sequence', '#contents', '.bar .home', 'footer'];

/** The site's own. */
const stylesheet = 'link[rel=stylesheet]:not([href*="@colophon/"])';

/** Takes what differs between two versions of this page, both as the server gave them, into the page as it is now. */
export function replaceChanged(before: Document, after: Document): void {
  document.title = after.title;
  const style = after.querySelector<HTMLLinkElement>(stylesheet)?.getAttribute('href');
  const shown = document.querySelector<HTMLLinkElement>(stylesheet);
  if (typeof style === 'string' && shown !== null && shown.getAttribute('href') !== style)
    shown.setAttribute('href', style);
  keepPlace(() => {
    for (const part of around) {
      const [old, next, here] = [before, after, document].map((page) => page.querySelector(part));
      if (here && next && !(old?.isEqualNode(next) ?? false)) here.replaceWith(document.importNode(next, true));
    }
    const [old, next, here] = [before, after, document].map((page) => page.querySelector('article'));
    if (old && next && here) replaceBlocks(old, next, here);
  });
  document.dispatchEvent(new CustomEvent('colophon:changed'));
}

/**
 * The blocks of `here`, one for each of `old` whatever scripts made of them, become those of `next`: those at the start
 * and at the end that are the same are left alone.
 */
function replaceBlocks(old: Element, next: Element, here: Element): void {
  const [was, is, shown] = [[...old.children], [...next.children], [...here.children]];
  if (shown.length !== was.length) {
    here.replaceChildren(...is.map((block) => document.importNode(block, true)));
    return;
  }
  let start = 0;
  while (start < was.length && start < is.length && was[start]?.isEqualNode(is[start] ?? null) === true) start += 1;
  let end = 0;
  const most = Math.min(was.length, is.length) - start;
  while (end < most && was.at(-1 - end)?.isEqualNode(is.at(-1 - end) ?? null) === true) end += 1;
  const fresh = is.slice(start, is.length - end).map((block) => document.importNode(block, true));
  const stale = shown.slice(start, shown.length - end);
  keepOpen(stale, fresh);
  const follower = shown[shown.length - end] ?? null;
  for (const block of stale) block.remove();
  for (const block of fresh) {
    here.insertBefore(block, follower);
    block.classList.add('colophon-fresh');
  }
}

/** What was unfolded stays so. */
function keepOpen(stale: readonly Element[], fresh: readonly Element[]): void {
  const folds = (blocks: readonly Element[]): HTMLDetailsElement[] =>
    blocks.flatMap((block) => [
      ...(block instanceof HTMLDetailsElement ? [block] : []),
      ...block.querySelectorAll<HTMLDetailsElement>('details'),
    ]);
  const name = (fold: HTMLDetailsElement): string =>
    `${fold.closest('[id]')?.id ?? ''} ${fold.querySelector('summary')?.textContent ?? ''}`;
  const open = new Set(
    folds(stale)
      .filter((fold) => fold.open)
      .map(name),
  );
  for (const fold of folds(fresh)) if (open.has(name(fold))) fold.open = true;
}

/** Runs a change and then scrolls so that the first block in view which is still there has not moved. */
function keepPlace(change: () => void): void {
  const blocks = [...document.querySelectorAll<HTMLElement>('article > *')];
  const seen = blocks
    .map((block) => ({ block, top: block.getBoundingClientRect().top }))
    .filter(({ block, top }) => top + block.offsetHeight > 0 && top < window.innerHeight);
  const { scrollY } = window;
  change();
  const anchor = seen.find(({ block }) => block.isConnected);
  const moved = anchor === undefined ? 0 : anchor.block.getBoundingClientRect().top - anchor.top;
  if (anchor === undefined) window.scrollTo({ top: scrollY, behavior: 'instant' });
  else if (moved !== 0) window.scrollBy({ top: moved, behavior: 'instant' });
}
