/** The search of a site: a dialog over the page, answered from words counted at build time. Loaded when a reader first asks. */
import type { SearchPage } from '../search-options.js';
import { searchDialog } from './search/dialog.js';
import { findSections } from './search/find.js';
import { openIndex } from './search/open-index.js';

interface SearchWindow extends Window {
  /** Left by the index's script. */
  colophonSearchPages?: readonly SearchPage[];
  colophonSearch?: { readonly open: () => void };
}

const site = window as SearchWindow;
const index = openIndex(site.colophonSearchPages ?? []);
const root = document.querySelector<HTMLElement>('[data-tool="search"]')?.dataset['root'] ?? '';
site.colophonSearch = searchDialog(root, (words) => findSections(index, words));
