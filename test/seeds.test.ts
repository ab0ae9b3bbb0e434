/** 32 seeds at 6 shapes: one report for every machine, which shows its bands and says what computed them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { missingGpu, softwareEnvironment } from './engine/software-gpu.js';
import { block, page, reportFolder, waves } from './report-folder.js';
import { cli, colophon } from './colophon.js';

/** Two depths of three widths. */
const many = block(
  'train #net',
  'data: waves',
  'network: { hidden: [2], elbows: uniform }',
  'optimizer: { kind: sgd, rate: 0.05 }',
  'batch: 10',
  'steps: 40',
  'checkpoints: { every: 10 }',
  'seed: { count: 32 }',
  'sweep: { network.hidden: [[10], [20], [40], [10, 10], [20, 20], [40, 40]] }',
);
const figures = [
  block('figure #fig-bands', 'show: net.learning-curves', 'facet: [hidden]'),
  block('figure #fig-few', 'show: net.learning-curves', 'where: { hidden: 10, seed: [0, 1, 2] }'),
];
const tables = [
  block(
    'table #tbl-median',
    'rows: net',
    'columns: [parameter-count, {value: test-error, format: .4f}]',
    'seeds: median',
  ),
  block(
    'table #tbl-mean',
    'rows: net',
    'where: { hidden: 10 }',
    'columns: [{value: test-error, format: .4f}]',
    'seeds: mean',
  ),
  block('table #tbl-each', 'rows: net', 'where: { hidden: 10 }', 'columns: [{value: test-error, format: .17g}]'),
];
const sentence = 'At width 10 the test error ends at `= net[hidden=10].test-error .4f median`.';

let html = '';
const figure = (id: string, of = html): string =>
  /[\s\S]*?<\/figure>/.exec(of.split(`<figure id="${id}"`)[1] ?? '')?.[0] ?? '';

beforeAll(() => {
  const folder = reportFolder({ 'report/index.md': `${page(waves, many, ...figures, ...tables)}\n${sentence}\n` });
  const { code: status, err: stderr } = colophon(folder, 'build', 'report');
  expect(status, stderr).toBe(0);
  expect(stderr).not.toContain('warning');
  html = readFileSync(join(folder, 'site/index.html'), 'utf8');
}, 120_000);

it('every panel has a line for the median of each error and a band for its quartiles, and the key says so', () => {
  const svg = figure('fig-bands');
  expect(svg).toContain('>lines: median of 32 seeds; bands: between their quartiles<');
  for (const shape of ['10', '20', '40', '10 × 10', '20 × 20', '40 × 40'])
    expect(svg).toContain(`>${shape} hidden units<`);
  const areas = [...svg.matchAll(/<path[^>]* d="[^"]*z"/g)].filter(([path]) => path.includes('opacity=".22"'));
  const groups = [...svg.matchAll(/opacity="\.22"/g)];
  expect(Math.max(areas.length, groups.length)).toBeGreaterThanOrEqual(12);
  expect(svg.slice(0, svg.indexOf('</svg>')).length).toBeLessThan(60_000);
  expect(/aria-label="([^"]*)"/.exec(svg)?.[1]).toMatch(
    /10 hidden units, 32 seeds: median training error from .* to .* \(quartiles .* and .*\), median test error .* until step 40/,
  );
});

it('fewer than four seeds are drawn one by one', () => {
  const svg = figure('fig-few');
  expect(svg).not.toContain('median of');
  expect(svg).toContain('minibatch loss');
});

it('a number over the seeds is their median with its quartiles', () => {
  expect(html).toMatch(/the test error ends at .*0\.\d{4} \(0\.\d{4}–0\.\d{4}\)/);
});

describe('a table', () => {
  const rowsOf = (id: string): string[][] =>
    [
      ...(/<tbody>(.*?)<\/tbody>/s.exec(html.split(`<figure class="table" id="${id}"`)[1] ?? '')?.[1] ?? '').matchAll(
        /<tr>(.*?)<\/tr>/gs,
      ),
    ].map(([, row = '']) => [...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell = '']) => cell));

  it('over the seeds has a row for each shape: how many seeds, their median and quartiles, one number where they agree', () => {
    const rows = rowsOf('tbl-median');
    expect(rows.map(([shape, seeds]) => [shape, seeds])).toEqual(
      ['10', '20', '40', '10x10', '20x20', '40x40'].map((shape) => [shape, '32']),
    );
    expect(rows.map(([, , parameters]) => parameters)).toEqual(['31', '61', '121', '141', '481', '1761']);
    // On the digits that the distance of the quartiles allows: two of its own, and at most the four that are asked for.
    for (const [, , , error = ''] of rows) {
      const [, middle = '', lower = '', upper = ''] = /^(\d\.\d+) \((\d\.\d+)–(\d\.\d+)\)$/.exec(error) ?? [];
      const decimals = [middle, lower, upper].map((text) => text.length - 2);
      expect(new Set(decimals).size, error).toBe(1);
      const digits = Math.min(4, 1 - Math.floor(Math.log10(Number(upper) - Number(lower))));
      expect(Math.abs((decimals[0] ?? 0) - digits), error).toBeLessThanOrEqual(1);
    }
  });

  it('sums up the numbers that it otherwise lists, and says the same as the text', () => {
    const errors = rowsOf('tbl-each').map((row) => Number(row.at(-1)));
    expect(errors).toHaveLength(32);
    const mean = errors.reduce((sum, error) => sum + error, 0) / 32;
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 31);
    const digits = Math.min(4, 1 - Math.floor(Math.log10(deviation)));
    expect(rowsOf('tbl-mean')).toEqual([['10', '32', `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`]]);
    const median = rowsOf('tbl-median')[0]?.[3] ?? '';
    expect(html).toContain(`the test error ends at <span class="value">${median}</span>`);
  });
});

it('the page says which device computed all of them, and where there was no GPU says that', () => {
  const said = /<p class="devices">([^<]*)<\/p>/.exec(figure('fig-bands'))?.[1] ?? '';
  expect(said).toMatch(/^192 results on .+, [a-z0-9-]+\/\d+(?:; no GPU took part)?\.$/);
  expect(said.includes('no GPU')).toBe(!/(?:webgpu|tfjs-cuda)-f32/.test(said));
});

it.skipIf((await missingGpu()) !== undefined)(
  'on the software Vulkan driver: the same bands, and page and records name the device and that it is no GPU',
  { timeout: 120_000 },
  () => {
    const few = many.replace('steps: 40', 'steps: 6').replace('every: 10', 'every: 3');
    const folder = reportFolder({ 'report/index.md': page(waves, few, figures[0]!) });
    const run = (...words: string[]): string => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
        cwd: folder,
        encoding: 'utf8',
        env: softwareEnvironment(),
      });
      expect(status, stderr).toBe(0);
      return stdout;
    };
    run('build', 'report', '--device', 'webgpu');
    const svg = figure('fig-bands', readFileSync(join(folder, 'site/index.html'), 'utf8'));
    expect(svg).toContain('>lines: median of 32 seeds; bands: between their quartiles<');
    expect(/<p class="devices">([^<]*)<\/p>/.exec(svg)?.[1]).toMatch(
      /^192 results on swiftshader-device-subzero \(SwiftShader driver [\d.]+\), webgpu-software-f32\/3; no GPU took part\.$/,
    );
    const records = JSON.parse(run('results', 'net', '--record', '--json', '--report', 'report')) as {
      record: { profile: string; device: string };
    }[];
    expect(records).toHaveLength(192);
    for (const { record } of records) {
      expect(record).toMatchObject({
        profile: 'webgpu-software-f32/3',
        device: expect.stringContaining('SwiftShader') as string,
      });
    }
  },
);
