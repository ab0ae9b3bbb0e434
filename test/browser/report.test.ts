/** The report of this repository as it is published, built once: how much of it a reader loads, and how well it is made. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../report-folder.js';
import { axeViolations, htmlErrors } from './check-page.js';
import { noteShifts, shiftsOn } from './layout-shifts.js';
import { launchChromium, servedBelow, visit } from './chromium.js';
import { badLabels, screens } from './labels.js';
import { colophon } from '../colophon.js';
import { everyNth, inFull as allCases } from '../every-nth.js';
import { ownState } from '../state-folder.js';

const root = join(import.meta.dirname, '../..');
const kilobyte = 1024;
let browser: Browser;
let site: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  site = join(folder, 'site');
  // The page for wrong addresses names what it loads from the root of its host: it has to know that path.
  const build = ['build', join(root, 'report'), '--out', site, '--base', servedBelow];
  expect(inOwnStore((store) => colophon(folder, ...build, ...store)).code).toBe(0);
  browser = await launchChromium();
}, 600_000);
afterAll(async () => browser.close());

/** With the store of `npm run build-report` where there is one, whose results are known by the key of who ran it. */
function inOwnStore<Result>(run: (store: string[]) => Result): Result {
  const store = join(root, '.colophon');
  if (!existsSync(store)) return run([]);
  const { [ownState]: own, XDG_STATE_HOME: ofTests } = process.env;
  if (own === '' || own === undefined) delete process.env['XDG_STATE_HOME'];
  else process.env['XDG_STATE_HOME'] = own;
  try {
    return run(['--store', store]);
  } finally {
    process.env['XDG_STATE_HOME'] = ofTests;
  }
}

const files = (pattern: RegExp): string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((path) => pattern.test(path))
    .sort();
/** What a server that compresses sends of a file; fonts and pictures are compressed already. */
const sent = (path: string): number => {
  const bytes = readFileSync(join(site, path));
  return /\.(?:woff2?|png)$/.test(path) ? bytes.length : gzipSync(bytes, { level: 9 }).length;
};
const largest = (paths: readonly string[], size: (path: string) => number): { path: string; size: number } =>
  paths.map((path) => ({ path, size: size(path) })).sort((a, b) => b.size - a.size)[0] ?? { path: 'nothing', size: 0 };

/**
 * PAGES=all (`npm run test:faults -- pages`) looks at every page, on both screens, in both colour schemes, and with scripts
 * and without; otherwise some of each kind are looked at, in one way each.
 */
const inFull = process.env['PAGES'] === 'all' || allCases;
const schemes = ['light', 'dark'] as const;

/** The pages by what they are: the study, the guide, those that Colophon adds, and the data of each figure. */
function someOfEachKind(most: number): string[] {
  const kinds = { figures: /^figures\//, guide: /^guide\//, added: /^(?:404|experiments)\./, study: /^[^/]+$/ };
  const left = new Set(files(/\.html$/));
  return Object.values(kinds).flatMap((pattern) => {
    const pages = [...left].filter((path) => pattern.test(path));
    for (const path of pages) left.delete(path);
    expect(pages.length, String(pattern)).toBeGreaterThan(0);
    return spreadOf(pages, inFull ? pages.length : most);
  });
}

/** So many of a list, spread evenly. */
function spreadOf<One>(all: readonly One[], count: number): One[] {
  return all.filter(
    (_, index) => Math.floor((index * count) / all.length) !== Math.floor(((index - 1) * count) / all.length),
  );
}

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
  // Two trainings of the study of waves and one of spirals, and a small one of the guide.
  expect(weights).toHaveLength(4);
  expect(weights.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(400 * kilobyte);
});

it('a drawing is at most 60 KB', () => {
  const drawings = files(/^figures\/.*\.svg$/);
  expect(drawings.length).toBeGreaterThan(20);
  const { path, size } = largest(drawings, (drawing) => statSync(join(site, drawing)).size);
  console.log(`largest drawing: ${path}, ${(size / kilobyte).toFixed(1)} KB`);
  expect(size, path).toBeLessThanOrEqual(60 * kilobyte);
});

it('a page with all that it loads when a reader scrolls through it, searches and unfolds is at most 1 MB, fonts included', async () => {
  const { context, open, complaints, fileOf, close } = await visit(browser, site, 'http', {
    viewport: { width: 1300, height: 1000 },
  });
  const figuresOn = (path: string, pattern: RegExp): number =>
    readFileSync(join(site, path), 'utf8').match(pattern)?.length ?? 0;
  const withFigures = files(/\.html$/).filter(
    (path) => figuresOn(path, /<div class="drawing(?: moving)?" [^>]*data-/g) > 0,
  );
  expect(withFigures.length).toBeGreaterThan(4);
  // Those with the most figures that move, and with the most that Vega draws again.
  const pages = inFull
    ? withFigures
    : [/data-moving/g, /data-vega/g].flatMap((pattern) =>
        withFigures.toSorted((a, b) => figuresOn(b, pattern) - figuresOn(a, pattern)).slice(0, 1),
      );
  const totals: string[] = [];
  for (const path of pages) {
    const loaded = new Set<string>();
    const note = (request: { url: () => string }): void => {
      const file = fileOf(request.url());
      if (file !== undefined) loaded.add(file);
    };
    context.on('request', note);
    const here = await open(path);
    const figures = here.locator('figure:has([data-moving], [data-vega])');
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('.colophon-alive, .colophon-redrawn > svg[tabindex]').first().waitFor();
    }
    await here.locator('details.origin > summary').last().click();
    await here.locator('[data-tool="search"]').first().click();
    await here.locator('dialog.colophon-search[open] input').waitFor();
    context.off('request', note);
    await here.close();
    const size = [...loaded].reduce((sum, one) => sum + sent(one), 0);
    totals.push(`${path} ${(size / kilobyte).toFixed(0)}`);
    expect(size, `${path}: ${[...loaded].join(', ')}`).toBeLessThanOrEqual(1024 * kilobyte);
  }
  console.log(`KB loaded: ${totals.join(', ')}`);
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});

it.each(['desktop', 'phone'] as const)(
  'on a %s, from disk, no label of a figure touches another, is cut off or too small, without a complaint',
  async (screen) => {
    for (const javaScriptEnabled of inFull ? [false, true] : [true]) {
      const { open, complaints, close } = await visit(browser, site, 'file', {
        ...screens[screen],
        javaScriptEnabled,
      });
      const drawn = files(/\.html$/).filter((path) =>
        readFileSync(join(site, path), 'utf8').includes('<div class="drawing'),
      );
      for (const path of drawn.filter(
        (_, index) => inFull || index % 12 === 6 * Object.keys(screens).indexOf(screen),
      )) {
        const here = await open(path);
        const figures = here.locator('figure:has([data-moving], [data-vega])');
        const heights = (): Promise<number[]> =>
          figures.evaluateAll((all) =>
            all.map((figure) =>
              ['drawing']
                .map((name) => figure.getElementsByClassName(name)[0]?.getBoundingClientRect().height ?? 0)
                .reduce((highest, height) => Math.max(highest, Math.round(height)), 0),
            ),
          );
        const before = await heights();
        for (const figure of javaScriptEnabled ? await figures.all() : []) {
          await figure.scrollIntoViewIfNeeded();
          await figure.locator('.colophon-alive, .colophon-redrawn > svg[tabindex]').first().waitFor();
        }
        expect(await heights(), `${path}: heights of figures that have come to life`).toEqual(before);
        expect(await badLabels(here), path).toEqual([]);
        await here.close();
      }
      expect(complaints).toEqual({ policy: [], console: [], requests: [] });
      await close();
    }
  },
);

/** Figures that are near what a reader sees have come to life. */
const atRest = async (here: Page): Promise<void> => {
  await here.waitForFunction(() =>
    [...document.querySelectorAll('[data-moving], .drawing[data-vega]')].every((drawing) => {
      const { top, bottom } = drawing.getBoundingClientRect();
      const isNear = bottom > -390 && top < window.innerHeight + 390;
      return !isNear || drawing.parentElement?.querySelector('.colophon-alive, .colophon-redrawn > svg[tabindex]');
    }),
  );
};

const tablet = { viewport: { width: 768, height: 1024 } };

it.each([
  ['phone', screens.phone],
  ['tablet', tablet],
] as const)('on a %s every figure that moves, or has a narrow arrangement, fits the screen', async (_, screen) => {
  const { open, close } = await visit(browser, site, 'file', { ...screen, javaScriptEnabled: false });
  const wide: string[] = [];
  let looked = 0;
  for (const path of files(/^(?:guide\/)?[^/]*\.html$/)) {
    if (!/class="moving-now"|data-broad/.test(readFileSync(join(site, path), 'utf8'))) continue;
    const here = await open(path);
    const all = await here
      .locator('.moving-now, .drawing[data-broad]')
      .evaluateAll((panels) =>
        panels.map((one) => `${one.closest('figure')?.id ?? ''} ${one.scrollWidth - one.clientWidth}`),
      );
    looked += all.length;
    wide.push(...all.filter((said) => !said.endsWith(' 0')));
    await here.close();
  }
  expect(wide).toEqual([]);
  expect(looked).toBeGreaterThan(20);
  await close();
});

it('panels beside each other have their axes at one height, whatever sticks out of one of them', async () => {
  const { open, close } = await visit(browser, site, 'file', { ...screens.desktop, javaScriptEnabled: false });
  const here = await open('training.html');
  const feet = await here
    .locator('#fig-fit .moving-now')
    .evaluateAll((panels) => panels.map((one) => one.getBoundingClientRect().bottom));
  const heights = await here
    .locator('#fig-fit .moving-now svg')
    .evaluateAll((all) => all.map((one) => one.clientHeight));
  expect(feet).toHaveLength(3);
  expect(new Set(feet).size).toBe(1);
  // Of drawings of one height it would say nothing.
  expect(new Set(heights).size).toBeGreaterThan(1);
  await close();
});

it.each(everyNth(2, [true, false]))(
  'from below, a link to a figure that stays in sight leads to where its text begins, with scripts: %s',
  async (javaScriptEnabled) => {
    const { open, close } = await visit(browser, site, 'http', { ...screens.desktop, javaScriptEnabled });
    const here = await open('training.html');
    const ids = await here.locator('.pinned-figure figure[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(3);
    for (const id of ids) {
      await here.evaluate((name) => {
        document.getElementById('test.link')?.remove();
        const link = document.createElement('a');
        Object.assign(link, { id: 'test.link', href: `#${name}`, textContent: 'Back' });
        document.querySelector('article')?.append(link);
      }, id);
      await here.locator('[id="test.link"]').click();
      await here.waitForTimeout(150);
      const top = (selector: string): Promise<number> =>
        here.locator(`.pinned:has([id="${id}"]) ${selector}`).evaluate((one) => one.getBoundingClientRect().top);
      const [figure, text] = [await top('figure'), await top('.pinned-text > :first-child')];
      expect(Math.abs(figure - 54), id).toBeLessThanOrEqual(4);
      expect(text, id).toBeGreaterThan(54);
    }
    await close();
  },
);

it.each(['desktop', 'phone'] as const)(
  'on a %s, a link to any place of a page leads there, within 4 pixels, and Back to where the reader was',
  async (screen) => {
    const { open, close } = await visit(browser, site, 'http', screens[screen]);
    const pages = files(/^(?:guide\/)?[^/]*\.html$/);
    const anchors = pages.flatMap((path) => {
      const html = readFileSync(join(site, path), 'utf8');
      // What stays in sight as the page is scrolled may be pushed on from where a link leads.
      const [, pinned] = /<div class="pinned-figure">\s*<figure [^>]*?\bid="([^"]*)"/.exec(html) ?? [];
      return Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id = '']) => ({ path, id, isPinned: id === pinned }));
    });
    expect(anchors.filter(({ isPinned }) => isPinned).length).toBeGreaterThan(0);
    // Ids with a dot are of the program, or of what is in a drawing.
    const all = anchors.filter(({ id }) => !id.includes('.'));
    expect(all.length).toBeGreaterThan(150);
    for (const { path, id } of all.filter(
      ({ isPinned }, index) =>
        inFull || (isPinned && screen === 'phone') || index % 96 === 48 * Object.keys(screens).indexOf(screen),
    )) {
      const here = await open(`${path}#${id}`);
      await atRest(here);
      const off = await here.evaluate((name) => {
        const target = document.getElementById(name);
        if (target === null) return Number.NaN;
        const [root, own] = [document.documentElement, getComputedStyle(target)];
        const wanted =
          Number.parseFloat(getComputedStyle(root).scrollPaddingTop) + Number.parseFloat(own.scrollMarginTop);
        const { top } = target.getBoundingClientRect();
        const atEnd = window.scrollY + window.innerHeight >= root.scrollHeight - 1;
        return atEnd ? Math.min(0, top - wanted) : top - wanted;
      }, id);
      expect(Math.abs(off), `${path}#${id} is off by ${off}`).toBeLessThanOrEqual(4);
      await here.close();
    }

    const here = await open('training.html');
    for (const id of ['fig-fit', 'fig-ridge', 'tbl-paradigms']) {
      await here.locator(`#${id}`).evaluate((target) => {
        target.scrollIntoView({ block: 'center' });
      });
      await atRest(here);
    }
    const top = (): Promise<number> =>
      here.locator('#tbl-paradigms').evaluate((one) => one.getBoundingClientRect().top);
    const before = await top();
    await here.goto(here.url().replace('training', 'data'));
    await here.goBack({ waitUntil: 'load' });
    await atRest(here);
    await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThanOrEqual(4);
    await close();
  },
);

it('nothing moves while a page is read to its end and back up on a slow line: a layout shift of at most 0.02', async () => {
  for (const width of everyNth(2, [1440, 390]))
    for (const path of inFull ? files(/^[^/]*\.html$/) : ['training.html']) {
      const { context, open, close } = await visit(browser, site, 'http', { viewport: { width, height: 800 } });
      await noteShifts(context);
      const here = await open('404.html');
      const slow = await context.newCDPSession(here);
      await slow.send('Network.enable');
      await slow.send('Network.clearBrowserCache');
      const line = { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
      await slow.send('Network.emulateNetworkConditions', { offline: false, ...line });
      await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await here.goto(here.url().replace('404.html', path), { waitUntil: 'load' });
      await here.evaluate(async () => {
        const step = async (y: number): Promise<void> => {
          window.scrollTo(0, y);
          await new Promise((resolve) => setTimeout(resolve, 100));
        };
        const { scrollHeight } = document.documentElement;
        for (let y = 0; y < scrollHeight; y += 600) await step(y);
        for (let y = scrollHeight; y > 0; y -= 600) await step(y);
      });
      const shifts = await shiftsOn(here);
      const shift = shifts.reduce((sum, each) => sum + each, 0);
      expect(shift, `${path} at ${width}`).toBeLessThanOrEqual(0.02);
      await close();
    }
});

/** The pages with the data of figures have thousands of rows, all written alike; this many of each are looked at. */
const rowsSeen = 40;

/** A page with only the first rows of each table. */
function firstRows(html: string): string {
  return html.replace(/<tbody>([\s\S]*?)<\/tbody>/g, (_, body: string) => {
    const rows = body.split('</tr>').slice(0, -1).slice(0, rowsSeen);
    return `<tbody>${rows.map((row) => `${row}</tr>`).join('')}</tbody>`;
  });
}

it('html-validate finds no error on pages of every kind', async () => {
  expect(files(/\.html$/).length).toBeGreaterThan(40);
  const pages = someOfEachKind(3);
  expect(pages.filter((path) => path.startsWith('guide/')).length).toBeGreaterThan(2);
  for (const path of pages) {
    const html = firstRows(readFileSync(join(site, path), 'utf8'));
    expect(html.length, path).toBeLessThan(500_000);
    expect(await htmlErrors(html), path).toEqual([]);
  }
});

it('axe finds nothing on pages of every kind, in the light or in the dark', async () => {
  const { open, close } = await visit(browser, site, 'http', {
    ...{ bypassCSP: true, viewport: { width: 1440, height: 900 } },
  });
  const here = await open('index.html');
  const base = here.url().replace('index.html', '');
  for (const [index, path] of someOfEachKind(2).entries()) {
    const [first = 'light', second] = inFull ? schemes : [schemes[index % 2]];
    await here.emulateMedia({ colorScheme: first });
    await here.goto(base + path);
    const slider = here.locator('figure:has([data-moving])').first();
    if ((await slider.count()) > 0) {
      await slider.scrollIntoViewIfNeeded();
      await slider.locator('.colophon-alive').first().waitFor();
    }
    await here.evaluate((seen) => {
      for (const row of document.querySelectorAll(`tbody > tr:nth-child(n + ${seen + 1})`)) row.remove();
    }, rowsSeen);
    expect(await axeViolations(here), `${path}, ${first}`).toEqual([]);
    if (second === undefined) continue;
    await here.emulateMedia({ colorScheme: second });
    expect(await axeViolations(here), `${path}, ${second}`).toEqual([]);
  }
  await close();
});
