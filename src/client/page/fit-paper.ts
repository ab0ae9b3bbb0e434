/** While a page is printed: folds are open but for how things were made, and what is wider than the paper is made smaller. */

/** Of A4 within the page's margins, in letters' heights of the text: 174 mm at 10.5 points. */
const paperWidth = 46.9;
/** What the number of an equation takes of it. */
const numberWidth = 4;
/** How much further in a list, a quotation or a box begins than what it stands in. */
const indent = 1.5;
const indented = 'article :is(li, dd, blockquote, .callout)';
const folded = 'details:not(.experiment, .origin, [open])';

export function fitPaper(window: Window, document: Document): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    // Where a stylesheet cannot open them.
    opened = [...document.querySelectorAll<HTMLDetailsElement>(folded)];
    for (const fold of opened) fold.open = true;
    const letter = Number.parseFloat(window.getComputedStyle(document.documentElement).fontSize);
    const widths = Array.from(document.querySelectorAll<HTMLElement>('article math'), (math) => {
      const boxes = Array.from(math.children, (part) => part.getBoundingClientRect());
      const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
      const taken = math.closest('.numbered') === null ? 0 : numberWidth;
      return { math, share: ((paperWidth - taken - indent * depthOf(math)) * letter) / width };
    });
    for (const { math, share } of widths)
      if (share < 1) math.style.setProperty('--fit', share.toFixed(3));
      else math.style.removeProperty('--fit');
  });
  window.addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}

function depthOf(math: Element): number {
  let depth = 0;
  for (let at = math.closest(indented); at !== null; at = at.parentElement?.closest(indented) ?? null) depth += 1;
  return depth;
}
