/** A heading may be called anything: no id of an author's is one that the program uses, and no script loses its way. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser.close());

const text = (heading: string): string => `## ${heading}\n\nSomething about it.`;

/** A report with everything that has an id, and these headings. */
function report(headings: readonly string[]): Record<string, string> {
  return {
    'report/index.md': page(
      ...headings.map(text),
      waves,
      small,
      block('figure #fig-data', 'show: waves.data', 'caption: The data.'),
      block('figure #fig-kernel', 'show: grads.kernel', 'where: { hidden: 4 }', 'at: [20]'),
      block('features #grads', 'of: small'),
      block('figure #fig-slider', 'show: small.fit', 'slider: step'),
      'A note[^a], a work [@jacot], and @sec-there on another page.',
      '[^a]: The note.',
    ),
    'report/other.md': page('## There {#sec-there}\n\nThe text of the section.'),
    'report/references.bib': '@article{jacot, author = {Arthur Jacot}, title = {Kernels}, year = {2018}}\n',
  };
}

const ids = (html: string): string[] => [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id);

it('every id and every global name of the program as a heading: search, contents, previews and figures work', async () => {
  const plain = reportFolder(report([]));
  expect(colophon(plain, 'build', 'report').code).toBe(0);
  const used = ids(readFileSync(`${plain}/site/index.html`, 'utf8'));
  expect(used).toContain('colophon.contents');
  expect(used).toContain('fnref-1');
  const names = [
    'Colophon',
    'colophonSearch',
    'colophonSearchPages',
    'Contents',
    'Content',
    'Search',
    'search-results',
  ];
  const more = [
    'colophon.results',
    'colophon.result-0',
    'footnote-label',
    'given',
    'document',
    'location',
    'clip1',
    'gradient_0',
  ];
  const folder = reportFolder(report([...new Set([...used, ...names, ...more])]));
  const { code, err } = colophon(folder, 'build', 'report');
  expect(err).not.toMatch(/duplicate/);
  expect(code).toBe(0);
  const html = readFileSync(`${folder}/site/index.html`, 'utf8');
  const all = ids(html);
  expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
  // Those of the program are what they were, and a heading is called as ever where nothing is in its way.
  for (const id of used) expect(all).toContain(id);
  for (const id of ['colophon', 'contents', 'content', 'search']) expect(html).toContain(`<h2 id="${id}">`);

  const { open, complaints, close } = await visit(browser, `${folder}/site`, 'http', {
    viewport: { width: 500, height: 800 },
  });
  const here = await open('index.html');
  await here.getByRole('button', { name: 'Contents' }).click();
  await here.locator('nav.contents').waitFor({ state: 'visible' });
  await here.locator('nav.contents a').first().click();
  const again = await open('index.html');
  await again.getByRole('button', { name: 'Search' }).click();
  await again.getByRole('combobox').fill('section');
  await again.getByRole('option').first().waitFor();
  await again.keyboard.press('Escape');
  for (const id of ['fig-data', 'fig-kernel', 'fig-slider']) {
    await again.locator(`[id="${id}"]`).scrollIntoViewIfNeeded();
    await again
      .locator(id === 'fig-slider' ? `#${id} .colophon-alive` : `#${id} .colophon-redrawn > svg`)
      .first()
      .waitFor();
  }
  await again.setViewportSize({ width: 1300, height: 800 });
  await again.locator('article a[href="other.html#sec-there"]').hover();
  await again.locator('.colophon-preview', { hasText: 'The text of the section' }).waitFor();
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});

it('an id that an author gives to a heading and that something else has is a problem at its place', () => {
  const given = ['fn-1', 'references', 'exp-waves', 'fig-data', 'ref-jacot', 'mine'];
  const files = report([]);
  const folder = reportFolder({
    ...files,
    'report/index.md': `${files['report/index.md']}\n${[...given, 'mine', 'free'].map((id) => `## A {#${id}}`).join('\n\n')}\n`,
  });
  const { code, err } = colophon(folder, 'build', 'report');
  expect(code).toBe(1);
  const said = [...err.matchAll(/index\.md:\d+:\d+ {2}duplicate-id .* the id "([^"]*)"/g)].map(([, id]) => id);
  expect(said).toEqual(['fn-1', 'references', 'exp-waves', 'fig-data', 'ref-jacot', 'mine']);
});
