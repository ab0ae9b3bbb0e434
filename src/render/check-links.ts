/** The last look at a site before it is written: whatever a page of it links to must be there. */
import { posix } from 'node:path';
import type { Place, Problem } from '../problem.js';
import { suggestion } from '../suggest.js';
import { schemeOf, splitAddress } from './address.js';

/** A link as its author wrote it. */
export interface WrittenLink {
  readonly place: Place;
  /** The page that it leads to, relative to the site; for another site the whole address. */
  readonly to: string;
  /** What it names on that page; empty for the page itself. */
  readonly fragment: string;
}

/** Fragments that name nothing on the page that they lead to. `pages` are the site's pages by their addresses. */
export function checkFragments(links: readonly WrittenLink[], pages: ReadonlyMap<string, string>): Problem[] {
  const idsOf = new Map<string, ReadonlySet<string>>();
  return links.flatMap(({ place, to, fragment }): Problem[] => {
    const html = pages.get(to);
    if (fragment === '' || html === undefined) return [];
    let ids = idsOf.get(to);
    ids ??= new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id));
    idsOf.set(to, ids);
    if (ids.has(fragment)) return [];
    return [
      {
        place,
        rule: 'broken-link',
        message: `there is nothing called "${fragment}" on the page ${to}`,
        hint: suggestion(fragment, [...ids]),
      },
    ];
  });
}

/**
 * Links of the frame around the pages (templates write those, so they have no place in a page) that lead to no file of
 * the site. One problem for each address, however many pages have it.
 */
export function checkFrame(pages: ReadonlyMap<string, string>, files: ReadonlySet<string>): Problem[] {
  const known = new Map<string, boolean>();
  const problems: Problem[] = [];
  for (const [address, html] of pages) {
    const folder = posix.dirname(address);
    for (const [, written = ''] of html.matchAll(/\s(?:href|src)="([^"#][^"]*)"/g)) {
      const id = `${folder}\0${written}`;
      let found = known.get(id);
      if (found === undefined) {
        found = written.startsWith('/') || schemeOf(written) !== undefined || files.has(target(folder, written));
        known.set(id, found);
        if (!found) {
          problems.push({
            rule: 'broken-link',
            message: `the page ${address} links to "${written}", which is not in the site`,
            hint: 'mend the template that says so',
          });
        }
      }
    }
  }
  return problems;
}

function target(folder: string, written: string): string {
  const { path } = splitAddress(written.replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
  return posix.normalize(posix.join(folder, path));
}
