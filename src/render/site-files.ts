/** The files of a site, each at an address of its own. */
import { type AddressRegister, addressRegister } from '../shared/address-register.js';
import type { Content } from '../shared/content.js';
import type { Place, Problem } from '../shared/problem.js';
import type { Page, Report } from '../source/report.js';
import { figureFile } from './account.js';
import { anchorOf, type Label } from './labels.js';
import type { Media } from './nodes/writer.js';
import { buildInfoFile, ownAddresses, snapshotFile } from './own-pages.js';
import type { PageDetails } from './page-data.js';
import { previewFile } from './previews.js';
import { publishable } from './publishable.js';
import { fileExtensions } from './views.js';

export interface RenderedFile {
  readonly path: string;
  readonly content: Content;
}

export interface SiteFiles {
  /** Adds a file, and gives its path. `writer` is what a problem calls who asks for it. */
  readonly add: (path: string, content: Content, writer?: string) => string;
  /** Adds a file of the report that a page links to or shows. */
  readonly media: (file: string) => Media;
  readonly all: () => RenderedFile[];
  /** Addresses that were asked for twice. */
  readonly problems: () => readonly Problem[];
}

/** Who writes what no file of the report asks for. */
const us = 'Colophon';

/** Takes every address that is known before any page is rendered. `previewed` has a file each. */
export function siteFiles(report: Report, previewed: Iterable<Label>): SiteFiles {
  const register = addressRegister();
  const reserved = reserve(register, report, previewed);
  const problems = [...reserved];
  const pageFiles = new Set(report.pages.map(({ file }) => file));
  const files = new Map<string, RenderedFile>();
  const known = new Map<string, Media>();
  const publish = (file: string): Media => {
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
  };
  return {
    add: (path, content, writer = us) => {
      const other = register.take(path, writer);
      // Of two pages, and of what is known before any is rendered, it has been said, and where.
      const isSaid = pageFiles.has(writer) || reserved.some(({ message }) => message.includes(path));
      if (other === undefined || isSaid) files.set(path, { path, content });
      else problems.push(takenAddress(path, other));
      return path;
    },
    media: (file) => {
      const media = known.get(file) ?? publish(file);
      known.set(file, media);
      return media;
    },
    all: () => [...files.values()],
    problems: () => problems,
  };
}

function takenAddress(path: string, other: string, place?: Place): Problem {
  return {
    ...(place !== undefined && { place }),
    rule: 'shared-address',
    message: `two files of the site would have the address ${path}: ${other} has it too`,
    hint: 'rename one of them',
  };
}

/** What a page's picture is called where others link to it. */
export function cardFile({ address }: PageDetails | Page): string {
  return `cards/${address.replace(/\.html$/, '')}.png`;
}

/** Takes addresses, so that no file of the report gets them. */
function reserve(register: AddressRegister, report: Report, previewed: Iterable<Label>): Problem[] {
  const problems: Problem[] = [];
  const take = (path: string, writer: string, place?: Place): void => {
    const other = register.take(path, writer);
    if (other !== undefined) problems.push(takenAddress(path, other, place));
  };
  for (const address of ownAddresses) take(address, address.replace(/html$/, 'md'));
  for (const path of [buildInfoFile, snapshotFile, '_headers', 'sitemap.xml']) take(path, us);
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
