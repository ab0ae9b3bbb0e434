/** How a figure is cited: BibTeX. */
import { dictionary } from '../shared/dictionary.js';
import type { Directive, Page, Report } from '../source/report.js';
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
    ['author', authors.length === 0 ? undefined : authors.map(bibtex).join(' and ')],
    ['title', `Figure ${figure.drawn.number} of ${bibtex(title ?? first?.title ?? page.title)}`],
    ['year', date?.slice(0, 4)],
    ['url', url === undefined ? undefined : `${url}${page.address}#${anchor}`],
    ['note', bibtex(`Colophon ${parts.colophon.version}; ${page.address}#${anchor}; keys ${keys.join(', ')}`)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}}`]));
  return `@misc{${anchor},\n${lines.join(',\n')}\n}`;
}

/** What TeX would read as more than a character; BibTeX itself counts braces, also those behind a backslash. */
const escapes = dictionary<string>({
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
});

function bibtex(text: string): string {
  return text.replaceAll(/[\\{}$&#%_~^]/g, (character) => escapes[character] ?? `\\${character}`);
}
