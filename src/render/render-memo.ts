/** What was rendered before: a page whose text and surroundings are the same need not be rendered again. */
import type { Book } from '../book.js';
import { sha256 } from '../hash.js';
import { type Late, once } from '../late.js';
import type { Problem } from '../problem.js';
import type { Heading } from './body.js';
import { idsIn, linksIn, type WrittenLink } from './check-links.js';

/** A body with all that its rendering said besides. */
export interface KnownBody extends BodyNote {
  readonly html: () => string;
  readonly problems: readonly Problem[];
}

/** Of a body with nothing wrong in it, all but its HTML. */
export interface BodyNote {
  readonly headings: readonly Heading[];
  /** Its line of the search's script. */
  readonly searchLine: string;
  readonly links: readonly WrittenLink[];
  /** The characters of its formulas. */
  readonly formulas: string;
  /** Files of the report that it shows. */
  readonly media: readonly string[];
  /** Ids of the directives whose numbers it prints. */
  readonly numbers: readonly string[];
}

/** A whole page. */
export interface KnownPage {
  readonly content: string | Late;
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

export interface RenderMemo {
  /** What `render` gives for a page under a key that names all that it depends on, or gave before. */
  readonly body: (file: string, key: string, render: () => KnownBody) => KnownBody;
  /** The same for a whole page around a body, or what is wrong with its template. */
  readonly page: (file: string, key: string, render: () => string | Problem, body: () => string) => KnownPage | Problem;
}

/** What builds leave each other of the pages. */
export interface RenderNotes {
  readonly bodies: Book<BodyNote>;
  readonly layouts: Book<LayoutNote>;
  readonly frames: Book<readonly string[]>;
}

/** Each page is rendered as a draft, and again with its results. */
const kept = 2;

/** Remembers the last of each page for as long as the process, and all that is right beyond it where there are notes. */
export function renderMemory(notes?: RenderNotes): RenderMemo {
  const bodies = lastOf<KnownBody>();
  const pages = lastOf<KnownPage | Problem>();
  return {
    body: (file, key, render) =>
      bodies(file, key, () => {
        const note = notes?.bodies.find(key);
        if (note !== undefined) return { ...note, problems: [], html: once(() => render().html()) };
        const { html, problems, ...made } = render();
        if (problems.length === 0) notes?.bodies.keep(key, made);
        return { ...made, html, problems };
      }),
    page: (file, key, render, body) =>
      pages(file, key, () => {
        const note = notes?.layouts.find(key);
        const frame = note === undefined ? undefined : notes?.frames.find(note.frame);
        if (note !== undefined && frame !== undefined) {
          const make = once(() => {
            const page = render();
            if (typeof page !== 'string') throw new Error(`${file}: ${page.message}`);
            return page;
          });
          return { content: { digest: note.digest, make }, ids: note.ids, frame };
        }
        const page = laidOut(render(), body);
        if ('content' in page && notes !== undefined) {
          const name = sha256(JSON.stringify(page.frame));
          notes.frames.keep(name, page.frame);
          notes.layouts.keep(key, { digest: sha256(page.content), ids: page.ids, frame: name });
        }
        return page;
      }),
  };
}

/** Renders everything anew. */
export const noRenderMemo: RenderMemo = {
  body: (_file, _key, render) => render(),
  page: (_file, _key, render, body) => laidOut(render(), body),
};

function laidOut(page: string | Problem, body: () => string): (KnownPage & { readonly content: string }) | Problem {
  if (typeof page !== 'string') return page;
  // What the body links to was looked at where it was written.
  return { content: page, ids: idsIn(page), frame: linksIn(page.replace(body(), () => '')) };
}

function lastOf<Value>(): (file: string, key: string, render: () => Value) => Value {
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
