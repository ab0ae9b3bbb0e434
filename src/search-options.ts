/** How the text of a site is indexed and asked: the same when the index is made and when a reader searches. */
import type { Options } from 'minisearch';

/** A part of a page from one heading to the next. */
export interface SearchSection {
  readonly id: number;
  /** Of the page. */
  readonly title: string;
  /** Of the part; empty before the first heading. */
  readonly heading: string;
  readonly text: string;
  /** Relative to the site, with its fragment. */
  readonly address: string;
}

export const searchOptions: Options<SearchSection> = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading', 'text', 'address'],
  searchOptions: {
    boost: { title: 3, heading: 2 },
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 4 ? 0.15 : false),
    combineWith: 'AND',
  },
};
