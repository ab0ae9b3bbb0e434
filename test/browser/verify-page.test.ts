/** A reader has the experiments of a page computed again, in a real browser: in a worker, and from disk between the frames of the page. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepKinds } from '../../src/steps/kinds.js';
import { colophon } from '../colophon.js';
import { block, page as written, reportFolder, small, waves } from '../report-folder.js';
import { verifyInPage } from '../faults/verify-in-page.mjs';
import { axeViolations } from './check-page.js';
import { launchChromium } from './chromium.js';
import { serveFolder } from './serve-folder.js';

const files = {
  'report/colophon.yaml': 'verify: true\n',
  'report/table.csv': 'x,y\n0,1\n0.5,-1\n0.25,0.5\n0.75,2\n1,0.125\n0.1,0.3\n',
  'report/runs.csv': 'step,loss\n0,1\n1,0.5\n2,0.25\n',
  'report/index.md': written(
    waves,
    small,
    block('features #gradients', 'of: small', 'at: [0, 20]'),
    block('svd #spectrum', 'of: small', 'at: [0]', 'precision: float64'),
    block('kernel #tangent', 'of: small', 'at: [0, 20]', 'compare: 0'),
    block('limit-kernel #wide', 'of: small'),
    block('linearize #linear', 'of: small'),
    block('project #directions', 'onto: spectrum', 'components: 2'),
    block('curvature #sharpness', 'of: small'),
    block('spectral #frequencies', 'of: small', 'at: [0, 20]', 'points: 64'),
    block('elbows #flow', 'of: small'),
  ),
  'report/others.md': written(
    block('dataset #spirals', 'function: { spirals: { turns: 1, arms: 2 } }', 'samples: 20', 'noise: 0.02'),
    block(
      'train #classifier',
      'data: spirals',
      'network: { hidden: [5], activation: tanh }',
      'optimizer: { kind: adam }',
      'steps: 20',
    ),
    block(
      'train #exact',
      'data: waves',
      'network: { hidden: [4] }',
      'parameters: output',
      'optimizer: { kind: ridge, penalty: 0.001 }',
    ),
    block(
      'train #elsewhere',
      'data: waves',
      'network: { hidden: [4] }',
      'optimizer: { kind: sgd, rate: 0.02 }',
      'steps: 20',
      'device: reference',
    ),
    block('features #of-elsewhere', 'of: elsewhere', 'at: [20]'),
    block('dataset #table', 'function: { csv: { file: table.csv } }', 'standardize: both'),
    block('train #of-table', 'data: table', 'network: { hidden: [3] }', 'optimizer: { kind: adam }', 'steps: 20'),
    block('results #logged', 'from: runs.csv', 'source: Elsewhere.'),
  ),
};

let browser: Browser;
let site = '';

beforeAll(async () => {
  const folder = reportFolder(files);
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  site = join(folder, 'site');
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
});

interface Opened {
  readonly page: Page;
  readonly said: string[];
  readonly loaded: string[];
}

async function opened(
  address: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<Opened> {
  const page = await browser.newPage();
  const said: string[] = [];
  const loaded: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => loaded.push(request.url()));
  await prepare(page);
  await page.goto(address);
  return { page, said, loaded };
}

const fold = (page: Page): Promise<void> => page.locator('details[data-verify] > summary').click();
const hears = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).waitFor({ timeout: 15_000 });
const results = async (page: Page): Promise<Map<string, string>> => {
  const rows = await page.locator('.colophon-verify-table tbody tr').all();
  const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
  return new Map(cells.map(([name = '', , , result = '']) => [name, result]));
};

/** The policy of the site's own `_headers` on every file, as a host sends it that reads them. */
async function withHeaders(page: Page, folder: string): Promise<void> {
  const [, policy = ''] = /Content-Security-Policy: (.*)/.exec(readFileSync(join(folder, '_headers'), 'utf8')) ?? [];
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
}

const ways = ['over HTTP', 'over HTTP with _headers', 'from disk'];

async function visited(
  where: string,
  path: string,
  act: (opened: Opened) => Promise<void>,
  folder = site,
): Promise<void> {
  const server = where === 'from disk' ? undefined : await serveFolder(folder);
  const seen = await opened(`${server?.address ?? `file://${folder}/`}${path}`, async (page) => {
    if (where === 'over HTTP with _headers') await withHeaders(page, folder);
  });
  await act(seen);
  await seen.page.close();
  await server?.close();
}

describe.each(ways)('%s', (where) => {
  it('every kind that a page computes has the bytes that were published', async () => {
    await visited(where, 'index.html', async ({ page, said, loaded }) => {
      expect(loaded.filter((url) => /verify|lab/.test(url))).toEqual([]);
      await fold(page);
      await hears(page, /^21 of 21 the same bytes as published, 0 different, 0 within tolerance, 0 not/);
      expect(new Set((await results(page)).values())).toEqual(new Set(['the same bytes']));
      expect(said).toEqual([]);
      expect(loaded.some((url) => url.includes('/lab-engine'))).toBe(false);
      expect(await axeViolations(page)).toEqual([]);
    });
  }, 60_000);

  it('what a page does not compute is named and not claimed, and what depends on it is computed', async () => {
    await visited(where, 'others.html', async ({ page, said }) => {
      await fold(page);
      await hears(page, /^6 of 9 the same bytes as published, 0 different, 1 within tolerance, 2 not/);
      const told = await results(page);
      expect(told.get('table')).toBe('not computed here: read from a file');
      expect(told.get('of-table')).toBe('the same bytes');
      expect(told.get('logged')).toBe('not computed here: something else computed it');
      expect(told.get('elsewhere')).toMatch(
        /^within the tolerance of reference-f64\/\d+, which promises no bits: \S+ %/,
      );
      expect(told.get('of-elsewhere')).toBe('the same bytes');
      expect(said).toEqual([]);
    });
  }, 60_000);
});

it('the report has every kind that a page computes', () => {
  const others = ['results', 'program'];
  for (const { kind } of stepKinds)
    if (!others.includes(kind))
      expect(files['report/index.md'] + files['report/others.md']).toContain(`\`\`\`${kind} #`);
});

it('the whole site is verified on the page that says how it was made', async () => {
  const { page } = await opened(`file://${site}/provenance.html`);
  await page.getByText('Verify this site').click();
  await hears(page, /^26 of 29 the same bytes as published/);
  await page.close();
}, 60_000);

/** Changes the data of a page on their way to it. */
async function tampered(change: (plan: string) => string): Promise<{ page: Page; end: () => Promise<void> }> {
  const server = await serveFolder(site);
  const { page } = await opened(`${server.address}index.html`, async (before) =>
    before.route('**/assets/verify-page-*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: change(await response.text()) });
    }),
  );
  const end = async (): Promise<void> => {
    await page.close();
    await server.close();
  };
  return { page, end };
}

it('another digest, or another option under a key, is told, with both and what to report', async () => {
  const digests: string[] = [];
  const { page, end } = await tampered((plan) =>
    plan.replace(/("name":"gradients\[hidden=4\]".*?"digest":")(\w{8})/, (_, before: string, digest: string) => {
      digests.push(digest);
      return `${before}00000000`;
    }),
  );
  await fold(page);
  await hears(page, /^20 of 21 the same bytes as published, 1 different/);
  const row = page.locator('.colophon-verify-different');
  expect(await row.locator('td').allInnerTexts()).toEqual([
    'gradients[hidden=4]',
    '00000000',
    digests[0],
    'different bytes',
  ]);
  await page.getByRole('button', { name: 'Copy what to report' }).click();
  await end();
  const other = await tampered((plan) => plan.replace('"points":64', '"points":32'));
  await fold(other.page);
  await hears(other.page, /^20 of 21 the same bytes as published, 1 different/);
  await other.end();
}, 60_000);

it('it is paused, gone on with, and cancelled', async () => {
  // Long enough to be stopped.
  const { page, end } = await tampered((plan) => plan.replaceAll('"seconds":', '"seconds":40,"was":'));
  await fold(page);
  const start = page.getByRole('button', { name: /^Compute again \(about \d+ s\)$/ });
  await start.waitFor();
  expect(new Set((await results(page)).values())).toEqual(new Set(['']));
  await start.click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await hears(page, 'Paused.');
  const before = [...(await results(page)).values()].filter((result) => result !== '').length;
  expect(before).toBeLessThan(21);
  await page.getByRole('button', { name: /^Go on/ }).click();
  await hears(page, /^21 of 21 the same bytes/);
  await start.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await hears(page, 'Cancelled.');
  await start.click();
  await hears(page, /^21 of 21 the same bytes/);
  await end();
}, 60_000);

it('a report that does not ask for it has no such fold, and no page that may compile', () => {
  const folder = reportFolder({ 'report/index.md': written(waves, small) });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  const plain = join(folder, 'site');
  expect(readFileSync(join(plain, 'index.html'), 'utf8')).not.toMatch(/data-verify|wasm-unsafe-eval/);
  expect(readFileSync(join(plain, '_headers'), 'utf8')).not.toContain('wasm-unsafe-eval');
  expect(readdirSync(join(plain, 'assets')).filter((name) => name.startsWith('verify'))).toEqual([]);
});

/** Of `npm run test:faults -- digests`, for the site of report/: it takes minutes. */
const { VERIFIED_SITE: named, VERIFIED_RESULTS: out } = process.env;

it.skipIf(named === undefined)(
  'a site that is named is verified as a whole, in every way to read it',
  async () => {
    const found: Record<string, string[]> = {};
    for (const way of ways)
      await visited(
        way,
        'provenance.html',
        async ({ page }) => {
          found[way] = (await page.evaluate<string>(`(${verifyInPage})()`)).split('\n');
        },
        named,
      );
    writeFileSync(out ?? '', JSON.stringify(found));
  },
  1_800_000,
);
