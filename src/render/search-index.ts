/** The search index of a site: a script that any page can load, also from file://. */
import MiniSearch from 'minisearch';
import { type SearchSection, searchOptions } from '../search-options.js';
import type { Section } from './sections.js';

/** A page with its parts. */
export interface SearchPage {
  readonly title: string;
  readonly address: string;
  readonly sections: readonly Section[];
}

/** The index as a script that leaves it where the page's own script finds it. */
export function searchIndex(pages: readonly SearchPage[]): string {
  const search = new MiniSearch(searchOptions);
  const all = pages.flatMap(({ title, address, sections }) =>
    sections.map(({ anchor, heading, text }): Omit<SearchSection, 'id'> => {
      const fragment = anchor === '' ? '' : `#${anchor}`;
      return { title, heading, text, address: address.split('/').map(encodeURIComponent).join('/') + fragment };
    }),
  );
  search.addAll(all.map((section, id) => ({ id, ...section })));
  return `window.colophonSearchIndex=${JSON.stringify(JSON.stringify(search))};\n`;
}
