/** How a figure is cited: BibTeX. */
import type { Directive, Page, Report } from '../source/report.js';
import { bibtexEntry, tex, texNames } from './bibtex.js';
import { anchorOf } from './labels.js';
import type { RenderParts } from './parts.js';
import { drawingOf } from './views.js';

/** A @misc entry that leads to the figure and names what made it. Empty for what is no figure. */
export function citationOf(report: Report, page: Page, directive: Directive, parts: RenderParts): string {
  const figure = drawingOf(directive, parts);
  if (figure === undefined) return '';
  const [first] = report.pages;
  const { url, title } = report.settings;
  const authors = page.authors.length > 0 ? page.authors : (first?.authors ?? []);
  const date = page.date ?? first?.date;
  const anchor = anchorOf(directive);
  const keys = figure.runs.map(({ key }) => key.slice(0, 16)).slice(0, 3);
  const fields: [string, string | undefined][] = [
    ['author', texNames(authors.map(({ name }) => name))],
    ['title', `Figure ${figure.drawn.number} of ${tex(title ?? first?.title ?? page.title)}`],
    ['year', date?.slice(0, 4)],
    ['url', url === undefined ? undefined : `${url}${page.address}#${anchor}`],
    ['note', tex(`Colophon ${parts.colophon.version}; ${page.address}#${anchor}; keys ${keys.join(', ')}`)],
  ];
  return bibtexEntry('misc', anchor, fields);
}
