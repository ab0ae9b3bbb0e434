/** What a report changes of the look, and what a reader's system does, as a browser computes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { axeViolations } from './check-page.js';
import { launchChromium, visit } from './chromium.js';

const text = page(
  waves,
  small,
  'A sentence with a [link](https://example.org/), `code` and $x^2$.',
  block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]', 'caption: Curves.'),
  ...['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'].map((kind) => `> [!${kind}]\n> Mind this.`),
);
const theme = `:root {
  --paper: light-dark(#fdf6e3, #001122);
  --ink: #112233;
  --link: rgb(120, 30, 90);
  --quiet: #eeddcc;
  --note: rgb(1, 2, 3);
  --warn: rgb(3, 2, 1);
  --text-font: Georgia, serif;
  --ui-font: Verdana, sans-serif;
  --code-font: 'Courier New', monospace;
  --math-font: 'Cambria Math', math;
  --size: 20px;
  --leading: 2;
  --measure: 30rem;
  --figure-c1: rgb(9, 99, 199);
}
`;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = reportFolder({
    'plain/index.md': text,
    'own/index.md': text,
    'own/theme.css': theme,
  });
  for (const report of ['plain', 'own'])
    expect(colophon(folder, 'build', report, '--out', `site-${report}`, '--device', 'cpu').code).toBe(0);
  browser = await launchChromium();
}, 60_000);
afterAll(async () => browser.close());

/** What a browser computes of each selector's property. */
async function computed(
  site: string,
  wanted: Readonly<Record<string, readonly [selector: string, property: string]>>,
  options: Parameters<typeof visit>[3] = {},
): Promise<Record<string, string>> {
  const { open, complaints, close } = await visit(browser, join(folder, site), 'http', {
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  const here = await open('index.html');
  const found = await here.evaluate(
    (all) =>
      Object.fromEntries(
        Object.entries(all).map(([name, [selector, property]]) => {
          const element = document.querySelector(selector);
          return [name, element === null ? 'missing' : getComputedStyle(element).getPropertyValue(property)];
        }),
      ),
    wanted,
  );
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
  return found;
}

const shown = {
  paper: ['html', 'background-color'],
  ink: ['article > p', 'color'],
  link: ['article > p a', 'color'],
  quiet: ['article > p code', 'background-color'],
  text: ['article > p', 'font-family'],
  ui: ['.bar', 'font-family'],
  code: ['article > p code', 'font-family'],
  math: ['math', 'font-family'],
  size: ['article > p', 'font-size'],
  leading: ['article > p', 'line-height'],
  measure: ['article > p', 'width'],
  note: ['.callout.note .callout-title', 'color'],
  warning: ['.callout.warning', 'border-left-color'],
} as const;

it('custom properties of a report have their effect, in the light and in the dark', async () => {
  const [plain, light, dark] = [
    await computed('site-plain', shown),
    await computed('site-own', shown),
    await computed('site-own', shown, { colorScheme: 'dark' }),
  ];
  expect(light).toEqual({
    paper: 'rgb(253, 246, 227)',
    ink: 'rgb(17, 34, 51)',
    link: 'rgb(120, 30, 90)',
    quiet: 'rgb(238, 221, 204)',
    text: 'Georgia, serif',
    ui: 'Verdana, sans-serif',
    code: '"Courier New", monospace',
    math: '"Cambria Math", math',
    size: '20px',
    leading: '40px',
    measure: `${30 * 20}px`,
    note: 'rgb(1, 2, 3)',
    warning: 'rgb(3, 2, 1)',
  });
  expect(dark).toEqual({ ...light, paper: 'rgb(0, 17, 34)' });
  for (const name of Object.keys(shown)) expect(light[name], name).not.toBe(plain[name]);
});

it('every property that the guide names is declared, and something is drawn with it', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../report/guide/look.md'), 'utf8');
  const style = ['style', 'figures', 'math']
    .map((name) => readFileSync(join(import.meta.dirname, `../../templates/${name}.css`), 'utf8'))
    .join('\n');
  const site = readFileSync(join(folder, 'site-plain/index.html'), 'utf8');
  const rows = guide.split('\n').filter((line) => line.startsWith('| `--'));
  const named = [...rows.join('\n').matchAll(/`(--[a-z0-9-]+)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(25);
  const source = readFileSync(join(import.meta.dirname, '../../src/figures/theme.ts'), 'utf8');
  for (const name of named) {
    expect(style, name).toContain(`${name}:`);
    const figure = /^--figure-(.*)$/.exec(name)?.[1];
    expect(
      style.includes(`var(${name}`) || site.includes(`var(${name}`) || source.includes(`'${figure ?? ''}'`),
      name,
    ).toBe(true);
  }
});

it.each(['light', 'dark'] as const)('axe finds nothing on callouts of every kind, in the %s', async (colorScheme) => {
  const options = { colorScheme, bypassCSP: true };
  const { open, close } = await visit(browser, join(folder, 'site-plain'), 'http', options);
  expect(await axeViolations(await open('index.html'))).toEqual([]);
  await close();
});

it('a reader who wants more contrast gets black on white, and links that are underlined thicker', async () => {
  const more = await computed(
    'site-plain',
    { ...shown, rule: ['html', '--rule'], faint: ['figcaption', 'color'] },
    { contrast: 'more' },
  );
  expect([more['paper'], more['ink'], more['faint']]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(0, 0, 0)']);
  const dark = await computed('site-plain', shown, { contrast: 'more', colorScheme: 'dark' });
  expect([dark['paper'], dark['ink']]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
});

it.each(['light', 'dark'] as const)(
  'with colours that the system forces, in the %s, figures and buttons are in them',
  async (colorScheme) => {
    const wanted = {
      canvas: ['html', 'background-color'],
      text: ['article > p', 'color'],
      icon: ['.icon', 'background-color'],
      button: ['.tool', 'color'],
      label: ['.drawing svg text', 'fill'],
    } as const;
    const forced = await computed('site-plain', wanted, { forcedColors: 'active', colorScheme });
    const [ground, ink] =
      colorScheme === 'light' ? ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'] : ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'];
    expect(forced).toEqual({ canvas: ground, text: ink, icon: ink, button: ink, label: ink });
    const { open, close } = await visit(browser, join(folder, 'site-plain'), 'http', {
      forcedColors: 'active',
      colorScheme,
      bypassCSP: true,
    });
    const here = await open('index.html');
    expect(await axeViolations(here)).toEqual([]);
    await close();
  },
);
