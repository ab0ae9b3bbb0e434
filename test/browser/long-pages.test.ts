/** Long pages with heavy TeX that others wrote (test/fixtures/tex/pages/README.md), as a report of ours. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { reportFolder } from '../report-folder.js';
import { axeViolations, htmlErrors } from './check-page.js';
import { launchChromium, visit } from './chromium.js';

const fixtures = join(import.meta.dirname, '../fixtures/tex/pages');
const names = readdirSync(fixtures).filter((name) => name.endsWith('.md') && name !== 'README.md');
const texts = new Map(names.map((name) => [name, readFileSync(join(fixtures, name), 'utf8')]));

/** Their links to other notebooks lead elsewhere, and their pictures, which are not here, are their captions. */
function alone(text: string): string {
  return text.replace(/(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\((?!http)[^)]*\)/g, (_whole, image: string, words: string) =>
    image === '' ? `[${words}](https://example.org/)` : words,
  );
}

/** The formulas of a text as one counts them by eye: pairs of dollars outside code. */
function formulasIn(text: string): number {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/``[\s\S]*?``|`[^`]*`/g, '');
  const displays = prose.match(/\$\$[\s\S]*?\$\$/g) ?? [];
  const lines = prose.replace(/\$\$[\s\S]*?\$\$/g, '').match(/\$[^$]+\$/g) ?? [];
  return displays.length + lines.length;
}

const longest = 'gpjax-natural-gradients.md';

let browser: Browser;
let site: string;

beforeAll(async () => {
  const pages = [...texts].map(([name, text]): [string, string] => [`report/${name}`, alone(text)]);
  const folder = reportFolder({ 'report/index.md': '# Others\n\nText.\n', ...Object.fromEntries(pages) });
  const { code, err } = colophon(folder, 'build', 'report', '--out', 'site');
  expect(code, err).toBe(0);
  // All that is said of them is that MyST's roles are not read here.
  const rules = [...err.matchAll(/^report\/\S+ {2}(\S+) {2}/gm)].map(([, rule]) => rule);
  expect([...new Set(rules)], err).toEqual(['neighbour-syntax']);
  site = join(folder, 'site');
  browser = await launchChromium();
}, 60_000);
afterAll(async () => browser.close());

it('there are four, of more than five hundred formulas', () => {
  expect(names).toHaveLength(4);
  expect([...texts.values()].reduce((sum, text) => sum + formulasIn(text), 0)).toBeGreaterThan(500);
});

describe.each(names)('%s', (name) => {
  const path = name.replace(/\.md$/, '.html');

  it('has every formula, no dollar and no TeX left over, and is valid', async () => {
    const html = readFileSync(join(site, path), 'utf8');
    expect(html.match(/<math/g)).toHaveLength(formulasIn(texts.get(name) ?? ''));
    const prose = html.replace(/<(pre|code|script)\b[\s\S]*?<\/\1>/g, '');
    expect(prose.replace(/<[^>]*>/g, '')).not.toMatch(/\$|\\[a-zA-Z]+/);
    expect(html).not.toContain('<merror');
    expect(await htmlErrors(html)).toEqual([]);
  });

  it('is drawn whole at any width, without a complaint; the longest without one of axe', async () => {
    const { open, complaints, close } = await visit(browser, site, 'file', { bypassCSP: true });
    const page = await open(path);
    for (const width of [1200, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const { flat, beyond } = await page.evaluate(() => {
        const all = [...document.querySelectorAll('math')];
        const empty = all.filter((math) => {
          const { width: wide, height } = math.getBoundingClientRect();
          return wide < 2 || height < 2;
        });
        return {
          flat: empty.map((math) => math.outerHTML),
          beyond: document.documentElement.scrollWidth - window.innerWidth,
        };
      });
      expect(flat).toEqual([]);
      expect(beyond).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    if (name === longest) expect(await axeViolations(page)).toEqual([]);
    await close();
  }, 30_000);
});
