/**
 * What the builds of one report leave each other of its pages: every note under a key that names all that it depends on, and
 * all of them for this very program only. A page whose key is known is not rendered while the site has it as it was.
 */
import { resolve } from 'node:path';
import { type Memo, openMemo } from '../memo.js';
import type { LiveFigure } from '../figures/live-figure.js';
import type { Trial } from '../figures/try-figure.js';
import { once } from '../lazy.js';
import { programDigest } from '../program.js';
import type { BodyNote, LayoutNote, RenderNotes } from '../render/render-memo.js';
import type { PageNote } from '../source/page-memo.js';
import type { Store } from '../store/store.js';

/** Figures with sliders, and the digests of their scripts by path. */
export interface LiveNote {
  readonly figures: readonly (readonly [id: string, figure: LiveFigure])[];
  readonly files: readonly (readonly [path: string, digest: string])[];
}

export interface BuildNotes extends RenderNotes {
  readonly pages: Memo<PageNote>;
  /** Digests of what readers can download of a figure. */
  readonly downloads: Memo<string>;
  readonly live: Memo<LiveNote>;
  /** Cut fonts, base64. */
  readonly fonts: Memo<string>;
  /** What compiling specifications of authors' own gave. */
  readonly trials: Memo<Trial>;
  /** Leaves what this build needed for the next one. */
  readonly save: () => void;
}

const names = [
  ...(['pages', 'bodies', 'searchLines', 'layouts', 'frames', 'downloads'] as const),
  ...(['live', 'fonts', 'trials'] as const),
] as const;
type Leaf = Readonly<Partial<Record<(typeof names)[number], Readonly<Record<string, unknown>>>>>;

/** Notes lie in so many files, by the start of their keys: a build writes those again in which something changed. */
const leaves = 64;

/** The notes of earlier builds of the report in a folder. */
export function openNotes(store: Pick<Store, 'recall' | 'remember'>, folder: string): BuildNotes {
  const nameOf = (leaf: number): string => `pages ${resolve(folder)} ${leaf}`;
  const program = once(() => `${programDigest()} ${process.version}`);
  const written = Array.from({ length: leaves }, (_, leaf): Leaf => {
    const bytes = store.recall(nameOf(leaf));
    return bytes === undefined ? {} : readLeaf(bytes, program());
  });
  const open = <Note>(name: (typeof names)[number]): ReturnType<typeof openMemo<Note>> =>
    openMemo(written.map((leaf) => (leaf[name] ?? {}) as Readonly<Record<string, Note>>));
  const notes = {
    pages: open<PageNote>('pages'),
    bodies: open<BodyNote>('bodies'),
    searchLines: open<Uint8Array>('searchLines'),
    layouts: open<LayoutNote>('layouts'),
    frames: open<readonly string[]>('frames'),
    downloads: open<string>('downloads'),
    live: open<LiveNote>('live'),
    fonts: open<string>('fonts'),
    trials: open<Trial>('trials'),
  };
  return {
    ...notes,
    save: () => {
      const used = written.map((): Record<string, Record<string, unknown>> => ({}));
      for (const name of names) {
        for (const [key, note] of notes[name].used()) {
          const leaf = used[leafOf(key)];
          if (leaf !== undefined) (leaf[name] ??= {})[key] = note;
        }
      }
      used.forEach((leaf, index) => {
        if (isSame(leaf, written[index] ?? {})) return;
        store.remember(nameOf(index), leafBytes(leaf, program()));
      });
    },
  };
}

/**
 * A leaf as it is kept: the program in a line, the notes as JSON in another, and then the bytes of the search lines, which
 * are most of it: no string is made of them.
 */
function leafBytes({ searchLines = {}, ...leaf }: Leaf, program: string): Uint8Array {
  const lines = Object.entries(searchLines) as [string, Uint8Array][];
  const lengths = lines.map(([key, { length }]) => [key, length]);
  const head = Buffer.from(`${program}\n${asciiJson({ ...leaf, lengths })}\n`, 'latin1');
  return Buffer.concat([head, ...lines.map(([, line]) => line)]);
}

/** Sealed by the store: what is read is what was written. Another program's says nothing. */
function readLeaf(bytes: Uint8Array, program: string): Leaf {
  const json = program.length + 1;
  if (asciiText(bytes.subarray(0, json)) !== `${program}\n`) return {};
  let start = bytes.indexOf(0x0a, json) + 1;
  const { lengths, ...leaf } = JSON.parse(asciiText(bytes.subarray(json, start))) as Leaf & {
    readonly lengths: readonly (readonly [key: string, length: number])[];
  };
  const searchLines: Record<string, Uint8Array> = {};
  for (const [key, length] of lengths) {
    searchLines[key] = bytes.subarray(start, start + length);
    start += length;
  }
  return { ...leaf, searchLines };
}

/** JSON in ASCII alone: text is read several times as fast when each byte is a character. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function asciiText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Keys start with a digest. */
function leafOf(key: string): number {
  return Number.parseInt(key.slice(0, 2), 16) % leaves;
}

/** Whether two leaves hold the same notes: what was found is the very value that was read. */
function isSame(one: Leaf, other: Leaf): boolean {
  return names.every((name) => {
    const [a, b] = [one[name] ?? {}, other[name] ?? {}];
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
  });
}
