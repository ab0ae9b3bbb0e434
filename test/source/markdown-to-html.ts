/** Markdown through the pages' own parser and writers, without typography and ids, to compare with others' HTML. */
import { languageOf } from '../../src/languages/language.js';
import { renderBody } from '../../src/render/body.js';
import type { Addresses } from '../../src/render/nodes/writer.js';
import { noBibliography } from '../../src/render/citations/style.js';
import type { Problem } from '../../src/shared/problem.js';
import { standardReader } from '../../src/source/markdown.js';

/** Addresses are those that were written, unless others are given. */
export function markdownToHtml(
  markdown: string,
  addresses: Addresses = { link: ({ url }) => url, image: ({ url }) => url },
): string {
  const problems: Problem[] = [];
  return renderBody(standardReader.parse(markdown), {
    file: 'index.md',
    address: 'index.html',
    origin: { source: () => '', place: () => ({ file: 'index.md', line: 1, column: 1 }) },
    language: languageOf('en'),
    labels: new Map(),
    leftOut: new Map(),
    anchors: [],
    pages: new Map(),
    replace: () => undefined,
    addresses,
    media: (file) => ({ address: file }),
    links: [],
    bibliography: noBibliography,
    problems,
    typography: false,
    sectionNumber: () => undefined,
  }).html;
}

/** HTML without differences that mean nothing: blanks between blocks, how a void element or a quote is written. */
export function normalised(html: string): string {
  return html
    .replace(/ \/>/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/<span class="hljs[^"]*">|<\/span>/g, '')
    .replace(/<(\/?)s>/g, '<$1del>')
    .replace(/\s+scope="col"/g, '')
    .replace(
      /\s*(<\/?(?:p|ul|ol|li|blockquote|pre|h[1-6]|hr|table|thead|tbody|tr|td|th|div|br)(?:\s[^>]*)?>)\s*/g,
      '$1',
    )
    .replace(/^\s+|\s+$/g, '');
}
