/** No link stands in another, whether Markdown or raw HTML wrote it. */
import { expect, it } from 'vitest';
import { markdownToHtml } from '../source/markdown-to-html.js';

it.each([
  ['[text <a href="x.html">y</a> z](u)', '<p><a href="u">text y z</a></p>'],
  ['[a <span><a href="b">b</a></span>](u)', '<p><a href="u">a <span>b</span></a></p>'],
  ['[a <a href="b">open](u) rest', '<p><a href="u">a open</a> rest</p>'],
  ['[a <a id="q">y</a>](u)', '<p><a href="u">a <span id="q">y</span></a></p>'],
  ['<a href="x">raw [md](u) end</a>', '<p><a href="x">raw </a><a href="u">md</a> end</p>'],
])('%s', (markdown, html) => {
  expect(markdownToHtml(markdown).trim()).toBe(html);
});
