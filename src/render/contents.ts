/** Where a page stands in the report: the contents beside it, the pages before and after it, the folders above it. */
import { posix } from 'node:path';
import type { Page } from '../source/report.js';
import type { Heading } from './body.js';
import { titleToText } from './math-text.js';

/** A page as far as links to it go; also one that no author wrote, such as the list of experiments. */
export type Located = Pick<Page, 'file' | 'address' | 'title' | 'chapter'>;

/** "2 Methods" of a page that has a number; formulas as text. */
export function numberedTitle({ chapter, title }: Pick<Page, 'title' | 'chapter'>): string {
  return `${chapter === undefined ? '' : `${chapter} `}${titleToText(title)}`;
}

/** The address of a file of the site as a page writes it. */
export type Href = (address: string) => string;

export interface Link {
  readonly title: string;
  readonly href: string;
}

/** A line of the contents: a page with its headings when it is the current one, or a folder with what is in it. */
export interface Entry extends Link {
  readonly current: boolean;
  /** The language of its title, where not all pages of the report have one language; empty where they have. */
  readonly language: string;
  /** Whether it is a folder. */
  readonly section: boolean;
  /** Empty for a folder that the current page is not in. */
  readonly entries: readonly Entry[];
  readonly headings: readonly { readonly id: string; readonly text: string; readonly sub: boolean }[];
}

/** A folder of pages. */
export interface Section {
  /** "guide", "guide/advanced"; empty for the report itself. */
  readonly folder: string;
  readonly title: string;
  /** Its index page, or its first. */
  readonly first: Page;
  readonly children: readonly (Page | Section)[];
}

/** The pages as a tree of folders; both in reading order. */
export function sectionsOf(pages: readonly Page[]): Section | undefined {
  const build = (folder: string, inside: readonly Page[]): Section | undefined => {
    const [first] = inside;
    if (first === undefined) return undefined;
    const depth = folder === '' ? 0 : folder.split('/').length;
    const children: (Page | Section)[] = [];
    const done = new Set<string>();
    for (const page of inside) {
      const names = page.file.split('/');
      if (names.length === depth + 1) {
        // A folder is its index page, which is not listed again inside it.
        if (depth === 0 || names[depth]?.toLowerCase() !== 'index.md') children.push(page);
        continue;
      }
      const name = names.slice(0, depth + 1).join('/');
      if (done.has(name)) continue;
      done.add(name);
      const section = build(
        name,
        inside.filter(({ file }) => file.startsWith(`${name}/`)),
      );
      if (section !== undefined) children.push(section);
    }
    const index = inside.find(({ file }) => file.toLowerCase() === posix.join(folder, 'index.md'));
    return {
      folder,
      title: index !== undefined ? numberedTitle(index) : titleOf(posix.basename(folder)),
      first: index ?? first,
      children,
    };
  };
  return build('', pages);
}

/** "getting-started" -> "Getting started". */
function titleOf(folder: string): string {
  const words = folder.replace(/[-_]+/g, ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The contents as a page shows them. */
export type Contents = (page: Located, headings: readonly Heading[], href: Href) => Entry[];

/**
 * The contents of a site for its pages: a page's own folder and those above it open, the others closed. A line that is the
 * same on pages with one `href` is the very same value.
 */
export function contentsOf(root: Section | undefined, pages: readonly Page[]): Contents {
  const [first] = pages;
  const sameLanguage = pages.every(({ language }) => language === first?.language);
  const closed = new Map<Href, Map<Page | Section, Entry>>();
  return (page, headings, href) => {
    const own = headings.map(({ level, id, text }) => ({ id, text, sub: level > 2 }));
    const known = closed.get(href) ?? new Map<Page | Section, Entry>();
    closed.set(href, known);
    const entryOf = (child: Page | Section): Entry => {
      const section = 'children' in child;
      const first = section ? child.first : child;
      const current = first.file === page.file;
      const open = section && page.file.startsWith(`${child.folder}/`);
      const before = current || open ? undefined : known.get(child);
      if (before !== undefined) return before;
      const entry = {
        title: section ? child.title : numberedTitle(child),
        href: href(first.address),
        current,
        language: sameLanguage ? '' : first.language,
        section,
        entries: open ? child.children.map(entryOf) : [],
        headings: current && own.length > 1 ? own : [],
      };
      if (!current && !open) known.set(child, entry);
      return entry;
    };
    return root === undefined ? [] : root.children.map(entryOf);
  };
}

/** The way from the first page down to the folder of a page; none for pages at the top. */
export function breadcrumbsOf(root: Section, page: Located, href: Href): Link[] {
  const path: Section[] = [];
  for (let section: Section | undefined = root; section !== undefined; ) {
    path.push(section);
    section = section.children.find(
      (child): child is Section => 'children' in child && page.file.startsWith(`${child.folder}/`),
    );
  }
  if (path.length === 1) return [];
  return path
    .filter(({ first }) => first.file !== page.file)
    .map(({ title, first }) => ({ title, href: href(first.address) }));
}
