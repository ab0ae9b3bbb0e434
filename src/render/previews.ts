/**
 * What a reference to another page shows beside it: copies of labelled things, each in a script of its own, because a page
 * opened from disk can load nothing else of another.
 */
import { dataScript } from '../shared/data-script.js';
import { labelNamed, writtenReferences } from '../shared/label-kinds.js';
import { sha256 } from '../shared/hash.js';
import type { LazyContent } from '../shared/content.js';
import type { Report } from '../source/report.js';
import type { Label } from './labels.js';

/** Of a section, its heading and this many blocks. */
const mostBlocks = 3;

/** Labels may hold `:`, which not every file system has in names. */
export function previewFile(anchor: string): string {
  return `previews/${anchor.replaceAll(':', '+')}.js`;
}

/** The labels that pages other than their own refer to, as far as their text tells. */
export function referredElsewhere({ pages, labels }: Pick<Report, 'pages' | 'labels'>): ReadonlySet<Label> {
  const found = new Set<Label>();
  for (const { text, address } of pages) {
    for (const [, name = ''] of text.matchAll(writtenReferences)) {
      const label = labels.get(labelNamed(name) ?? '');
      if (label !== undefined && label.address !== address) found.add(label);
    }
  }
  return found;
}

/** Of labelled things in a body, the digests of their scripts by their anchors. */
export function previewDigests(html: string, anchors: readonly string[]): [string, string][] {
  return anchors.map((anchor) => [anchor, sha256(previewScript(html, anchor))]);
}

/** The script with a copy of what has this id in a body; its digest is known where the body has been rendered before. */
export function preview(
  { html, previews }: { readonly html: () => string; readonly previews: readonly (readonly [string, string])[] },
  anchor: string,
): LazyContent {
  const [, digest] = previews.find(([own]) => own === anchor) ?? [];
  return { digest, make: () => previewScript(html(), anchor) };
}

function previewScript(html: string, anchor: string): string {
  return dataScript(`preview:${anchor}`, JSON.stringify(withoutOrigin(copyOf(html, anchor))));
}

/** The element of this id; of a heading also how its section starts. Empty when the body has none. */
function copyOf(html: string, anchor: string): string {
  const id = html.indexOf(` id="${anchor}"`);
  if (id < 0) return '';
  const named = html.lastIndexOf('<', id);
  let end = elementEnd(html, named);
  if (!/^<h[1-6]/.test(html.slice(named, named + 3))) return html.slice(named, end);
  for (let blocks = 0; blocks < mostBlocks; blocks += 1) {
    const next = html.indexOf('<', end);
    if (next < 0 || !/^<(?!h[1-6]\b)[a-z]/.test(html.slice(next, next + 4))) break;
    end = elementEnd(html, next);
  }
  return html.slice(named, end);
}

/** Where the element that starts at `start` is over. */
function elementEnd(html: string, start: number): number {
  const name = /^<([a-z0-9]+)/.exec(html.slice(start, start + 20))?.[1] ?? '';
  if (name === 'hr') return html.indexOf('>', start) + 1;
  const tags = new RegExp(`<(/?)${name}(?=[\\s>])`, 'g');
  tags.lastIndex = start;
  let depth = 0;
  for (let tag = tags.exec(html); tag !== null; tag = tags.exec(html)) {
    depth += tag[1] === '' ? 1 : -1;
    if (depth === 0) return html.indexOf('>', tag.index) + 1;
  }
  return html.length;
}

/** Without the accounts of how figures were made. */
function withoutOrigin(html: string): string {
  const start = html.indexOf('<div class="origin"');
  return start < 0 ? html : withoutOrigin(html.slice(0, start) + html.slice(elementEnd(html, start)));
}
