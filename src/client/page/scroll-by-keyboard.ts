/** What is wider than its place scrolls sideways; by keyboard too, in browsers that do not see to that themselves. */

const parts = 'pre, .drawing, .equation, table, :is(p, dd, dt, figcaption):has(math), li:has(> math)';

/** Makes such parts reachable with Tab, and only as long as they are too wide. */
export function scrollByKeyboard(article: HTMLElement | null): void {
  if (article === null) return;
  const found = [...article.querySelectorAll<HTMLElement>(parts)].filter(
    (part) => part.closest('section.scroll') === null,
  );
  const watch = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLElement)) continue;
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute('tabindex');
    }
  });
  for (const part of found) watch.observe(part);
}
