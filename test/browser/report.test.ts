/** The report of this repository as it is published, built once: how much of it a reader loads. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';

const root = join(import.meta.dirname, '../..');
const kilobyte = 1024;
let browser: Browser;
let site: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  site = join(folder, 'site');
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'build', join(root, 'report'), '--out', site], {
    cwd: folder,
    stdio: 'pipe',
  });
  browser = await launchChromium();
  // It is nine seconds of two idle cores.
}, 600_000);
afterAll(async () => browser.close());

const files = (pattern: RegExp): string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((path) => pattern.test(path))
    .sort();
/** What a server that compresses sends of a file; fonts and pictures are compressed already. */
const sent = (path: string): number => {
  const bytes = readFileSync(join(site, path));
  return /\.(?:woff2|png)$/.test(path) ? bytes.length : gzipSync(bytes, { level: 9 }).length;
};
const largest = (paths: readonly string[], size: (path: string) => number): { path: string; size: number } =>
  paths.map((path) => ({ path, size: size(path) })).sort((a, b) => b.size - a.size)[0] ?? { path: 'nothing', size: 0 };

it('a page is at most 100 KB of HTML and style before a reader does anything', () => {
  const [style = ''] = files(/^assets\/style-.*\.css$/);
  const { path, size } = largest(files(/\.html$/), (page) => sent(page) + sent(style));
  console.log(`largest page: ${path}, ${(size / kilobyte).toFixed(1)} KB with its style`);
  expect(size, path).toBeLessThanOrEqual(100 * kilobyte);
});

it('Vega is at most 220 KB, the weights of all the trainings with sliders at most 400 KB', () => {
  const [vega = ''] = files(/^assets\/vega-.*\.js$/);
  const weights = files(/^assets\/training-.*\.js$/).map(sent);
  console.log(
    `vega: ${(sent(vega) / kilobyte).toFixed(1)} KB; weights: ${weights.map((size) => (size / kilobyte).toFixed(1)).join(' + ')} KB`,
  );
  expect(sent(vega)).toBeLessThanOrEqual(220 * kilobyte);
  expect(weights).toHaveLength(2);
  expect(weights.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(400 * kilobyte);
});

it('a drawing is at most 60 KB', () => {
  const drawings = files(/^figures\/.*\.svg$/);
  expect(drawings.length).toBeGreaterThan(20);
  const { path, size } = largest(drawings, (drawing) => statSync(join(site, drawing)).size);
  console.log(`largest drawing: ${path}, ${(size / kilobyte).toFixed(1)} KB`);
  expect(size, path).toBeLessThanOrEqual(60 * kilobyte);
});

// Fonts are as many as the page's text has, whatever a reader does: they are told, not counted.
it('a page with all that it loads when a reader scrolls through it, searches and unfolds is at most 1 MB', async () => {
  const { context, open, complaints, close } = await visit(browser, site, 'http', {
    viewport: { width: 1300, height: 1000 },
  });
  const pages = files(/\.html$/).filter((path) =>
    /<div class="drawing" data-/.test(readFileSync(join(site, path), 'utf8')),
  );
  expect(pages.length).toBeGreaterThan(4);
  const totals: string[] = [];
  for (const path of pages) {
    const loaded = new Set<string>();
    const note = (request: { url: () => string }): void => {
      loaded.add(decodeURIComponent(new URL(request.url()).pathname.slice(1)));
    };
    context.on('request', note);
    const here = await open(path);
    const figures = here.locator('figure:has([data-live], [data-vega])');
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('.live, .alive > svg[tabindex]').first().waitFor();
    }
    await here.locator('details.origin > summary').last().click();
    await here.locator('[data-tool="search"]').first().click();
    await here.locator('dialog.search[open] input').waitFor();
    context.off('request', note);
    await here.close();
    const total = (paths: readonly string[]): number => paths.reduce((sum, one) => sum + sent(one), 0);
    const all = [...loaded].filter((one) => one !== 'favicon.ico');
    const size = total(all.filter((one) => !one.endsWith('.woff2')));
    totals.push(`${path} ${(size / kilobyte).toFixed(0)} (with fonts ${(total(all) / kilobyte).toFixed(0)})`);
    expect(size, `${path}: ${[...loaded].join(', ')}`).toBeLessThanOrEqual(1024 * kilobyte);
  }
  console.log(`KB loaded: ${totals.join(', ')}`);
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});
