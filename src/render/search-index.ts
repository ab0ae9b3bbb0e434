/** What the search of a site reads: a script that any page can load, also from file://, with a line for each page. */
import { dataScriptAround } from '../shared/data-script.js';
import { countWords, type SearchPage } from '../shared/search-options.js';
import type { Section } from './sections.js';

/** The line of a page, in UTF-8: nothing on another page is in it. */
export function searchLine(title: string, address: string, sections: readonly Section[]): Uint8Array {
  const page: SearchPage = [
    address.split('/').map(encodeURIComponent).join('/'),
    title,
    sections.map(({ anchor, heading, text }) => [anchor, heading, text, countWords(text)]),
  ];
  return Buffer.from(JSON.stringify(page));
}

/** The script with the lines of all pages, which leaves them where the search finds them. */
export function searchIndex(lines: readonly Uint8Array[]): Uint8Array {
  const [before, after] = dataScriptAround('search');
  const between = Buffer.from(',\n');
  return Buffer.concat([
    Buffer.from(`${before}[\n`),
    ...lines.flatMap((line, index) => (index === 0 ? [line] : [between, line])),
    Buffer.from(`\n]${after}`),
  ]);
}
