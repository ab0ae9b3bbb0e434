/** A site as one document, and that document as a PDF. */

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeAddress } from '../shared/decode-address.js';
import { openBrowser } from './browser-pipe.js';

export type Printed =
  | { readonly pages: number; readonly bytes: number }
  | { readonly refused: string; readonly because: 'usage' | 'environment' };

/** Prints a document of this machine into a PDF. */
export type Print = (document: string, pdf: string) => Promise<void>;

/** Prints every page of a site, from the first on as "next" leads, into one PDF. Throws what `print` throws. */
export async function printSite(site: string, out: string, print: Print): Promise<Printed> {
  const pages = pagesInOrder(site);
  if (pages.length === 0) return { refused: `${site} holds no site; build one first`, because: 'usage' };
  const folder = mkdtempSync(join(tmpdir(), 'colophon-pdf-'));
  try {
    const book = join(folder, 'book.html');
    writeFileSync(book, bookOf(site, pages));
    const target = resolve(out);
    await print(pathToFileURL(book).href, target);
    if (!existsSync(target)) return { refused: 'the browser wrote no PDF', because: 'environment' };
    return { pages: pages.length, bytes: statSync(target).size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds in which a browser answers, however long a book it prints. */
const patience = 120_000;

/** Prints through a Chromium, Chrome or Edge, with the headings as bookmarks. `say` is told what it does. */
export function chromiumPrint(browser: string, signal: AbortSignal, say: (step: string) => void): Print {
  return async (document, pdf) => {
    // Chromium refuses its sandbox to root, as in a container.
    const root = process.getuid?.() === 0 ? ['--no-sandbox', '--no-zygote'] : [];
    const profile = mkdtempSync(join(tmpdir(), 'colophon-chromium-'));
    const words = ['--headless', '--disable-gpu', '--no-startup-window', `--user-data-dir=${profile}`];
    say(`starting ${browser}`);
    const { ask, next, close } = openBrowser(browser, [...root, ...words], patience, signal);
    try {
      const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
      const session = String(sessionId);
      await ask('Page.enable', {}, session);
      say('opening the pages');
      const loaded = next('Page.loadEventFired');
      await Promise.all([loaded, ask('Page.navigate', { url: document }, session)]);
      await ask(
        'Runtime.evaluate',
        { expression: 'document.fonts.ready.then(() => 0)', awaitPromise: true, returnByValue: true },
        session,
      );
      say('printing');
      const options = { preferCSSPageSize: true, printBackground: true };
      const outline = { generateTaggedPDF: true, generateDocumentOutline: true };
      const { data } = await ask('Page.printToPDF', { ...options, ...outline }, session);
      writeFileSync(pdf, Buffer.from(String(data), 'base64'));
    } finally {
      await close();
      // Its helpers end a little later.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}

interface SitePage {
  readonly address: string;
  readonly html: string;
}

function pagesInOrder(site: string): SitePage[] {
  const pages: SitePage[] = [];
  const seen = new Set<string>();
  for (let address: string | undefined = 'index.html'; address !== undefined && !seen.has(address); ) {
    const place = join(site, address);
    if (!existsSync(place)) break;
    seen.add(address);
    const html = readFileSync(place, 'utf8');
    pages.push({ address, html });
    const next = /<a rel="next" href="([^"]+)"/.exec(html)?.[1];
    address = next === undefined ? undefined : insideOf(addressFrom(address, decodeAddress(next)));
  }
  return pages;
}

/** The site may be a stranger's: its book runs nothing and loads from the disk alone. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src file: 'unsafe-inline'; img-src file: data:; font-src file: data:">`;

/**
 * All pages under one another. Ids get their page's name in front, so that two pages may have the same; links between
 * pages become links inside the book; what pages load is named by its place on the disk.
 */
function bookOf(site: string, pages: readonly SitePage[]): string {
  const names = new Map(pages.map(({ address }, index) => [address, `page-${index}`]));
  const onDisk = (from: string, address: string): string =>
    pathToFileURL(join(resolve(site), addressFrom(from, decodeAddress(address)))).href;
  const head = pages[0]?.html ?? '';
  const title = /<title>([\s\S]*?)<\/title>/.exec(head)?.[1] ?? '';
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(head)?.[1];
  const author = /<p class="byline">([\s\S]*?)<\/p>/.exec(head)?.[1] ?? '';
  const chapters = pages.map(({ address, html }) => {
    const name = names.get(address) ?? '';
    const main = /<main id="[^"]*">([\s\S]*?)<\/main>/.exec(html)?.[1] ?? '';
    const text = main
      .replace(/\s(id|for|aria-labelledby|aria-describedby)="([^"]+)"/g, (_all, attribute: string, id: string) => {
        const ids = id.split(' ').map((one) => `${name}-${one}`);
        return ` ${attribute}="${ids.join(' ')}"`;
      })
      .replace(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)
      .replace(/\s(href|src)="([^"]+)"/g, (all, attribute: string, value: string) => {
        if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return attribute === 'src' && !/^data:/i.test(value) ? '' : all;
        const [path = '', fragment] = value.split('#');
        const target = path === '' ? address : addressFrom(address, decodeAddress(path));
        const inside = names.get(target);
        if (inside !== undefined)
          return ` ${attribute}="#${fragment === undefined ? inside : `${inside}-${fragment}`}"`;
        return insideOf(target) === undefined ? '' : ` ${attribute}="${onDisk(address, path)}"`;
      });
    return `<section class="chapter" id="${name}"${languageIn(html)}>${text}</section>`;
  });
  return [
    `<!doctype html><html${languageIn(head)}><head><meta charset="utf-8">${policy}<title>${title}</title>`,
    style === undefined ? '' : `<link rel="stylesheet" href="${onDisk('index.html', style)}">`,
    '<style>.chapter { break-before: page; } .cover { padding-top: 60mm; text-align: center; } .cover .description { font-size: 26pt; font-style: normal; color: inherit; } @page :first { @bottom-center { content: none; } }</style></head>',
    `<body><main id="colophon.content"><section class="cover"><p class="description">${title}</p><p class="byline">${author}</p></section>${chapters.join('\n')}</main></body></html>`,
  ].join('\n');
}

/** The attributes that say the language of a page and its direction. */
function languageIn(html: string): string {
  return /<html( lang="[^"]*"(?: dir="rtl")?)/.exec(html)?.[1] ?? ' lang="en"';
}

/** Nothing of an address that leads out of the site. */
function insideOf(address: string): string | undefined {
  return address === '..' || address.startsWith('../') ? undefined : address;
}

function addressFrom(page: string, relative: string): string {
  return posix.normalize(posix.join(posix.dirname(page), relative));
}
