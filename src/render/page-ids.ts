/**
 * The ids of a page. What the program adds to every page has ids with a dot (`colophon.contents`), which no text of an
 * author's can become. What it makes of an author's text (footnotes, works, experiments, figures) has names of the same
 * kind as headings have: those are taken before a heading gets its own.
 */
import { slug as slugOf } from 'github-slugger';
import type { Nodes, Root } from 'mdast';
import { anchorOfWork, type BibliographyStyle } from './citations/style.js';

export interface PageIds {
  /** The id of a heading with this text: the same as ever where nothing has it, otherwise with a number after it. */
  readonly ofText: (text: string) => string;
  /** Whether a heading may have this id, which its author gave it; it is taken from then on. */
  readonly claim: (id: string) => boolean;
  /** Whether something may have this id that is neither a heading nor named in attributes. */
  readonly claimOther: (id: string) => boolean;
}

/** Ids that a page has once at most, where its list of works stands. */
const ofWorks = ['references', 'refs'];

/** Of footnotes, and what Vega calls parts of a figure. */
const ofParts = /^(?:(?:fn|fnref)-\d+(?:-\d+)?|(?:clip|gradient_|pattern_)\d+)$/;

/** `anchors` are the ids of the page's directives. */
export function pageIds(
  source: Root,
  { anchors, bibliography }: { readonly anchors: readonly string[]; readonly bibliography: BibliographyStyle },
): PageIds {
  const taken = new Map<string, number>([...ofWorks, ...anchors].map((id) => [id, 0]));
  const given = givenIds(source);
  const isOfProgram = (id: string): boolean =>
    ofParts.test(id) || (id.startsWith('ref-') && bibliography.keys.some((key) => anchorOfWork(key) === id));
  const isFree = (id: string): boolean => !taken.has(id) && !given.has(id) && !isOfProgram(id);
  return {
    ofText(text) {
      const own = slugOf(text) || 'section';
      // What has a number of its own would meet another of them with one more.
      const slug = isOfProgram(own) ? `section-${own}` : own;
      if (isFree(slug)) {
        taken.set(slug, 0);
        return slug;
      }
      for (let count = (taken.get(slug) ?? 0) + 1; ; count += 1) {
        const id = `${slug}-${count}`;
        if (!isFree(id)) continue;
        taken.set(slug, count);
        taken.set(id, 0);
        return id;
      }
    },
    claim(id) {
      if (taken.has(id) || isOfProgram(id) || id.startsWith('colophon.')) return false;
      taken.set(id, 0);
      return true;
    },
    claimOther(id) {
      if (!/^[\w:-]+$/.test(id) || !isFree(id)) return false;
      taken.set(id, 0);
      return true;
    },
  };
}

/** The ids that an author gave to something on the page. */
function givenIds(source: Root): Set<string> {
  const found = new Set<string>();
  const visit = (node: Nodes): void => {
    const { attributes, data } = node as {
      readonly attributes?: { readonly id?: string };
      readonly data?: { readonly attributes?: { readonly id?: string } };
    };
    for (const id of [attributes?.id, data?.attributes?.id]) if (id !== undefined) found.add(id);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(source);
  return found;
}
