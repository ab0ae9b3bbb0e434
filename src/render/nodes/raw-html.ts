/**
 * The HTML that an author may write: an allow-list of elements that say what Markdown cannot (`<kbd>`, `<details>`,
 * tables with spans) with harmless attributes. Tags are read, checked against the list, closed in order and written anew;
 * nothing that was written goes through as it is.
 */
import { dictionary } from '../../shared/dictionary.js';
import type { Html } from 'mdast';
import { suggestion } from '../../shared/suggest.js';
import { escapeKeepingReferences } from '../html.js';
import type { Writer } from './writer.js';

const phrasing = new Set(
  'abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);
const flow = new Set(
  'blockquote caption col colgroup dd details div dl dt figcaption figure hr li ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const empty = new Set(['br', 'hr', 'wbr', 'col']);
/** Elements whose content is no text either. */
const swallowed = new Set(
  'iframe math noembed noframes noscript object script select style svg template textarea title xmp'.split(' '),
);

const parents = dictionary<readonly string[]>({
  li: ['ul', 'ol'],
  dt: ['dl', 'div'],
  dd: ['dl', 'div'],
  summary: ['details'],
  figcaption: ['figure'],
  caption: ['table'],
  colgroup: ['table'],
  col: ['colgroup'],
  thead: ['table'],
  tbody: ['table'],
  tfoot: ['table'],
  tr: ['table', 'thead', 'tbody', 'tfoot'],
  th: ['tr'],
  td: ['tr'],
  rt: ['ruby'],
  rp: ['ruby'],
});

const attributes = dictionary<readonly string[]>({
  '*': ['title', 'lang', 'dir', 'class'],
  details: ['open'],
  ol: ['start', 'reversed'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  time: ['datetime'],
  data: ['value'],
  col: ['span'],
  colgroup: ['span'],
});

const token =
  /<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<![A-Za-z][^>]*>?|<(\/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>|[^<]+|</g;
const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** The tags that raw HTML has opened among the children of one parent. */
export class OpenTags {
  readonly #open: string[] = [];
  readonly #writer: Writer;
  readonly #inline: boolean;
  #swallowing: string | undefined;

  constructor(writer: Writer, inline: boolean) {
    this.#writer = writer;
    this.#inline = inline;
  }

  /** Whether what comes next is content of an element that is not published. */
  get swallowing(): boolean {
    return this.#swallowing !== undefined;
  }

  /** The safe part of a node of raw HTML. */
  write(node: Html): string {
    let written = '';
    for (const match of node.value.matchAll(token)) {
      const [whole, slash, name] = match;
      const start = match.index;
      if (name === undefined) {
        if (this.#swallowing === undefined && !/^<[!?]/.test(whole)) written += escapeKeepingReferences(whole);
        continue;
      }
      const tag = name.toLowerCase();
      if (this.#swallowing !== undefined) {
        if (slash === '/' && tag === this.#swallowing) this.#swallowing = undefined;
        continue;
      }
      written += slash === '/' ? this.#close(tag) : this.#begin(node, tag, match[3] ?? '', start, whole.length);
    }
    return written;
  }

  /** Closes what is still open. */
  end(): string {
    let written = '';
    for (let tag = this.#open.pop(); tag !== undefined; tag = this.#open.pop()) written += `</${tag}>`;
    this.#swallowing = undefined;
    return written;
  }

  #close(tag: string): string {
    const at = this.#open.lastIndexOf(tag);
    if (at < 0) return '';
    return this.#open
      .splice(at)
      .reverse()
      .map((open) => `</${open}>`)
      .join('');
  }

  #begin(node: Html, tag: string, written: string, start: number, length: number): string {
    const drop = (message: string, hint: string): '' => {
      this.#writer.problem(node, { rule: 'raw-html', message, hint, severity: 'warning' }, start, start + length);
      return '';
    };
    if (swallowed.has(tag)) {
      this.#swallowing = tag;
      return drop(`<${tag}> and what it holds are not published`, 'leave it out, or write Markdown');
    }
    if (!phrasing.has(tag) && !flow.has(tag)) {
      const known = [...phrasing, ...(this.#inline ? [] : flow)];
      return drop(`<${tag}> is not published`, tag.length > 1 ? suggestion(tag, known) : 'write Markdown');
    }
    if (this.#inline && flow.has(tag)) {
      return drop(`<${tag}> cannot stand inside a line of text`, 'write it on a line of its own, after a blank line');
    }
    const allowed = parents[tag];
    const parent = this.#open.at(-1);
    if (allowed !== undefined && (parent === undefined || !allowed.includes(parent))) {
      return drop(`<${tag}> belongs inside <${allowed.join('> or <')}>`, 'put it there, or leave it out');
    }
    let kept = '';
    const given = new Set<string>();
    for (const [, name = '', double, single, bare] of written.matchAll(attribute)) {
      const lower = name.toLowerCase();
      if (given.has(lower)) continue;
      given.add(lower);
      const known = attributes['*']?.includes(lower) === true || attributes[tag]?.includes(lower) === true;
      if (known) kept += ` ${lower}="${escapeKeepingReferences(double ?? single ?? bare ?? '')}"`;
      else drop(`the attribute "${lower}" of <${tag}> is not published`, 'leave it out');
    }
    if (empty.has(tag)) return `<${tag}${kept}>`;
    this.#open.push(tag);
    return `<${tag}${kept}>`;
  }
}
