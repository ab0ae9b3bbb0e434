/** Pages that were read before: one whose text is the same need not be read again. */
import type { Problem } from '../problem.js';
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

/** Reads every page anew. */
export const noPageMemo: PageMemo = { parsed: (_file, _text, read) => read() };
