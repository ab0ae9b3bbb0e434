/** A page as it is printed, and on a narrow screen: all of it is there, in ink on white, and nothing is cut off. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { axeViolations } from './check-page.js';
import { launchChromium, visit } from './chromium.js';

const longFormula = Array.from({ length: 30 }, (_, index) => `x_{${index}}^2`).join(' + ');
const wideRow = (cell: (column: number) => string): string =>
  `| ${Array.from({ length: 14 }, (_, column) => cell(column)).join(' | ')} |`;
const wideTable = [wideRow((c) => `a long heading ${c}`), wideRow(() => '---'), wideRow((c) => `some words ${c}`)].join(
  '\n',
);
const kinds = ['note', 'tip', 'important', 'warning', 'caution'];
const text = page(
  waves,
  small,
  block('figure #fig-fit', 'show: small.fit', 'caption: The fit.', 'slider: step'),
  ...kinds.map((kind) => `> [!${kind.toUpperCase()}]\n> Mind this ${kind}.\n\nAfter the ${kind}.`),
  ...kinds.map((kind) => `::: {.${kind} collapse=true}\nFolded ${kind}.\n:::`),
  '::: {.details title="More"}\nFolded details.\n:::',
  '::: {.proof}\n::: {.details title="The proof"}\nA folded proof.\n:::\n:::',
  `A long formula $${longFormula}$ in a sentence.`,
  `- $${longFormula}$ in a list\n- and more`,
  `$$\n${longFormula}\n$$`,
  `$$\n${longFormula}\n$$ {#eq-long}`,
  wideTable,
  `${wideTable}\n\n: A wide table {#tbl-wide}`,
  block('js', `const text = '${'word '.repeat(60)}${'x'.repeat(200)}';`),
);

let browser: Browser;
let site: string;
beforeAll(async () => {
  const folder = reportFolder({ 'report/index.md': text });
  site = join(folder, 'site');
  const built = colophon(folder, 'build', 'report', '--device', 'cpu');
  expect(built.code, built.err).toBe(0);
  browser = await launchChromium();
});
afterAll(async () => browser.close());

/** A page as wide as A4 between its margins, as a printer gets it. */
async function onPaper(here: Page): Promise<void> {
  await here.setViewportSize({ width: 658, height: 930 });
  await here.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await here.emulateMedia({ media: 'print', colorScheme: null });
}

it.each([
  ['chosen by the button', { colorScheme: 'light' }, true],
  ['that the system has', { colorScheme: 'dark' }, false],
] as const)('a page in the dark %s is printed in dark ink on white', async (_how, options, pressed) => {
  const { open, close } = await visit(browser, site, 'http', options);
  const here = await open('index.html');
  if (pressed) await here.getByRole('button', { name: 'Switch to dark' }).click();
  await onPaper(here);
  const colours = await here.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('article p, pre, .drawing text')].map((one) => {
      const { color, backgroundColor, fill } = getComputedStyle(one);
      const ink = one.matches('text') ? fill : color;
      return [ink, backgroundColor].map((value) => {
        const [red = 0, green = 0, blue = 0] = (value.match(/[\d.]+/g) ?? []).map(Number);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      });
    }),
  );
  expect(colours.length).toBeGreaterThan(20);
  expect(colours[0]?.[1]).toBeCloseTo(255);
  for (const [ink = 255] of colours) expect(ink).toBeLessThan(128);
  await close();
});

it.each([true, false])('what is folded is open on paper, with scripts: %s', async (javaScriptEnabled) => {
  const { open, close } = await visit(browser, site, 'http', { javaScriptEnabled });
  const here = await open('index.html');
  await here.emulateMedia({ media: 'print' });
  const said = [
    ...kinds.flatMap((kind) => [`Mind this ${kind}.`, `After the ${kind}.`, `Folded ${kind}.`]),
    ...['Folded details.', 'A folded proof.'],
  ];
  for (const words of said) {
    const place = here.locator('article p', { hasText: words }).last();
    expect(await place.evaluate((one) => one.checkVisibility({ contentVisibilityAuto: true })), words).toBe(true);
    expect((await place.boundingBox())?.height ?? 0, words).toBeGreaterThan(5);
  }
  expect(await here.locator('details.experiment, details.origin').first().isVisible()).toBe(false);
  await close();
});

it('nothing that is printed is cut off at the edge of the paper', async () => {
  const { open, close } = await visit(browser, site, 'http');
  const here = await open('index.html');
  await onPaper(here);
  const cut = await here.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (texts.nextNode() !== null) {
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const { left, right, width } = range.getBoundingClientRect();
      const element = texts.currentNode.parentElement;
      if (element?.checkVisibility() !== true || width === 0 || (texts.currentNode.nodeValue ?? '').trim() === '')
        continue;
      if (left < -1 || right > window.innerWidth + 1)
        found.push(`${element.tagName} ${Math.round(right)} ${range.toString()}`);
    }
    return found;
  });
  expect(cut).toEqual([]);
  expect(await here.evaluate(() => document.documentElement.scrollWidth)).toBe(658);
  await close();
});

it('callouts of every kind stand in the flow of the text, as wide as it', async () => {
  const { open, close } = await visit(browser, site, 'http');
  const here = await open('index.html');
  const boxes = await here.locator('aside.callout').evaluateAll((all) =>
    all.map((one) => {
      const [own, next] = [one, one.nextElementSibling].map((each) => each?.getBoundingClientRect() ?? new DOMRect());
      return { width: own?.width, above: (own?.bottom ?? 0) <= (next?.top ?? 0), gone: !one.checkVisibility() };
    }),
  );
  expect(boxes).toHaveLength(kinds.length);
  expect(new Set(boxes.map(({ width }) => width)).size).toBe(1);
  for (const box of boxes) expect(box).toMatchObject({ above: true, gone: false });
  await close();
});

it.each([true, false])('on a phone nothing is wider than the screen, with scripts: %s', async (javaScriptEnabled) => {
  const { open, close } = await visit(browser, site, 'http', {
    ...{ javaScriptEnabled, bypassCSP: true, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  });
  const here = await open('index.html');
  const widths = await here.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths).toEqual([390, 390]);
  if (javaScriptEnabled) expect(await axeViolations(here)).toEqual([]);
  // What is too wide scrolls in itself, and the mark of a list's item is not cut off.
  const scrolls = (selector: string): Promise<boolean> =>
    here.locator(selector).evaluate((one) => one.scrollWidth > one.clientWidth);
  expect(await scrolls('article p:has(math)')).toBe(true);
  expect(await scrolls('article li:has(math)')).toBe(true);
  expect(await scrolls('article > table')).toBe(true);
  await close();
});
