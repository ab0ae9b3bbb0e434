/**
 * A report while it is being written: what its pages are now, what is wrong with it, what is still being computed. Every
 * change is taken in at once; experiments go on behind it.
 */
import { type Known, nothing } from '../pipeline/known.js';
import { sessionMemos } from '../pipeline/memos.js';
import { runPipeline } from '../pipeline/run-pipeline.js';
import type { Sink } from '../pipeline/sink.js';
import type { World } from '../pipeline/world.js';
import type { RenderedFile } from '../render/render-pages.js';
import { type MovedEvent, movesOf, nothingMoved } from './moved.js';
import { noProgress, type ProgressEvent, progressOf } from './progress.js';
import { publishedPages } from './published-pages.js';
import { rememberingStore } from './remembering-store.js';
import { isOfEnvironment, noProblems, type ProblemsEvent, shownError, shownProblems } from './shown-problems.js';

/** What happened, for the pages that are open. */
export type SessionEvent =
  | { readonly kind: 'pages'; readonly changed: readonly string[] }
  | ProblemsEvent
  | MovedEvent
  | ProgressEvent;

export interface Session {
  /** Takes in what the report's files are now. `changed` are those that are known to differ, for all of them undefined. */
  readonly update: (changed?: readonly string[]) => Promise<void>;
  /** A file of the site as it is now. */
  readonly file: (path: string) => RenderedFile | undefined;
  /** The last problems, what the last change moved and the last progress, for a page that has just been opened. */
  readonly state: () => readonly SessionEvent[];
  /** Stops what is being computed. */
  readonly stop: () => void;
}

/** Opens a report. Nothing is read before the first `update`. `notify` hears of everything as it happens. */
export function openSession(folder: string, given: World, notify: (event: SessionEvent) => void): Session {
  const memos = sessionMemos();
  const world = { ...given, store: rememberingStore(given.store), log: onceEach(given.log) };
  const pages = publishedPages((changed) => {
    notify({ kind: 'pages', changed });
  });
  let moved = nothingMoved;
  const compare = movesOf((event) => {
    moved = event;
    notify(event);
  });
  let problems = noProblems;
  let progress = noProgress;
  let known: Known = nothing;
  /** The last update: only its problems and pages count. */
  let latest = new AbortController();
  /** The last update that computes something: it goes on while later ones have problems before anything runs. */
  let running = new AbortController();

  const tell = (found: ProblemsEvent): void => {
    problems = found;
    notify(found);
  };

  /** The sink of one update: a server's memory. */
  const memorySink = (update: AbortController): Sink => ({
    takesPages: true,
    takesUnfinished: true,
    endsWithProblems: false,
    partOf: (plan) => plan,
    obstacles: () => [],
    problems: (found, report) => {
      if (update === latest) tell(shownProblems(found, report));
    },
    open: () => {
      running.abort(new Error('the report has changed'));
      running = update;
    },
    computed: () => undefined,
    publish: ({ files }) => {
      if (update === latest) {
        pages.replace(files);
        compare(files);
      }
      return Promise.resolve();
    },
    close: () => undefined,
  });

  return {
    update: async (changed) => {
      const update = new AbortController();
      if (latest !== running) latest.abort(new Error('the report has changed'));
      latest = update;
      // Anything but a page may be a template, a stylesheet, or what a page was made from.
      if (changed?.every((file) => file.endsWith('.md')) !== true) memos.forgetFiles();
      const report = progressOf((event) => {
        if (update !== running) return;
        progress = event;
        notify(event);
      });
      const signal = AbortSignal.any([world.signal, update.signal]);
      try {
        await runPipeline({
          ...{ folder, memos, place: {}, before: known },
          world: { ...world, signal, report },
          watch: (now) => {
            known = now;
          },
          sink: memorySink(update),
        });
      } catch (error) {
        // A newer change has taken over, or the person has had enough.
        if (signal.aborted) return;
        tell(shownError(error));
        if (!isOfEnvironment(error)) throw error;
      }
    },
    file: pages.file,
    // A page may have changed between its loading and its listening; an image has hardly.
    state: () => [problems, moved, progress, { kind: 'pages', changed: pages.paths().filter(isPage) }],
    stop: () => {
      latest.abort();
      running.abort();
    },
  };
}

const isPage = (path: string): boolean => /\.(?:html|css)$/.test(path);

/** A line that was said before is not said again: each update chooses the devices anew. */
function onceEach(log: (line: string) => void): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (said.has(line)) return;
    said.add(line);
    log(line);
  };
}
