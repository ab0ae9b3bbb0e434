/** What the last change of a report moved: numbers, claims, tables, figures and runs that are others than they were. */
import { accountOf, type Section } from '../diff/account.js';
import { differenceOf } from '../diff/difference.js';
import { type ComparedSite, comparedFiles } from '../pipeline/compared-site.js';
import { snapshotFile } from '../render/own-pages.js';
import type { RenderedFile } from '../render/render-pages.js';

export interface MovedEvent {
  readonly kind: 'moved';
  readonly sections: readonly Pick<Section, 'name' | 'said' | 'lines'>[];
}

export const nothingMoved: MovedEvent = { kind: 'moved', sections: [] };

/** What the author has just written, and what only moves numbers that no reader sees. */
const untold = new Set(['pages', 'directives', 'results']);

/**
 * Takes each site in turn, and tells how one in which nothing is missing differs from the last of its kind. A change of words
 * alone moves nothing.
 */
export function movesOf(notify: (event: MovedEvent) => void): (files: readonly RenderedFile[]) => void {
  let last: { readonly site: ComparedSite; readonly written: unknown } | undefined;
  return (files) => {
    const written = files.find(({ path }) => path === snapshotFile)?.content;
    if (written === undefined || written === last?.written) return;
    const site = comparedFiles(files);
    if (site === undefined) return;
    const before = last?.site;
    last = { site, written };
    if (before === undefined) return;
    const sections = accountOf(differenceOf(before.snapshot, site.snapshot), sideOf(before), sideOf(site));
    notify({ kind: 'moved', sections: sections.filter(({ name }) => !untold.has(name)) });
  };
}

function sideOf({ read }: ComparedSite): Parameters<typeof accountOf>[1] {
  return { read, result: () => undefined };
}
