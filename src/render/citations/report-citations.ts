/** Which works each page cites, and where their list stands. */
import type { Nodes } from 'mdast';
import type { Page, Report } from '../../source/report.js';
import { relativeAddress } from '../address.js';
import { type BibliographyStyle, bibliographyStyle, noBibliography } from './style.js';

/**
 * The style for each page. A page with `::: {#refs}` holds the list of everything that the report cites; without one,
 * every page ends with a list of its own.
 */
export function reportCitations({ pages, bibliography }: Report): (page: Page) => BibliographyStyle {
  if (bibliography === undefined) return () => noBibliography;
  const { works, style } = bibliography;
  const cited = new Map(pages.map((page) => [page, citedOn(page)]));
  const holder = pages.find((page) => cited.get(page)?.holdsList === true);
  const all = [...new Set([...cited.values()].flatMap(({ keys }) => keys))];
  return (page) => {
    if (holder === undefined) return bibliographyStyle(works, cited.get(page)?.keys ?? [], style, '', true);
    const listAt = page === holder ? '' : relativeAddress(page.address, holder.address);
    return bibliographyStyle(works, all, style, listAt, false);
  };
}

function citedOn({ tree, directives, text }: Page): { keys: readonly string[]; holdsList: boolean } {
  const keys = new Set<string>();
  let holdsList = false;
  const visit = (node: Nodes): void => {
    if (node.type === 'citation') for (const { key } of node.works) keys.add(key);
    if (node.type === 'container' && node.attributes.id === 'refs') holdsList = true;
    if (node.type === 'image') node.data?.caption?.forEach(visit);
    if (node.type === 'table') node.data?.caption?.forEach(visit);
    if (node.type === 'callout') node.title.forEach(visit);
    if ('children' in node) node.children.forEach(visit);
  };
  // Most pages of most reports cite nothing, and are not searched for it.
  if (text.includes('@') || text.includes('#refs')) {
    visit(tree());
    for (const { prose } of directives) if (prose.caption !== undefined) visit(prose.caption);
  }
  return { keys: [...keys], holdsList };
}
