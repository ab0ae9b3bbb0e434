/** The labels of every picture of the gallery, drawn, drawn again by Vega and moving: none touches another or is cut off. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gallery, galleryPage, planeFiles } from '../figures/gallery.js';
import { block, reportFolder } from '../report-folder.js';
import { colophon } from '../colophon.js';
import { everyNth } from '../every-nth.js';
import { launchChromium, visit } from './chromium.js';
import { badLabels, screens } from './labels.js';

const moving = [
  ['fit', 'net.fit'],
  ['curves', 'net.learning-curves'],
  ['seeds', 'seeds.learning-curves'],
  ['elbows', 'net.elbows'],
  ['features', 'wide-grads.features'],
  ['values', 'spectrum.singular-values'],
  ['principal', 'spectrum.principal-features'],
] as const;

let browser: Browser;
let site: string;

beforeAll(async () => {
  // Each twice: the panels of all widths, and one panel alone.
  const figures = moving.flatMap(([name, show]) => [
    block(`figure #fig-moving-${name}`, `show: ${show}`, 'slider: step'),
    block(
      `figure #fig-alone-${name}`,
      `show: ${show}`,
      'slider: step',
      ...(show.startsWith('wide') ? [] : ['where: { hidden: 5 }']),
    ),
  ]);
  const folder = reportFolder({
    'report/index.md': `${galleryPage()}\n${figures.join('\n\n')}\n`,
    ...planeFiles,
  });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  site = join(folder, 'site');
  browser = await launchChromium();
});
afterAll(async () => browser.close());

it.each(['desktop', 'phone'] as const)('as they are drawn, on a %s without JavaScript', async (screen) => {
  const { open, close } = await visit(browser, site, 'file', { ...screens[screen], javaScriptEnabled: false });
  const here = await open('index.html');
  expect(await here.locator('.drawing').count()).toBe(Object.keys(gallery).length + 2 * moving.length);
  expect(await badLabels(here)).toEqual([]);
  await close();
});

it.each(everyNth(2, ['phone', 'desktop'] as const))(
  'alive, on a %s, at the first step and at the last',
  async (screen) => {
    const { open, complaints, close } = await visit(browser, site, 'file', screens[screen]);
    const here = await open('index.html');
    const figures = here.locator('figure:has([data-moving], [data-vega])');
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('.colophon-alive, .colophon-redrawn > svg[tabindex]').first().waitFor();
    }
    expect(await here.locator('.colophon-alive').count()).toBe(await here.locator('[data-moving]').count());
    expect(await here.locator('.colophon-redrawn').count()).toBeGreaterThan(20);
    expect(await badLabels(here)).toEqual([]);
    for (const slider of await here.getByRole('slider', { name: 'Training step' }).all()) {
      await slider.focus();
      await here.keyboard.press('End');
      await expect.poll(() => slider.getAttribute('aria-valuetext'), { timeout: 10_000 }).toBe('step 20 of 20');
    }
    expect(await badLabels(here)).toEqual([]);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
  },
);
