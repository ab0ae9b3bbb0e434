/** The search of a site: a dialog over the page, answered from words counted at build time. Loaded when a reader first asks. */
import type { SearchPage } from '../shared/search-options.js';
import { provide, provided } from './data-scripts.js';
import { searchDialog } from './search/dialog.js';
import { findSections } from './search/find.js';
import { openIndex } from './search/open-index.js';

const index = openIndex((provided('search') ?? []) as readonly SearchPage[]);
const root = document.querySelector<HTMLElement>('[data-tool="search"]')?.dataset['root'] ?? '';
provide(
  'search-dialog',
  searchDialog(root, (words) => findSections(index, words)),
);
