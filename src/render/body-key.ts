/** The key of a page's body: all that it depends on. */
import { sha256 } from '../shared/hash.js';
import type { Page, Report } from '../source/report.js';
import type { FigurePart, RenderParts } from './parts.js';

/** What a body may depend on besides its own page's text and results. */
export function surroundingsOf(report: Report, keepsPluginHtml: boolean, citations: string): string {
  const labels = [...report.labels.values()].map(({ id, kind, number, title, address, anchor }) => [
    ...[id, kind, number, title, address, anchor],
  ]);
  const pages = report.pages.map(({ file, address }) => [file, address]);
  const [first] = report.pages;
  const about = [report.settings, first?.title, first?.authors, first?.date];
  const { digest } = report.plugins;
  return sha256(
    JSON.stringify([
      digest,
      citations,
      keepsPluginHtml,
      labels,
      pages,
      [...report.sections.values()],
      citing(report),
      about,
    ]),
  );
}

/** Whatever the citations of a page may depend on: the works, and what each page cites. */
function citing({ bibliography, pages }: Report): unknown {
  if (bibliography === undefined) return null;
  return [
    bibliography.style,
    [...bibliography.works],
    bibliography.keys.length,
    bibliography.formulas.all,
    pages.map(({ text }) => text.match(/@[^\s,;\]]+|#refs/g)),
  ];
}

export function bodyKey(page: Page, surroundings: string, parts: RenderParts): string {
  const shown = page.directives.map(({ id, at }) => [
    shownOf(parts.figures.get(id)),
    parts.tables.get(id),
    parts.experiments.get(id),
    parts.claims.get(at),
  ]);
  // Those of other pages, by their places, are not in it.
  const printed = page.inline.map(({ at }) => parts.values.get(at) ?? parts.claims.get(at));
  // What is downloaded stands beside the page, not in it.
  const inPage = (name: string, value: unknown): unknown => (name === 'csv' ? undefined : value);
  return sha256(
    JSON.stringify([page.file, page.digest, page.sources, page.language, surroundings, shown, printed], inPage),
  );
}

/** What a figure's place on a page depends on, with the drawing named by its digest. */
function shownOf(part: FigurePart | undefined): unknown {
  if (part === undefined) return undefined;
  const { drawn, files, script, narrowScript } = part;
  const names = files.map(({ name, extension }) => [name, extension]);
  return {
    ...part,
    drawn: [drawn.number, drawn.digest],
    files: names,
    script: script?.path,
    narrowScript: narrowScript?.path,
  };
}
