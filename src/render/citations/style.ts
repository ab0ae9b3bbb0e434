/** How a page cites: what stands in its sentences, and the list of works that they lead to. */
import type { Cited, Name, Work } from '../../source/report.js';
import { escapeHtml } from '../html.js';
import { describeWork } from './describe.js';

export type CitationStyle = 'author-year' | 'numeric';

export interface BibliographyStyle {
  /** Whether the report has a bibliography at all. */
  readonly exists: boolean;
  readonly keys: readonly string[];
  readonly has: (key: string) => boolean;
  /** `(Jacot et al., 2018)`, `[1]`; in the sentence, `Jacot et al. (2018)`. */
  readonly cite: (works: readonly Cited[], inSentence: boolean) => string;
  /** The list where `::: {#refs}` stands. */
  readonly list: () => string;
  /** The list at the end of a page; empty when the report's stands elsewhere, or nothing is cited. */
  readonly pageList: () => string;
}

export const noBibliography: BibliographyStyle = {
  exists: false,
  keys: [],
  has: () => false,
  cite: () => '',
  list: () => '',
  pageList: () => '',
};

/**
 * `cited` are the keys that the list has, in the order in which they are cited; `listAt` is the address of the page with
 * the list, relative to the citing page, empty on the page itself; `ownList` says whether the page ends with the list.
 */
export function bibliographyStyle(
  works: ReadonlyMap<string, Work>,
  cited: readonly string[],
  style: CitationStyle,
  listAt: string,
  ownList: boolean,
): BibliographyStyle {
  const known = cited.filter((key) => works.has(key));
  const ordered = style === 'numeric' ? known : known.toSorted((a, b) => compare(works.get(a), works.get(b)));
  const numbers = new Map(ordered.map((key, index) => [key, index + 1]));
  const letters = yearLetters(ordered, works);
  const yearOf = (key: string): string => `${works.get(key)?.fields['year'] ?? 'n.d.'}${letters.get(key) ?? ''}`;
  const link = (key: string, text: string): string =>
    `<a class="citation" href="${escapeHtml(listAt)}#${anchorOfWork(key)}">${escapeHtml(text)}</a>`;
  const who = (key: string): string => shortNames(works.get(key));
  const around = (work: Cited, inside: string): string => {
    const before = work.prefix === '' ? '' : `${escapeHtml(work.prefix)} `;
    const gap = work.suffix === '' || /^[,.:;)]/.test(work.suffix) ? '' : ' ';
    return `${before}${inside}${gap}${escapeHtml(work.suffix)}`;
  };
  const one = (work: Cited): string => {
    if (style === 'numeric') return around(work, link(work.key, String(numbers.get(work.key) ?? '?')));
    return around(work, link(work.key, work.yearOnly ? yearOf(work.key) : `${who(work.key)}, ${yearOf(work.key)}`));
  };
  const list = (): string => {
    const items = ordered.flatMap((key) => {
      const work = works.get(key);
      if (work === undefined) return [];
      const year = style === 'author-year' ? yearOf(key) : (work.fields['year'] ?? 'n.d.');
      return [`<li id="${anchorOfWork(key)}">${describeWork(work, year)}</li>\n`];
    });
    if (items.length === 0) return '';
    const tag = style === 'numeric' ? 'ol' : 'ul';
    return `<${tag} class="works ${style}">\n${items.join('')}</${tag}>\n`;
  };
  return {
    exists: true,
    keys: [...works.keys()],
    has: (key) => works.has(key),
    cite: (cites, inSentence) => {
      if (!inSentence) {
        const inside = cites.map(one).join('; ');
        return style === 'numeric' ? `[${inside}]` : `(${inside})`;
      }
      const [work] = cites;
      if (work === undefined) return '';
      return style === 'numeric'
        ? `${escapeHtml(who(work.key))} [${link(work.key, String(numbers.get(work.key) ?? '?'))}]`
        : `${link(work.key, who(work.key))} (${link(work.key, yearOf(work.key))})`;
    },
    list,
    pageList: () => (ownList ? list() : ''),
  };
}

/** The element id of a work in a list. */
export function anchorOfWork(key: string): string {
  return `ref-${key.replace(/[^\p{L}\p{N}_.:-]/gu, '-')}`;
}

/** Two authors are both named, more are the first "et al.". */
function shortNames(work: Work | undefined): string {
  if (work === undefined) return '?';
  const people = work.authors.length > 0 ? work.authors : work.editors;
  const [first, second, third] = people.map(familyName);
  if (first === undefined) return work.fields['title'] ?? work.key;
  if (third !== undefined || work.moreAuthors) return `${first} et al.`;
  return second === undefined ? first : `${first} and ${second}`;
}

export function familyName({ particle, family }: Name): string {
  return particle === '' ? family : `${particle} ${family}`;
}

/** "a", "b" for works of the same people in the same year. */
function yearLetters(keys: readonly string[], works: ReadonlyMap<string, Work>): Map<string, string> {
  const alike = new Map<string, string[]>();
  for (const key of keys) {
    const name = `${shortNames(works.get(key))} ${works.get(key)?.fields['year'] ?? ''}`;
    alike.set(name, [...(alike.get(name) ?? []), key]);
  }
  const letters = new Map<string, string>();
  for (const group of alike.values()) {
    if (group.length > 1) group.forEach((key, index) => letters.set(key, letterOf(index)));
  }
  return letters;
}

function letterOf(index: number): string {
  return index < 26
    ? String.fromCharCode(97 + index)
    : `${letterOf(Math.floor(index / 26) - 1)}${letterOf(index % 26)}`;
}

function compare(a: Work | undefined, b: Work | undefined): number {
  const rank = (work: Work | undefined): string => {
    const people = work === undefined ? [] : work.authors.length > 0 ? work.authors : work.editors;
    const names = people.map(({ family, given }) => `${family} ${given}`).join(' ');
    return fold(
      `${names === '' ? (work?.fields['title'] ?? '') : names} ${work?.fields['year'] ?? ''} ${work?.fields['title'] ?? ''}`,
    );
  };
  const [one, two] = [rank(a), rank(b)];
  return one < two ? -1 : one > two ? 1 : 0;
}

/** For sorting alike on every machine: without accents and case, and no locale of the host. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
