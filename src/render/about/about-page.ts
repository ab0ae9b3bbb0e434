/** What a page says of itself to machines: Zotero and search engines read it, and people who cite it. */
import type { Author, Page, Report, Work } from '../../source/report.js';
import { wordsOf } from '../../shared/rich-text.js';
import { bibtexEntry, tex, texNames } from '../bibtex.js';
import { titleToText } from '../math-text.js';
import { absolute } from '../address.js';
import { licenceLink, type NamedLink } from './licence.js';

export interface AboutPage {
  /** For Zotero, and for Google Scholar, as HighWire Press named them. */
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** JSON-LD that can stand in a script element. */
  readonly jsonLd: string;
  readonly doi: NamedLink | null;
  readonly licence: NamedLink | null;
  /** An entry for the page. */
  readonly bibtex: string;
}

export const nothingAbout: AboutPage = { metas: [], jsonLd: '', doi: null, licence: null, bibtex: '' };

/** `url` is where the site will stand, if that is known. */
export function aboutPage(report: Report, page: Page, url: string | undefined): AboutPage {
  const [first] = report.pages;
  const authors = page.authors.length > 0 ? page.authors : (first?.authors ?? []);
  const licence = page.licence ?? first?.licence;
  const links = {
    doi: page.doi === undefined ? null : { href: `https://doi.org/${page.doi}`, text: page.doi },
    licence: licence === undefined ? null : licenceLink(licence),
  };
  // Without anyone who wrote it there is nothing to cite it by.
  if (authors.length === 0) return { ...nothingAbout, ...links };
  const facts: Facts = {
    ...{ report, page, authors, ...links },
    title: titleToText(page.title),
    siteTitle: titleToText(report.settings.title ?? first?.title ?? page.title),
    address: url === undefined ? undefined : absolute(url, page.address),
  };
  return { ...links, metas: metasOf(facts), jsonLd: jsonLdOf(facts), bibtex: entryOf(facts) };
}

interface Facts extends Pick<AboutPage, 'doi' | 'licence'> {
  readonly report: Report;
  readonly page: Page;
  readonly authors: readonly Author[];
  readonly title: string;
  readonly siteTitle: string;
  readonly address: string | undefined;
}

/**
 * Google Scholar asks for a title, an author and a date, each author in a tag of their own with affiliations and ORCID after it. Zotero takes a
 * page with an institution for a report.
 */
function metasOf({ page, authors, title, address }: Facts): AboutPage['metas'] {
  const ofAuthors = authors.flatMap(({ name, affiliations, orcid }): [string, string | undefined][] => [
    ['author', name],
    ...affiliations.map((affiliation): [string, string] => ['author_institution', affiliation]),
    ['author_orcid', orcid === undefined ? undefined : `https://orcid.org/${orcid}`],
  ]);
  const tags: (readonly [string, string | undefined])[] = [
    ['title', title],
    ...ofAuthors,
    ['publication_date', page.date?.replaceAll('-', '/')],
    ['technical_report_institution', authors.flatMap(({ affiliations }) => affiliations)[0]],
    ['doi', page.doi],
    ['abstract', page.description],
    ['language', page.language],
    ['public_url', address],
  ];
  return tags.flatMap(([name, content]) => (content === undefined ? [] : [{ name: `citation_${name}`, content }]));
}

function jsonLdOf({ report, page, authors, title, siteTitle, address, doi, licence }: Facts): string {
  const { bibliography } = report;
  const works = page.cited.keys.flatMap((key) => bibliography?.works.get(key) ?? []);
  const data = {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    ...{ headline: title, name: title },
    author: authors.map(personOf),
    ...{ datePublished: page.date, description: page.description, inLanguage: page.language },
    ...{ license: licence?.href, url: address, sameAs: doi?.href },
    ...(doi !== null && { identifier: { '@type': 'PropertyValue', propertyID: 'DOI', value: doi.text } }),
    isPartOf: { '@type': 'CreativeWork', name: siteTitle, url: report.settings.url },
    ...(works.length > 0 && {
      citation: works.map((work) =>
        citedWork(work, (text) => (bibliography === undefined ? text : wordsOf(text, bibliography.formulas))),
      ),
    }),
  };
  // No text can end the element that it stands in.
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function personOf({ name, affiliations, orcid }: Author): object {
  return {
    ...{ '@type': 'Person', name },
    ...(orcid !== undefined && { '@id': `https://orcid.org/${orcid}`, sameAs: `https://orcid.org/${orcid}` }),
    ...(affiliations.length > 0 && {
      affiliation: affiliations.map((affiliation) => ({ '@type': 'Organization', name: affiliation })),
    }),
  };
}

function citedWork({ texts, names, dates, type }: Work, plain: (text: string) => string): object {
  const people = names.author ?? names.editor ?? [];
  const year = dates.issued?.parts[0]?.[0];
  const address = texts['DOI'] === undefined ? texts['URL'] : `https://doi.org/${texts['DOI']}`;
  return {
    '@type':
      type === 'book'
        ? 'Book'
        : type === 'dataset'
          ? 'Dataset'
          : type === 'software'
            ? 'SoftwareSourceCode'
            : 'ScholarlyArticle',
    name: plain(texts['title'] ?? ''),
    author: people.map(({ given, particle, family, whole }) => ({
      '@type': whole === true ? 'Organization' : 'Person',
      name: plain([given, particle, family].filter((part) => part !== '').join(' ')),
    })),
    ...(year !== undefined && { datePublished: String(year) }),
    ...(address !== undefined && { url: address }),
  };
}

/** `@misc{doe2026results, ...}`: a type that every style knows. */
function entryOf({ page, authors, title, siteTitle, address, doi }: Facts): string {
  const [year = '', month = ''] = page.date?.split('-') ?? [];
  const family =
    authors[0]?.name.includes(',') === true ? authors[0].name.split(',')[0] : authors[0]?.name.split(/\s+/).at(-1);
  const word = /[\p{L}\p{N}]{4,}/u.exec(title)?.[0] ?? '';
  const key = `${ascii(family ?? '')}${year}${ascii(word)}`;
  return bibtexEntry('misc', key === '' ? 'page' : key, [
    ['author', texNames(authors.map(({ name }) => name))],
    ['title', `{${tex(title)}}`],
    ['howpublished', siteTitle === title ? undefined : tex(siteTitle)],
    ['year', year],
    ['month', month === '' ? undefined : String(Number(month))],
    ['doi', doi?.text],
    ['url', address],
  ]);
}

/** A key of BibTeX has letters and digits that every program reads. */
function ascii(word: string): string {
  return word
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
