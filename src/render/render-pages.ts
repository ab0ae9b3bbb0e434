/** Report + figures -> pages: Markdown to HTML, then Handlebars. */
import { append } from '../append.js';
import Handlebars from 'handlebars/runtime.js';
import type { Nodes, Root } from 'mdast';
import { allowsNothing } from '../allowed.js';
import { sha256 } from '../hash.js';
import type { Content, LazyContent } from '../content.js';
import { memoizeLast, once } from '../lazy.js';
import type { Place, Problem } from '../problem.js';
import type { Directive, Page, Report } from '../source/report.js';
import { type AddressRegister, addressRegister } from '../address-register.js';
import { addressesFrom } from './address.js';
import { claimMark, figureFile, referenceHtml } from './blocks.js';
import { anchorOf, type Label } from './labels.js';
import { citationOf } from './citation.js';
import { type BodyContext, type Caption, type Heading, renderBody, renderInline } from './body.js';
import { reportCitations } from './citations/report-citations.js';
import { checkPage } from './check-page.js';
import { checkFragments, checkFrames, type WrittenLink } from './check-links.js';
import { contentsOf, type Href, sectionsOf } from './contents.js';
import { experimentsOf } from './experiments.js';
import type { Font } from './fonts.js';
import { dataTableHtml } from './data-table.js';
import { formulaCharacters } from './math-font.js';
import { hostHeaders } from './host-headers.js';
import { escapeHtml } from './html.js';
import { reportAddresses } from './nodes/addresses.js';
import { optionOrigin, pageOrigin } from './origin.js';
import { absolute, type Card, type PageDetails, pageData, type SiteData } from './page-data.js';
import type { FigurePart, RenderParts } from './parts.js';
import { titleToText } from './math-text.js';
import { preview, previewDigests, previewFile, referredElsewhere } from './previews.js';
import { type FramedBody, type KnownBody, noRenderMemo, type RenderMemo } from './render-memo.js';
import { publishable } from './publishable.js';
import { searchIndex, searchLine } from './search-index.js';
import type { Media } from './nodes/writer.js';
import { siteMap } from './site-map.js';
import { loadTemplates, type Templates } from './templates.js';
import { directiveHtml, drawingOf, fileExtensions, filesOf, printedProse } from './views.js';

export interface RenderedFile {
  readonly path: string;
  readonly content: Content;
}

export interface RenderOptions {
  /** The path under which the site will stand, which only the page for wrong addresses needs: all others link relatively. */
  readonly base?: string | undefined;
  /** Where the site will stand, in place of what colophon.yaml says; ends in a slash. */
  readonly url?: string | undefined;
  /** What was rendered before. */
  readonly memo?: RenderMemo;
  readonly templates?: Templates;
}

export interface RenderedSite {
  readonly files: readonly RenderedFile[];
  readonly problems: readonly Problem[];
  /** To other sites, for who asks whether they are still there. */
  readonly externalLinks: readonly WrittenLink[];
  /** The characters of all formulas, in order. */
  readonly formulas: string;
}

interface LaidOutBody extends FramedBody {
  readonly headings: readonly Heading[];
}

/** Pages that no author wrote. */
const experimentsPage: PageDetails = {
  file: 'experiments.md',
  address: 'experiments.html',
  title: 'All experiments',
  description: 'What ran, on what, and where it is used.',
};
const provenancePage: PageDetails = {
  file: 'provenance.md',
  address: 'provenance.html',
  title: 'How this site was made',
  description: 'The programs, devices and keys behind every number, and how to make them again.',
};
const missingPage: PageDetails = { file: '404.md', address: '404.html', title: 'There is no such page' };

/**
 * The files of a site, pages and assets. With empty figures it serves to find what is wrong with the prose before
 * anything is computed.
 */
export function renderPages(
  report: Report,
  parts: RenderParts,
  { base = '/', url, memo = noRenderMemo, templates = loadTemplates(report.files, allowsNothing) }: RenderOptions = {},
): RenderedSite {
  const problems: Problem[] = [...templates.problems, ...reservedAddresses(report)];
  const register = addressRegister();
  const elsewhere = referredElsewhere(report);
  const reserved = reserve(register, report, elsewhere);
  const pageFiles = new Set(report.pages.map(({ file }) => file));
  append(problems, reserved);
  const { labels } = report;
  const bibliographyFor = reportCitations(report);
  const pages = new Map(report.pages.map(({ file, address }) => [file, address]));
  const files = new Map<string, RenderedFile>();
  const add = (path: string, content: Content, writer = us): string => {
    const other = register.take(path, writer);
    // Of two pages, and of what is known before any is rendered, it has been said, and where.
    const isSaid = pageFiles.has(writer) || reserved.some(({ message }) => message.includes(path));
    if (other === undefined || isSaid) files.set(path, { path, content });
    else problems.push(takenAddress(path, other));
    return path;
  };
  const media = onceForEach((file: string): Media => {
    const data = report.dataFile(file, 'published');
    if ('refused' in data) return data;
    const published = publishable(file, data.bytes);
    if ('refused' in published) return published;
    const { address, content, leftOut } = published;
    const other = register.take(address, file);
    if (other !== undefined)
      return { refused: `its address in the site, ${address}, is that of ${other}`, hint: 'rename it' };
    files.set(address, { path: address, content });
    return { address, leftOut };
  });
  const address = url ?? report.settings.url;
  const hrefFrom = addressesFrom();
  const links: WrittenLink[] = [];
  const ids = new Map<string, readonly string[]>();
  const frames = new Map<string, readonly string[]>();
  const numbersOn = new Map<string, ReadonlySet<string>>();
  const named = [...labels.values()].map(({ id, text, address: page, anchor }) => [id, text, page, anchor]);
  const about = [report.settings, report.pages[0]?.title, report.pages[0]?.authors, report.pages[0]?.date];
  // What a body may depend on besides its own page's text and results.
  const surroundings = sha256(
    JSON.stringify([named, [...pages], [...report.sections.values()], citing(report), about]),
  );

  /** Anchors of the labels on each page, by its address. */
  const anchorsOn = new Map<string, string[]>();
  for (const { address: page, anchor } of labels.values()) {
    const anchors = anchorsOn.get(page) ?? [];
    anchorsOn.set(page, anchors);
    anchors.push(anchor);
  }

  // Megabytes in a long book, of which a draft needs none.
  const searchScript = { digest: undefined, make: once(() => searchIndex(bodies.map(({ body }) => body.searchLine))) };
  const assets = addAssets(templates, searchScript, add);

  const bodies: { readonly page: Page; readonly key: string; readonly body: KnownBody }[] = report.pages.map(
    (page): { page: Page; key: string; body: KnownBody } => {
      const render = (): KnownBody => {
        const known = { problems: [] as Problem[], links: [] as WrittenLink[], media: [] as string[] };
        const numbers = new Set<string>();
        const sectionNumbers = once(() => report.sectionNumbers(page));
        const context: Omit<BodyContext, 'origin' | 'replace'> = {
          ...{ file: page.file, address: page.address, labels, pages, anchors: page.directives.map(anchorOf) },
          ...{ problems: known.problems, links: known.links },
          media: (file) => {
            known.media.push(file);
            return media(file);
          },
          addresses: reportAddresses,
          bibliography: bibliographyFor(page),
          typography: true,
          sectionNumber: (heading) => sectionNumbers().get(heading),
        };
        const value = (node: Nodes): ReturnType<BodyContext['replace']> => {
          for (const source of parts.valueSources.get(node) ?? []) numbers.add(source);
          if (node.type !== 'inlineCode') return undefined;
          const claim = parts.claims.get(node);
          if (claim !== undefined) return { html: claimMark(claim), text: '' };
          const text = parts.values.get(node);
          return text === undefined ? undefined : { html: `<span class="value">${escapeHtml(text)}</span>`, text };
        };
        const caption = (directive: Directive): Caption => {
          const option = printedProse(directive);
          const tree = directive.prose[option];
          if (tree === undefined) return { html: '', text: '' };
          return renderInline(tree, { ...context, origin: optionOrigin(directive, option), replace: value });
        };
        const directives = new Map<Nodes, Directive>(page.directives.map((directive) => [directive.node, directive]));
        const replace: BodyContext['replace'] = (node) => {
          if (node.type !== 'code') return value(node);
          if (node.lang === 'reference') {
            const name = node.meta ?? '';
            const reference = parts.reference(name);
            if (reference !== undefined) return { html: referenceHtml(name, reference), text: '' };
            known.problems.push({
              place: pageOrigin(page).place(node),
              rule: 'unknown-reference',
              message: `there are no options of "${name}" to list`,
              hint: 'name a kind of directive, front-matter or colophon.yaml',
            });
          }
          const directive = directives.get(node);
          if (directive === undefined) return undefined;
          value(node);
          const { html, text } = caption(directive);
          const citation = citationOf(report, page, directive, parts);
          const about = { prose: html, address: page.address, citation };
          return { html: directiveHtml(directive, parts, about), text };
        };
        const { html, headings, sections } = renderBody(withoutTitle(page), {
          ...{ ...context, origin: pageOrigin(page), replace },
        });
        const line = searchLine(titleToText(page.title), page.address, sections);
        const formulas = formulaCharacters(html);
        const previews = previewDigests(html, anchorsOn.get(page.address) ?? []);
        return { ...known, html: () => html, headings, searchLine: line, formulas, numbers: [...numbers], previews };
      };
      const key = bodyKey(page, surroundings, parts);
      const before = memo.body(page.file, key, render);
      const changed = before.media.map(media).filter((one) => 'refused' in one || one.leftOut !== undefined);
      // A file that it shows may have gone since, or hold what is left out of it.
      const body = changed.length > 0 && before.problems.length === 0 ? render() : before;
      append(problems, body.problems);
      append(links, body.links);
      numbersOn.set(page.file, new Set(body.numbers));
      return { page, key, body };
    },
  );

  addDownloads(report, parts, add);
  const bodyOn = new Map(bodies.map(({ page, body }) => [page.address, body]));
  for (const { address: page, anchor } of elsewhere) {
    const body = bodyOn.get(page);
    if (body !== undefined) add(previewFile(anchor), preview(body, anchor), anchor);
  }

  const fontsFirst = (where: Font['first']): string[] =>
    templates.fonts.filter(({ first }) => first === where).map(({ name }) => `assets/${name}`);
  const root = sectionsOf(report.pages);
  const site: SiteData = {
    ...{ report, root, contents: contentsOf(root) },
    parts,
    reference: [experimentsPage, provenancePage],
    assets,
    url: address,
    fonts: fontsFirst('on every page'),
  };
  // All that every page shows of the site around it.
  const titles = report.pages.map(({ file, title }) => [file, title]);
  const around = [titles, report.settings, base, address, site.assets, parts.colophon, templates.digest];
  const shape = sha256(JSON.stringify(around));
  const scriptsFrom = memoizeLast((href: Href) => new Set(scriptNames.map((name) => href(assets[name]))));
  /** `bodyKey` names all that the body depends on. */
  const layOut = (
    page: PageDetails,
    body: LaidOutBody,
    bodyKey: string,
    href: Href,
    card: Card | null = null,
  ): void => {
    const { title, description, date, authors } = page;
    const key = sha256(JSON.stringify([shape, page.file, title, description, date, authors, bodyKey, card]));
    const result = memo.page(
      page.file,
      key,
      (html) => {
        const fonts = html.includes('<math') ? [...site.fonts, ...fontsFirst('with formulas')] : site.fonts;
        const data = pageData({ ...site, fonts }, page, body.headings, href, card);
        const laidOut = templates.page({ ...data, body: new Handlebars.SafeString(html) });
        return typeof laidOut === 'string'
          ? (checkPage(laidOut, scriptsFrom(href), templates.own) ?? laidOut)
          : laidOut;
      },
      body,
    );
    if ('content' in result) {
      add(page.address, result.content, page.file);
      ids.set(page.address, result.ids);
      frames.set(page.address, result.frame);
    } else if (!problems.some(({ message }) => message === result.message)) problems.push(result);
  };
  const firstOf = ({ directives }: Page): FigurePart | undefined => {
    for (const directive of directives) {
      const figure = drawingOf(directive, parts);
      if (figure !== undefined) return figure;
    }
    return undefined;
  };
  const firstFigure = once(() => report.pages.map(firstOf).find((figure) => figure !== undefined));
  /** Of the page's first figure; of the report's, where the page has none. */
  const cardOf = (page: Page): Card | null => {
    const figure = firstOf(page) ?? firstFigure();
    if (address === undefined || parts.card === undefined || figure === undefined) return null;
    const path = cardFile(page);
    add(
      path,
      parts.card(
        figure.drawn,
        titleToText(page.title),
        titleToText(report.settings.title ?? report.pages[0]?.title ?? page.title),
      ),
    );
    return { address: absolute(address, path), alt: figure.drawn.description };
  };
  for (const { page, key, body } of bodies) layOut(page, body, key, hrefFrom(page.address), cardOf(page));

  for (const { directives, address } of report.pages) {
    for (const directive of directives) {
      const part = drawingOf(directive, parts);
      if (part === undefined || part.files.length === 0) continue;
      const anchor = anchorOf(directive);
      const title = `The data of figure ${part.drawn.number}`;
      const page = { file: `${anchor}.md`, address: figureFile(anchor, 'html'), title };
      const href = hrefFrom(page.address);
      const figure = `${href(address)}#${anchor}`;
      const html = (): string => dataTableHtml(part, figure);
      layOut(
        page,
        { html, headings: [], isLazy: true },
        sha256(JSON.stringify([part.drawn.number, part.drawn.digest, figure])),
        href,
      );
    }
  }
  const own = (page: PageDetails, name: Parameters<Templates['part']>[0], href: Href): void => {
    const experiments = experimentsOf(report, parts, labels, numbersOn, href);
    const { version, profiles } = parts.colophon;
    const html = templates.part(name, {
      experiments,
      version,
      profiles: profiles.join(', '),
      runs: experiments.reduce((sum, { runs }) => sum + runs.length, 0),
      home: report.pages[0] === undefined ? '' : href(report.pages[0].address),
      buildInfo: href(buildInfoFile),
      experimentsPage: href(experimentsPage.address),
    });
    if (typeof html === 'string') layOut(page, { html: () => html, headings: [], isOwn: true }, sha256(html), href);
    else problems.push(html);
  };
  own(experimentsPage, 'experiments', hrefFrom(experimentsPage.address));
  own(provenancePage, 'provenance', hrefFrom(provenancePage.address));
  // Shown for any wrong address, however deep, so its own links start from the site's root.
  own(missingPage, 'missing', (address) => base + address.split('/').map(encodeURIComponent).join('/'));

  add('_headers', hostHeaders());
  if (address !== undefined) add('sitemap.xml', siteMap(address, [...report.pages, experimentsPage, provenancePage]));
  append(problems, templates.logged());
  append(problems, checkFragments(links, ids, slidersOf(report)));
  const everything = new Set([...files.keys(), buildInfoFile]);
  append(problems, checkFrames(frames, everything));
  return {
    files: [...files.values()],
    problems,
    externalLinks: links.filter(({ to }) => /^https?:/i.test(to)),
    formulas: [...new Set(bodies.flatMap(({ body }) => Array.from(body.formulas)))].sort().join(''),
  };
}

/** The sliders of moving figures by the figures' ids, as written: a link may lead to where one of them is moved to. */
function slidersOf({ pages }: Report): Map<string, readonly string[]> {
  const moving = pages.flatMap(({ directives }) => directives.filter(({ body }) => body['slider'] !== undefined));
  return new Map(moving.map((directive) => [anchorOf(directive), [directive.body['slider'] ?? []].flat().map(String)]));
}

const scriptNames = ['script', 'themeScript', 'figureScript', 'vegaScript', 'searchScript', 'searchIndex'] as const;

/** Who writes what no file of the report asks for. */
const us = 'Colophon';

function takenAddress(path: string, other: string, place?: Place): Problem {
  return {
    ...(place !== undefined && { place }),
    rule: 'shared-address',
    message: `two files of the site would have the address ${path}: ${other} has it too`,
    hint: 'rename one of them',
  };
}

/** What a page's picture is called where others link to it. */
function cardFile({ address }: PageDetails | Page): string {
  return `cards/${address.replace(/\.html$/, '')}.png`;
}

/** Takes every address that is known before any page is rendered, so that no file of the report gets it. */
function reserve(register: AddressRegister, report: Report, previewed: Iterable<Label>): Problem[] {
  const problems: Problem[] = [];
  const take = (path: string, writer: string, place?: Place): void => {
    const other = register.take(path, writer);
    if (other !== undefined) problems.push(takenAddress(path, other, place));
  };
  for (const { file, address } of [experimentsPage, provenancePage, missingPage]) take(address, file);
  for (const path of [buildInfoFile, '_headers', 'sitemap.xml']) take(path, us);
  for (const page of report.pages) {
    const { file, address, directives } = page;
    const start = { file, line: 1, column: 1 };
    const other = register.take(address, file);
    if (other === undefined) take(cardFile(page), us, start);
    // Of two pages of one name, and of a page of the name of ours, another rule says more.
    else if (!isSameName(address, other)) problems.push(takenAddress(address, other, start));
    for (const directive of directives) {
      const anchor = anchorOf(directive);
      for (const extension of fileExtensions(directive))
        take(figureFile(anchor, extension), extension === 'html' ? `${anchor}.md` : anchor, directive.idPlace);
    }
  }
  for (const { anchor, place } of previewed) take(previewFile(anchor), anchor, place);
  return problems;
}

/** Whether a page's file and an address are the same but for what some file systems do not tell apart. */
function isSameName(address: string, file: string): boolean {
  const [one, other] = [address, file].map((name) =>
    name
      .replace(/\.(?:html|md)$/i, '')
      .normalize('NFC')
      .toLowerCase(),
  );
  return one === other;
}

/** What is the same twice only by chance; written with the pages, but not by this room. */
const buildInfoFile = 'build-info.js';

function onceForEach<Value>(make: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const value = known.get(name) ?? make(name);
    known.set(name, value);
    return value;
  };
}

/** What readers can download of figures and tables. */
function addDownloads(
  report: Report,
  parts: RenderParts,
  add: (path: string, content: Content, writer?: string) => string,
): void {
  for (const directive of report.pages.flatMap(({ directives }) => directives)) {
    const anchor = anchorOf(directive);
    for (const { extension, content } of filesOf(directive, parts)) add(figureFile(anchor, extension), content, anchor);
    const script = drawingOf(directive, parts)?.script;
    if (script !== undefined) add(script.path, script.content);
  }
}

/** Whatever the citations of a page may depend on: the works, and what each page cites. */
function citing({ bibliography, pages }: Report): unknown {
  if (bibliography === undefined) return null;
  return [bibliography.style, [...bibliography.works], pages.map(({ text }) => text.match(/@[^\s,;\]]+|#refs/g))];
}

/** Names all that a page's body depends on. */
function bodyKey(page: Page, surroundings: string, parts: RenderParts): string {
  const shown = page.directives.map(({ id }) => [
    shownOf(parts.figures.get(id)),
    parts.tables.get(id),
    parts.experiments.get(id),
  ]);
  // What is downloaded stands beside the page, not in it.
  const inPage = (name: string, value: unknown): unknown => (name === 'csv' ? undefined : value);
  return sha256(
    JSON.stringify(
      [page.file, page.digest, surroundings, shown, [...parts.values.values()], [...parts.claims.values()]],
      inPage,
    ),
  );
}

/** What a figure's place on a page depends on, with the drawing named by its digest. */
function shownOf(part: FigurePart | undefined): unknown {
  if (part === undefined) return undefined;
  const { drawn, files, script } = part;
  const names = files.map(({ name, extension }) => [name, extension]);
  return { ...part, drawn: [drawn.number, drawn.digest], files: names, script: script?.path };
}

/** Puts what every page loads into the site, under names that change with their content. */
function addAssets(
  { css, icon, scripts, fonts }: Templates,
  index: LazyContent,
  add: (path: string, content: Content) => string,
): SiteData['assets'] {
  const asset = (name: string, extension: string, content: string): string =>
    add(`assets/${name}-${sha256(content).slice(0, 8)}.${extension}`, content);
  for (const { name, content } of fonts) add(`assets/${name}`, content);
  return {
    style: asset('style', 'css', css),
    icon: asset('icon', 'svg', icon),
    script: asset('page', 'js', scripts.page),
    themeScript: asset('theme', 'js', scripts.theme),
    figureScript: asset('figure', 'js', scripts.figure),
    vegaScript: asset('vega', 'js', scripts.vega),
    searchScript: asset('search', 'js', scripts.search),
    // Changes with every word on any page, and no page but the one with the word is to change with it.
    searchIndex: add('search-index.js', index),
  };
}

/** Pages of an author's that would stand where we put one of ours. */
function reservedAddresses({ pages }: Report): Problem[] {
  const reserved = [experimentsPage, provenancePage, missingPage].map(({ address }) => address);
  return pages
    .filter(({ address }) => reserved.includes(address.toLowerCase()))
    .map(({ file, address }) => ({
      place: { file, line: 1, column: 1 },
      rule: 'shared-address',
      message: `Colophon writes a page of its own to ${address}`,
      hint: 'rename this file',
    }));
}

/** The layout prints the title; a first heading that says the same is not printed twice. */
function withoutTitle(page: Page): Root {
  const { title } = page;
  const tree = page.tree();
  const [first] = tree.children.filter(({ type }) => type !== 'yaml');
  const text =
    first?.type === 'heading' && first.depth === 1
      ? first.children.map((child) => ('value' in child ? child.value : '')).join('')
      : '';
  return text.trim() === title && first !== undefined
    ? { ...tree, children: tree.children.filter((child) => child !== first) }
    : tree;
}
