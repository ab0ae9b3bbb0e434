/** A sweep of many runs is summed up on its pages: they do not grow with its runs, and a file has them all. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';

const seeds = (count: number): string =>
  block(
    'train #many',
    'data: waves',
    'network: { hidden: [4], elbows: uniform }',
    'optimizer: { kind: sgd, rate: 0.02 }',
    'batch: 10',
    'steps: 20',
    `sweep: { optimizer.rate: [0.01, 0.02, 100000], seed: [${Array.from({ length: count }, (_, seed) => seed).join(', ')}] }`,
  );

let browser: Browser;
const sites = new Map<number, string>();

beforeAll(async () => {
  for (const count of [10, 20]) {
    const folder = reportFolder({
      'report/index.md': page(waves, small, seeds(count), block('figure #fig-many', 'show: many.errors')),
    });
    const site = join(folder, 'site');
    expect(colophon(folder, 'build', 'report').code).toBe(0);
    expect(colophon(folder, 'verify', 'report').code).toBe(0);
    expect(colophon(folder, 'build', 'report').code).toBe(0);
    sites.set(count, site);
  }
  browser = await launchChromium();
}, 120_000);
afterAll(async () => browser.close());

const read = (count: number, path: string): string => readFileSync(join(sites.get(count) ?? '', path), 'utf8');

it('pages and their account are as long for sixty runs as for thirty', () => {
  // Listed, thirty more runs would be 2 to 12 kB.
  for (const file of ['experiments.html', 'provenance.html', 'build-info.js']) {
    const [few, many] = [10, 20].map((count) => statSync(join(sites.get(count) ?? '', file)).size);
    expect(Math.abs((many ?? 0) - (few ?? 0)), file).toBeLessThan(1000);
  }
  // The directive itself, as it is written, names ten more seeds.
  expect(Math.abs(read(20, 'index.html').length - read(10, 'index.html').length)).toBeLessThan(4000);
});

it('an account has the axes with their ranges, and every run stands in a file', async () => {
  const { open, complaints, close } = await visit(browser, sites.get(10) ?? '', 'http');
  const here = await open('index.html');
  const fold = here.locator('#exp-many');
  await fold.locator('summary').click();
  expect(await fold.locator('table.axes tbody tr').allInnerTexts()).toEqual([
    'rate\t3\t0.01 – 100000',
    'seed\t10\t0 – 9',
  ]);
  expect(await fold.innerText()).toContain('30 runs · diverged: 10 · List of all runs (CSV)');
  await fold.getByText(/^Computed in/).waitFor();
  expect(await fold.locator('[data-build-info="verified"]').innerText()).toMatch(/: 30 the same bytes/);
  const list = (await fold.locator('a[download]').getAttribute('href')) ?? '';
  const [head, ...rows] = read(10, list).trimEnd().split('\r\n');
  expect(head).toBe('run,rate,seed,key,profile,device,diverged at step');
  expect(new Set(rows.map((row) => /[0-9a-f]{64}/.exec(row)?.[0])).size).toBe(30);
  expect(rows.filter((row) => row.startsWith('"many[rate=100000,') && /,\d+$/.test(row))).toHaveLength(10);
  // The figure shows the same runs: it is the same file.
  await here.locator('#fig-many details.origin > summary').click();
  expect(await here.locator('#fig-many details.origin a[download="runs.csv"]').getAttribute('href')).toBe(list);
  // Few runs are listed one by one.
  await here.locator('#exp-small summary').click();
  expect(await here.locator('#exp-small .runs li').count()).toBe(2);
  const all = await open('experiments.html');
  const row = all.locator('tr', { has: all.locator('td:first-child', { hasText: /^many$/ }) });
  await expect.poll(() => row.locator('[data-build-info="seconds"]').innerText()).toMatch(/\d/);
  expect(await row.getByRole('link', { name: '30' }).getAttribute('href')).toBe(list);
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});
