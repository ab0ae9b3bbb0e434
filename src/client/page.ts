/** On every page: what a reader with JavaScript gets beyond the page as it stands. */
import './english-words.js';
import './registry.js';
import { openFolded } from './open-folded.js';
import { openLabs } from './open-labs.js';
import { savePng } from './save-png.js';
import { showBuildInfo } from './build-info.js';
import { sortTables } from './sort-tables.js';
import { wakeFigures } from './wake-figures.js';
import { contentsSheet } from './page/contents-sheet.js';
import { copyCode } from './page/copy-code.js';
import { fitPaper } from './page/fit-paper.js';
import { followReading } from './page/follow-reading.js';
import { markFound } from './page/mark-found.js';
import { previewReferences } from './page/preview.js';
import { scrollByKeyboard } from './page/scroll-by-keyboard.js';
import { searchButton } from './page/search-button.js';
import { themeButton } from './page/theme-button.js';

const own = document.currentScript;
// Scripts that arrange the page have run, or could not be had.
document.documentElement.dataset['started'] = '';
openFolded(document, window);
const script = own instanceof HTMLScriptElement ? own : undefined;
const { figures, vega, buildInfo } = script?.dataset ?? {};
/** The address of the site's folder; this script is in its `assets/`. */
const root = new URL('..', script?.src ?? location.href).href;
wakeFigures('[data-moving]', 'moving', figures);
wakeFigures('.drawing[data-vega]', 'redrawn', vega);
openLabs(document, window);
themeButton(document.querySelector<HTMLElement>('[data-tool="theme"]'));
fitPaper(window, document);
markFound();
let following = new AbortController();
let changes = 0;
searchButton(document.querySelector<HTMLElement>('[data-tool="search"]'));
startPage();
// A page that is being written changes where it stands.
document.addEventListener('colophon:changed', startPage);

/** What belongs to the parts of a page that may change. */
function startPage(): void {
  // What has been made since is at the same address, and under another one to whoever keeps what was given.
  const version = changes === 0 ? '' : `?${changes}`;
  showBuildInfo(document, buildInfo && `${buildInfo}${version}`);
  changes += 1;
  savePng(document);
  sortTables(document);
  const contents = document.getElementById('colophon.contents');
  const article = document.querySelector('article');
  following.abort();
  following = new AbortController();
  followReading(contents, following.signal);
  const previewOf = (anchor: string): string => `${root}previews/${anchor.replaceAll(':', '+')}.js${version}`;
  previewReferences(article, previewOf, following.signal);
  contentsSheet(contents);
  copyCode(article);
  scrollByKeyboard(article);
}
