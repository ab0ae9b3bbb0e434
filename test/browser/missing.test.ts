/** The page for wrong addresses of a site that was built without a word about where it will stand. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { temporaryFolder, writeFiles } from '../report-folder.js';
import { launchChromium } from './chromium.js';
import { serveFolder } from './serve-folder.js';
import { everyNth } from '../every-nth.js';

let browser: Browser;
let site: string;
beforeAll(async () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'report/index.md': '---\ntitle: Start\n---\n\nFirst words.\n',
    'report/guide/more.md': '---\ntitle: More\n---\n\nA walrus.\n',
  });
  site = join(folder, 'site');
  expect(colophon(folder, 'build', join(folder, 'report'), '--out', site).code).toBe(0);
  browser = await launchChromium();
});
afterAll(async () => browser.close());

const addresses = [
  ['/', 'missing.html'],
  ['/', 'missing/deep/page'],
  ['/course/', 'missing.html'],
  ['/course/', 'missing/'],
  ['/course/', 'missing/deep/page'],
  ['/a/b c/ö/', '1/2/3/4/5/6/7/8'],
] as const;
it.each(everyNth(2, addresses))('of a site at %s it finds what it links to and loads, at %s', async (base, path) => {
  const server = await serveFolder(site, base);
  const root = new URL(server.address).href;
  const page = await browser.newPage();
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
      throw new Error(`refused: ${blockedURI}`);
    });
  });
  expect((await page.goto(root + path))?.status()).toBe(404);
  const links = (): Promise<string[]> =>
    page.$$eval('a[href]:not([href^="#"])', (all) => all.map((link) => (link as HTMLAnchorElement).href));
  await expect.poll(async () => (await links()).every((link) => link.startsWith(root))).toBe(true);
  for (const link of new Set(await links())) expect([link, (await fetch(link)).status]).toEqual([link, 200]);
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Source Serif');
  // What the page's own script makes works too: the search, which loads a script of its own.
  await page.locator('[data-tool="search"]:not([hidden])').waitFor();
  await page.keyboard.press('/');
  await page.locator('dialog.colophon-search[open] input').fill('walrus');
  await page.locator('[role=option][aria-selected=true] mark').first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${root}guide/more.html`);
  expect(thrown).toEqual([]);
  await page.close();
  await server.close();
});
