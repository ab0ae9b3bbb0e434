/** What the entry types of BibTeX and biblatex are for CSL. */
import { dictionary } from '../../shared/dictionary.js';

const types = dictionary<string>({
  article: 'article-journal',
  book: 'book',
  booklet: 'pamphlet',
  bookinbook: 'chapter',
  collection: 'book',
  conference: 'paper-conference',
  dataset: 'dataset',
  data: 'dataset',
  electronic: 'webpage',
  inbook: 'chapter',
  incollection: 'chapter',
  inproceedings: 'paper-conference',
  inreference: 'entry-encyclopedia',
  manual: 'book',
  mastersthesis: 'thesis',
  misc: 'document',
  mvbook: 'book',
  mvcollection: 'book',
  mvproceedings: 'book',
  mvreference: 'book',
  online: 'webpage',
  patent: 'patent',
  periodical: 'article-journal',
  phdthesis: 'thesis',
  bachelorthesis: 'thesis',
  proceedings: 'book',
  reference: 'book',
  report: 'report',
  software: 'software',
  suppbook: 'chapter',
  suppcollection: 'chapter',
  suppperiodical: 'article-journal',
  techreport: 'report',
  thesis: 'thesis',
  unpublished: 'manuscript',
  www: 'webpage',
  artwork: 'graphic',
  audio: 'song',
  commentary: 'book',
  image: 'graphic',
  jurisdiction: 'legal_case',
  legislation: 'legislation',
  legal: 'treaty',
  letter: 'personal_communication',
  movie: 'motion_picture',
  music: 'song',
  performance: 'speech',
  review: 'review',
  standard: 'standard',
  video: 'motion_picture',
});

/** `of` gives the text of a field, empty where there is none. */
export function cslTypeOf(entry: string, of: (field: string) => string): string {
  const type = types[entry] ?? 'document';
  const subtype = of('entrysubtype');
  if (type === 'article-journal' && /^(?:magazine|newspaper)$/.test(subtype)) return `article-${subtype}`;
  if (type === 'manuscript' && ['eventdate', 'eventtitle', 'venue'].some((field) => of(field) !== '')) return 'speech';
  // A preprint.
  if (type === 'document' && of('eprint') !== '') return 'article';
  return type;
}

const genres = dictionary<string>({
  phdthesis: 'PhD thesis',
  mastersthesis: 'Master’s thesis',
  mathesis: 'Master’s thesis',
  bathesis: 'Bachelor’s thesis',
  bachelorthesis: 'Bachelor’s thesis',
  candthesis: 'Candidate thesis',
  techreport: 'Technical report',
  resreport: 'Research report',
  software: 'Computer software',
  patent: 'Patent',
  patentus: 'U.S. patent',
  patreq: 'Patent request',
});

/** What kind of thesis or report it is; `type` is the field of that name. */
export function genreOf(entry: string, type: string): string {
  return (
    genres[type.trim().toLowerCase()] ??
    (type === '' && /thesis$|techreport/.test(entry) ? (genres[entry] ?? '') : type)
  );
}

/** Entries whose `number` is that of a series. */
export const inSeries =
  /^(?:mv)?(?:book|collection|proceedings|reference)$|^(?:bookinbook|inbook|incollection|inproceedings|conference|inreference|suppbook|suppcollection)$/;

/** Entries that are a part of another. */
export const isPart =
  /^(?:inbook|incollection|inproceedings|conference|inreference|bookinbook|suppbook|suppcollection)$/;
