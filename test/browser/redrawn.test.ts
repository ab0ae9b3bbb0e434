/** Figures that Vega draws again in the page: what pointers, fingers and keys find in them, and what stays as it was. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';
import { colophon } from '../colophon.js';
import { everyNth } from '../every-nth.js';

const away = Array.from({ length: 60 }, () => 'A sentence before the figures.').join('\n\n');
let browser: Browser;
let site: string;

beforeAll(async () => {
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      small,
      away,
      block('figure #fig-data', 'show: waves.data', 'caption: The data.'),
      block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]', 'caption: Curves.'),
      block(
        'figure #fig-own',
        'show: small',
        'columns: [hidden, step, test-error]',
        'vega-lite:',
        '  mark: { type: point, filled: true, size: 60 }',
        '  encoding:',
        '    x: { field: step, type: quantitative, title: updates }',
        '    y: { field: test-error, type: quantitative }',
        '    color: { field: hidden, type: nominal, title: hidden units }',
      ),
      block('features #grads', 'of: small'),
      block('figure #fig-kernel', 'show: grads.kernel', 'where: { hidden: 4 }', 'at: [20]'),
      block('figure #fig-change', 'show: small.parameter-change', 'where: { hidden: 4 }'),
      block('figure #fig-bars', 'show: small.residual-histogram', 'where: { hidden: 4 }'),
      block('figure #fig-slider', 'show: small.fit', 'slider: step'),
    ),
  });
  site = join(folder, 'site');
  expect(colophon(folder, 'build', join(folder, 'report'), '--out', site).code).toBe(0);
  browser = await launchChromium();
});
afterAll(async () => browser.close());

const nothing = { policy: [], console: [], requests: [] };

/** Scrolls to a figure and gives its living drawing. */
async function alive(here: Page, id: string): Promise<Locator> {
  await here.locator(`#${id}`).scrollIntoViewIfNeeded();
  const svg = here.locator(`#${id} .colophon-redrawn > svg`);
  await svg.waitFor();
  return svg;
}

/** The figure's rows as a reader can download them. */
function rowsOf(id: string): { [column: string]: string }[] {
  const [head = '', ...lines] = readFileSync(join(site, 'figures', `${id}.csv`), 'utf8')
    .trim()
    .split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
}

const shown = (svg: Locator, selector: string): Promise<number> =>
  svg.locator(selector).evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length);

describe.each(everyNth(2, ['http', 'file'] as const))('by %s', (by) => {
  it('Vega is loaded when one of its figures is near, and not before; a slider does without it', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const loaded = (): Promise<number> => here.locator('script[src*="/vega-"]').count();
    await here.waitForTimeout(300);
    expect(await loaded()).toBe(0);
    expect(await here.locator('.colophon-redrawn').count()).toBe(0);
    await alive(here, 'fig-data');
    await alive(here, 'fig-curves');
    expect(await loaded()).toBe(1);
    await here.locator('#fig-slider').scrollIntoViewIfNeeded();
    await here.locator('#fig-slider .colophon-alive').waitFor();
    expect(await here.locator('#fig-slider .colophon-redrawn').count()).toBe(0);
    expect(complaints).toEqual(nothing);
    await close();
  });

  it('a pointer on a dot finds the values of its row', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const svg = await alive(here, 'fig-data');
    const samples = rowsOf('fig-data').filter(({ part }) => part === 'train');
    const dots = svg.locator('.mark-symbol.role-mark path[fill^="var(--figure-c2"]');
    expect(await dots.count()).toBe(samples.length);
    for (const index of [0, 7, samples.length - 1]) {
      const box = await dots.nth(index).boundingBox();
      if (box === null) throw new Error('no dot');
      await here.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      const tip = await here.locator('#fig-data .colophon-tip').innerText();
      const told = /^training samples\ninput x: (.*)\ntarget y: (.*)$/.exec(tip)?.slice(1) ?? [];
      const row = samples[index];
      expect(told.map((text) => Number(text.replace('−', '-')))).toEqual(
        [row?.['x'], row?.['y']].map((text) => Number(Number(text).toPrecision(5))),
      );
    }
    await here.mouse.move(2, 2);
    expect(await here.locator('#fig-data .colophon-tip').innerText()).toBe('');
    expect(complaints).toEqual(nothing);
    await close();
  });

  it('a pointer on a cell of a heat map finds its place and the range of its shade', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const svg = await alive(here, 'fig-kernel');
    const cells = rowsOf('fig-kernel').filter(({ part }) => part === 'cell');
    const lines = svg.locator('.mark-rule.role-mark line');
    expect(await lines.count()).toBe(cells.length);
    for (const index of [0, Math.floor(cells.length / 2), cells.length - 1]) {
      const box = await lines.nth(index).boundingBox();
      if (box === null) throw new Error('no cell');
      await here.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      const tip = await here.locator('#fig-kernel .colophon-tip').innerText();
      const told = /^input x: (.*) to (.*)\ninput x′: (.*)\nk\(x, x′\): (.*) to (.*)$/.exec(tip)?.slice(1) ?? [];
      const row = cells[index];
      expect(told.map((text) => Number(text.replace('−', '-')))).toEqual(
        ['x', 'x2', 'y', 'value', 'value2'].map((name) => Number(Number(row?.[name]).toPrecision(5))),
      );
    }
    expect(complaints).toEqual(nothing);
    await close();
  });

  it('a pointer on a bar finds its bounds and its height, on a dot of a parameter its name; a key hides a block', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const bars = await alive(here, 'fig-bars');
    const tallest = rowsOf('fig-bars')
      .filter(({ part }) => part === 'bar')
      .reduce((best, row) => (Number(row['y']) > Number(best['y']) ? row : best));
    const boxes = await bars.locator('.mark-rect.role-mark path').all();
    const heights = await Promise.all(boxes.map(async (one) => (await one.boundingBox())?.height ?? 0));
    const box = await boxes[heights.indexOf(Math.max(...heights))]?.boundingBox();
    await here.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 10);
    const short = (text: string | undefined): string => String(Number(Number(text).toPrecision(5))).replace('-', '−');
    expect(await here.locator('#fig-bars .colophon-tip').innerText()).toBe(
      `prediction − target: ${short(tallest['x'])} to ${short(tallest['x2'])}\ntraining samples: ${tallest['y'] ?? ''}`,
    );
    const dots = await alive(here, 'fig-change');
    const orange = '.mark-symbol.role-mark path[fill^="var(--figure-c2"]';
    expect(await shown(dots, orange)).toBe(4);
    await dots.locator(orange).first().hover();
    expect(await here.locator('#fig-change .colophon-tip').innerText()).toMatch(
      /^0\.bias\[\d\]\nat step 0: .*\nat step 20: /,
    );
    await dots.getByRole('switch', { name: '0.bias' }).click();
    expect(await shown(dots, orange)).toBe(0);
    expect(complaints).toEqual(nothing);
    await close();
  });

  it('the arrow keys go through the values of a series and from one to the next; Escape ends it', async () => {
    const { open, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const svg = await alive(here, 'fig-own');
    const tip = here.locator('#fig-own .colophon-tip');
    const rows = rowsOf('fig-own');
    await svg.focus();
    await here.keyboard.press('ArrowRight');
    const first = await tip.innerText();
    expect(first).toMatch(/^updates: 0\ntest-error: [\d.]+\nhidden units: [45]$/);
    await here.keyboard.press('End');
    const steps = rows.map(({ step }) => Number(step));
    expect(await tip.innerText()).toContain(`updates: ${Math.max(...steps)}\n`);
    await here.keyboard.press('Escape');
    expect(await tip.innerText()).toBe('');
    await close();
  });

  it('an entry of the key hides what looks like it, by mouse and by keyboard, and shows it again', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const svg = await alive(here, 'fig-curves');
    const [test, training] = ['c1', 'c2'].map((name) => `.mark-line path[stroke^="var(--figure-${name}"]`);
    const both = [await shown(svg, test ?? ''), await shown(svg, training ?? '')];
    expect(both).toEqual([2, 2]);
    const entry = svg.getByRole('switch', { name: 'test error' });
    await entry.click();
    expect([await shown(svg, test ?? ''), await shown(svg, training ?? '')]).toEqual([0, 2]);
    expect(await entry.getAttribute('aria-checked')).toBe('false');
    await entry.focus();
    await here.keyboard.press('Enter');
    expect([await shown(svg, test ?? ''), await shown(svg, training ?? '')]).toEqual([2, 2]);
    await svg.getByRole('switch', { name: 'training error' }).focus();
    await here.keyboard.press('Space');
    expect([await shown(svg, test ?? ''), await shown(svg, training ?? '')]).toEqual([2, 0]);
    // An author's own key, whose entries are of the colours of its marks.
    const own = await alive(here, 'fig-own');
    const dots = '.mark-symbol.role-mark path';
    const all = await shown(own, dots);
    await own.getByRole('switch', { name: '4' }).click();
    expect(await shown(own, dots)).toBe(all / 2);
    expect(complaints).toEqual(nothing);
    await close();
  });
});

it.each(everyNth(2, ['light', 'dark'] as const))(
  'nothing moves when a figure comes to life, in the %s',
  async (colorScheme) => {
    const { open, close } = await visit(browser, site, 'file', { colorScheme, viewport: { width: 1200, height: 900 } });
    const here = await open('index.html');
    for (const id of ['fig-data', 'fig-curves', 'fig-kernel', 'fig-own']) {
      await alive(here, id);
      const compared = await here.locator(`#${id}`).evaluate(async (figure) => {
        const [still, living] = ['.colophon-asleep > svg', '.colophon-redrawn > svg'].map((one) =>
          figure.querySelector<SVGSVGElement>(one),
        );
        if (still === undefined || living === undefined || still === null || living === null)
          throw new Error('not both');
        const boxOf = (): number[] => {
          const { x, y, width, height } = (still.getClientRects().length > 0 ? still : living).getBoundingClientRect();
          return [x, y, width, height, figure.getBoundingClientRect().height];
        };
        const box = boxOf();
        // As the figure's own pixels, drawn alike: an image of each.
        const pixels = async (svg: SVGSVGElement): Promise<Uint8ClampedArray> => {
          const copy = svg.cloneNode(true) as SVGSVGElement;
          copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
          const image = new Image();
          const text = new XMLSerializer().serializeToString(copy).replaceAll(/font-family="[^"]*"/g, '');
          image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          if (context === null) throw new Error('no canvas');
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height).data;
        };
        const [before, after] = [await pixels(still), await pixels(living)];
        let different = 0;
        for (let at = 3; at < before.length; at += 4)
          if (Math.abs((before[at] ?? 0) - (after[at] ?? 0)) > 96) different += 1;
        still.parentElement?.classList.remove('asleep');
        living.parentElement?.setAttribute('hidden', '');
        const stillBox = boxOf();
        return { box, stillBox, different, inked: before.filter((value, at) => at % 4 === 3 && value > 96).length };
      });
      expect(compared.box).toEqual(compared.stillBox);
      expect(compared.inked).toBeGreaterThan(1000);
      // Vega's own coordinates are not rounded: an edge may be drawn a little differently, nothing elsewhere.
      expect(compared.different / compared.inked).toBeLessThan(0.02);
    }
    await close();
  },
);

it('a finger finds a value on a narrow screen, where nothing is wider than it', async () => {
  const { open, complaints, close } = await visit(browser, site, 'file', {
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
    viewport: { width: 390, height: 800 },
  });
  const here = await open('index.html');
  const svg = await alive(here, 'fig-data');
  const dot = await svg.locator('.mark-symbol.role-mark path[fill^="var(--figure-c2"]').nth(2).boundingBox();
  if (dot === null) throw new Error('no dot');
  await here.touchscreen.tap(dot.x + dot.width / 2, dot.y + dot.height / 2);
  const tip = here.locator('#fig-data .colophon-tip');
  await expect.poll(() => tip.innerText()).toMatch(/input x: /);
  const box = await tip.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  // Nothing of it moves by itself, whatever the reader prefers.
  const moving = await here.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
  expect(await here.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(complaints).toEqual(nothing);
  await close();
});

it('on a narrow screen the panels of a figure stand below each other, alive and still, and nothing of it scrolls sideways', async () => {
  const figures = ['fig-data', 'fig-curves', 'fig-own', 'fig-kernel'];
  for (const javaScriptEnabled of [false, true]) {
    const { open, complaints, close } = await visit(browser, site, 'file', {
      ...{ javaScriptEnabled, bypassCSP: true, reducedMotion: 'reduce', viewport: { width: 390, height: 800 } },
    });
    const here = await open('index.html');
    for (const id of figures) {
      await here.locator(`#${id}`).scrollIntoViewIfNeeded();
      if (javaScriptEnabled) await alive(here, id);
      const [within, drawings] = await here.locator(`#${id}`).evaluate((figure) => [
        [...figure.querySelectorAll('.drawing')].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
        // The still drawing keeps its place under the living one.
        [...figure.querySelectorAll('.drawing > svg')].filter((svg) => svg.getClientRects().length > 0).length,
      ]);
      expect([id, within, drawings]).toEqual([id, true, javaScriptEnabled ? 2 : 1]);
    }
    if (javaScriptEnabled) {
      const svg = await alive(here, 'fig-curves');
      const axes = svg.locator('.role-axis-label text');
      // Every panel has its own axes, x and y.
      expect(await svg.locator('.role-axis-title text').allTextContents()).toEqual(
        expect.arrayContaining(['step', 'mean squared error']),
      );
      expect(await axes.count()).toBeGreaterThan(0);
      const low = (await svg.boundingBox())?.height ?? 0;
      // Turned, the panels stand beside each other again, and that drawing is alive.
      await here.setViewportSize({ width: 1000, height: 700 });
      await expect.poll(async () => (await svg.boundingBox())?.height ?? low).toBeLessThan(low);
      await expect.poll(() => here.locator('#fig-curves .colophon-redrawn').count()).toBe(1);
      expect(await here.locator('#fig-curves .colophon-tip').count()).toBe(1);
    } else {
      // Paper has room for the drawing as it is.
      await here.emulateMedia({ media: 'print' });
      const printed = here.locator('#fig-curves .drawing > svg');
      expect([await printed.nth(0).isVisible(), await printed.nth(1).isVisible()]).toEqual([true, false]);
    }
    expect(complaints).toEqual(nothing);
    await close();
  }
});

it('a figure whose script is broken stays the drawing that it was', async () => {
  const assets = join(site, 'assets');
  const name = readdirSync(assets).find((file) => file.startsWith('figure-fig-data-')) ?? '';
  const whole = readFileSync(join(assets, name), 'utf8');
  writeFileSync(join(assets, name), whole.replace('"type":"symbol"', '"type":"nothing"'));
  const { open, complaints, close } = await visit(browser, site, 'file');
  const here = await open('index.html');
  await here.locator('#fig-data').scrollIntoViewIfNeeded();
  await expect.poll(() => complaints.console.join()).toContain('This figure stays as it is');
  expect(await here.locator('#fig-data .drawing > svg').first().isVisible()).toBe(true);
  expect(await here.locator('#fig-data .colophon-redrawn').count()).toBe(0);
  await alive(here, 'fig-curves');
  writeFileSync(join(assets, name), whole);
  await close();
});
