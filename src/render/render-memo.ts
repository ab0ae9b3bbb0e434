/** What was rendered before: a page whose text and surroundings are the same need not be rendered again. */
import type { Memo } from '../shared/memo.js';
import {} from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import type { LazyContent } from '../shared/content.js';
import { once } from '../shared/lazy.js';
import type { Problem } from '../shared/problem.js';
import type { Heading } from './body.js';
import { idsIn, linksIn, type WrittenLink } from './check-links.js';

/** A body with all that its rendering said besides. */
export interface KnownBody extends BodyNote {
  readonly html: () => string;
  /** Its line of the search's script. */
  readonly searchLine: Uint8Array;
  readonly problems: readonly Problem[];
}

/** Of a body with nothing wrong in it, all but its HTML and its text for the search. */
export interface BodyNote {
  readonly headings: readonly Heading[];
  readonly links: readonly WrittenLink[];
  /** The characters of its formulas. */
  readonly formulas: string;
  /** Files of the report that it shows. */
  readonly media: readonly string[];
  /** Ids of the directives whose numbers it prints. */
  readonly numbers: readonly string[];
  /** Of the labelled things in it, the digests of their previews by their anchors. */
  readonly previews: readonly (readonly [string, string])[];
}

/** A whole page. */
export interface KnownPage {
  readonly content: string | LazyContent;
  readonly ids: readonly string[];
  /** The addresses in the frame around its body, as they are written there. */
  readonly frame: readonly string[];
}

/** Of a page, all but its HTML. */
export interface LayoutNote {
  readonly digest: string;
  readonly ids: readonly string[];
  /** Where the addresses of its frame are noted: pages of one folder have the same. */
  readonly frame: string;
}

/** What stands in a page's frame. */
export interface FramedBody {
  readonly html: () => string;
  /** Whether a template wrote it, whose addresses nobody has looked at. */
  readonly isOwn?: true;
  /** Whether it is large, and has neither ids nor formulas: its page is made when it is written, and not held until then. */
  readonly isLazy?: true;
}

export interface RenderMemo {
  /** What `render` gives for a page under a key that names all that it depends on, or gave before. */
  readonly body: (file: string, key: string, render: () => KnownBody) => KnownBody;
  /** The same for a whole page around a body, or what is wrong with its template. */
  readonly page: (
    file: string,
    key: string,
    render: (html: string) => string | Problem,
    body: FramedBody,
  ) => KnownPage | Problem;
}

/** What builds leave each other of the pages. */
export interface RenderNotes {
  readonly bodies: Memo<BodyNote>;
  readonly searchLines: Memo<Uint8Array>;
  readonly layouts: Memo<LayoutNote>;
  readonly frames: Memo<readonly string[]>;
}

/** Each page is rendered as a draft, and again with its results. */
const kept = 2;

/** Remembers the last of each page for as long as the process, and all that is right beyond it where there are notes. */
export function renderMemory(notes?: RenderNotes): RenderMemo {
  const bodies = lastKept<KnownBody>();
  const pages = lastKept<KnownPage | Problem>();
  return {
    body: (file, key, render) =>
      bodies(file, key, () => {
        const [note, line] = [notes?.bodies.find(key), notes?.searchLines.find(key)];
        if (note !== undefined && line !== undefined)
          return { ...note, searchLine: line, problems: [], html: once(() => render().html()) };
        const { html, problems, searchLine, ...made } = render();
        if (problems.length === 0) {
          notes?.bodies.keep(key, made);
          notes?.searchLines.keep(key, searchLine);
        }
        return { ...made, html, problems, searchLine };
      }),
    page: (file, key, render, body) =>
      pages(file, key, () => {
        const note = notes?.layouts.find(key);
        const frame = note === undefined ? undefined : notes?.frames.find(note.frame);
        if (note !== undefined && frame !== undefined) {
          const make = once(() => wholePage(file, render(body.html())));
          return { content: { digest: note.digest, make }, ids: note.ids, frame };
        }
        const page = laidOut(file, render, body);
        if (!('content' in page) || notes === undefined) return page;
        const { content, ids } = page;
        const keep = (written: string): string => {
          const name = sha256(JSON.stringify(page.frame));
          notes.frames.keep(name, page.frame);
          notes.layouts.keep(key, { digest: sha256(written), ids, frame: name });
          return written;
        };
        if (typeof content !== 'string') return { ...page, content: { ...content, make: () => keep(content.make()) } };
        keep(content);
        return page;
      }),
  };
}

/** Renders everything anew. */
export const noRenderMemo: RenderMemo = {
  body: (_file, _key, render) => render(),
  page: (file, _key, render, body) => laidOut(file, render, body),
};

interface LaidOutPage extends KnownPage {
  readonly content: string | { readonly digest: undefined; readonly make: () => string };
}

function laidOut(
  file: string,
  render: (html: string) => string | Problem,
  { html, isOwn, isLazy }: FramedBody,
): LaidOutPage | Problem {
  const body = isLazy === true ? '' : html();
  const page = render(body);
  if (typeof page !== 'string') return page;
  // What the body links to was looked at where it was written.
  const frame = linksIn(isOwn === true ? page : page.replace(body, () => ''));
  const content = isLazy === true ? { digest: undefined, make: () => wholePage(file, render(html())) } : page;
  return { content, ids: idsIn(page), frame };
}

/** A page whose frame has been laid out before. */
function wholePage(file: string, page: string | Problem): string {
  if (typeof page !== 'string') throw new Error(`${file}: ${page.message}`);
  return page;
}

function lastKept<Value>(): (file: string, key: string, render: () => Value) => Value {
  const known = new Map<string, Map<string, Value>>();
  return (file, key, render) => {
    const values = known.get(file) ?? new Map<string, Value>();
    known.set(file, values);
    const value = values.get(key) ?? render();
    // The newest last.
    values.delete(key);
    values.set(key, value);
    for (const old of [...values.keys()].slice(0, -kept)) values.delete(old);
    return value;
  };
}
