/** The bodies of the authors' pages: Markdown to HTML, with what their directives and inline code show. */
import type { Nodes, Root } from 'mdast';
import { once } from '../shared/lazy.js';
import type { Problem } from '../shared/problem.js';
import { nodeId, proseScope } from '../shared/node-id.js';
import { titleHeading } from '../shared/title-text.js';
import type { Directive, Page, Report } from '../source/report.js';
import { claimMark, referenceHtml } from './blocks.js';
import {
  type BodyContext,
  bodyProcessor,
  type BodyProcessor,
  type Caption,
  renderBody,
  renderInline,
  standardBody,
} from './body.js';
import { bodyKey, surroundingsOf } from './body-key.js';
import type { WrittenLink } from './check-links.js';
import { citationOf } from './citation.js';
import type { ReportCitations } from './citations/report-citations.js';
import { escapeHtml, htmlToText } from './html.js';
import { anchorOf } from './labels.js';
import { formulaCharacters } from './math-font.js';
import { titleToText } from './math-text.js';
import type { Replaced } from './nodes/writer.js';
import { reportAddresses } from './nodes/addresses.js';
import { optionOrigin, pageOrigin } from './origin.js';
import type { RenderParts } from './parts.js';
import { previewDigests } from './previews.js';
import type { KnownBody, RenderMemo } from './render-memo.js';
import { searchLine } from './search-index.js';
import type { SiteFiles } from './site-files.js';
import { directiveHtml, directiveSaid, printedProse } from './views.js';

export interface PageBody {
  readonly page: Page;
  /** Names all that the body depends on. */
  readonly key: string;
  readonly body: KnownBody;
}

/** What the body of any page may need. */
interface BodyWorld {
  readonly report: Report;
  readonly parts: RenderParts;
  readonly media: SiteFiles['media'];
  /** Addresses of the pages, by their files. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Anchors of the labels on each page, by its address. */
  readonly anchors: ReadonlyMap<string, readonly string[]>;
  readonly citations: ReportCitations;
  readonly processor: BodyProcessor;
}

/** Renders the bodies, those that `memo` does not know. */
export function pageBodies(
  report: Report,
  parts: RenderParts,
  media: SiteFiles['media'],
  {
    memo,
    keepsPluginHtml,
    citations,
  }: { readonly memo: RenderMemo; readonly keepsPluginHtml: boolean; readonly citations: ReportCitations },
): PageBody[] {
  const surroundings = surroundingsOf(report, keepsPluginHtml, citations.digest);
  const { plugins } = report;
  const world: BodyWorld = {
    ...{ report, parts, media, anchors: anchorsByPage(report), citations },
    processor: plugins.rehype.length === 0 ? standardBody : bodyProcessor(plugins, keepsPluginHtml),
    addresses: new Map(report.pages.map(({ file, address }) => [file, address])),
  };
  return report.pages.map((page) => {
    const render = (): KnownBody => renderPage(page, world);
    const key = bodyKey(page, surroundings, parts);
    const before = memo.body(page.file, key, render);
    const changed = before.media.map(media).filter((one) => 'refused' in one || one.leftOut !== undefined);
    // A file that it shows may have gone since, or hold what is left out of it.
    const body = changed.length > 0 && before.problems.length === 0 ? render() : before;
    return { page, key, body };
  });
}

function anchorsByPage({ labels }: Report): Map<string, string[]> {
  const anchors = new Map<string, string[]>();
  for (const { address, anchor } of labels.values()) {
    const own = anchors.get(address) ?? [];
    anchors.set(address, own);
    own.push(anchor);
  }
  return anchors;
}

/** What rendering one page notes besides its HTML. */
interface Noted {
  readonly problems: Problem[];
  readonly links: WrittenLink[];
  readonly media: string[];
  /** Ids of the directives whose numbers it prints. */
  readonly numbers: Set<string>;
}

function renderPage(page: Page, world: BodyWorld): KnownBody {
  const { report, addresses, citations } = world;
  const noted: Noted = { problems: [], links: [], media: [], numbers: new Set() };
  const sectionNumbers = once(() => report.sectionNumbers(page));
  const context: Omit<BodyContext, 'origin' | 'replace'> = {
    ...{ file: page.file, address: page.address, labels: report.labels, pages: addresses },
    leftOut: report.leftOut,
    language: report.languageOf(page.language),
    anchors: [...page.directives.map(anchorOf), ...(page.titleId === undefined ? [] : [page.titleId])],
    ...{ problems: noted.problems, links: noted.links },
    media: (file) => {
      noted.media.push(file);
      return world.media(file);
    },
    addresses: reportAddresses,
    bibliography: citations.of(page),
    typography: true,
    sectionNumber: (heading) => sectionNumbers().get(heading),
  };
  const { html, headings, sections } = renderBody(
    withoutTitle(page),
    {
      ...{ ...context, origin: pageOrigin(page), replace: replacer(page, world, noted, context) },
    },
    world.processor,
  );
  const line = searchLine(titleToText(page.title), page.address, sections);
  const formulas = formulaCharacters(html);
  const previews = previewDigests(html, world.anchors.get(page.address) ?? []);
  const { problems, links, media, numbers } = noted;
  return {
    ...{ problems, links, media, numbers: [...numbers], html: () => html },
    ...{ headings, searchLine: line, formulas, previews },
  };
}

/** What stands in the place of a page's directives and of inline code that asks for something computed. */
function replacer(
  page: Page,
  { report, parts, processor }: BodyWorld,
  noted: Noted,
  context: Omit<BodyContext, 'origin' | 'replace'>,
): BodyContext['replace'] {
  const note = (at: string): void => {
    for (const source of parts.valueSources.get(at) ?? []) noted.numbers.add(source);
  };
  const inline = (node: Nodes, scope: string): Replaced | undefined => {
    if (node.type !== 'inlineCode') return undefined;
    const at = nodeId(scope, node);
    note(at);
    const claim = parts.claims.get(at);
    if (claim !== undefined) return { html: claimMark(claim, context.language), text: '', said: '', hasBlank: true };
    const text = parts.values.get(at);
    if (text === undefined) return undefined;
    return { html: `<span class="value">${escapeHtml(text)}</span>`, text, said: text };
  };
  const caption = (directive: Directive): Caption => {
    const option = printedProse(directive);
    const tree = directive.prose[option];
    if (tree === undefined) return { html: '', said: '' };
    const scope = proseScope(directive, option);
    const replace = (node: Nodes): Replaced | undefined => inline(node, scope);
    return renderInline(tree, { ...context, origin: optionOrigin(directive, option), replace }, processor);
  };
  const directives = new Map(page.directives.map((directive) => [directive.at, directive]));
  return (node) => {
    if (node.type !== 'code') return inline(node, page.file);
    if (node.lang === 'reference') {
      const name = node.meta ?? '';
      const reference = parts.reference(name);
      if (reference !== undefined) {
        const html = referenceHtml(name, reference);
        return { html, text: '', said: htmlToText(html) };
      }
      noted.problems.push({
        place: pageOrigin(page).place(node),
        rule: 'unknown-reference',
        message: `there are no options of "${name}" to list`,
        hint: 'name a kind of directive, front-matter, colophon.yaml, or a group of problems',
      });
    }
    const directive = directives.get(nodeId(page.file, node));
    if (directive === undefined) return undefined;
    note(directive.at);
    const { html, said } = caption(directive);
    const citation = citationOf(report, page, directive, parts);
    const about = { prose: html, address: page.address, citation, language: context.language };
    return {
      html: directiveHtml(directive, parts, about),
      ...{ text: '', said: directiveSaid(directive, parts, { prose: said, language: context.language }) },
    };
  };
}

/** The layout prints the title; a first heading that says the same is not printed twice. */
function withoutTitle(page: Page): Root {
  const tree = page.tree();
  const heading = titleHeading(tree, page.title);
  return heading === undefined ? tree : { ...tree, children: tree.children.filter((child) => child !== heading) };
}
