/** The search of a site: a dialog over the page, answered from the prebuilt index. Loaded when a reader first asks. */
import MiniSearch from 'minisearch';
import { type SearchSection, searchOptions } from '../search-options.js';
import { searchDialog } from './search/dialog.js';
import { findSections } from './search/find.js';

interface SearchWindow extends Window {
  /** Left by the index's script. */
  colophonSearchIndex?: string;
  colophonSearch?: { readonly open: () => void };
}

const site = window as SearchWindow;
const index = MiniSearch.loadJSON<SearchSection>(site.colophonSearchIndex ?? '', searchOptions);
const root = document.querySelector<HTMLElement>('[data-tool="search"]')?.dataset['root'] ?? '';
site.colophonSearch = searchDialog(root, (words) => findSections(index, words));
