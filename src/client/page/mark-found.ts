/** What a search has found, marked on the page that it leads to; folds and tabs in which it stands are opened. */
import { decodeAddress } from '../../shared/decode-address.js';
import { findWords } from '../../shared/found-words.js';
import { reveal } from './reveal.js';

const name = 'colophon-found';

interface Kept {
  readonly address: string;
  readonly terms: readonly string[];
}

/** Keeps the words of a result for the page at `address`. */
export function keepFound(address: string, terms: readonly string[]): void {
  try {
    window.sessionStorage.setItem(name, JSON.stringify({ address, terms } satisfies Kept));
  } catch {
    // A browser that keeps nothing still follows the link.
  }
}

/** Marks, once, the words that were kept for this very place. */
export function markFound(): void {
  const terms = takeTerms();
  const article = document.querySelector('article');
  if (terms.length === 0 || article === null) return;
  const parts = partAt(article);
  const written = rangesOf(parts, terms);
  const found = written.length > 0 ? written : describedOf(parts, terms);
  // Of tabs the first with a word stays chosen.
  for (const { startContainer } of found.toReversed()) reveal(startContainer);
  // Absent from older browsers, whatever its type says.
  const highlights = CSS.highlights as HighlightRegistry | undefined;
  highlights?.set(name, new Highlight(...found));
  const { top = 0, bottom = 0 } = found[0]?.getBoundingClientRect() ?? {};
  if (top < 0 || bottom > window.innerHeight)
    found[0]?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}

function takeTerms(): readonly string[] {
  try {
    const { address, terms } = JSON.parse(window.sessionStorage.getItem(name) ?? '{}') as Partial<Kept>;
    if (address !== window.location.href) return [];
    window.sessionStorage.removeItem(name);
    return terms ?? [];
  } catch {
    return [];
  }
}

/** The parts of the page from the heading that the address names to the next; without one, from the start. */
function partAt(article: Element): Element[] {
  const isHeading = (element: Element): boolean => element.matches('h1, h2, h3, h4');
  const named = document.getElementById(decodeAddress(window.location.hash.slice(1)));
  const all = [...article.children];
  const start = named === null ? 0 : all.findIndex((element) => element.contains(named));
  const after = all.findIndex((element, index) => index > start && isHeading(element));
  return all.slice(Math.max(0, start), after < 0 ? undefined : after);
}

function rangesOf(parts: readonly Element[], terms: readonly string[]): Range[] {
  return parts.flatMap((part) => {
    const ranges: Range[] = [];
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      for (const { start, end } of findWords(text.nodeValue ?? '', terms)) {
        const range = document.createRange();
        range.setStart(text, start);
        range.setEnd(text, end);
        // Within drawings, and in how things were made, nothing is searched.
        if (text.parentElement?.closest('svg, .origin, details.experiment > :not(summary)') === null)
          ranges.push(range);
      }
    }
    return ranges;
  });
}

/** The numbers of figures whose description has the words: nobody sees it, but it is what was found. */
function describedOf(parts: readonly Element[], terms: readonly string[]): Range[] {
  return parts.flatMap((part) =>
    Array.from(part.querySelectorAll('svg[aria-label], img[alt]')).flatMap((drawing) => {
      const said = drawing.getAttribute('aria-label') ?? drawing.getAttribute('alt') ?? '';
      const label = drawing.closest('figure')?.querySelector('figcaption .label');
      if (label === null || label === undefined || findWords(said, terms).length === 0) return [];
      const range = document.createRange();
      range.selectNodeContents(label);
      return [range];
    }),
  );
}
