/** What readers take home of a page, used in a real browser: downloads that open, tables that sort, accounts, paper. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';
import { cli, colophon } from '../colophon.js';
import { everyNth } from '../every-nth.js';

let browser: Browser;
let site: string;

beforeAll(async () => {
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      small,
      block('figure #fig-data', 'show: waves.data', 'caption: The data.'),
      block('figure #fig-fit', 'show: small.fit', 'slider: step', 'caption: The fit.'),
      block(
        'table #tbl-end',
        'rows: [small, { of: small, label: again }, { of: small, label: thrice }]',
        'columns: [test-error, train-error]',
        'caption: The end.',
      ),
    ),
  });
  site = join(folder, 'site');
  expect(colophon(folder, 'build', join(folder, 'report'), '--out', site).code).toBe(0);
  browser = await launchChromium();
});
afterAll(async () => browser.close());

/** Clicks one of the downloads of the first figure, and gives the bytes that arrive. */
async function download(here: Page, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const list = here.locator('#fig-data .downloads');
  if (!(await list.isVisible())) await here.locator('#fig-data details.origin > summary').click();
  const [arrived] = await Promise.all([
    here.waitForEvent('download'),
    list
      .locator('a, button')
      .filter({ hasText: new RegExp(`^${name}$`) })
      .click(),
  ]);
  return { name: arrived.suggestedFilename(), bytes: readFileSync(await arrived.path()) };
}

it('CSV and NPY open with as many rows as the figure has samples, and the same numbers', async () => {
  const { open, complaints, close } = await visit(browser, site, 'http', { acceptDownloads: true });
  const here = await open('index.html');
  const csv = await download(here, 'CSV');
  expect(csv.name).toBe('fig-data.csv');
  const [head = '', ...rows] = csv.bytes.toString('utf8').trimEnd().split('\r\n');
  expect(rows.filter((row) => row.includes('train'))).toHaveLength(20);
  const npy = await download(here, 'NPY');
  expect(npy.name).toBe('fig-data.npy');
  expect(npy.bytes.subarray(0, 8)).toEqual(Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0]));
  const length = npy.bytes.readUInt16LE(8);
  expect((10 + length) % 64).toBe(0);
  const header = npy.bytes.subarray(10, 10 + length).toString('latin1');
  expect(header).toMatch(
    new RegExp(`^\\{'descr': \\[.*\\], 'fortran_order': False, 'shape': \\(${rows.length},\\), \\} *\\n$`),
  );
  // The last column of the last row is a float64 at the file's end, or before text: find x by its field.
  const fields = [...header.matchAll(/\('([^']+)', '<(f8|U(\d+))'\)/g)].map(([, name = '', type, text]) => ({
    name,
    bytes: type === 'f8' ? 8 : 4 * Number(text),
  }));
  expect(fields.map(({ name }) => name)).toEqual(head.split(','));
  const size = fields.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(npy.bytes.length).toBe(10 + length + size * rows.length);
  const column = fields.findIndex(({ name }) => name === 'x');
  const before = fields.slice(0, column).reduce((sum, { bytes }) => sum + bytes, 0);
  rows.forEach((row, index) => {
    const cell = row.split(',')[column] ?? '';
    const value = npy.bytes.readDoubleLE(10 + length + index * size + before);
    expect(value).toEqual(cell === '' ? Number.NaN : Number(cell));
  });
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});

it('the table of the data has the numbers of the CSV, and the specification is valid Vega-Lite that draws them', async () => {
  const { open, complaints, close } = await visit(browser, site, 'http', { acceptDownloads: true });
  const here = await open('index.html');
  const [head = '', ...rows] = (await download(here, 'CSV')).bytes.toString('utf8').trimEnd().split('\r\n');
  const vegaLite = await download(here, 'Vega-Lite');
  expect(vegaLite.name).toBe('fig-data.vl.json');
  const specification = JSON.parse(vegaLite.bytes.toString('utf8')) as TopLevelSpec;
  const warnings: string[] = [];
  const logger: vega.LoggerInterface = {
    ...vega.logger(vega.None),
    warn(...said: readonly unknown[]) {
      warnings.push(said.join(' '));
      return logger;
    },
  };
  const view = new vega.View(vega.parse(compile(specification, { logger }).spec), { renderer: 'none' });
  expect(await view.toSVG()).toContain('input x');
  expect(warnings).toEqual([]);
  await here.getByRole('link', { name: 'The data of figure 1 as a table' }).click();
  const table = here.getByRole('region', { name: 'Data of figure 1' });
  // A click does not wait for the page that it leads to.
  await table.waitFor();
  const cells = (selector: string): Promise<string[][]> =>
    table.locator(selector).evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  expect(await cells('thead tr')).toEqual([head.split(',')]);
  const shown = await cells('tbody tr');
  expect(shown).toHaveLength(rows.length);
  rows.forEach((row, at) => {
    const read = row.split(',').map((text) => (text === '' || Number.isNaN(Number(text)) ? text : Number(text)));
    const rounded = read.map((value) => (typeof value === 'number' ? String(Number(value.toPrecision(6))) : value));
    expect(shown[at]).toEqual(rounded);
  });
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});

it('the button beside a directive copies it; the command that makes the figure again finds all of it', async () => {
  const { context, open, close } = await visit(browser, site, 'http');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const here = await open('index.html');
  const account = here.locator('#fig-data details.origin');
  await account.locator('summary').click();
  const button = account.locator('.colophon-code > button').first();
  await button.click();
  await expect.poll(() => button.textContent()).toBe('Copied');
  expect(await here.evaluate(() => navigator.clipboard.readText())).toBe(
    block('figure #fig-data', 'show: waves.data', 'caption: The data.'),
  );
  const commands = account.locator('p', { hasText: 'Make it again' }).locator('code');
  await expect
    .poll(() => commands.allInnerTexts())
    .toEqual(['colophon build --only fig-data report', 'colophon results waves --report report']);
  const [, ...words] = (await commands.first().innerText()).split(' ');
  const said = spawnSync(process.execPath, [cli, ...words], {
    cwd: join(site, '..'),
    encoding: 'utf8',
  });
  expect([said.status, said.stderr + said.stdout]).toEqual([
    0,
    expect.stringContaining('fig-data: 0 steps ran, 1 cached'),
  ]);
  await close();
});

it.each(everyNth(2, ['dark', 'light'] as const))(
  'the PNG has the pixels of what is shown, in the %s, alive as it is; the SVG draws',
  async (colorScheme) => {
    const { open, complaints, close } = await visit(browser, site, 'http', { acceptDownloads: true, colorScheme });
    const here = await open('index.html');
    await here.locator('#fig-data').scrollIntoViewIfNeeded();
    await here.locator('#fig-data .colophon-redrawn > svg').waitFor();
    const shown = await here.locator('#fig-data .colophon-redrawn > svg').boundingBox();
    const png = await download(here, 'PNG');
    expect(png.name).toBe('fig-data.png');
    const svg = await download(here, 'SVG');
    expect(svg.name).toBe('fig-data.svg');
    const seen = await here.evaluate(
      async (sources) => {
        const found = [];
        for (const source of sources) {
          const image = new Image();
          image.src = source;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          if (context === null) throw new Error('no canvas');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, image.width, image.height);
          const colours = new Map<string, number>();
          for (let at = 0; at < data.length; at += 4) {
            const colour = [...data.subarray(at, at + 4)].join();
            colours.set(colour, (colours.get(colour) ?? 0) + 1);
          }
          found.push({
            width: image.width,
            height: image.height,
            corner: [...data.subarray(0, 4)],
            colours: [...colours],
          });
        }
        return found;
      },
      [
        `data:image/png;base64,${png.bytes.toString('base64')}`,
        `data:image/svg+xml;base64,${svg.bytes.toString('base64')}`,
      ],
    );
    const [fromPng, fromSvg] = seen;
    if (fromPng === undefined || fromSvg === undefined || shown === null) throw new Error('nothing seen');
    expect(Math.abs(fromPng.width - 2 * shown.width)).toBeLessThanOrEqual(2);
    expect(Math.abs(fromPng.height - 2 * shown.height)).toBeLessThanOrEqual(2);
    expect(fromSvg.corner).toEqual([255, 255, 255, 255]);
    expect(fromPng.corner).toEqual(colorScheme === 'light' ? [255, 255, 252, 255] : [20, 22, 26, 255]);
    // The training samples' orange, through three quarters of opacity over the paper, in hundreds of pixels.
    const paper = fromPng.corner;
    const orange = colorScheme === 'light' ? [0xcf, 0x6d, 0x12] : [0xff, 0x9d, 0x3d];
    const mixed = orange.map((channel, index) => 0.75 * channel + 0.25 * (paper[index] ?? 0));
    const near = fromPng.colours
      .filter(([colour]) =>
        colour
          .split(',')
          .slice(0, 3)
          .every((channel, index) => Math.abs(Number(channel) - (mixed[index] ?? 0)) <= 3),
      )
      .reduce((sum, [, times]) => sum + times, 0);
    expect(near).toBeGreaterThan(300);
    expect(fromSvg.colours.filter(([colour]) => !colour.endsWith(',0')).length).toBeGreaterThan(5);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
  },
);

it('a table sorts by a click on a head, and the other way by a second one, by keyboard too', async () => {
  const { open, close } = await visit(browser, site, 'file');
  const here = await open('index.html');
  const table = here.locator('#tbl-end table');
  const values = (): Promise<number[]> =>
    table
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => Number((row as HTMLTableRowElement).cells[2]?.textContent)));
  const head = table.locator('thead th').filter({ hasText: 'test error' });
  await head.getByRole('button').click();
  const ascending = await values();
  expect(ascending).toHaveLength(6);
  expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
  expect(await head.getAttribute('aria-sort')).toBe('ascending');
  await here.keyboard.press('Enter');
  expect(await values()).toEqual(ascending.toReversed());
  expect(await head.getAttribute('aria-sort')).toBe('descending');
  await close();
});

it.each(['file', 'http'] as const)(
  'under a figure, unfolded, stand when and how fast it was computed, by %s',
  async (by) => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const account = here.locator('#fig-fit [data-build-info="account"]').first();
    expect(await account.isVisible()).toBe(false);
    // The way to it stands there unfolded, and a key is copied whole.
    const way = here.locator('#fig-fit .way li');
    await way.first().scrollIntoViewIfNeeded();
    const seconds = String.raw`(?:[\d.]+|< 0\.01) s`;
    await expect
      .poll(async () => (await way.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')).join(' > '))
      .toMatch(
        new RegExp(`^dataset waves seed 1 ${seconds} > train small 2 runs, seed 0 ${seconds} > fit > Figure \\d$`),
      );
    expect(await way.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))).toEqual([
      ...['#exp-waves', '#exp-small', 'figures/fig-fit.html', '#fig-fit'],
    ]);
    expect(await here.locator('#fig-fit .key').first().getAttribute('title')).toMatch(/^[0-9a-f]{64}$/);
    await here.locator('#fig-fit details.origin > summary').click();
    await expect
      .poll(() => account.textContent())
      .toMatch(/^Computed in [\d.e-]+ s on \w+ \d+, \d{4} on [a-z0-9-]+\.$/);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
  },
);

it('on paper every figure is there once, as it was drawn; what is folded is not', async () => {
  const { open, close } = await visit(browser, site, 'file', { colorScheme: 'dark' });
  const here = await open('index.html');
  await here.setViewportSize({ width: 1200, height: 3000 });
  await here.locator('#fig-data .colophon-redrawn > svg').waitFor();
  await here.locator('#fig-fit .colophon-alive').waitFor();
  await here.emulateMedia({ media: 'print', colorScheme: null });
  for (const id of ['fig-data', 'fig-fit']) {
    const drawn = await here
      .locator(`#${id} svg[role]`)
      .evaluateAll((all) => all.filter((svg) => svg.checkVisibility()).map((svg) => svg.getAttribute('role')));
    // The fit has a panel for each of two widths.
    expect(drawn, id).toEqual(id === 'fig-fit' ? ['img', 'img'] : ['img']);
  }
  expect(await here.locator('details').evaluateAll((all) => all.some((one) => one.checkVisibility()))).toBe(false);
  expect(
    await here
      .locator('.colophon-tip, .colophon-scrubber, .downloads')
      .evaluateAll((all) => all.some((one) => one.checkVisibility())),
  ).toBe(false);
  const pdf = (await here.pdf()).toString('latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(0);
  await close();
});
