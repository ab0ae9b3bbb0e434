/** Only under `colophon dev`: the open page follows the report, and shows what is wrong and what is being computed. */
import { replaceChanged } from './dev/replace-changed.js';
import { problemPanel, type ShownProblem } from './dev/problem-panel.js';
import { progressNote, type Progress } from './dev/progress-note.js';

type DevEvent =
  | { readonly kind: 'pages'; readonly changed: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly ShownProblem[] }
  | ({ readonly kind: 'progress' } & Progress);

/** This script's own element: it lies in a folder at the site's root, wherever that stands. */
const { src, dataset } = document.currentScript as HTMLScriptElement;
const root = new URL('..', src).pathname;
const address = decodeURIComponent(window.location.pathname.slice(root.length)).replace(/(^|\/)$/, '$1index.html');
const showProblems = problemPanel();
const showProgress = progressNote();

/** The page as the server last gave it; what scripts have made of it since is not compared. */
let last = fetchPage();
void last.then((page) => {
  // It has changed since this document was sent, and no comparison of later versions would show how.
  if (page.querySelector<HTMLElement>('script[data-version]')?.dataset['version'] !== dataset['version'])
    window.location.reload();
});

async function fetchPage(): Promise<Document> {
  const response = await fetch(window.location.pathname, { cache: 'no-store' });
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

async function update(): Promise<void> {
  const before = await last;
  last = fetchPage();
  replaceChanged(before, await last);
}

const events = new EventSource(new URL(`events?token=${dataset['token'] ?? ''}`, src));
let lost = false;
events.addEventListener('message', ({ data }: MessageEvent<string>) => {
  const event = JSON.parse(data) as DevEvent;
  switch (event.kind) {
    case 'pages':
      // What waited for the first build becomes a page of the site, whatever has been fetched since it was loaded.
      if (event.changed.length > 0 && document.querySelector('.bar') === null) window.location.reload();
      else if (event.changed.some((path) => path === address || path.endsWith('.css'))) void update();
      return;
    case 'problems':
      showProblems(event.problems);
      return;
    case 'progress':
      showProgress(event);
      return;
  }
});
events.addEventListener('error', () => {
  lost = true;
});
events.addEventListener('open', () => {
  // The server was away: whatever it said meanwhile was not heard.
  if (lost) void update();
  lost = false;
});
