/**
 * What the builds of one report leave each other of its pages: every note under a key that names all that it depends on, and
 * all of them for this very program only. A page whose key is known is not rendered while the site has it as it was.
 */
import { resolve } from 'node:path';
import { type Book, openBook } from './book.js';
import type { LiveFigure } from './figures/live-figure.js';
import { programDigest } from './program.js';
import type { BodyNote, LayoutNote, RenderNotes } from './render/render-memo.js';
import type { PageNote } from './source/page-memo.js';
import type { Store } from './store/store.js';

/** Figures with sliders, and the digests of their scripts by path. */
export interface LiveNote {
  readonly figures: readonly (readonly [id: string, figure: LiveFigure])[];
  readonly files: readonly (readonly [path: string, digest: string])[];
}

export interface BuildNotes extends RenderNotes {
  readonly pages: Book<PageNote>;
  /** Digests of what readers can download of a figure. */
  readonly downloads: Book<string>;
  readonly live: Book<LiveNote>;
  /** Leaves what this build needed for the next one. */
  readonly save: () => void;
}

const books = ['pages', 'bodies', 'layouts', 'frames', 'downloads', 'live'] as const;

/** The notes of earlier builds of the report in a folder. */
export function openNotes(store: Pick<Store, 'recall' | 'remember'>, folder: string): BuildNotes {
  const name = `pages ${resolve(folder)}`;
  const program = `${programDigest()} ${process.version}`;
  const before = store.recall(name);
  // Sealed by the store: what is read is what was written.
  const read = before === undefined ? {} : (JSON.parse(new TextDecoder().decode(before)) as Record<string, unknown>);
  const written = read['program'] === program ? read : {};
  const open = <Note>(book: (typeof books)[number]): ReturnType<typeof openBook<Note>> =>
    openBook((written[book] ?? {}) as Record<string, Note>);
  const notes = {
    pages: open<PageNote>('pages'),
    bodies: open<BodyNote>('bodies'),
    layouts: open<LayoutNote>('layouts'),
    frames: open<readonly string[]>('frames'),
    downloads: open<string>('downloads'),
    live: open<LiveNote>('live'),
  };
  return {
    ...notes,
    save: () => {
      const used = books.map((book) => [book, notes[book].used()]);
      store.remember(name, new TextEncoder().encode(JSON.stringify({ program, ...Object.fromEntries(used) })));
    },
  };
}
