/** A page in each of the ten languages, and in Traditional Chinese: made well, read well by others' judges, and laid out from its own side. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { axeViolations, htmlErrors } from './check-page.js';
import { launchChromium, visit } from './chromium.js';
import { inFull } from '../every-nth.js';

const folder = mkdtempSync(join(tmpdir(), 'colophon-languages-'));
const site = join(folder, 'site');
const languages = ['de', 'fr', 'es', 'pt', 'zh', 'zh-Hant', 'ja', 'ko', 'ar', 'he'];
const paths = ['index.html', ...languages.map((tag) => `${tag}.html`)];
const htmlOf = (path: string): string => readFileSync(join(site, path), 'utf8');

let browser: Browser;
beforeAll(async () => {
  cpSync('test/reports/languages', join(folder, 'report'), { recursive: true });
  const built = colophon(folder, 'build', 'report', '--out', 'site', '--device', 'cpu');
  expect(built).toMatchObject({ code: 0, err: expect.not.stringContaining('warning') as string });
  browser = await launchChromium();
}, 60_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each(paths)('%s has no error of HTML, and each of its links leads somewhere', async (path) => {
  const html = htmlOf(path);
  expect(await htmlErrors(html)).toEqual([]);
  for (const [, address = ''] of html.matchAll(/ (?:href|src)="([^"]+)"/g)) {
    const [file = '', anchor] = decodeURIComponent(address).split('#');
    const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
    expect(existsSync(join(site, target)), address).toBe(true);
    if (anchor !== undefined) expect(htmlOf(target), address).toContain(` id="${anchor}"`);
  }
});

it('a reference is in the language of the page that refers, whatever the language of the other', () => {
  const said = (path: string): string[] =>
    Array.from(htmlOf(path).matchAll(/class="reference" href="[^"]*">([^<]*)</g), ([, text = '']) => text);
  expect(said('de.html')).toEqual(['Abbildung 1', 'Tabelle 2', 'Gleichung 2', 'Satz 2', expect.stringContaining('„')]);
  expect(said('ja.html').slice(0, 4)).toEqual(['図 1', '表 6', '式 6', '定理 6']);
  expect(said('ar.html')[0]).toBe('الشكل 1');
  expect(said('index.html')).toEqual(['Table 6']);
  expect(htmlOf('de.html')).toContain('<a href="ja.html" lang="ja">');
  expect(htmlOf('de.html')).toContain('<html lang="de">');
  expect(htmlOf('ar.html')).toContain('<html lang="ar" dir="rtl">');
});

it('drawings speak the language of their page, and so does what describes them', () => {
  expect(htmlOf('index.html')).toMatch(/aria-label="20 training samples of waves[^"]*".*>target y</s);
  for (const path of paths) expect(htmlOf(path)).not.toMatch(/class="drawing[^>]* lang="en"/);
  expect(htmlOf('de.html')).toMatch(/aria-label="20 Trainingsbeispiele von waves[^"]*".*>Zielwert y</s);
  expect(htmlOf('ar.html')).toMatch(/aria-label="20 عينة تدريب من waves[^"]*".*>الهدف y</s);
});

it('pages in other languages than English load the words of their scripts, and no others', () => {
  const words = (path: string): string[] => htmlOf(path).match(/assets\/words-[a-z]+(?:-hant)?/g) ?? [];
  expect(words('index.html')).toEqual([]);
  for (const tag of languages) expect(words(`${tag}.html`)).toEqual([`assets/words-${tag.toLowerCase()}`]);
  expect(readdirSync(join(site, 'assets')).filter((name) => name.startsWith('words-'))).toHaveLength(languages.length);
});

it('axe finds nothing, in light and dark; pages fit a phone, and speak their language with scripts too', async () => {
  const { open, complaints, context, close } = await visit(browser, site, 'http', {
    viewport: { width: 1300, height: 900 },
    bypassCSP: true,
  });
  for (const path of inFull ? paths : paths.filter((one, index) => one === 'ar.html' || index % 4 === 0)) {
    const page = await open(path);
    expect(await axeViolations(page), path).toEqual([]);
    if (path === 'ar.html') {
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeViolations(page), path).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
    await page.close();
  }
  const page = await open('ar.html');
  const sides = await page.evaluate(() => {
    const at = (selector: string): number => document.querySelector(selector)?.getBoundingClientRect().left ?? 0;
    const directionOf = (selector: string): string => {
      const element = document.querySelector(selector);
      return element === null ? '' : getComputedStyle(element).direction;
    };
    const beside = (one: string, other: string): boolean => {
      const [a, b] = [one, other].map((selector) => document.querySelector(selector)?.getBoundingClientRect());
      return a !== undefined && b !== undefined && a.right < b.left && a.bottom < b.bottom && a.top > b.top;
    };
    return {
      contentsAfterText: at('.contents') > at('article'),
      ...{ text: directionOf('article p'), code: directionOf('p code'), math: directionOf('math') },
      numberBesideEquation: beside('.equation.numbered .number', '.equation.numbered math'),
      ...{ block: directionOf('pre'), drawing: directionOf('.drawing') },
    };
  });
  expect(sides).toEqual({
    contentsAfterText: true,
    numberBesideEquation: true,
    text: 'rtl',
    code: 'ltr',
    math: 'ltr',
    block: 'ltr',
    drawing: 'ltr',
  });
  await page.keyboard.press('/');
  const field = page.locator('dialog.colophon-search[open] input');
  await field.fill('التدرج');
  expect(await page.locator('dialog.colophon-search').getAttribute('aria-label')).toBe('بحث');
  await field.fill('無人');
  await page.locator('[role="option"]', { hasText: '無人機' }).first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.locator('[role="option"]').first().click();
  await page.waitForURL(/ja\.html/);
  expect(await page.evaluate(() => CSS.highlights.get('colophon-found')?.size ?? 0)).toBeGreaterThan(0);
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await context.close();
  await close();
}, 120_000);
