/** A site as one document, and that document as a PDF. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

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

/** Prints through a Chromium, Chrome or Edge. */
export function chromiumPrint(browser: string, signal: AbortSignal): Print {
  return async (document, pdf) => {
    // Chromium refuses its sandbox to root, as in a container.
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const printing = ['--headless', '--disable-gpu', '--no-pdf-header-footer', `--print-to-pdf=${pdf}`, document];
    await promisify(execFile)(browser, [...root, ...printing], { signal, timeout: 180_000 });
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
    address = next === undefined ? undefined : addressFrom(address, decodeURIComponent(next));
  }
  return pages;
}

/**
 * All pages under one another. Ids get their page's name in front, so that two pages may have the same; links between
 * pages become links inside the book; what pages load is named by its place on the disk.
 */
function bookOf(site: string, pages: readonly SitePage[]): string {
  const names = new Map(pages.map(({ address }, index) => [address, `page-${index}`]));
  const onDisk = (from: string, address: string): string =>
    pathToFileURL(join(resolve(site), addressFrom(from, decodeURIComponent(address)))).href;
  const head = pages[0]?.html ?? '';
  const title = /<title>([\s\S]*?)<\/title>/.exec(head)?.[1] ?? '';
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(head)?.[1];
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
        if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return all;
        const [path = '', fragment] = value.split('#');
        const target = path === '' ? address : addressFrom(address, decodeURIComponent(path));
        const inside = names.get(target);
        if (inside !== undefined)
          return ` ${attribute}="#${fragment === undefined ? inside : `${inside}-${fragment}`}"`;
        return ` ${attribute}="${onDisk(address, path)}"`;
      });
    return `<section class="chapter" id="${name}"${languageIn(html)}>${text}</section>`;
  });
  return [
    `<!doctype html><html${languageIn(head)}><head><meta charset="utf-8"><title>${title}</title>`,
    style === undefined ? '' : `<link rel="stylesheet" href="${onDisk('index.html', style)}">`,
    '<style>.chapter + .chapter { break-before: page; }</style></head>',
    `<body><main id="colophon.content">${chapters.join('\n')}</main></body></html>`,
  ].join('\n');
}

/** The attributes that say the language of a page and its direction. */
function languageIn(html: string): string {
  return /<html( lang="[^"]*"(?: dir="rtl")?)/.exec(html)?.[1] ?? ' lang="en"';
}

function addressFrom(page: string, relative: string): string {
  return posix.normalize(posix.join(posix.dirname(page), relative));
}
