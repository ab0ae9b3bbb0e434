/** The order in which a report is read: of a folder's pages, and of its folders among them. */
import { posix } from 'node:path';

/** A page as far as its place in the order goes. */
export interface Ordered {
  readonly file: string;
  readonly order: number | undefined;
}

/**
 * Sorts pages as a book has them: within a folder by `order` where it is given, then by name; a folder stands where its
 * index page's `order` puts it, with that page first and everything below it together.
 */
export function inReadingOrder<Page>(pages: readonly Page[], of: (page: Page) => Ordered): Page[] {
  const indexOrder = new Map<string, number>();
  for (const page of pages) {
    const { file, order } = of(page);
    if (posix.basename(file).toLowerCase() === 'index.md' && order !== undefined)
      indexOrder.set(posix.dirname(file), order);
  }
  /** One entry for each folder down to the page: its rank, then its name. */
  const path = ({ file, order }: Ordered): (readonly [number, string])[] => {
    const names = file.split('/');
    return names.map((name, depth) => {
      const last = depth === names.length - 1;
      if (last && name.toLowerCase() === 'index.md') return [Number.NEGATIVE_INFINITY, ''];
      const rank = last ? order : indexOrder.get(names.slice(0, depth + 1).join('/'));
      return [rank ?? Number.POSITIVE_INFINITY, name];
    });
  };
  const compare = (a: (readonly [number, string])[], b: (readonly [number, string])[]): number => {
    for (const [depth, [rankA, nameA]] of a.entries()) {
      const [rankB, nameB] = b[depth] ?? [Number.NEGATIVE_INFINITY, ''];
      if (rankA !== rankB) return rankA < rankB ? -1 : 1;
      if (nameA !== nameB) return nameA < nameB ? -1 : 1;
    }
    return a.length - b.length;
  };
  const paths = new Map(pages.map((page) => [page, path(of(page))]));
  return pages.toSorted((a, b) => compare(paths.get(a) ?? [], paths.get(b) ?? []));
}
