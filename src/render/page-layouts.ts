/** Pages around their bodies: Handlebars, and the look at what it made. */
import Handlebars from 'handlebars/runtime.js';
import { sha256 } from '../shared/hash.js';
import { memoizeLast } from '../shared/lazy.js';
import type { Problem } from '../shared/problem.js';
import { type AboutPage, nothingAbout } from './about/about-page.js';
import type { Heading } from './body.js';
import { checkPage } from './check-page.js';
import type { Href } from './contents.js';
import type { Font } from './fonts.js';
import { labClass } from './lab.js';
import { tabsClass } from './nodes/tabs.js';
import { type Card, type PageDetails, type PageOwn, pageData, type SiteData } from './page-data.js';
import type { FramedBody, RenderMemo } from './render-memo.js';
import { rootScriptsOf } from './root-scripts.js';
import type { SiteFiles } from './site-files.js';
import type { Templates } from './templates.js';
import { verifyHtml } from './verify.js';

interface LaidOutBody extends FramedBody {
  readonly headings: readonly Heading[];
  /** Names all that the body depends on. */
  readonly key: string;
}

export interface PageLayouts {
  /** Lays a page out and adds it to the site. `href` writes addresses as the page needs them. */
  readonly add: (page: PageDetails, body: LaidOutBody, href: Href, card?: Card | null, about?: AboutPage) => void;
  /** The ids on each page, by its address. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** The addresses in each page's frame, by its address. */
  readonly frames: ReadonlyMap<string, readonly string[]>;
  /** What is wrong with the templates, each once. */
  readonly problems: readonly Problem[];
}

/** What the layout of a page needs of its site. */
interface LayoutRequest {
  readonly site: Omit<SiteData, PageOwn>;
  readonly base: string | undefined;
  readonly templates: Templates;
  readonly memo: RenderMemo;
  readonly files: SiteFiles;
  /** The path of what a reader can have computed again on a page, and what the fold for it is called. */
  readonly verifiedOn: (page: PageDetails) => { readonly path: string; readonly title: string } | undefined;
}

const scriptNames = [
  'script',
  'themeScript',
  'figureScript',
  'tabsScript',
  'labScript',
  'pointingScript',
  'fieldsScript',
  'dragScript',
  'vegaScript',
  'searchScript',
  'searchIndex',
] as const;

export function pageLayouts({ site, base, templates, memo, files, verifiedOn }: LayoutRequest): PageLayouts {
  const { report, parts, assets, url } = site;
  const ids = new Map<string, readonly string[]>();
  const frames = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  // All that every page shows of the site around it.
  const titles = report.pages.map(({ file, title, chapter, language }) => [file, title, chapter, language]);
  const around = [titles, report.settings, base, url, assets, site.rootScript, parts.colophon, templates.digest];
  const shape = sha256(JSON.stringify(around));
  const scripts = [...scriptNames.map((name) => assets[name]), ...site.wordsScripts.values()].filter(
    (address) => address !== '',
  );
  const scriptsFrom = memoizeLast((href: Href) => new Set(scripts.map(href)));
  const scriptsOn = (page: PageDetails, href: Href): ReadonlySet<string> => {
    const finding = rootScriptsOf(page, site.rootScript);
    return finding.length === 0 ? scriptsFrom(href) : new Set([...scriptsFrom(href), ...finding]);
  };
  const fontsFirst = (where: Font['first']): string[] =>
    templates.fonts.filter(({ first }) => first === where).map(({ name }) => `assets/${name}`);
  return {
    ...{ ids, frames, problems },
    add: (page, body, href, card = null, about = nothingAbout) => {
      const { title, titleId, description, date, authors, language } = page;
      const verified = verifiedOn(page);
      const key = sha256(
        JSON.stringify([
          ...[shape, page.file, language, title, titleId, description, date, authors, body.key, card, about, verified],
        ]),
      );
      const layOut = (html: string): string | Problem => {
        const fonts = fontsOf(html, description ?? '').flatMap(fontsFirst);
        const data = pageData(
          {
            ...{ ...site, fonts, hasTabs: html.includes(`<div class="${tabsClass}"`) },
            hasLab: html.includes(`<details class="${labClass}"`),
            verify:
              verified === undefined
                ? ''
                : verifyHtml(href(verified.path), verified.title, report.languageOf(language).words.verify),
          },
          page,
          body.headings,
          href,
          card,
          about,
        );
        const laidOut = templates.page({ ...data, body: new Handlebars.SafeString(html) });
        return typeof laidOut === 'string'
          ? (checkPage(laidOut, scriptsOn(page, href), templates.own) ?? laidOut)
          : laidOut;
      };
      const result = memo.page(page.file, key, layOut, body);
      if ('content' in result) {
        files.add(page.address, result.content, page.file);
        ids.set(page.address, result.ids);
        // Of the places where a script is looked for all but one are elsewhere.
        const finding = rootScriptsOf(page, site.rootScript);
        const frame = result.frame.filter((address) => !finding.includes(address));
        frames.set(page.address, finding.length === 0 ? result.frame : frame);
      } else if (!problems.some(({ message }) => message === result.message)) problems.push(result);
    },
  };
}

/** About what a large screen shows at first. */
const firstScreen = 8000;

/** Which fonts a page shows at once. The font of formulas is needed wherever on it they stand, because the text waits for it. */
function fontsOf(body: string, description: string): Font['first'][] {
  const start = body.slice(0, firstScreen);
  return [
    'on every page',
    ...(description !== '' || /<em[ >]/.test(start) ? (['with italics'] as const) : []),
    ...(/<code[ >]/.test(start) ? (['with code'] as const) : []),
    ...(body.includes('<math') ? (['with formulas'] as const) : []),
  ];
}
