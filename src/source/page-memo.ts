/** Pages that were read before: one whose text is the same need not be read again. */
import type { Problem } from '../problem.js';
import type { Memo } from '../memo.js';
import { sha256 } from '../hash.js';
import { once } from '../lazy.js';
import type { ParsedPage } from './parse-page.js';

export interface ReadPage {
  readonly page: ParsedPage | undefined;
  readonly problems: readonly Problem[];
}

export interface PageMemo {
  /** What `read` gives for a file with this text, or gave the last time. */
  readonly parsed: (file: string, text: string, read: () => ReadPage) => ReadPage;
}

/** Remembers the last text of each file, for as long as the process. */
export function memoryOfPages(): PageMemo {
  const known = new Map<string, { readonly text: string; readonly result: ReadPage }>();
  return {
    parsed: (file, text, read) => {
      const last = known.get(file);
      if (last?.text === text) return last.result;
      const result = read();
      known.set(file, { text, result });
      return result;
    },
  };
}

/** Of a page that computes nothing and has nothing wrong with it, what is not its text or read from it when asked for. */
export type PageNote = Pick<ParsedPage, 'title' | 'frontMatter' | 'outline'>;

/** Remembers pages in a book: those that compute nothing. Their trees are read when they are asked for. */
export function notedPages(notes: Memo<PageNote>): PageMemo {
  return {
    parsed: (file, text, read) => {
      const digest = sha256(text);
      const key = sha256(JSON.stringify([file, digest]));
      const note = notes.find(key);
      if (note !== undefined) {
        const tree = once(() => {
          const { page } = read();
          if (page === undefined) throw new Error(`${file} could be read once and now cannot`);
          return page.tree();
        });
        return { page: { file, text, digest, ...note, tree, directives: [], lost: [], living: [] }, problems: [] };
      }
      const result = read();
      if (result.page !== undefined && result.problems.length === 0) {
        const { title, frontMatter, outline, directives, living } = result.page;
        if (directives.length + living.length === 0) notes.keep(key, { title, frontMatter, outline });
      }
      return result;
    },
  };
}

/** Reads every page anew. */
export const noPageMemo: PageMemo = { parsed: (_file, _text, read) => read() };
