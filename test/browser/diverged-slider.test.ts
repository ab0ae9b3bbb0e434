/** Sliders through trainings that diverge, or whose parameters grow too large to be shipped, in a real browser. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';

let browser: Browser;
let site: string;

const training = (id: string, data: string, rate: string, ...more: readonly string[]): string =>
  block(
    `train #${id}`,
    `data: ${data}`,
    'network: { hidden: [10] }',
    `optimizer: { kind: sgd, rate: ${rate} }`,
    'steps: 100',
    'checkpoints: { every: 1 }',
    ...more,
  );
const pictures = [
  ...['bad.fit', 'bad.elbows', 'bad.learning-curves', 'grads.features', 'spectrum.singular-values'],
  ...['spectrum.principal-features', 'rates.fit', 'rates.learning-curves', 'huge.fit', 'huge.learning-curves'],
];
const idOf = (show: string): string => `fig-${show.replace('.', '-')}`;

beforeAll(async () => {
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      block(
        'dataset #tall',
        'function: { sine: { frequency: 1, amplitude: 1000000 } }',
        'samples: 40',
        'test: { grid: 20 }',
        'seed: 1',
      ),
      training('bad', 'waves', '5'),
      training('rates', 'waves', '0.05', 'sweep: { optimizer.rate: [0.05, 5] }'),
      training('huge', 'tall', '0.02'),
      block('features #grads', 'of: bad', 'at: [0, 5, last]', 'on: { grid: 20 }'),
      block('svd #spectrum', 'of: bad', 'at: [0, 5, last]', 'on: { grid: 20 }'),
      ...pictures.map((show) => block(`figure #${idOf(show)}`, `show: ${show}`, 'slider: step')),
    ),
  });
  const { code, err } = colophon(folder, 'build', 'report');
  expect(code, err).toBe(0);
  site = join(folder, 'site');
  browser = await launchChromium();
}, 120_000);

afterAll(() => browser.close());

it('goes through what can be shown, and says where the run ended', { timeout: 120_000 }, async () => {
  const reader = await visit(browser, site, 'file');
  const here = await reader.open('index.html');
  for (const show of pictures) {
    const figure = here.locator(`figure#${idOf(show)}`);
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('.colophon-alive').waitFor();
    const slider = here.getByRole('slider', { name: 'Training step' });
    await slider.press('Home');
    if (show === 'bad.fit')
      await expect.poll(() => figure.locator('.moving-now').textContent()).not.toContain('diverged');
    await slider.press('End');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/^step (\d+) of \1$/);
    if (show.startsWith('huge') || show === 'bad.learning-curves') continue;
    await expect.poll(() => figure.textContent(), { message: show }).toMatch(/diverged at step 2\d/);
  }
  // Until the end there are errors of the run that grew so large, but no weights that the page could hold.
  const tall = here.locator('figure#fig-huge-fit .moving-now');
  await expect.poll(() => tall.textContent()).toContain('the parameters are too large to be drawn');
  const drawn = await here.locator('.moving-now').evaluateAll((all) => all.map((panel) => panel.innerHTML).join());
  expect(drawn).not.toMatch(/NaN|Infinity/);
  expect(reader.complaints).toEqual({ policy: [], console: [], requests: [] });
  await reader.close();
});
