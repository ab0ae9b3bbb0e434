/** The two styles that need no package: names with years, and numbers. */
import { groupBy } from '../../shared/group-by.js';
import type { Bibliography, Cited, Name, Work } from '../../source/report.js';
import { wordsOf } from '../../shared/rich-text.js';
import type { Language } from '../../languages/language.js';
import { say } from '../../languages/words.js';
import { escapeHtml } from '../html.js';
import { affixText } from './affix.js';
import { beforeFamily, describeWork, yearOf } from './describe.js';
import { richHtml } from './rich-html.js';
import { anchorOfWork, type BibliographyStyle } from './style.js';

export type BuiltInStyle = 'author-year' | 'numeric';

export function isBuiltIn(style: string): style is BuiltInStyle {
  return style === 'author-year' || style === 'numeric';
}

/** What a page's list has, and where it stands. */
export interface CitedList {
  /** The keys of the works, in the order in which they are cited. */
  readonly cited: readonly string[];
  /** The address of the page with the list, relative to the citing page; empty on the page itself. */
  readonly listAt: string;
  /** Whether the page ends with the list. */
  readonly ownList: boolean;
}

export function builtInStyle(
  { works, keys, formulas: inWorks }: Bibliography,
  style: BuiltInStyle,
  { cited, listAt, ownList }: CitedList,
  language: Language,
): BibliographyStyle {
  const formulas = inWorks.copy();
  const html = (text: string): string => richHtml(text, formulas);
  const known = cited.flatMap((key) => works.get(key) ?? []);
  const sortKey = (work: Work): string => wordsOf(sortedBy(work, language), formulas);
  const ordered = style === 'numeric' ? known : sortedWith(known, sortKey, language);
  const numbers = new Map(ordered.map(({ key }, index) => [key, index + 1]));
  const numberOf = (key: string): number => numbers.get(key) ?? 0;
  const letters = yearLetters(ordered, language);
  const yearAndLetter = (key: string): string => {
    const letter = letters.get(key) ?? '';
    const year = publishedIn(works.get(key), language);
    return letter !== '' && !/\d$/.test(year) ? `${year}-${letter}` : year + letter;
  };
  const link = (key: string, text: string): string =>
    `<a class="citation" href="${escapeHtml(listAt)}#${anchorOfWork(key)}">${html(text)}</a>`;
  const who = (key: string): string => shortNames(works.get(key), language);
  const around = ({ prefix, suffix }: Cited, inside: string): string => {
    const after = dashed(affixText(suffix, formulas));
    const before = prefix === '' ? '' : `${html(affixText(prefix, formulas))} `;
    const gap = after === '' || /^[,.:;)]/.test(after) ? '' : style === 'numeric' ? ', ' : ' ';
    return `${before}${inside}${gap}${html(after)}`;
  };
  const number = (key: string): string => link(key, String(numberOf(key)));
  const oneOfGroup = (work: Cited): string =>
    around(
      work,
      style === 'numeric'
        ? number(work.key)
        : link(work.key, work.yearOnly ? yearAndLetter(work.key) : `${who(work.key)}, ${yearAndLetter(work.key)}`),
    );
  const group = (cites: readonly Cited[]): string => {
    if (style === 'author-year') return `(${cites.map(oneOfGroup).join('; ')})`;
    const isBare = cites.every(({ prefix, suffix }) => prefix === '' && suffix === '');
    return `[${isBare ? ranges(cites.map(({ key }) => [numberOf(key), number(key)])) : cites.map(oneOfGroup).join('; ')}]`;
  };
  /** "Jacot et al. (2018, p. 3; Neal, 1996)". */
  const sentence = ([first, ...more]: readonly Cited[]): string => {
    if (first === undefined) return '';
    if (style === 'numeric') return `${html(who(first.key))} ${group([first, ...more])}`;
    const after = dashed(affixText(first.suffix, formulas));
    const gap = after === '' || /^[,.:;)]/.test(after) ? '' : ', ';
    const inside = [link(first.key, yearAndLetter(first.key)) + gap + html(after), ...more.map(oneOfGroup)];
    return `${link(first.key, who(first.key))} (${inside.join('; ')})`;
  };
  const list = (): string => {
    const items = ordered.map((work) => {
      const year = style === 'author-year' ? yearAndLetter(work.key) : publishedIn(work, language);
      return `<li id="${anchorOfWork(work.key)}">${describeWork(work, year, formulas, language)}</li>\n`;
    });
    if (items.length === 0) return '';
    const tag = style === 'numeric' ? 'ol' : 'ul';
    return `<${tag} class="works ${style}">\n${items.join('')}</${tag}>\n`;
  };
  return {
    exists: true,
    keys,
    has: (key) => works.has(key),
    cite: (cites, inSentence) => (inSentence ? sentence(cites) : group(cites)),
    list,
    pageList: () => (ownList ? list() : ''),
  };
}

/** "1–4, 7": three and more that follow each other are a range. */
function ranges(numbered: readonly (readonly [number: number, html: string])[]): string {
  const sorted = numbered
    .toSorted(([a], [b]) => a - b)
    .filter(([number], index, all) => number !== all[index - 1]?.[0]);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1]?.[0] === (sorted[end]?.[0] ?? 0) + 1) end += 1;
    if (end - at < 2) end = at;
    parts.push(end === at ? (sorted[at]?.[1] ?? '') : `${sorted[at]?.[1] ?? ''}–${sorted[end]?.[1] ?? ''}`);
    at = end + 1;
  }
  return parts.join(', ');
}

/** Pages from one to another, with the dash that they have in print. */
function dashed(text: string): string {
  return text.replace(/(\d)\s*--?\s*(?=\d)/g, '$1–');
}

function publishedIn(work: Work | undefined, language: Language): string {
  const date = work?.dates.issued;
  return date === undefined ? (work?.texts['status'] ?? language.words.works.noDate) : yearOf(date, language);
}

function peopleOf({ names }: Work): readonly Name[] {
  const { author = [], editor = [] } = names;
  return author.length > 0 ? author : editor;
}

/** Two authors are both named, more are the first "et al.". */
export function shortNames(work: Work | undefined, { words, list }: Language): string {
  if (work === undefined) return '?';
  const [first, second, third] = peopleOf(work).map(familyName);
  if (first === undefined) return work.texts['title'] ?? work.key;
  if (third !== undefined || work.others.length > 0) return say(words.works.etAl, { first });
  return second === undefined ? first : list([first, second]);
}

function familyName({ particle, family, dropsParticle }: Name): string {
  return dropsParticle === true ? family : beforeFamily(particle, family);
}

/** "a", "b" for works of the same people in the same year. */
function yearLetters(works: readonly Work[], language: Language): Map<string, string> {
  const alike = groupBy(works, (work) => `${shortNames(work, language)} ${publishedIn(work, language)}`);
  const letters = new Map<string, string>();
  for (const group of alike.values()) {
    if (group.length > 1) group.forEach(({ key }, index) => letters.set(key, letterOf(index)));
  }
  return letters;
}

function letterOf(index: number): string {
  return index < 26
    ? String.fromCharCode(97 + index)
    : `${letterOf(Math.floor(index / 26) - 1)}${letterOf(index % 26)}`;
}

function sortedBy(work: Work, language: Language): string {
  const title = work.texts['title'] ?? '';
  const names = peopleOf(work)
    .map(({ family, given }) => `${family} ${given}`)
    .join(' ');
  return `${names === '' ? title : names} ${publishedIn(work, language)} ${title}`;
}

function sortedWith(works: readonly Work[], keyOf: (work: Work) => string, { compare }: Language): Work[] {
  return works
    .map((work) => ({ work, key: keyOf(work) }))
    .toSorted((a, b) => compare(a.key, b.key))
    .map(({ work }) => work);
}
