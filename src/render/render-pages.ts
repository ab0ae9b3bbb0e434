/** Report + figures -> pages: rehype, then Handlebars. */
import Handlebars from 'handlebars';
import type { Node, Root } from 'mdast';
import { sha256 } from '../hash.js';
import type { Problem } from '../problem.js';
import type { Directive, Page, Report } from '../source/report.js';
import { relativeAddress } from './address.js';
import { experimentHtml, figureHtml, tableHtml } from './blocks.js';
import { type BodyContext, type Heading, renderBody, renderInline } from './body.js';
import { escapeHtml } from './html.js';
import { labelsOf } from './labels.js';
import { optionOrigin, pageOrigin } from './origin.js';
import type { RenderParts } from './parts.js';
import { loadTemplates } from './templates.js';

export interface RenderedFile {
  readonly path: string;
  readonly content: Uint8Array | string;
}

/**
 * The files of a site, pages and assets. With empty figures it serves to find what is wrong with the prose before
 * anything is computed. `parseMarkdown` reads captions.
 */
export function renderPages(
  report: Report,
  parts: RenderParts,
  parseMarkdown: (text: string) => Root,
): { files: readonly RenderedFile[]; problems: readonly Problem[] } {
  const templates = loadTemplates(report.folder);
  const problems: Problem[] = [...templates.problems];
  const labels = labelsOf(report, parts);
  const pages = new Map(report.pages.map(({ file, address }) => [file, address]));
  const files = new Map<string, RenderedFile>();
  const media = (file: string): string | undefined => {
    const data = report.dataFile(file);
    if ('refused' in data) return data.refused;
    files.set(file, { path: file, content: data.bytes });
    return undefined;
  };
  const style = `assets/style-${sha256(templates.css).slice(0, 8)}.css`;
  const script = `assets/page-${sha256(templates.script).slice(0, 8)}.js`;

  report.pages.forEach((page, position) => {
    const context: Omit<BodyContext, 'origin' | 'replace'> = {
      file: page.file,
      address: page.address,
      labels,
      pages,
      media,
      problems,
    };
    const caption = (directive: Directive, text: string): string =>
      renderInline(parseMarkdown(text), {
        ...context,
        origin: optionOrigin(directive, 'caption'),
        replace: () => undefined,
      });
    const directives = new Map<Node, Directive>(page.directives.map((directive) => [directive.node, directive]));
    const replace: BodyContext['replace'] = (node) => {
      const directive = directives.get(node);
      if (directive !== undefined) return { tag: 'div', html: directiveHtml(directive, parts, caption) };
      const value = parts.values.get(node);
      return value === undefined
        ? undefined
        : { tag: 'span', html: `<span class="value">${escapeHtml(value)}</span>`, text: value };
    };
    const { html, headings } = renderBody(withoutTitle(page), { ...context, origin: pageOrigin(page), replace });
    const result = templates.page({
      ...pageData(report, page, position, headings, parts),
      style: relativeAddress(page.address, style),
      script: relativeAddress(page.address, script),
      body: new Handlebars.SafeString(html),
    });
    if (typeof result === 'string') files.set(page.address, { path: page.address, content: result });
    else if (!problems.some(({ message }) => message === result.message)) problems.push(result);
  });

  files.set(style, { path: style, content: templates.css });
  files.set(script, { path: script, content: templates.script });
  for (const { name, content } of templates.fonts) files.set(`assets/${name}`, { path: `assets/${name}`, content });
  return { files: [...files.values()], problems };
}

function directiveHtml(
  directive: Directive,
  parts: RenderParts,
  caption: (directive: Directive, text: string) => string,
): string {
  const figure = directive.kind === 'figure' ? parts.figures.get(directive.id) : undefined;
  if (figure !== undefined) return figureHtml(directive, figure, caption(directive, figure.caption));
  const table = directive.kind === 'table' ? parts.tables.get(directive.id) : undefined;
  if (table !== undefined) return tableHtml(directive, table, caption(directive, table.caption));
  return experimentHtml(directive, parts.experiments.get(directive.id) ?? []);
}

/** The layout prints the title; a first heading that says the same is not printed twice. */
function withoutTitle({ tree, title }: Page): Root {
  const [first] = tree.children.filter(({ type }) => type !== 'yaml');
  const text =
    first?.type === 'heading' && first.depth === 1
      ? first.children.map((child) => ('value' in child ? child.value : '')).join('')
      : '';
  return text.trim() === title && first !== undefined
    ? { ...tree, children: tree.children.filter((child) => child !== first) }
    : tree;
}

/** What the layout knows of a page. Every field is there on every page, so that a template may be strict. */
function pageData(
  report: Report,
  page: Page,
  position: number,
  headings: readonly Heading[],
  parts: RenderParts,
): object {
  const link = (other: Page | undefined): { title: string; href: string } | null =>
    other === undefined ? null : { title: other.title, href: relativeAddress(page.address, other.address) };
  const [first] = report.pages;
  return {
    title: page.title,
    siteTitle: first?.title ?? page.title,
    home: link(first),
    isHome: page === first,
    authors: page.authors.join(', '),
    date: page.date ?? '',
    description: page.description ?? '',
    pages: report.pages.map((other) => ({ ...link(other), current: other === page })),
    headings: headings.map(({ level, id, text }) => ({ id, text, sub: level > 2 })),
    previous: link(report.pages[position - 1]),
    next: link(report.pages[position + 1]),
    version: parts.colophon.version,
    profiles: parts.colophon.profiles.join(', '),
    buildInfo: relativeAddress(page.address, 'build-info.json'),
  };
}
