/** The last look at a site before it is written: whatever a page of it links to must be there. */
import { posix } from 'node:path';
import { decodeString } from 'micromark-util-decode-string';
import type { Place, Problem } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
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
  return valuesIn(html, 'id');
}

/** The addresses in a piece of a page, each once, sorted and without its fragment; none within the page itself. */
export function linksIn(html: string): string[] {
  const written = [...valuesIn(html, 'href'), ...valuesIn(html, 'src')];
  // As a browser reads an attribute: templates write apostrophes and more as character references.
  const addresses = new Set(written.map((address) => decodeString(address).replace(/#.*/s, '')));
  addresses.delete('');
  return [...addresses].sort();
}

/** What an attribute says wherever it stands. */
function valuesIn(html: string, attribute: string): string[] {
  const values: string[] = [];
  const opening = `${attribute}="`;
  for (let at = html.indexOf(opening); at !== -1; at = html.indexOf(opening, at + 1)) {
    // Not the end of a longer name, such as data-src.
    if (!/\s/.test(html.charAt(at - 1))) continue;
    const start = at + opening.length;
    at = html.indexOf('"', start);
    if (at === -1) break;
    values.push(html.slice(start, at));
  }
  return values;
}

/**
 * Fragments that name nothing on the page that they lead to. `pages` has the ids of the site's pages by their addresses,
 * `sliders` those of moving figures by the figures' ids: a link may go to a moment, "fig-fit&step=4000".
 */
export function checkFragments(
  links: readonly WrittenLink[],
  pages: ReadonlyMap<string, readonly string[]>,
  sliders: ReadonlyMap<string, readonly string[]>,
): Problem[] {
  const idsOf = new Map<string, ReadonlySet<string>>();
  return links.flatMap(({ place, to, fragment }): Problem[] => {
    const all = pages.get(to);
    if (fragment === '' || all === undefined) return [];
    let ids = idsOf.get(to);
    ids ??= new Set(all);
    idsOf.set(to, ids);
    if (ids.has(fragment)) return [];
    const [id = '', ...moment] = fragment.split('&');
    if (!ids.has(id)) {
      const message = `there is nothing called "${id}" on the page ${to}`;
      return [{ place, rule: 'broken-link', message, hint: suggestion(id, [...ids]) }];
    }
    const own = sliders.get(id) ?? [];
    const missed = moment.map((each) => each.replace(/=.*/s, '')).find((name) => !own.includes(name));
    if (missed === undefined) return [];
    const message = `"${id}" has no slider "${missed}"`;
    const hint = own.length === 0 ? `leave "&${moment.join('&')}" out` : suggestion(missed, own);
    return [{ place, rule: 'broken-link', message, hint }];
  });
}

/**
 * Links of the frame around the pages (templates write those, so they have no place in a page) that lead to no file of
 * the site. One problem for each address, however many pages have it. `frames` has the addresses by the pages'.
 */
export function checkFrames(frames: ReadonlyMap<string, readonly string[]>, files: ReadonlySet<string>): Problem[] {
  const known = new Set<string>();
  const looked = new Map<string, Set<string>>();
  const texts = new Map<readonly string[], string>();
  const problems: Problem[] = [];
  for (const [address, frame] of frames) {
    const folder = posix.dirname(address);
    // Pages of one folder have one frame.
    const same = looked.get(folder) ?? new Set();
    looked.set(folder, same);
    // Of pages that an earlier build wrote it is the very same list.
    const all = texts.get(frame) ?? frame.join(' ');
    texts.set(frame, all);
    if (same.has(all)) continue;
    same.add(all);
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
  const { path } = splitAddress(written);
  return posix.normalize(posix.join(folder, path));
}
