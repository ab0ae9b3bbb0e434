/**
 * What the builds of one report leave each other of its pages: everything under a key that names all that it depends on, and
 * for this very program only. A page whose key is known is not rendered while the site has it as it was.
 */
import { resolve } from 'node:path';
import { type Memo, openMemo } from '../shared/memo.js';
import type { Trial } from '../figures/try-figure.js';
import { once } from '../shared/lazy.js';
import { programDigest } from '../shared/program.js';
import { type BodyNote, type LayoutNote, type RenderMemo, renderMemory } from '../render/render-memo.js';
import type { Templates } from '../render/templates.js';
import { memoryOfPages, notedPages, type PageMemo, type PageNote } from '../source/page-memo.js';
import type { Store } from '../store/store.js';
import type { InteractiveMemo } from './interactive-figures.js';

/** What is known of a report from before. */
export interface Memos {
  readonly pages: PageMemo;
  readonly render: RenderMemo;
  /** The templates that `load` gives, or gave before. */
  readonly templates: (load: () => Templates) => Templates;
  /** Digests of what readers can download of a figure. */
  readonly downloads: Memo<string>;
  readonly interactive: Memo<InteractiveMemo>;
  /** Cut fonts, base64. */
  readonly fonts: Memo<string>;
  /** What compiling specifications of authors' own gave. */
  readonly trials: Memo<Trial>;
}

export interface SavedMemos extends Memos {
  /** Leaves what this build needed for the next one. */
  readonly save: () => void;
}

const names = [
  ...(['pages', 'bodies', 'searchLines', 'layouts', 'frames', 'downloads'] as const),
  ...(['interactive', 'fonts', 'trials'] as const),
] as const;
type Shard = Readonly<Partial<Record<(typeof names)[number], Readonly<Record<string, unknown>>>>>;

/** Notes lie in so many files, by the start of their keys: a build writes those again in which something changed. */
const shardCount = 64;

/** What earlier builds left of the report in a folder. */
export function savedMemos(store: Pick<Store, 'recall' | 'remember'>, folder: string): SavedMemos {
  const nameOf = (shard: number): string => `pages ${resolve(folder)} ${shard}`;
  const program = once(() => `${programDigest()} ${process.version}`);
  const written = Array.from({ length: shardCount }, (_, shard): Shard => {
    const bytes = store.recall(nameOf(shard));
    return bytes === undefined ? {} : readShard(bytes, program());
  });
  const open = <Note>(name: (typeof names)[number]): ReturnType<typeof openMemo<Note>> =>
    openMemo(written.map((shard) => (shard[name] ?? {}) as Readonly<Record<string, Note>>));
  const memos = {
    pages: open<PageNote>('pages'),
    bodies: open<BodyNote>('bodies'),
    searchLines: open<Uint8Array>('searchLines'),
    layouts: open<LayoutNote>('layouts'),
    frames: open<readonly string[]>('frames'),
    downloads: open<string>('downloads'),
    interactive: open<InteractiveMemo>('interactive'),
    fonts: open<string>('fonts'),
    trials: open<Trial>('trials'),
  };
  const { downloads, interactive, fonts, trials } = memos;
  return {
    ...{ downloads, interactive, fonts, trials },
    pages: notedPages(memos.pages),
    render: renderMemory(memos),
    templates: (load) => load(),
    save: () => {
      const used = written.map((): Record<string, Record<string, unknown>> => ({}));
      for (const name of names) {
        for (const [key, note] of memos[name].used()) {
          const shard = used[shardOf(key)];
          if (shard !== undefined) (shard[name] ??= {})[key] = note;
        }
      }
      used.forEach((shard, index) => {
        if (isSame(shard, written[index] ?? {})) return;
        store.remember(nameOf(index), shardBytes(shard, program()));
      });
    },
  };
}

/**
 * A shard as it is kept: the program in a line, the notes as JSON in another, and then the bytes of the search lines, which
 * are most of it: no string is made of them.
 */
function shardBytes({ searchLines = {}, ...shard }: Shard, program: string): Uint8Array {
  const lines = Object.entries(searchLines) as [string, Uint8Array][];
  const lengths = lines.map(([key, { length }]) => [key, length]);
  const head = Buffer.from(`${program}\n${asciiJson({ ...shard, lengths })}\n`, 'latin1');
  return Buffer.concat([head, ...lines.map(([, line]) => line)]);
}

/** Sealed by the store: what is read is what was written. Another program's says nothing. */
function readShard(bytes: Uint8Array, program: string): Shard {
  const json = program.length + 1;
  if (asciiText(bytes.subarray(0, json)) !== `${program}\n`) return {};
  let start = bytes.indexOf(0x0a, json) + 1;
  const { lengths, ...shard } = JSON.parse(asciiText(bytes.subarray(json, start))) as Shard & {
    readonly lengths: readonly (readonly [key: string, length: number])[];
  };
  const searchLines: Record<string, Uint8Array> = {};
  for (const [key, length] of lengths) {
    searchLines[key] = bytes.subarray(start, start + length);
    start += length;
  }
  return { ...shard, searchLines };
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
function shardOf(key: string): number {
  return Number.parseInt(key.slice(0, 2), 16) % shardCount;
}

/** Whether two shards hold the same notes: what was found is the very value that was read. */
function isSame(one: Shard, other: Shard): boolean {
  return names.every((name) => {
    const [a, b] = [one[name] ?? {}, other[name] ?? {}];
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
  });
}

/** What one process keeps for as long as it runs. */
export function sessionMemos(): Memos & {
  /** Forgets what depends on files other than pages: templates, and bodies of pages that show such a file. */
  readonly forgetFiles: () => void;
} {
  let render = renderMemory();
  let templates: Templates | undefined;
  return {
    pages: memoryOfPages(),
    render: {
      body: (...page) => render.body(...page),
      page: (...page) => render.page(...page),
    },
    templates: (load) => (templates ??= load()),
    ...{ downloads: openMemo(), interactive: openMemo(), fonts: openMemo(), trials: openMemo() },
    forgetFiles: () => {
      render = renderMemory();
      templates = undefined;
    },
  };
}
