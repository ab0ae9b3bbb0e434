/** A work as a list of references prints it, as HTML. */
import type { Formulas } from '../../shared/rich-text.js';
import type { CslDate, Name, Work } from '../../source/report.js';
import { schemeOf } from '../address.js';
import { escapeHtml, escapeUrl } from '../html.js';
import type { Language } from '../../languages/language.js';
import { say } from '../../languages/words.js';
import { richHtml, withLinks } from './rich-html.js';

/** Authors, year, title, where it appeared, and links to it. */
export function describeWork(work: Work, year: string, formulas: Formulas, language: Language): string {
  const { texts, names } = work;
  const authors = names.author ?? [];
  const people =
    authors.length > 0 ? listOf(authors, work.others.includes('author'), language) : editorsOf(work, language);
  const title = texts['title'] ?? '';
  const html = (text: string): string => richHtml(text, formulas);
  const isWhole = /^(?:book|thesis|report|software|dataset|pamphlet|motion_picture|song|graphic|standard)$/.test(
    work.type,
  );
  const shown = title === '' ? '' : isWhole ? `<cite>${html(title)}</cite>` : html(title);
  const parts = [
    people === '' ? '' : `${html(stop(people))} (${escapeHtml(year)}).`,
    shown === '' ? '' : ended(shown, title),
    people === '' ? `(${escapeHtml(year)}).` : '',
    ...appearance(work, isWhole, html, language),
    links(work, language),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function stop(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

/** A sentence's HTML with its full stop, where its text does not end with one. */
function ended(html: string, text: string): string {
  return /[.?!][”’)]?$/.test(text.replace(/[\uf8e0-\uf8ff]/g, '')) ? html : `${html}.`;
}

function listOf(names: readonly Name[], more: boolean, { words, list }: Language): string {
  const shown = names.length > 20 ? names.slice(0, 19) : names;
  const written = shown.map(formalName);
  return more || names.length > 20 ? say(words.works.andOthers, { names: written.join(', ') }) : list(written);
}

const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+$/u;

/** "von Neumann, J., Jr." */
function formalName({ given, particle, family, suffix, dropsParticle }: Name): string {
  // Names of East Asia have no initials, and the family's comes first.
  if (particle === '' && eastAsian.test(family) && eastAsian.test(given)) return family + given;
  const initials = given
    .split(/[\s\u00a0\u202f]+|(?<=\.)(?=\p{Lu})/u)
    .filter((word) => word !== '')
    .map((word) => word.split('-').map(initialOf).join('-'))
    .join(' ');
  const before = dropsParticle === true ? '' : particle;
  const after = dropsParticle === true ? particle : '';
  const first = [initials, after].filter((part) => part !== '').join(' ');
  return [beforeFamily(before, family), first, suffix].filter((part) => part !== '').join(', ');
}

function initialOf(word: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(word)?.[0];
  return letter === undefined ? '' : `${letter}.`;
}

/** "von Neumann", "d’Alembert". */
export function beforeFamily(particle: string, family: string): string {
  if (particle === '') return family;
  return /['’]$/.test(particle) ? particle + family : `${particle} ${family}`;
}

function editorsOf({ names, others }: Work, language: Language): string {
  const editors = names.editor ?? [];
  const isMore = others.includes('editor');
  const label = language.count(language.words.works.editors, editors.length + (isMore ? 1 : 0));
  return editors.length === 0 ? '' : `${listOf(editors, isMore, language)} (${label})`;
}

/** Sentences on where it appeared, and what else is said of it. */
function appearance(work: Work, isWhole: boolean, html: (text: string) => string, language: Language): string[] {
  const { works: words } = language.words;
  const { texts, type } = work;
  const text = (name: string): string => texts[name] ?? '';
  const container = text('container-title');
  const isJournal = /^(?:article|review)/.test(type);
  const volume = text('volume');
  const number = text('issue') || text('number');
  const parts: string[] = [];
  if (container !== '' && isJournal) {
    const issue = number === '' ? '' : `(${number})`;
    parts.push(
      `<cite>${html(container)}</cite>${volume === '' ? (number === '' ? '' : ` ${html(number)}`) : ` ${html(volume + issue)}`}`,
    );
  } else if (container !== '') {
    const editors = (work.names.author ?? []).length > 0 ? editorsOf(work, language) : '';
    const whole = `${editors === '' ? '' : `${html(editors)}, `}<cite>${html(container)}</cite>`;
    parts.push(say(words.within, { container: whole }));
    if (volume !== '') parts.push(html(say(words.volume, { volume })));
  } else {
    if (text('genre') !== '')
      parts.push(html(text('genre') + (type === 'report' && number !== '' ? ` ${number}` : '')));
    if (isWhole && volume !== '') parts.push(html(say(words.volume, { volume })));
  }
  if (text('edition') !== '') parts.push(html(editionOf(text('edition'), language)));
  if (text('version') !== '') parts.push(html(say(words.version, { version: text('version') })));
  const pages = text('page');
  if (pages !== '') parts.push(html(isJournal ? pages : say(words.pages, { pages })));
  if (text('publisher') !== '') parts.push(html(text('publisher')));
  const more = [text('medium'), text('note')].filter((part) => part !== '' && part !== text('URL'));
  if (text('status') !== '' && work.dates.issued !== undefined) more.unshift(text('status'));
  const said = more.map((part) => ended(withLinks(html(part)), part));
  const place = parts.join(', ');
  return [place === '' ? '' : ended(place, place.replace(/<[^>]*>$/, '')), ...said];
}

/** "2" is the second edition, "Second" too. */
function editionOf(written: string, { tag, words }: Language): string {
  if (!/^\d+$/.test(written))
    return /edition|\bed\b/i.test(written) || !tag.startsWith('en') ? written : `${written} edition`;
  if (!tag.startsWith('en')) return say(words.works.edition, { edition: written });
  const number = Number(written);
  const ending = number % 100 >= 11 && number % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return say(words.works.edition, { edition: `${number}${ending}` });
}

function links({ texts, dates }: Work, language: Language): string {
  const found: string[] = [];
  const doi = texts['DOI'];
  if (doi !== undefined) found.push(link(`https://doi.org/${doi}`, `doi:${doi}`));
  const eprint = texts['archive_location'];
  if (eprint !== undefined) found.push(link(`https://arxiv.org/abs/${eprint}`, `arXiv:${eprint}`));
  const url = texts['URL'];
  const scheme = url === undefined ? undefined : schemeOf(url);
  if (url !== undefined && (scheme === 'http' || scheme === 'https') && found.length === 0) {
    const seen =
      dates.accessed === undefined
        ? ''
        : ` (${say(language.words.works.seen, { year: yearOf(dates.accessed, language) })})`;
    found.push(link(url, url) + escapeHtml(seen));
  }
  return found.join(', ');
}

function link(address: string, text: string): string {
  return `<a href="${escapeUrl(address)}">${escapeHtml(text)}</a>`;
}

/** "2017", "1998–1999", "ca. 1900", "44 BC", "forthcoming". */
export function yearOf({ parts, literal, circa, open }: CslDate, { words }: Language): string {
  const years = parts.map(([year]) => (year < 0 ? say(words.works.before, { year: String(-year) }) : String(year)));
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return literal ?? words.works.noDate;
  const range = first === last ? `${first}${open === true ? '–' : ''}` : `${first}–${last}`;
  return circa === true ? say(words.works.about, { year: range }) : range;
}
