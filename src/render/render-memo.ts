/** What was rendered before: a page whose text and surroundings are the same need not be rendered again. */
import type { Problem } from '../problem.js';
import type { Body } from './body.js';
import type { WrittenLink } from './check-links.js';

/** A body with all that its rendering said besides. */
export interface KnownBody {
  readonly body: Body;
  readonly problems: readonly Problem[];
  readonly links: readonly WrittenLink[];
  /** Files of the report that it shows. */
  readonly media: readonly string[];
  /** Ids of the directives whose numbers it prints. */
  readonly numbers: readonly string[];
}

export interface RenderMemo {
  /** What `render` gives for a page under a key that names all that it depends on, or gave before. */
  readonly body: (file: string, key: string, render: () => KnownBody) => KnownBody;
  /** The same for a whole page, or what is wrong with its template. */
  readonly page: (file: string, key: string, render: () => string | Problem) => string | Problem;
}

/** Each page is rendered as a draft, and again with its results. */
const kept = 2;

/** Remembers the last of each page, for as long as the process. */
export function renderMemory(): RenderMemo {
  return { body: lastOf<KnownBody>(), page: lastOf<string | Problem>() };
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

/** Renders everything anew. */
export const noRenderMemo: RenderMemo = {
  body: (_file, _key, render) => render(),
  page: (_file, _key, render) => render(),
};
