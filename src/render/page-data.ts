/** What the layout knows of a page. Every field is there on every page, so that a template may be strict. */
import Handlebars from 'handlebars/runtime.js';
import { say } from '../languages/words.js';
import type { Page, Report } from '../source/report.js';
import { type AboutPage, nothingAbout } from './about/about-page.js';
import type { Heading } from './body.js';
import {
  breadcrumbsOf,
  type Contents,
  type Href,
  type Link,
  type Located,
  numberedTitle,
  type Section,
} from './contents.js';
import { titleToText } from './math-text.js';
import { absolute } from './address.js';
import type { RenderParts } from './parts.js';
import { rootScriptsOf } from './root-scripts.js';

/** What is the same for every page of a site. */
export interface SiteData {
  readonly report: Report;
  readonly root: Section | undefined;
  readonly contents: Contents;
  readonly parts: RenderParts;
  /** Where the site will stand, if that is known. */
  readonly url: string | undefined;
  /** Addresses of what every page loads. */
  readonly assets: Readonly<
    Record<
      | 'style'
      | 'script'
      | 'figureScript'
      | 'pointingScript'
      | 'fieldsScript'
      | 'dragScript'
      | 'vegaScript'
      | 'tabsScript'
      | 'labStyle'
      | 'labScript'
      | 'labEngineScript'
      | 'labKernelsScript'
      | 'labExportsScript'
      | 'themeScript'
      | 'icon'
      | 'searchScript'
      | 'searchIndex',
      string
    >
  >;
  /** The script of the page for wrong addresses that finds the site; undefined where it is known where the site stands. */
  readonly rootScript: string | undefined;
  /** Of the words of its scripts, by the language's tag; none for English. */
  readonly wordsScripts: ReadonlyMap<string, string>;
  /** Of the words of labs, by the language's tag; none in a site without labs. */
  readonly labWordsScripts: ReadonlyMap<string, string>;
  /** Addresses of the fonts that the page shows at once. */
  readonly fonts: readonly string[];
  readonly hasTabs: boolean;
  readonly hasLab: boolean;
  /** The fold in which a reader has the page's experiments computed again, as HTML; empty for none. */
  readonly verify: string;
  /** Pages that no author wrote. */
  readonly reference: readonly Located[];
}

/** What of it belongs to one page, and is known when that is laid out. */
export type PageOwn = 'fonts' | 'hasTabs' | 'hasLab' | 'verify';

/** A page's own: an author's page, or one that no author wrote. */
export type PageDetails = Located &
  Pick<Page, 'language'> &
  Partial<Pick<Page, 'authors' | 'date' | 'description' | 'titleId'>>;

/** What a link to the page shows elsewhere. */
export interface Card {
  /** Absolute: those who show it do not look at the page's own address. */
  readonly address: string;
  readonly alt: string;
}

/** The data for a page's layout. `href` writes addresses as this page needs them. */
export function pageData(
  {
    report,
    root,
    contents,
    parts,
    url,
    assets,
    wordsScripts,
    labWordsScripts,
    rootScript,
    fonts,
    hasTabs,
    hasLab,
    verify,
    reference,
  }: SiteData,
  page: PageDetails,
  headings: readonly Heading[],
  href: Href,
  card: Card | null = null,
  about: AboutPage = nothingAbout,
): object {
  const link = (other: Located | undefined): Link | null =>
    other === undefined ? null : { title: numberedTitle(other), href: href(other.address) };
  const [first] = report.pages;
  const position = report.pages.findIndex(({ file }) => file === page.file);
  const beside = (offset: number): Link | null => link(position < 0 ? undefined : report.pages[position + offset]);
  const { title } = report.settings;
  const language = report.languageOf(page.language);
  const { frame, experiments } = language.words;
  const wordsScript = wordsScripts.get(page.language);
  const { version } = parts.colophon;
  const profiles = parts.colophon.profiles.join(', ');
  const made = say(profiles === '' ? frame.made : frame.madeAndComputed, { version, profiles });
  const toRoot = href('');
  const [previous, next] = [beside(-1), beside(1)];
  return {
    title: titleToText(page.title),
    numberedTitle: numberedTitle(page),
    chapter: page.chapter === undefined ? '' : String(page.chapter),
    titleId: page.titleId ?? '',
    siteTitle: titleToText(title ?? first?.title ?? page.title),
    language: page.language,
    isRightToLeft: language.direction === 'rtl',
    words: {
      ...frame,
      made: [made, ...(parts.colophon.imports === true && profiles !== '' ? [experiments.exception] : [])].join(' '),
    },
    home: link(first) ?? { title: titleToText(page.title), href: '' },
    isHome: page.file === first?.file,
    authors: language.list((page.authors ?? []).map(({ name }) => name)),
    date: page.date ?? '',
    writtenDate: page.date === undefined ? '' : language.date(page.date),
    description: page.description ?? '',
    contents: contents(page, headings, href),
    breadcrumbs: root === undefined ? [] : breadcrumbsOf(root, page, href),
    reference: reference.map((other) => ({ ...link(other), current: other.file === page.file })),
    headings: headings.map(({ level, id, text }) => ({ id, text, sub: level > 2 })),
    previous,
    next,
    beside: previous !== null || next !== null,
    about: { ...about, jsonLd: about.jsonLd === '' ? '' : new Handlebars.SafeString(about.jsonLd) },
    canonical: url === undefined ? '' : absolute(url, page.address),
    card,
    rootScripts: rootScriptsOf(page, rootScript),
    wordsScript: wordsScript === undefined ? '' : href(wordsScript),
    fonts: fonts.map(href).join(' '),
    ...{ hasTabs, hasLab, computes: hasLab || verify !== '' },
    verify: new Handlebars.SafeString(verify),
    labWordsScript: href(labWordsScripts.get(page.language) ?? ''),
    version,
    profiles,
    buildInfo: href('build-info.js'),
    provenance: href('provenance.html'),
    toRoot: toRoot === '' || toRoot.endsWith('/') ? toRoot : `${toRoot}/`,
    ...Object.fromEntries(Object.entries(assets).map(([name, address]) => [name, href(address)])),
  };
}
