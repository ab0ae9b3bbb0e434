/** Pages that were read before: one whose text is the same need not be read again. */
import type { Problem } from '../shared/problem.js';
import type { Memo } from '../shared/memo.js';
import { sha256 } from '../shared/hash.js';
import { once } from '../shared/lazy.js';
import { type FoundDirective, lazyProse } from './directives.js';
import type { SourceLines } from './source-lines.js';
import type { MarkdownReader } from './markdown.js';
import type { ParsedPage } from './parse-page.js';
import type { InlineRequest, ProseOption } from './report.js';

export interface ReadPage {
  readonly page: ParsedPage | undefined;
  readonly problems: readonly Problem[];
}

export interface PageMemo {
  /** What `read` gives for a file with this text, or gave the last time. */
  readonly parsed: (
    file: string,
    text: string,
    reader: MarkdownReader,
    read: () => ReadPage,
    sources?: readonly SourceLines[],
  ) => ReadPage;
}

/** Remembers the last text of each file, for as long as the process. */
export function memoryOfPages(): PageMemo {
  const known = new Map<string, { readonly text: string; readonly around: string; readonly result: ReadPage }>();
  return {
    parsed: (file, text, { digest }, read, sources) => {
      const last = known.get(file);
      const around = JSON.stringify([digest, sources]);
      if (last?.text === text && last.around === around) return last.result;
      const result = read();
      known.set(file, { text, around, result });
      return result;
    },
  };
}

/** Of a page with nothing wrong in it, what is not its text or read from it when it is asked for. */
export interface PageNote
  extends Pick<ParsedPage, 'title' | 'titleId' | 'frontMatter' | 'nodes' | 'outline' | 'cited'> {
  readonly directives: readonly DirectiveNote[];
  readonly inline: readonly Omit<InlineRequest, 'placeOf'>[];
}

interface DirectiveNote extends Omit<FoundDirective, 'placeOf' | 'prose'> {
  /** The options that are Markdown. */
  readonly prose: readonly ProseOption[];
}

/** Remembers pages in a memo. Their trees, and the places of what stands in them, are read when they are asked for. */
export function notedPages(notes: Memo<PageNote>): PageMemo {
  return {
    parsed: (file, text, reader, read, sources) => {
      const digest = sha256(text);
      const key = sha256(JSON.stringify([file, digest, reader.digest, sources]));
      const note = notes.find(key);
      if (note !== undefined)
        return {
          page: pageOf(note, { file, text, digest, ...(sources !== undefined && { sources }) }, reader, read),
          problems: [],
        };
      const result = read();
      if (result.page !== undefined && result.problems.length === 0) notes.keep(key, noteOf(result.page));
      return result;
    },
  };
}

function noteOf({ title, titleId, frontMatter, nodes, outline, cited, directives, inline }: ParsedPage): PageNote {
  return {
    ...{ title, ...(titleId !== undefined && { titleId }), frontMatter, nodes, outline, cited },
    directives: directives.map(
      ({ kind, noun, label, id, text, readable, body, echo, fold, place, idPlace, at, prose }) => ({
        ...{ kind, noun, ...(label !== undefined && { label }), id, text, readable, body, place, idPlace, at },
        ...(echo !== undefined && { echo }),
        ...(fold !== undefined && { fold }),
        prose: Object.keys(prose) as ProseOption[],
      }),
    ),
    inline: inline.map(({ at, what, text, place, sentence }) => ({ at, what, text, place, sentence })),
  };
}

function pageOf(
  note: PageNote,
  { file, ...of }: Pick<ParsedPage, 'file' | 'text' | 'digest' | 'sources'>,
  reader: MarkdownReader,
  read: () => ReadPage,
): ParsedPage {
  const page = once((): ParsedPage => {
    const again = read().page;
    if (again === undefined) throw new Error(`${file} could be read once and now cannot`);
    return again;
  });
  return {
    ...{ file, ...of, ...note, lost: [] },
    tree: () => page().tree(),
    directives: note.directives.map((directive, index) => ({
      ...directive,
      prose: lazyProse(directive.prose, directive.body, reader),
      placeOf: (path, part) => page().directives[index]?.placeOf(path, part) ?? directive.place,
    })),
    inline: note.inline.map((request, index) => ({
      ...request,
      placeOf: (start, end) => page().inline[index]?.placeOf(start, end) ?? request.place,
    })),
  };
}

/** Reads every page anew. */
export const noPageMemo: PageMemo = { parsed: (_file, _text, _reader, read) => read() };
