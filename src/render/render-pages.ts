/** Report + figures -> pages: Markdown to HTML, then Handlebars. */
import { isDeepStrictEqual } from 'node:util';
import Handlebars from 'handlebars/runtime.js';
import { englishScripts } from '../languages/english.js';
import { dataScript, labWordsName, wordsScript } from '../shared/data-script.js';
import { allowsNothing } from '../shared/allowed.js';
import type { LazyContent } from '../shared/content.js';
import {} from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import { once } from '../shared/lazy.js';
import type { Problem } from '../shared/problem.js';
import { say } from '../languages/words.js';
import type { Page, Report } from '../source/report.js';
import { addressesFrom } from './address.js';
import { figureFile } from './account.js';
import { runsFiles } from './sweep-account.js';
import { identityFields } from '../shared/identity-fields.js';
import { checkFragments, checkFrames, type WrittenLink } from './check-links.js';
import { contentsOf, type Href, sectionsOf } from './contents.js';
import { dataTableHtml } from './data-table.js';
import { experimentsOf } from './experiments.js';
import { tryBlocksAgain } from './highlight.js';
import { hostHeaders } from './host-headers.js';
import type { VerifyScript } from '../lab/verify-plan.js';
import { labKernels } from './lab.js';
import { anchorOf } from './labels.js';
import { titleToText } from './math-text.js';
import { buildInfoFile, type OwnPages, ownPages, ownPageWords, reservedAddresses } from './own-pages.js';
import { aboutPage } from './about/about-page.js';
import { reportCitations } from './citations/report-citations.js';
import { type PageBody, pageBodies } from './page-bodies.js';
import { absolute } from './address.js';
import { type Card, type PageDetails, type PageOwn, type SiteData } from './page-data.js';
import { type PageLayouts, pageLayouts } from './page-layouts.js';
import type { FigurePart, RenderParts } from './parts.js';
import { planGraph } from './plan-graph.js';
import { preview, previewFile, referredElsewhere } from './previews.js';
import { noRenderMemo, type RenderMemo } from './render-memo.js';
import { searchIndex } from './search-index.js';
import { cardFile, type RenderedFile, type SiteFiles, siteFiles } from './site-files.js';
import { siteMap } from './site-map.js';
import { verifyScript } from './verify.js';
import { loadTemplates, type Templates } from './templates.js';
import { drawingOf, filesOf } from './views.js';

export type { RenderedFile } from './site-files.js';

export interface RenderOptions {
  /** The path under which the site will stand, which only the page for wrong addresses needs: all others link relatively. */
  readonly base?: string | undefined;
  /** Where the site will stand, in place of what colophon.yaml says; ends in a slash. */
  readonly url?: string | undefined;
  /** What was rendered before. */
  readonly memo?: RenderMemo;
  readonly templates?: Templates;
  /** Plugins of the report may put into pages whatever they like. */
  readonly keepsPluginHtml?: boolean;
}

export interface RenderedSite {
  readonly files: readonly RenderedFile[];
  readonly problems: readonly Problem[];
  /** To other sites, for who asks whether they are still there. */
  readonly externalLinks: readonly WrittenLink[];
  /** The characters of all formulas, in order. */
  readonly formulas: string;
}

/**
 * The files of a site, pages and assets. With empty figures it serves to find what is wrong with the prose before
 * anything is computed.
 */
export function renderPages(
  report: Report,
  parts: RenderParts,
  {
    base,
    url,
    memo = noRenderMemo,
    templates = loadTemplates(report.files, allowsNothing),
    keepsPluginHtml = false,
  }: RenderOptions = {},
): RenderedSite {
  tryBlocksAgain();
  const previewed = referredElsewhere(report);
  const files = siteFiles(report, previewed);
  // Megabytes in a long book, of which a draft needs none.
  const index = { digest: undefined, make: once(() => searchIndex(bodies.map(({ body }) => body.searchLine))) };
  const hasLabs = [...parts.figures.values()].some(({ lab }) => lab !== undefined);
  const { verify } = parts;
  const verifies = verify !== undefined && (verify.pages.size > 0 || verify.site !== undefined);
  const computing = addComputingAssets(templates, hasLabs || verifies, verifies, files);
  const assets = {
    ...addAssets(templates, index, files),
    ...addLabAssets(templates, hasLabs, files),
    labStyle: computing.labStyle,
    labKernelsScript: computing.labKernels,
  };
  const citations = reportCitations(report);
  const bodies = pageBodies(report, parts, files.media, { memo, keepsPluginHtml, citations });
  addDownloads(report, parts, files);
  addPreviews(previewed, bodies, files);
  const root = sectionsOf(report.pages);
  const own = ownPages(report.languageOf(report.settings.language));
  const site: SiteAround = {
    ...{
      report,
      root,
      contents: contentsOf(root, report.pages),
      parts,
      assets,
      wordsScripts: addWords(report, files),
      labWordsScripts: hasLabs ? addLabWords(report, files) : new Map<string, string>(),
      rootScript: base === undefined ? addAsset(files, 'site-root', 'js', templates.scripts.root) : undefined,
      url: url ?? report.settings.url,
    },
    reference: [own.experiments, own.provenance],
  };
  const verifiedOn = (page: PageDetails): { path: string; title: string } | undefined => {
    const { words } = report.languageOf(page.language);
    const isOfSite = page.address === own.provenance.address;
    const plan = isOfSite ? verify?.site : verify?.pages.get(page.file);
    if (plan === undefined) return undefined;
    const name = isOfSite ? 'site' : `page-${page.address.replace(/\.html$/, '').replaceAll('/', '+')}`;
    const path = addAsset(files, `verify-${name}`, 'js', verifyScript(plan, computing));
    return { path, title: isOfSite ? words.verify.titleOfSite : words.verify.title };
  };
  const layouts = pageLayouts({ site, base, templates, memo, files, verifiedOn });
  const hrefFrom = addressesFrom();
  const cardOf = cardsOf(site, files);
  for (const { page, key, body } of bodies)
    layouts.add(page, { ...body, key }, hrefFrom(page.address), cardOf(page), aboutPage(report, page, site.url));
  addDataTables(report, parts, layouts, hrefFrom);
  const unwritten = addOwnPages(site, own, { base: base ?? '/', bodies, templates, layouts, hrefFrom });
  files.add('_headers', hostHeaders(hasLabs || verifies));
  if (site.url !== undefined)
    files.add('sitemap.xml', siteMap(site.url, [...report.pages, own.experiments, own.provenance]));
  const all = files.all();
  const links = bodies.flatMap(({ body }) => body.links);
  return {
    files: all,
    problems: [
      ...[...templates.problems, ...reservedAddresses(report), ...files.problems()],
      ...citations.problems,
      ...bodies.flatMap(({ body }) => body.problems),
      ...[...layouts.problems, ...unwritten, ...templates.logged()],
      ...checkFragments(
        // What an unclosed block swallowed is said there.
        links.filter(({ fragment }) => !report.lost.has(fragment)),
        layouts.ids,
        slidersOf(report),
      ),
      ...checkFrames(layouts.frames, new Set([...all.map(({ path }) => path), buildInfoFile])),
    ],
    externalLinks: links.filter(({ to }) => /^https?:/i.test(to)),
    formulas: [...new Set(bodies.flatMap(({ body }) => Array.from(body.formulas)))].sort().join(''),
  };
}

/** Under a name that changes with its content. */
function addAsset(files: SiteFiles, name: string, extension: string, content: string): string {
  return files.add(`assets/${name}-${sha256(content).slice(0, 8)}.${extension}`, content);
}

/** What of a site is the same for all pages. */
type SiteAround = Omit<SiteData, PageOwn>;

/** Puts what pages that compute load into a site that has such. */
function addComputingAssets(
  { scripts, labCss }: Templates,
  compute: boolean,
  verifies: boolean,
  files: SiteFiles,
): VerifyScript['scripts'] {
  return {
    labStyle: compute ? addAsset(files, 'lab', 'css', labCss) : '',
    labKernels: compute ? addAsset(files, 'lab-kernels', 'js', labKernels()) : '',
    verify: verifies ? addAsset(files, 'verify', 'js', scripts.verify) : '',
    verifyEngine: verifies ? addAsset(files, 'verify-engine', 'js', scripts.verifyEngine) : '',
  };
}

/** The same of pages with labs. */
function addLabAssets({ scripts }: Templates, hasLabs: boolean, files: SiteFiles): LabAssets {
  const asset = (name: string, content: () => string): string =>
    hasLabs ? addAsset(files, name, 'js', content()) : '';
  return {
    labScript: asset('lab', () => scripts.lab),
    labEngineScript: asset('lab-engine', () => scripts.labEngine),
    labExportsScript: asset('lab-exports', () => scripts.labExports),
  };
}

type LabAssets = Pick<SiteData['assets'], 'labScript' | 'labEngineScript' | 'labExportsScript'>;

/** Puts what every page loads into the site, under names that change with their content. */
function addAssets(
  { css, icon, scripts, fonts }: Templates,
  index: LazyContent,
  files: SiteFiles,
): Omit<SiteData['assets'], keyof LabAssets | 'labStyle' | 'labKernelsScript'> {
  const asset = (name: string, extension: string, content: string): string => addAsset(files, name, extension, content);
  for (const { name, content } of fonts) files.add(`assets/${name}`, content);
  return {
    style: asset('style', 'css', css),
    icon: asset('icon', 'svg', icon),
    script: asset('page', 'js', scripts.page),
    themeScript: asset('theme', 'js', scripts.theme),
    figureScript: asset('figure', 'js', scripts.figure),
    pointingScript: asset('pointing', 'js', scripts.pointing),
    fieldsScript: asset('fields', 'js', scripts.fields),
    dragScript: asset('drag', 'js', scripts.drag),
    tabsScript: asset('tabs', 'js', scripts.tabs),
    vegaScript: asset('vega', 'js', scripts.vega),
    searchScript: asset('search', 'js', scripts.search),
    // Changes with every word on any page, and no page but the one with the word is to change with it.
    searchIndex: files.add('search-index.js', index),
  };
}

/** Puts the words of the pages' scripts into the site, of each language that does not say what the scripts say by themselves. */
function addWords({ pages, settings, languageOf }: Report, files: SiteFiles): Map<string, string> {
  const tags = new Set([settings.language, ...pages.map(({ language }) => language)]);
  return new Map(
    [...tags].flatMap((tag): [string, string][] => {
      const { scripts } = languageOf(tag).words;
      if (isDeepStrictEqual(scripts, englishScripts)) return [];
      const content = wordsScript(scripts);
      return [[tag, files.add(`assets/words-${tag.toLowerCase()}-${sha256(content).slice(0, 8)}.js`, content)]];
    }),
  );
}

/** Puts the words of labs into the site, in each language of its pages. */
function addLabWords({ pages, settings, languageOf }: Report, files: SiteFiles): Map<string, string> {
  const tags = new Set([settings.language, ...pages.map(({ language }) => language)]);
  return new Map(
    [...tags].map((tag) => {
      const content = dataScript(labWordsName, JSON.stringify(languageOf(tag).words.lab));
      return [tag, addAsset(files, `lab-words-${tag.toLowerCase()}`, 'js', content)];
    }),
  );
}

/** What readers can download of figures and tables. */
function addDownloads(report: Report, parts: RenderParts, files: SiteFiles): void {
  for (const directive of report.pages.flatMap(({ directives }) => directives)) {
    const anchor = anchorOf(directive);
    for (const { extension, content } of filesOf(directive, parts))
      files.add(figureFile(anchor, extension), content, anchor);
    const { script, narrowScript, lab } = drawingOf(directive, parts) ?? {};
    for (const one of [script, narrowScript, lab]) if (one !== undefined) files.add(one.path, one.content);
  }
  for (const [path, content] of runsFiles(parts)) files.add(path, content);
}

/** What references to other pages show of them. */
function addPreviews(
  previewed: ReturnType<typeof referredElsewhere>,
  bodies: readonly PageBody[],
  files: SiteFiles,
): void {
  const bodyOn = new Map(bodies.map(({ page, body }) => [page.address, body]));
  for (const { address, anchor } of previewed) {
    const body = bodyOn.get(address);
    if (body !== undefined) files.add(previewFile(anchor), preview(body, anchor), anchor);
  }
}

/** Adds the picture of links to a page: of the page's first figure, or of the report's, where the page has none. */
function cardsOf({ report, parts, url }: SiteAround, files: SiteFiles): (page: Page) => Card | null {
  const firstOf = ({ directives }: Page): FigurePart | undefined => {
    for (const directive of directives) {
      const figure = drawingOf(directive, parts);
      if (figure !== undefined) return figure;
    }
    return undefined;
  };
  const firstFigure = once(() => report.pages.map(firstOf).find((figure) => figure !== undefined));
  return (page) => {
    const figure = firstOf(page) ?? firstFigure();
    if (url === undefined || parts.card === undefined || figure === undefined) return null;
    const path = cardFile(page);
    const siteTitle = report.settings.title ?? report.pages[0]?.title ?? page.title;
    files.add(path, parts.card(figure.drawn, titleToText(page.title), titleToText(siteTitle)));
    return { address: absolute(url, path), alt: figure.drawn.description };
  };
}

/** A page for each figure with its data as a table. */
function addDataTables(
  { pages, languageOf }: Report,
  parts: RenderParts,
  layouts: PageLayouts,
  hrefFrom: (address: string) => Href,
): void {
  for (const { directives, address, language } of pages) {
    for (const directive of directives) {
      const part = drawingOf(directive, parts);
      if (part === undefined || part.files.length === 0) continue;
      const anchor = anchorOf(directive);
      const { number } = part.drawn;
      const title = say(languageOf(language).words.figures.data, { number });
      const page = { file: `${anchor}.md`, address: figureFile(anchor, 'html'), title, language };
      const href = hrefFrom(page.address);
      const figure = `${href(address)}#${anchor}`;
      const key = sha256(JSON.stringify([number, part.drawn.digest, figure, language]));
      const html = (): string => dataTableHtml(part, figure, languageOf(language));
      layouts.add(page, { html, headings: [], isLazy: true, key }, href);
    }
  }
}

/** Pages that no author wrote; gives what is wrong with their templates. */
function addOwnPages(
  { report, parts }: SiteAround,
  own: OwnPages,
  around: {
    readonly base: string;
    readonly bodies: readonly PageBody[];
    readonly templates: Templates;
    readonly layouts: PageLayouts;
    readonly hrefFrom: (address: string) => Href;
  },
): Problem[] {
  const { base, bodies, templates, layouts, hrefFrom } = around;
  const problems: Problem[] = [];
  const language = report.languageOf(report.settings.language);
  const numbersOn = new Map(bodies.map(({ page, body }) => [page.file, new Set(body.numbers)]));
  const add = (page: PageDetails, name: Parameters<Templates['part']>[0], href: Href): void => {
    const experiments = experimentsOf(report, parts, report.labels, numbersOn, href);
    const { version, profiles, imports = false } = parts.colophon;
    // What two directives ask for is computed once.
    const runs = new Set(experiments.flatMap(({ runs: all }) => all.map(({ key }) => key))).size;
    const graph = name === 'provenance' ? planGraph(experiments) : '';
    const html = templates.part(name, {
      experiments,
      graph: graph === '' ? '' : new Handlebars.SafeString(graph),
      version,
      profiles: profiles.join(', '),
      runs,
      home: report.pages[0] === undefined ? '' : href(report.pages[0].address),
      buildInfo: href(buildInfoFile),
      experimentsPage: href(own.experiments.address),
      words: ownPageWords(language, {
        version,
        profiles: profiles.join(', '),
        imports,
        runs,
        href,
        own,
        first: report.pages[0],
      }),
    });
    if (typeof html !== 'string') problems.push(html);
    else layouts.add(page, { html: () => html, headings: [], isOwn: true, key: sha256(html) }, href);
  };
  add(own.experiments, 'experiments', hrefFrom(own.experiments.address));
  add(own.provenance, 'provenance', hrefFrom(own.provenance.address));
  // Shown for any wrong address, however deep, so its own links start from the site's root.
  add(own.missing, 'missing', (address) => base + address.split('/').map(encodeURIComponent).join('/'));
  return problems;
}

/**
 * The sliders of interactive figures by the figures' ids, as written, and what may be marked in them: a link may lead to where
 * one of them is moved to.
 */
function slidersOf({ pages }: Report): Map<string, readonly string[]> {
  const moving = pages.flatMap(({ directives }) => directives.filter(({ body }) => body['slider'] !== undefined));
  return new Map(
    moving.map((directive) => [
      anchorOf(directive),
      [...[directive.body['slider'] ?? []].flat().map(String), ...identityFields],
    ]),
  );
}
