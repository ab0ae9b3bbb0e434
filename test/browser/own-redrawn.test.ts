/** What an author's specification brings to life: nothing of the page outside it, and no address, whatever it computes. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser.close());

const elsewhere = 'https://evil.example/x.svg#a';

it('colours, cursors, fonts and links that an expression makes name nothing outside the figure', async () => {
  const computed = (name: string, mark: string): string =>
    block(
      `figure #fig-${name}`,
      'show: small',
      'columns: [step, test-error]',
      'vega-lite:',
      `  transform: [{ calculate: "'url(${elsewhere})'", as: c }]`,
      `  mark: ${mark}`,
      '  encoding:',
      '    x: { field: step, type: quantitative }',
      '    y: { field: test-error, type: quantitative }',
      '    fill: { field: c, type: nominal, scale: null }',
      '    stroke: { field: c, type: nominal, scale: null }',
    );
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      small,
      computed('points', `{ type: point, cursor: { expr: "'url(${elsewhere}), auto'" } }`),
      computed('line', 'line'),
      computed('area', 'area'),
      computed('text', `{ type: text, text: hello, font: { expr: "'url(${elsewhere})'" } }`),
      block(
        'figure #fig-events',
        'show: small',
        'columns: [step, test-error]',
        'vega-lite:',
        '  params:',
        '    - { name: seen, select: { type: point, on: "pointerover[event.view]" } }',
        '    - { name: shown, value: 10, bind: { input: range, min: 0, max: 20 } }',
        '  mark: { type: point, size: 100, tooltip: { expr: "datum.step + shown" } }',
        '  encoding:',
        '    x: { field: step, type: quantitative }',
        '    y: { field: test-error, type: quantitative }',
        '    opacity: { condition: { param: seen, empty: false, value: 1 }, value: 0.4 }',
      ),
    ),
  });
  const { code, err } = colophon(folder, 'build', 'report');
  expect(err).not.toMatch(/problem/);
  expect(code).toBe(0);
  const { open, complaints, close } = await visit(browser, `${folder}/site`, 'http');
  const here = await open('index.html');
  for (const name of ['points', 'line', 'area', 'text', 'events']) {
    await here.locator(`#fig-${name}`).scrollIntoViewIfNeeded();
    await here.locator(`#fig-${name} .colophon-redrawn > svg`).waitFor();
  }
  await here.locator('#fig-events .colophon-redrawn > svg').hover();
  const drawn = await here
    .locator('figure .colophon-redrawn')
    .evaluateAll((all) => all.map((one) => one.outerHTML).join('\n'));
  expect(drawn).toContain('<path');
  expect(drawn).not.toContain('evil.example');
  expect(drawn).not.toContain('href');
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});
