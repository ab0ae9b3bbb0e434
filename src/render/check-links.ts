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

/** The ids of a page's elements. */
export function idsIn(html: string): string[] {
  return [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id);
}

/** The addresses in a piece of a page, each once, sorted and without its fragment; none within the page itself. */
export function linksIn(html: string): string[] {
  return [...new Set([...html.matchAll(/\s(?:href|src)="([^"#]+)/g)].map(([, address = '']) => address))].sort();
}

/** Fragments that name nothing on the page that they lead to. `pages` has the ids of the site's pages by their addresses. */
export function checkFragments(
  links: readonly WrittenLink[],
  pages: ReadonlyMap<string, readonly string[]>,
): Problem[] {
  const idsOf = new Map<string, ReadonlySet<string>>();
  return links.flatMap(({ place, to, fragment }): Problem[] => {
    const all = pages.get(to);
    if (fragment === '' || all === undefined) return [];
    let ids = idsOf.get(to);
    ids ??= new Set(all);
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
 * the site. One problem for each address, however many pages have it. `frames` has the addresses by the pages'.
 */
export function checkFrames(frames: ReadonlyMap<string, readonly string[]>, files: ReadonlySet<string>): Problem[] {
  const known = new Set<string>();
  const looked = new Map<string, Set<readonly string[]>>();
  const problems: Problem[] = [];
  for (const [address, frame] of frames) {
    const folder = posix.dirname(address);
    // Pages of one folder have one frame.
    const same = looked.get(folder) ?? new Set();
    looked.set(folder, same);
    if (same.has(frame)) continue;
    same.add(frame);
    for (const written of frame) {
      const id = `${folder}\0${written}`;
      if (known.has(id)) continue;
      known.add(id);
      if (written.startsWith('/') || schemeOf(written) !== undefined || files.has(target(folder, written))) continue;
      problems.push({
        rule: 'broken-link',
        message: `the page ${address} links to "${written}", which is not in the site`,
        hint: 'mend the template that says so',
      });
    }
  }
  return problems;
}

function target(folder: string, written: string): string {
  const { path } = splitAddress(written.replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
  return posix.normalize(posix.join(folder, path));
}
