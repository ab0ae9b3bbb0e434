/** An entry as a work: the fields of BibTeX and biblatex in CSL's words, their TeX read. */
import { dictionary } from '../../shared/dictionary.js';
import type { Place } from '../../shared/problem.js';
import { type Formulas, plainCharacters } from '../../shared/rich-text.js';
import { type CslDate, readIsoDate, readYear } from './dates.js';
import { cslTypeOf, genreOf, inSeries, isPart } from './entry-types.js';
import { languageTag } from './languages.js';
import { readNames } from './names.js';
import type { Entry, Field } from './scan.js';
import { texToText, withoutModes } from './tex.js';
import type { DateRole, Name, NameRole, Work } from './work.js';

export interface WorkReading {
  readonly formulas: Formulas;
  readonly place: Place;
  /** Told of each command that is not known, and of dates that are none. */
  readonly warn: (message: string, hint: string, at: { readonly from: number; readonly length: number }) => void;
}

const roles: readonly (readonly [field: string, role: NameRole])[] = [
  ['author', 'author'],
  ['editor', 'editor'],
  ['translator', 'translator'],
  ['bookauthor', 'container-author'],
  ['director', 'director'],
];

export function toWork(entry: Entry, fields: ReadonlyMap<string, Field>, reading: WorkReading): Work {
  const reader = new FieldReader(fields, reading);
  const { names, others } = reader.people();
  return {
    ...{ key: entry.key, entry: entry.type, type: cslTypeOf(entry.type, (field) => reader.raw(field)) },
    ...{ names, others, dates: reader.dates(), place: reading.place },
    texts: textsOf(entry.type, reader),
  };
}

/** Reads the fields of one entry as they are asked for. */
class FieldReader {
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #reading: WorkReading;

  constructor(fields: ReadonlyMap<string, Field>, reading: WorkReading) {
    this.#fields = fields;
    this.#reading = reading;
  }

  /** As written. */
  raw(name: string): string {
    return plainCharacters(this.#fields.get(name)?.text ?? '').trim();
  }

  /** The first of these fields that says something. */
  first(names: readonly string[], read: (name: string) => string): string {
    for (const name of names) {
      const text = read(name);
      if (text !== '') return text;
    }
    return '';
  }

  text(name: string): string {
    return this.#read(name, this.raw(name), false);
  }

  title(name: string): string {
    return this.#read(name, this.raw(name), true);
  }

  /** A list of institutions or places, joined by "and". */
  list(name: string): string {
    return this.text(name).replace(/ and /g, '; ');
  }

  /** What bytes mean themselves: an address, a DOI. */
  verbatim(name: string): string {
    return this.raw(name)
      .replace(/^\\url\s*\{(.*)\}$/s, '$1')
      .replace(/\\([_%&#~$])/g, '$1')
      .replace(/\\textunderscore(?:\{\}|\s)?|\\_/g, '_')
      .replace(/[{}\s]/g, '');
  }

  #read(name: string, tex: string, fixesCase: boolean): string {
    if (tex === '') return '';
    const field = this.#fields.get(name);
    return texToText(tex, {
      ...{ formulas: this.#reading.formulas, fixesCase },
      unknown: (command, at) => {
        if (field === undefined) return;
        const from = field.isLiteral ? field.at + (field.text.length - field.text.trimStart().length) + at : field.at;
        this.#reading.warn(
          `the TeX command \\${command} in "${name}" is not known; it is left out, what it is applied to stays`,
          'write the character itself, or remove it',
          { from, length: field.isLiteral ? command.length + 1 : 1 },
        );
      },
    });
  }

  people(): { names: Partial<Record<NameRole, readonly Name[]>>; others: NameRole[] } {
    const names: Partial<Record<NameRole, readonly Name[]>> = {};
    const others: NameRole[] = [];
    const drops = /(?:^|,)\s*useprefix\s*=\s*false/.test(this.raw('options'));
    for (const [field, role] of roles) {
      const written = this.raw(field);
      if (written === '') continue;
      const read = readNames(withoutModes(written), (tex) => this.#read(field, tex, false));
      if (read.others) others.push(role);
      if (read.names.length === 0) continue;
      names[role] = drops ? read.names.map((name) => ({ ...name, dropsParticle: true })) : read.names;
    }
    return { names, others };
  }

  dates(): Partial<Record<DateRole, CslDate>> {
    const dates: Partial<Record<DateRole, CslDate>> = {};
    const issued = this.#date('date') ?? readYear(this.text('year'), this.text('month'), this.text('day'));
    const ofRole = [
      ['accessed', this.#date('urldate') ?? readYear(this.text('urlyear'), this.text('urlmonth'), this.text('urlday'))],
      ['event-date', this.#date('eventdate')],
      ['original-date', this.#date('origdate')],
    ] as const;
    if (issued !== undefined) dates.issued = issued;
    for (const [role, date] of ofRole) if (date !== undefined) dates[role] = date;
    return dates;
  }

  #date(name: string): CslDate | undefined {
    const written = this.raw(name);
    if (written === '') return undefined;
    const plain = written.replace(/[{}]/g, '').replace(/(\d)\s*(?:--+|–|—)\s*(?=\d)/, '$1/');
    const date = readIsoDate(plain) ?? readYear(this.text(name), '', '');
    if (date?.literal === undefined || name === 'date') return date;
    return undefined;
  }
}

/** "title: subtitle", with one mark between them. */
function joined(parts: readonly string[], mark: string): string {
  return parts
    .filter((part) => part !== '')
    .reduce((text, part) => (text === '' ? part : `${text}${/[!?.,:;]$/.test(text) ? '' : mark} ${part}`), '');
}

const archives = dictionary<string>({
  arxiv: 'https://arxiv.org/abs/',
  jstor: 'https://www.jstor.org/stable/',
  pubmed: 'https://pubmed.ncbi.nlm.nih.gov/',
  hal: 'https://hal.science/',
  hdl: 'https://hdl.handle.net/',
});

function textsOf(entry: string, fields: FieldReader): Work['texts'] {
  const title = (name: string): string => fields.title(name);
  const text = (name: string): string => fields.text(name);
  const whole = (name: string): string =>
    joined([joined([title(name), title(name.replace('title', 'subtitle'))], ':'), title(`${name}addon`)], '.');
  const mainTitle = isPart.test(entry) ? '' : whole('maintitle');
  const own = whole('title');
  const isArticle = /^(?:article|periodical|suppperiodical|review)$/.test(entry);
  const number = text('number');
  const issue = isArticle ? joined([number, text('issue')], ',') : text('issue');
  const volume = [text('volume'), text('part')].filter((part) => part !== '').join('.');
  const texts: Record<string, string> = {
    title: entry === 'periodical' ? whole('issuetitle') || own : mainTitle || own,
    'volume-title': mainTitle === '' ? (fields.raw('maintitle') === '' ? '' : whole('booktitle')) : own,
    'container-title': containerOf(entry, whole, title),
    'container-title-short': fields.first(['shortjournal', 'journalabbr'], title),
    'title-short': title('shorttitle'),
    'collection-title': title('series'),
    'collection-number': inSeries.test(entry) ? number : '',
    ...{ number: inSeries.test(entry) || isArticle ? '' : number, issue, volume },
    ...{
      'number-of-volumes': text('volumes'),
      'number-of-pages': text('pagetotal'),
      'chapter-number': text('chapter'),
    },
    ...{ edition: text('edition'), version: text('version'), page: pagesOf(text('pages') || text('eid')) },
    publisher: publisherOf(fields),
    'publisher-place': fields.list('location') || fields.list('address'),
    ...{ 'event-title': title('eventtitle'), 'event-place': text('venue') },
    genre: genreOf(entry, text('type')),
    medium: text('howpublished'),
    note: joined([noteOf(text, fields.raw('note')), text('addendum')], '.'),
    status: statuses[fields.raw('pubstate').toLowerCase()] ?? text('pubstate'),
    'citation-label': text('shorthand') || text('label'),
    ...{ ISBN: fields.verbatim('isbn'), ISSN: fields.verbatim('issn') },
    ...{ PMID: fields.verbatim('pmid'), PMCID: fields.verbatim('pmcid') },
    language: languageTag(fields.raw('langid') || fields.raw('language') || fields.raw('hyphenation')) ?? '',
    ...addressesOf(fields),
  };
  return dictionary(Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')));
}

/** Lines that Zotero writes of what it has no field for. */
const ofZotero =
  /^(?:Number|Publisher|_eprint|Section|Issue|Citation Key|Conference Name|Place|Type|ADS Bibcode|tex\.[\w.]+): .*$/gm;

function noteOf(text: (name: string) => string, written: string): string {
  return written.replace(ofZotero, '').trim() === '' ? '' : text('note');
}

const statuses = dictionary<string>({
  inpress: 'in press',
  inpreparation: 'in preparation',
  forthcoming: 'forthcoming',
  submitted: 'submitted',
  prepublished: 'pre-published',
});

function containerOf(entry: string, whole: (name: string) => string, title: (name: string) => string): string {
  const journal = joined([title('journaltitle') || title('journal'), title('journalsubtitle')], ':');
  if (isPart.test(entry)) return whole('maintitle') || whole('booktitle') || journal;
  if (entry === 'periodical') return whole('title');
  return journal || whole('booktitle');
}

/** Who published it: a house, a school, an institution. */
function publisherOf(fields: FieldReader): string {
  const names = ['publisher', 'school', 'institution', 'organization'].map((name) => fields.list(name));
  return [...new Set(names.filter((name) => name !== ''))].join('; ');
}

function pagesOf(written: string): string {
  return written.replace(/\s*(?:[-–—]+|‐)\s*/g, '–');
}

function addressesOf(fields: FieldReader): Record<string, string> {
  const doi = fields.verbatim('doi').replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, '');
  const archive = (fields.raw('eprinttype') || fields.raw('archiveprefix')).toLowerCase();
  const eprint = fields.verbatim('eprint').replace(/^arxiv:/i, '');
  const isArxiv =
    archive === 'arxiv' ||
    (archive === '' && /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/.test(eprint));
  const stands = eprint === '' ? undefined : archives[isArxiv ? 'arxiv' : archive];
  const given = fields.verbatim('url');
  const published = /\\url\s*\{([^{}]*)\}|(https?:\/\/[^\s{}]+)/.exec(fields.raw('howpublished'));
  const url = given || (published?.[1] ?? published?.[2] ?? '') || (stands === undefined ? '' : stands + eprint);
  return {
    ...{ DOI: doi, URL: url },
    ...(isArxiv && eprint !== '' && { archive: 'arXiv', archive_location: eprint }),
  };
}
