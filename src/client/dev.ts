/** Only under `colophon dev`: the open page follows the report, and shows what is wrong and what is being computed. */
import { decodeAddress } from '../shared/decode-address.js';
import { replaceChanged } from './dev/replace-changed.js';
import { lostNote } from './dev/lost-note.js';
import { type Moved, movedNote } from './dev/moved-note.js';
import { problemPanel } from './dev/problem-panel.js';
import { reloadImages } from './dev/reload-images.js';
import { progressNote, type Progress } from './dev/progress-note.js';
import type { ShownProblem } from '../shared/shown-problem.js';

type DevEvent =
  | { readonly kind: 'pages'; readonly changed: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly ShownProblem[] }
  | ({ readonly kind: 'moved' } & Moved)
  | ({ readonly kind: 'progress' } & Progress);

/** This script's own element: it lies in a folder at the site's root, wherever that stands. */
const { src, dataset } = document.currentScript as HTMLScriptElement;
const root = new URL('..', src).pathname;
const address = decodeAddress(window.location.pathname.slice(root.length)).replace(/(^|\/)$/, '$1index.html');
const showProblems = problemPanel();
const showProgress = progressNote();
const showMoved = movedNote();
const showLost = lostNote();

/** The page as the server last gave it; what scripts have made of it since is not compared. */
let last: Document | undefined;
let fetching = fetchFirst();

async function fetchPage(): Promise<Document> {
  const response = await fetch(window.location.pathname, { cache: 'no-store' });
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

async function fetchFirst(): Promise<void> {
  last = await fetchPage();
  // It has changed since this document was sent, and no comparison of later versions would show how.
  if (last.querySelector<HTMLElement>('script[data-version]')?.dataset['version'] !== dataset['version'])
    window.location.reload();
}

/** One after the other; where the server is away, the page stays as it is. */
function update(): void {
  fetching = fetching
    .catch(() => undefined)
    .then(async () => {
      const now = await fetchPage();
      if (last === undefined) window.location.reload();
      else replaceChanged(last, now);
      last = now;
    });
  fetching.catch(() => undefined);
}

/** Milliseconds until a connection is tried again that the browser has given up. */
const triesAgain = 2000;
let isLost = false;

function take(event: DevEvent): void {
  switch (event.kind) {
    case 'pages': {
      const changed = new Set(event.changed);
      // What waited for the first build becomes a page of the site, whatever has been fetched since it was loaded.
      if (changed.size > 0 && document.querySelector('.bar') === null) window.location.reload();
      else if (event.changed.some((path) => path === address || path.endsWith('.css'))) update();
      reloadImages(root, (path) => changed.has(path));
      return;
    }
    case 'problems':
      showProblems(event.problems);
      return;
    case 'moved':
      showMoved(event);
      return;
    case 'progress':
      showProgress(event);
      return;
  }
}

function connect(): void {
  const events = new EventSource(new URL(`events?token=${dataset['token'] ?? ''}`, src));
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    take(JSON.parse(data) as DevEvent);
  });
  events.addEventListener('error', () => {
    isLost = true;
    showLost(true);
    if (events.readyState === EventSource.CLOSED) window.setTimeout(connect, triesAgain);
  });
  events.addEventListener('open', () => {
    showLost(false);
    // The server was away: whatever it said meanwhile was not heard.
    if (isLost) {
      update();
      reloadImages(root, () => true);
    }
    isLost = false;
  });
}

connect();
