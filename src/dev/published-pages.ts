/** The site of a draft, in memory. */
import { type Content, isLazy } from '../shared/content.js';
import type { RenderedFile } from '../render/render-pages.js';

export interface PublishedPages {
  readonly file: (path: string) => RenderedFile | undefined;
  readonly paths: () => readonly string[];
  /** Takes the whole site in place of the last one. */
  readonly replace: (files: readonly RenderedFile[]) => void;
}

/** Calls `changed` with the paths of what differs from the site before. */
export function publishedPages(changed: (paths: readonly string[]) => void): PublishedPages {
  let files: ReadonlyMap<string, RenderedFile> = new Map();
  return {
    file: (path) => files.get(path),
    paths: () => [...files.keys()],
    replace: (site) => {
      const differing = site.filter(({ path, content }) => !isSame(files.get(path)?.content, content));
      files = new Map(site.map((file) => [file.path, file]));
      if (differing.length > 0) changed(differing.map(({ path }) => path));
    },
  };
}

/** What is made when it is asked for is not made to be compared. */
function isSame(before: Content | undefined, now: Content): boolean {
  if (before === undefined) return false;
  if (typeof now === 'string') return before === now;
  if (isLazy(now)) return true;
  return before instanceof Uint8Array && Buffer.compare(before, now) === 0;
}
