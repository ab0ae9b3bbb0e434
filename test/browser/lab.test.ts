/** A reader trains again in the page, in a real browser: in a worker, and from disk between the frames of the page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page as written, reportFolder } from '../report-folder.js';
import { axeViolations } from './check-page.js';
import { launchChromium } from './chromium.js';
import { serveFolder } from './serve-folder.js';
import { checkHost } from '../../src/commands/check-host.js';
import { trainingPolicy } from '../../src/render/host-headers.js';

let browser: Browser;
let site = '';
let server: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  const folder = reportFolder({
    'report/index.md': written(
      block('dataset #waves', 'function: piecewise-linear', 'samples: 100', 'noise: 0.1', 'seed: 1'),
      block(
        'train #net',
        'data: waves',
        'network: { hidden: [10], elbows: uniform }',
        'optimizer: { kind: sgd, rate: 0.02 }',
        'batch: 20',
        'steps: 2000',
        'checkpoints: { every: 500 }',
        'sweep: { network.hidden: [[10], [20]] }',
      ),
      block(
        'figure #fig-fit',
        'show: net.fit',
        'slider: step',
        'lab: { rate: true, width: [1, 100000], batch: true, seed: true, optimizer: true, elbows: true }',
      ),
      block('figure #fig-elbows', 'show: net.elbows', 'slider: step', 'lab: [rate]'),
      block('figure #fig-curves', 'show: net.learning-curves', 'slider: step'),
      block(
        'figure #fig-moved',
        'show: net.linearisation',
        'where: { hidden: 10 }',
        'slider: step',
        'move: { unit: 4, by: 0.1 }',
      ),
    ),
  });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  site = join(folder, 'site');
  server = await serveFolder(site);
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function opened(address: string): Promise<{ page: Page; said: string[]; loaded: string[] }> {
  const page = await browser.newPage();
  const said: string[] = [];
  const loaded: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto(address);
  await page.locator('.drawing.moving.colophon-alive').first().waitFor();
  return { page, said, loaded };
}

const open = (page: Page): Promise<void> => page.locator('#fig-fit .lab > summary').click();
const hears = (page: Page, text: string): Promise<void> => page.getByText(text).waitFor({ timeout: 20_000 });

describe.each(['over HTTP', 'from disk'])('%s', (where) => {
  const address = (fragment = ''): string =>
    `${where === 'from disk' ? `file://${site}/` : server.address}index.html${fragment}`;

  it('trains the run of the report to the same bytes, and others as fields move', async () => {
    const { page, said, loaded } = await opened(address());
    expect(loaded.filter((url) => /\/lab/.test(url))).toEqual([]);
    await open(page);
    await hears(page, 'The same bytes as published');
    const rate = page.getByRole('spinbutton', { name: 'Learning rate' });
    await rate.fill('0.05');
    await hears(page, 'The report has no such run');
    await rate.press('Tab');
    expect(page.url()).toContain('lab.rate=0.05');
    await expect.poll(() => page.locator('.colophon-lab-table tbody tr').count()).toBe(4);
    const [yours, theirs] = await page.locator('.colophon-lab-table tbody tr').first().locator('td').allInnerTexts();
    expect(yours).not.toBe(theirs);
    // Dashed over the report's, in both figures once they are near.
    await page.locator('#fig-curves').scrollIntoViewIfNeeded();
    for (const id of ['fig-fit', 'fig-curves']) {
      await page.locator(`#${id} .colophon-lab-key`).waitFor();
      await expect.poll(() => page.locator(`#${id} [stroke-dasharray="5,3"]`).count()).toBeGreaterThan(0);
    }
    // Set by hand, it is the other run of the report.
    await page.getByRole('button', { name: 'All as in the report' }).click();
    await hears(page, 'The same bytes as published');
    await page.getByRole('spinbutton', { name: 'Hidden units' }).fill('20');
    await hears(page, 'Trained');
    await hears(page, 'The same bytes as published');
    expect(said).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    await open(page);
    // Figures that are away are drawn again when they are near.
    await expect.poll(() => page.locator('#fig-fit [stroke-dasharray="5,3"]').count()).toBe(0);
    await page.close();
  }, 60_000);

  it('takes a run home as the file of PyTorch that the command writes', async () => {
    const { page } = await opened(address());
    await open(page);
    await hears(page, 'The same bytes as published');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'PyTorch script' }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toContain('import torch');
    expect(text).toMatch(/^REPORT = \{$/m);
    await page.close();
  }, 60_000);

  it('opens at what an address asks for, within the bounds', async () => {
    const { page } = await opened(address('#fig-fit&step=2000&lab.seed=3&lab.width.0=1000000'));
    await hears(page, 'The address asks for width.0=1000000');
    await hears(page, 'The report has no such run');
    expect(await page.getByRole('spinbutton', { name: 'Seed' }).inputValue()).toBe('3');
    expect(await page.getByRole('spinbutton', { name: 'Hidden units' }).inputValue()).toBe('10');
    await page.close();
  }, 60_000);
});

it('of what takes too long nothing shows until it is asked for, and then it can be cancelled', async () => {
  const { page } = await opened(`${server.address}index.html`);
  await open(page);
  await hears(page, 'The same bytes as published');
  // Far above three seconds: 20 on two cores.
  await page.getByRole('spinbutton', { name: 'Samples in a batch' }).fill('100');
  const width = page.getByRole('spinbutton', { name: 'Hidden units' });
  await width.fill('100000');
  await width.press('Tab');
  const train = page.getByRole('button', { name: /^Train \(about/ });
  await train.waitFor();
  expect(await page.getByText('The same bytes as published').count()).toBe(0);
  expect(await page.locator('[stroke-dasharray="5,3"]').count()).toBe(0);
  expect(await page.locator('.colophon-lab-table tr').count()).toBe(0);
  await train.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await hears(page, 'Cancelled.');
  await page.getByRole('button', { name: 'All as in the report' }).click();
  await hears(page, 'The same bytes as published');
  await page.close();
}, 60_000);

it('one lab of a training is open at a time, and says what a rule has by itself', async () => {
  const { page } = await opened(`${server.address}index.html`);
  await open(page);
  await hears(page, 'The same bytes as published');
  await page.getByRole('combobox', { name: 'Optimizer' }).selectOption('adam');
  await page.getByRole('button', { name: 'Learning rate: ↺ 0.001' }).waitFor();
  await hears(page, 'The report has no such run');
  await page.locator('#fig-elbows .lab > summary').click();
  await hears(page, 'The same bytes as published');
  expect(await page.locator('.lab[open]').count()).toBe(1);
  await page.close();
}, 60_000);

it('elbows that a reader puts are trained from, in the address, and a directive', async () => {
  const { page, said } = await opened(`${server.address}index.html`);
  await open(page);
  await hears(page, 'The same bytes as published');
  const field = page.getByRole('textbox', { name: 'Elbows at the start' });
  const start = (await field.inputValue()).split(', ').map(Number);
  expect(start).toHaveLength(10);
  const first = page.locator('.colophon-lab-elbow').first();
  await first.scrollIntoViewIfNeeded();
  const box = await first.boundingBox();
  if (box === null) throw new Error('no elbow');
  await page.mouse.move(box.x + 12, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 52, box.y + 12, { steps: 3 });
  await page.mouse.up();
  await hears(page, 'The report has no such run');
  const dragged = (await field.inputValue()).split(', ').map(Number);
  expect(dragged[0]).toBeGreaterThan((start[0] ?? 0) + 0.01);
  expect(dragged.slice(1)).toEqual(start.slice(1));
  await expect.poll(() => decodeURIComponent(page.url())).toContain(`lab.elbows=${dragged.join(',')}`);
  await expect.poll(() => page.locator('#fig-fit [stroke-dasharray="5,3"]').count()).toBeGreaterThan(0);
  // What is no list of ten numbers is not trained from.
  await field.fill('0.1, 0.2');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  // Of another width they are those that the training puts.
  await page.getByRole('spinbutton', { name: 'Hidden units' }).fill('20');
  await page.getByRole('spinbutton', { name: 'Hidden units' }).press('Tab');
  await hears(page, 'The same bytes as published');
  expect(await field.count()).toBe(0);
  expect(page.url()).not.toContain('lab.elbows');
  await page.getByRole('button', { name: 'All as in the report' }).click();
  await hears(page, 'The same bytes as published');
  expect((await field.inputValue()).split(', ').map(Number)).toEqual(start);
  expect(await axeViolations(page)).toEqual([]);
  expect(said).toEqual([]);
  await page.close();
}, 60_000);

it('an address keeps what was changed when another step is looked at', async () => {
  const { page } = await opened(`${server.address}index.html#fig-fit&step=2000&lab.seed=3`);
  await hears(page, 'The report has no such run');
  await page.locator('#fig-fit .moment').first().click();
  await expect.poll(() => page.url()).toContain('step=0');
  expect(page.url()).toContain('lab.seed=3');
  await page.close();
}, 60_000);

it('where a line leaves the axes, it is said which figure’s', async () => {
  const { page } = await opened(`${server.address}index.html#fig-fit&step=2000&lab.rate=1`);
  await hears(page, 'The report has no such run');
  await hears(page, 'It leaves the axes of');
  await page.close();
}, 60_000);

it('a run that diverges is said to', async () => {
  const { page } = await opened(`${server.address}index.html`);
  await open(page);
  await hears(page, 'The same bytes as published');
  await page.getByRole('spinbutton', { name: 'Learning rate' }).fill('2');
  await hears(page, 'It diverged at step');
  await page.getByRole('spinbutton', { name: 'Learning rate' }).fill('0.0002');
  await hears(page, 'The report has no such run');
  expect(await page.getByText('It leaves the axes').count()).toBe(0);
  await page.close();
}, 60_000);

it('where the host forbids WebAssembly the page says so, and its figures stand', async () => {
  const context = await browser.newContext();
  await context.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  const refused = await context.newPage();
  await refused.goto(`${server.address}index.html`);
  await refused.locator('.drawing.moving.colophon-alive').first().waitFor();
  await open(refused);
  await hears(refused, 'This page cannot train here');
  expect(await refused.locator('#fig-fit .moving-now svg path').count()).toBeGreaterThan(0);
  await context.close();
}, 60_000);

describe('doctor --host foresees what Chromium does', () => {
  const policy = (text: string) => ({ 'content-security-policy': text });
  const engine = /lab-engine-/;
  interface Host {
    readonly host: string;
    readonly lab: 'in a worker' | 'in the page' | 'not at all';
    readonly headers: (path: string) => Readonly<Record<string, string>>;
  }
  it.each<Host>([
    { host: 'sends no header', lab: 'in a worker', headers: () => ({}) },
    {
      host: 'sends what _headers says',
      lab: 'in a worker',
      headers: () => ({ ...policy(trainingPolicy), 'x-content-type-options': 'nosniff' }),
    },
    { host: 'allows scripts alone', lab: 'not at all', headers: () => policy("script-src 'self'") },
    {
      host: 'sends a second policy that is stricter',
      lab: 'not at all',
      headers: () => policy(`${trainingPolicy}, default-src 'self'`),
    },
    {
      host: 'forgets the file of the worker',
      lab: 'in the page',
      headers: (path) => policy(engine.test(path) ? "script-src 'self'" : trainingPolicy),
    },
    { host: 'forbids workers', lab: 'in the page', headers: () => policy(`${trainingPolicy}; worker-src 'none'`) },
    {
      host: 'isolates its pages and not the worker',
      lab: 'in the page',
      headers: (path) => (path.endsWith('.html') ? { 'cross-origin-embedder-policy': 'require-corp' } : {}),
    },
    {
      host: 'sends scripts as text that is not to be sniffed',
      lab: 'not at all',
      headers: (path) =>
        engine.test(path) ? { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' } : {},
    },
  ])('that $host', async ({ lab, headers }) => {
    const host = await serveFolder(site, '/course/', headers);
    try {
      const found = await checkHost(`${host.address}index.html`, new AbortController().signal);
      const wrong = found.filter(({ advice }) => advice !== undefined);
      expect(
        wrong.some(({ optional }) => optional !== true)
          ? 'not at all'
          : wrong.length > 0
            ? 'in the page'
            : 'in a worker',
      ).toBe(lab);
      const page = await browser.newPage();
      await page.goto(`${host.address}index.html`);
      await page.locator('.drawing.moving.colophon-alive').first().waitFor();
      await open(page);
      await hears(page, lab === 'not at all' ? 'This page cannot train here' : 'The same bytes as published');
      if (lab !== 'not at all') expect(page.workers().length > 0).toBe(lab === 'in a worker');
      await page.close();
    } finally {
      await host.close();
    }
  });

  it('from a page without a lab it finds one with; what is no page of a site is said', async () => {
    const host = await serveFolder(site);
    try {
      const signal = new AbortController().signal;
      const found = await checkHost(`${host.address}experiments.html`, signal);
      expect(found.find(({ name }) => name === 'host')?.found).toBe(`${host.address}index.html is there`);
      expect(found.find(({ name }) => name === 'lab')?.found).toBe('readers can train');
      const none = await checkHost(`${host.address}figures/fig-fit.svg`, signal);
      expect(none.find(({ name }) => name === 'page')?.advice).toBe('give the address of a page of the site');
    } finally {
      await host.close();
    }
  });
});

describe('elbows that a reader moves', () => {
  const figure = '#fig-moved';
  /** Of the shade between the network and its linearisation, in pixels. */
  const shade = (page: Page): Promise<number> =>
    page.locator(`${figure} .moving-now g[id$=".m0"] path`).evaluateAll((paths) => {
      const areaOf = (points: readonly number[][]): number =>
        points.reduce((sum, [x = 0, y = 0], index) => {
          const [nextX = 0, nextY = 0] = points[(index + 1) % points.length] ?? [];
          return sum + (x * nextY - nextX * y) / 2;
        }, 0);
      const pieces = paths.flatMap((path) => (path.getAttribute('d') ?? '').split('M').slice(1));
      const areas = pieces.map((piece) =>
        areaOf([...piece.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])),
      );
      return areas.reduce((sum, area) => sum + Math.abs(area), 0);
    });
  const handle = (page: Page) => page.getByRole('slider', { name: 'elbow of unit 4' });
  const at = async (page: Page): Promise<number> => Number(await handle(page).getAttribute('aria-valuenow'));
  const centre = async (page: Page): Promise<{ x: number; y: number }> => {
    const box = await handle(page).boundingBox();
    if (box === null) throw new Error('no handle');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const ready = async (): Promise<Awaited<ReturnType<typeof opened>>> => {
    const all = await opened(`${server.address}index.html`);
    await all.page.locator(figure).scrollIntoViewIfNeeded();
    await handle(all.page).waitFor();
    return all;
  };

  it('with the keyboard: what they differ by is nothing where all are put back, and grows with the way', async () => {
    const { page, said, loaded } = await ready();
    expect(loaded.filter((url) => /\/(drag|lab)-/.test(url))).toHaveLength(1);
    const height = await page.locator(figure).evaluate((one) => one.getBoundingClientRect().height);
    const drawn = await shade(page);
    expect(drawn).toBeGreaterThan(1);
    await page.locator(figure).getByRole('button', { name: 'put back' }).click();
    await expect.poll(() => shade(page)).toBe(0);
    expect(await handle(page).getAttribute('aria-valuetext')).toMatch(/^0\.\d+, moved by 0; they differ by at most 0$/);
    expect(await page.locator(figure).getByRole('button', { name: 'put back' }).count()).toBe(0);
    const from = await at(page);
    let before = 0;
    for (let press = 0; press < 5; press++) {
      await handle(page).press('ArrowRight');
      await expect.poll(() => shade(page)).toBeGreaterThan(before);
      before = await shade(page);
    }
    expect((await at(page)) - from).toBeCloseTo(0.05, 9);
    await handle(page).press('PageUp');
    await expect.poll(() => at(page)).toBeCloseTo(from + 0.15, 9);
    // Where it came from, as the build drew it moved by a tenth.
    await handle(page).press('Escape');
    await expect.poll(() => shade(page)).toBe(0);
    expect(page.url()).toBe(`${server.address}index.html`);
    expect(await page.locator(figure).evaluate((one) => one.getBoundingClientRect().height)).toBe(height);
    expect(said).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  }, 60_000);

  it.each(['a mouse', 'a finger'])(
    'with %s: it follows, and no further than the inputs go',
    async (by) => {
      const { page, said } = await ready();
      const session = await page.context().newCDPSession(page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', places: { x: number; y: number }[]) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: places });
      const drag = async (across: number): Promise<void> => {
        const { x, y } = await centre(page);
        const places = [0.3, 0.6, 1].map((part) => ({ x: x + part * across, y }));
        if (by === 'a mouse') {
          await page.mouse.move(x, y);
          await page.mouse.down();
          for (const place of places) await page.mouse.move(place.x, place.y);
          await page.mouse.up();
        } else {
          await touch('touchStart', [{ x, y }]);
          for (const place of places) await touch('touchMove', [place]);
          await touch('touchEnd', []);
        }
      };
      const [from, { x }] = [await at(page), await centre(page)];
      await drag(-20);
      await expect.poll(async () => Math.round(((await centre(page)).x - x) * 10) / 10).toBe(-20);
      const perPixel = (from - (await at(page))) / 20;
      expect(perPixel).toBeGreaterThan(0);
      await drag(2000);
      await expect.poll(() => at(page)).toBe(1);
      expect(page.url()).toBe(`${server.address}index.html`);
      expect(said).toEqual([]);
      await page.close();
    },
    60_000,
  );
});
