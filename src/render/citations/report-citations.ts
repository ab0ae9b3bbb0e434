/** Which works each page cites, and where their list stands. */
import type { Page, Report } from '../../source/report.js';
import { relativeAddress } from '../address.js';
import { builtInStyle } from './built-in.js';
import { type BibliographyStyle, noBibliography } from './style.js';

/**
 * The style for each page. A page with `::: {#refs}` holds the list of everything that the report cites; without one,
 * every page ends with a list of its own.
 */
export function reportCitations({ pages, bibliography }: Report): (page: Page) => BibliographyStyle {
  if (bibliography === undefined) return () => noBibliography;
  const { style } = bibliography;
  const holder = pages.find(({ cited }) => cited.holdsList);
  const all = [...new Set(pages.flatMap(({ cited }) => cited.keys))];
  return (page) => {
    const list =
      holder === undefined
        ? { cited: page.cited.keys, listAt: '', ownList: true }
        : { cited: all, listAt: page === holder ? '' : relativeAddress(page.address, holder.address), ownList: false };
    return builtInStyle(bibliography, style, list);
  };
}
