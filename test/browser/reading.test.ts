/** What a reader does in a real browser: finds, follows, switches the light; and what the page does on its own: nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formulas } from '../fixtures/tex/formulas.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { axeViolations, htmlErrors } from './check-page.js';
import { noteShifts, shiftsOn } from './layout-shifts.js';
import { launchChromium, visit } from './chromium.js';
import { colophon } from '../colophon.js';
import { everyNth, inFull as allCases } from '../every-nth.js';

let browser: Browser;
let site: string;

const long = (words: string): string => Array.from({ length: 40 }, () => `${words} goes on and on.`).join('\n\n');
const footnote = 'A sentence[^1] and a table.\n\n[^1]: A note.\n\n| a | b |\n|---|--:|\n| x | 1 |';

beforeAll(async () => {
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      small,
      block('figure #fig-fit', 'show: small.fit', 'caption: The fit.'),
      block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]', 'wide: true', 'caption: Curves.'),
      block('table #tbl-end', 'rows: small', 'columns: [test-error]'),
      'It is `= small[hidden=4].test-error .3f` (@fig-fit), and $x^2$.\n\n$$\n\\sum_i x_i\n$$',
      '```js\nconst x = 1;\n```',
    ),
    'report/formulas.md': `---\ntitle: Formulas\n---\n\n${formulas.map((tex) => `$$\n${tex}\n$$`).join('\n\n')}\n`,
    'report/guide/index.md': '---\ntitle: The guide\n---\n\nHow to.\n',
    'report/guide/refers.md':
      '---\ntitle: It refers\n---\n\nSee @fig-fit, @eq-sum, @sec-method:one, @fig-dot and @tbl-end.\n',
    'report/method/index.md':
      '---\ntitle: Method\n---\n\n## A method {#sec-method:one}\n\nIt has [a page](more.md).\n\n---\n\n```js\n1\n```\n\nThe fourth block.\n\n![A dot](dot.svg){#fig-dot}\n\n$$\n\\sum_i y_i\n$$ {#eq-sum}\n',
    'report/guide/folds.md':
      '---\ntitle: Folds\n---\n\nBefore.\n\n## One\n\nA walrus in the open.\n\n## Two\n\n::: {.details title="More"}\nA walrus and a narwhal.\n:::\n\n::: {.details title="Other"}\nNothing.\n:::\n\n## Three\n\n![A bear](../method/dot.svg){#fig-bear alt="A panda"}\n',
    'report/guide/tabs.md': `---\ntitle: Tabs\n---\n\n[To R](#sec-r)\n\n${long('heron')}\n\n## Both\n\n::: panel-tabset\n## Python {#py}\n\nA cormorant.\n\n## *R* {#sec-r}\n\nAn albatross, $x^2$.\n\n## Julia\n\nA gannet.\n:::\n\n${long('heron')}\n`,
    'report/guide/groups.md': `---\ntitle: Groups\n---\n\n${['os', 'os', 'else'].map((group) => `::: {.panel-tabset group="${group}"}\n## Mac\n\n${group} m\n\n## Linux\n\n${group} l\n:::\n`).join('\n')}`,
    'report/method/more.md': '---\ntitle: More\n---\n\nText.\n',
    'report/method/dot.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>',
    'report/guide/long.md': `---\ntitle: A long page\n---\n\n## Apples\n\n${long('apple')}\n\n## Pears\n\n${long('pear')}\n\n### Quinces\n\n${long('quince')}\n\n${footnote}\n`,
  });
  site = join(folder, 'site');
  expect(colophon(folder, 'build', join(folder, 'report'), '--out', site, '--base', 'course').code).toBe(0);
  browser = await launchChromium();
});
afterAll(async () => browser.close());

/** PAGES=all (`npm run test:faults -- pages`) looks at every page in every way. */
const inFull = allCases || process.env['PAGES'] === 'all';

const pages = (): string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .sort();

/** Every n-th page; all of them in full. */
const someOf = (n: number): string[] => pages().filter((_, index) => inFull || index % n === 0);

describe.each(everyNth(2, ['http', 'file'] as const))('by %s', (by) => {
  it('a reader searches by keyboard and lands on the section that was found', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('guide/index.html');
    await here.keyboard.press('/');
    await here.locator('dialog.colophon-search[open] input').waitFor();
    await here.keyboard.type('quinc');
    const chosen = here.locator('[role=option][aria-selected=true]');
    await chosen.waitFor();
    expect(await chosen.locator('.colophon-where').textContent()).toBe('Quinces · A long page');
    expect(await chosen.locator('mark').first().textContent()).toBe('quince');
    await here.keyboard.press('Enter');
    await here.waitForURL(/guide\/long\.html#quinces$/);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    if (by === 'http') {
      // From the page for wrong addresses too, however deep they are.
      const root = here.url().replace(/guide.*/, '');
      expect((await here.goto(`${root}no/such/place.html`))?.status()).toBe(404);
      expect(await here.locator('article a').getAttribute('href')).toBe('/course/index.html');
      await here.keyboard.press('/');
      await here.locator('dialog.colophon-search[open] input').fill('quinc');
      await here.locator('[role=option][aria-selected=true] mark').first().waitFor();
      await here.keyboard.press('Enter');
      await here.waitForURL(`${root}guide/long.html#quinces`);
      expect(complaints.requests).toEqual([]);
    }
    await close();
  });

  it('a result opens the fold that it is in and marks its words there, on another page and on the same', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('guide/index.html');
    const marked = (): Promise<string[]> =>
      here.evaluate(() =>
        Array.from(CSS.highlights.get('colophon-found') ?? [], (range) => (range as Range).toString()),
      );
    for (const [words, path, expected] of [
      ['narwhal', /folds\.html#two$/, ['narwhal']],
      ['open walrus', /folds\.html#one$/, ['walrus', 'open']],
      // Of a description that nobody sees the figure is marked.
      ['panda', /folds\.html#three$/, ['Figure 3.']],
    ] as const) {
      await here.keyboard.press('/');
      await here.locator('dialog.colophon-search[open] input').fill(words);
      await here.locator('[role=option][aria-selected=true] mark').first().waitFor();
      await here.keyboard.press('Enter');
      await here.waitForURL(path);
      await expect.poll(marked).toEqual(expected);
    }
    expect(
      await here.locator('details.folded').evaluateAll((all) => all.map((one) => one.hasAttribute('open'))),
    ).toEqual([...[true, false]]);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
  });

  it('tabs are chosen by keyboard, by links and by what a search finds; without scripts and on paper all stand there', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('guide/tabs.html');
    const chosen = (): Promise<string[]> => here.locator('[role=tab][aria-selected=true]').allTextContents();
    const seen = (): Promise<string[]> => here.locator('.tab > p:visible').allTextContents();
    expect(await here.getByRole('tab').allTextContents()).toEqual(['Python', 'R', 'Julia'].map((name) => `${name} `));
    expect(await seen()).toEqual(['A cormorant.']);
    await here.getByRole('tab', { name: 'Python' }).focus();
    await here.keyboard.press('ArrowLeft');
    expect(await seen()).toEqual(['A gannet.']);
    expect(await here.evaluate(() => document.activeElement?.textContent.trim())).toBe('Julia');
    await here.keyboard.press('Home');
    await here.keyboard.press('Tab');
    expect(await here.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tabpanel');
    expect(await seen()).toEqual(['A cormorant.']);
    await here.getByRole('link', { name: 'To R' }).click();
    await expect.poll(chosen).toEqual(['R ']);
    const panel = here.getByRole('tabpanel', { name: 'R' });
    expect(await panel.evaluate((node) => node.getBoundingClientRect().top)).toBeLessThan(300);
    await here.keyboard.press('/');
    await here.locator('dialog.colophon-search[open] input').fill('gannet');
    await here.locator('[role=option][aria-selected=true] mark').first().waitFor();
    await here.keyboard.press('Enter');
    await expect.poll(chosen).toEqual(['Julia ']);
    await here.emulateMedia({ media: 'print' });
    expect(await here.locator('.tab:visible').count()).toBe(3);
    expect(await here.locator('.tab > h2:visible').count()).toBe(3);
    expect(await here.locator('[role=tablist]:visible').count()).toBe(0);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
    const plain = await visit(browser, site, by, { javaScriptEnabled: false });
    const still = await plain.open('guide/tabs.html#sec-r');
    expect(await still.locator('.tab > :is(h2, p):visible').count()).toBe(6);
    await plain.close();
  });

  it('tabs whose script does not come show all that they hold', async () => {
    const { context, open, close } = await visit(browser, site, by);
    await context.route(/\/tabs-/, (route) => route.abort());
    const here = await open('guide/groups.html');
    await expect.poll(() => here.locator('.tab > p:visible').count()).toBe(6);
    expect(await here.locator('.tab > h2:visible').count()).toBe(6);
    await close();
  });

  it('tabs of one group are chosen together', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('guide/groups.html');
    await here.getByRole('tab', { name: 'Linux' }).first().click();
    expect(await here.locator('.tab > p:visible').allTextContents()).toEqual(['os l', 'os l', 'else m']);
    await here.keyboard.press('ArrowLeft');
    expect(await here.locator('.tab > p:visible').allTextContents()).toEqual(['os m', 'os m', 'else m']);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
  });

  it('shows what a reference leads to while the pointer or the keyboard is on it, until Escape', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('index.html');
    const preview = here.locator('.colophon-preview');
    await here.locator('a.reference').first().hover();
    await preview.waitFor();
    expect(await preview.locator('figure svg').count()).toBeGreaterThan(0);
    expect(await preview.locator('figcaption').textContent()).toContain('The fit.');
    // Nothing in it has a name or can be reached by the keyboard.
    expect(await preview.locator('[id], a:not([tabindex="-1"]), button').count()).toBe(0);
    await preview.hover();
    await here.waitForTimeout(400);
    expect(await preview.count()).toBe(1);
    await here.keyboard.press('Escape');
    expect(await preview.count()).toBe(0);
    await here
      .locator('a.footnote, a.reference')
      .first()
      .evaluate((link) => {
        const before = document.createElement('button');
        link.before(before);
        before.focus();
      });
    await here.keyboard.press('Tab');
    await preview.waitFor();
    await here.keyboard.press('Tab');
    expect(await preview.count()).toBe(0);

    const long = await open('guide/long.html');
    await long.locator('a.footnote').hover();
    await long.locator('.colophon-preview').waitFor();
    expect((await long.locator('.colophon-preview').textContent())?.trim()).toBe('A note.');
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
  });

  it('a reference to another page shows what is there, with its pictures and links, and nothing of how it was made', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const here = await open('guide/refers.html');
    const preview = here.locator('.colophon-preview');
    const over = async (id: string): Promise<void> => {
      await here.mouse.move(0, 0);
      await expect.poll(() => preview.count()).toBe(0);
      await here.locator(`a.reference[href$="#${id}"]`).hover();
      await preview.waitFor();
      expect(await preview.locator('[id]:not(svg *), a:not([tabindex="-1"]), button, .origin').count()).toBe(0);
    };
    await over('fig-fit');
    expect(await preview.locator('figure svg path').count()).toBeGreaterThan(0);
    expect(await preview.locator('figcaption').textContent()).toBe('Figure 1. The fit.');
    await over('eq-sum');
    expect(await preview.locator('math munder, math munderover, math msub').count()).toBeGreaterThan(0);
    await over('sec-method:one');
    expect(await preview.locator('> *').evaluateAll((all) => all.map(({ tagName }) => tagName))).toEqual([
      ...['H2', 'P', 'HR', 'PRE'],
    ]);
    expect(await preview.locator('p a').evaluate((a) => (a as HTMLAnchorElement).href)).toMatch(
      /\/method\/more\.html$/,
    );
    await over('fig-dot');
    await expect
      .poll(() => preview.locator('img').evaluate((img) => (img as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0);
    await over('tbl-end');
    expect(await preview.locator('tbody tr').count()).toBe(2);
    expect(complaints).toEqual({ policy: [], console: [], requests: [] });
    await close();
  });

  it('Escape closes the search, and words that stand nowhere are said to', async () => {
    const { open, close } = await visit(browser, site, by);
    const here = await open('index.html');
    await here.getByRole('button', { name: 'Search' }).click();
    await here.locator('dialog.colophon-search[open] input').fill('zzzzzz');
    expect(await here.locator('dialog.colophon-search [role=status]').textContent()).toContain('zzzzzz');
    await here.keyboard.press('Escape');
    await here.locator('dialog.colophon-search:not([open])').waitFor({ state: 'attached' });
    await close();
  });
});

const windows = [
  ['low', 1300, 420],
  ['wide', 1300, 900],
  ['narrow', 390, 700],
] as const;
it.each(everyNth(2, windows))(
  'a preview covers neither its link nor what is outside of a %s window, wherever the link is',
  async (_screen, width, height) => {
    const { open, close } = await visit(browser, site, 'http', { viewport: { width, height } });
    const here = await open('guide/long.html');
    const link = here.locator('a.footnote');
    const preview = here.locator('.colophon-preview');
    for (const block of ['start', 'center', 'end'] as const) {
      await link.evaluate((one, where) => {
        // As high as a figure is.
        const note = document.getElementById('fn-1');
        if (note !== null) note.style.height = '500px';
        one.scrollIntoView({ block: where });
      }, block);
      await here.mouse.move(0, 0);
      await expect.poll(() => preview.count()).toBe(0);
      await link.hover();
      await preview.waitFor();
      await preview.evaluate((one) => {
        const more = document.createElement('p');
        more.style.height = '800px';
        one.append(more);
      });
      const [own, line] = [await preview.boundingBox(), await link.boundingBox()];
      if (own === null || line === null) throw new Error('nothing to compare');
      expect(own.y + own.height <= line.y || own.y >= line.y + line.height, block).toBe(true);
      expect(own.y).toBeGreaterThanOrEqual(0);
      expect(own.y + own.height).toBeLessThanOrEqual(height);
      expect(own.height).toBeGreaterThan(100);
    }
    await close();
  },
);

it('the table of contents follows the reading', async () => {
  const { open, close } = await visit(browser, site, 'file');
  const here = await open('guide/long.html');
  const marked = here.locator('nav.contents .toc [aria-current=location]');
  for (const [id, title] of [
    ['pears', 'Pears'],
    ['quinces', 'Quinces'],
    ['apples', 'Apples'],
  ] as const) {
    await here.evaluate((target) => {
      document.getElementById(target)?.scrollIntoView({ behavior: 'instant' });
    }, id);
    await here.locator('nav.contents .toc [aria-current=location]', { hasText: title }).waitFor();
    expect(await marked.count()).toBe(1);
  }
  await close();
});

it('a choice of dark holds on the next page, before its first paint; without scripts the system decides', async () => {
  const paper = (shown: Page): Promise<string> =>
    shown.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const { open, close } = await visit(browser, site, 'http', { colorScheme: 'light' });
  const first = await open('index.html');
  const light = await paper(first);
  await first.getByRole('button', { name: 'Switch to dark' }).click();
  const dark = await paper(first);
  expect(dark).not.toBe(light);
  await first.addInitScript(() => {
    // What the page looks like as soon as there is anything of it.
    new MutationObserver((_, observer) => {
      if (document.body as HTMLElement | null) {
        observer.disconnect();
        document.documentElement.dataset['seen'] = getComputedStyle(document.documentElement).backgroundColor;
      }
    }).observe(document, { childList: true, subtree: true });
  });
  await first.goto(first.url().replace('index.html', 'guide/long.html'));
  expect(await first.evaluate(() => document.documentElement.dataset['seen'])).toBe(dark);
  await close();
  const still = await visit(browser, site, 'file', { colorScheme: 'dark', javaScriptEnabled: false });
  const plain = await still.open('index.html');
  expect(await plain.locator('.tool:visible').count()).toBe(0);
  expect(await plain.locator('nav.contents a:visible').count()).toBeGreaterThan(3);
  await still.close();
});

it('on a phone the contents open as a sheet without scripts, and nothing is wider than the screen', async () => {
  const { open, close } = await visit(browser, site, 'file', {
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  });
  for (const path of someOf(2)) {
    const here = await open(path);
    expect(await here.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
  }
  const here = await open('index.html');
  expect(await here.locator('nav.contents').isVisible()).toBe(false);
  await here.locator('.contents-button').click();
  expect(await here.locator('nav.contents').isVisible()).toBe(true);
  // It says by itself how it is put away.
  await here.getByRole('button', { name: 'Close the contents' }).click();
  expect(await here.locator('nav.contents').isVisible()).toBe(false);
  await close();
});

it('formulas and text stand in the same fonts from disk as from a server; formulas also without scripts', async () => {
  const widths: number[][][] = [];
  for (const [protocol, javaScriptEnabled] of [
    ['http', true],
    ['file', true],
    ['http', false],
    ['file', false],
  ] as const) {
    const { open, close } = await visit(browser, site, protocol, {
      ...{ javaScriptEnabled, viewport: { width: 1440, height: 800 } },
    });
    const here = await open('formulas.html');
    await here.evaluate(() => document.fonts.ready);
    await here.waitForTimeout(300);
    const widthsOf = (selector: string): Promise<number[]> =>
      here
        .locator(selector)
        .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)).filter(Boolean));
    widths.push([await widthsOf('math, math *'), javaScriptEnabled ? await widthsOf('h1') : []]);
    // From disk a font may be late for the first text, and takes its place then; from a server no text may move.
    const displays = await here.evaluate(() =>
      Object.fromEntries(
        Array.from(document.fonts, ({ family, style, display }) => [`${family.replaceAll('"', '')} ${style}`, display]),
      ),
    );
    const text = protocol === 'file' && javaScriptEnabled ? 'swap' : 'optional';
    expect(displays).toMatchObject({
      ...{ 'STIX Two Math of this site normal': 'swap', 'Source Serif 4 Variable normal': text },
      ...{ 'Source Serif 4 Variable italic': 'swap', 'JetBrains Mono normal': 'swap' },
    });
    await close();
  }
  expect(widths[0]?.[0]?.length).toBeGreaterThan(100);
  expect(widths[1]).toEqual(widths[0]);
  for (const still of [widths[2], widths[3]]) expect(still?.[0]).toEqual(widths[0]?.[0]);
});

it.each([
  ['for a reader who comes for the first time', 0],
  ['when the font of formulas is late', 400],
])('nothing moves while a page loads, %s: a layout shift of 0 on every page, wide and narrow', async (_whose, late) => {
  for (const width of [1440, 390]) {
    const { context, open, close } = await visit(browser, site, 'http', { viewport: { width, height: 800 } });
    await noteShifts(context);
    const fonts: string[] = [];
    await context.route(/stix/, async (route) => {
      fonts.push(route.request().url());
      await new Promise((resolve) => setTimeout(resolve, late));
      await route.continue();
    });
    for (const path of late === 0 ? someOf(3) : inFull ? ['formulas.html', 'index.html'] : ['formulas.html']) {
      const here = await open(path);
      await here.evaluate(async () => {
        await document.fonts.ready;
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      const shifts = await shiftsOn(here);
      expect(shifts, `${path} at ${width}`).toEqual([]);
    }
    expect(fonts.length).toBeGreaterThan(0);
    await close();
  }
});

it('the first text comes with the first 14 KB: all that stands before it, and the whole stylesheet, compressed', () => {
  for (const path of pages()) {
    const text = readFileSync(join(site, path), 'utf8');
    const beforeText = text.slice(0, text.indexOf('<article>') + 200);
    const [style = ''] = /assets\/style-[0-9a-f]+\.css/.exec(text) ?? [];
    const size = gzipSync(beforeText).length + gzipSync(readFileSync(join(site, style))).length;
    expect(size, path).toBeLessThan(14_336);
  }
});

it('formulas stand as LaTeX sets them: lines of an equation under each other, cases to the left, what is boxed in a box', async () => {
  const { open, complaints, close } = await visit(browser, site, 'file', { viewport: { width: 1000, height: 800 } });
  const here = await open('formulas.html');
  const seen = await here.evaluate(() => {
    const rows = (math: Element | undefined): Element[] => [...(math?.querySelectorAll('mtr') ?? [])];
    const left = (element: Element | null | undefined): number =>
      Math.round(element?.getBoundingClientRect().left ?? -1);
    const all = [...document.querySelectorAll('math')];
    const find = (text: string): Element | undefined => all.find((math) => math.textContent.includes(text));
    return {
      relations: rows(find('KL')).map((row) => left(row.querySelector('mtd:nth-child(2) mo'))),
      cases: rows(find('undefined')).map((row) => left(row.querySelector('mtd')?.querySelector('mn, mtext'))),
      box: getComputedStyle(find('κ(A)')?.querySelector('.m-box') ?? document.body).borderTopStyle,
      rule: getComputedStyle(find('predicted')?.querySelector('mtd') ?? document.body).borderBottomStyle,
    };
  });
  expect(seen.relations).toHaveLength(3);
  expect(new Set(seen.relations).size).toBe(1);
  expect(seen.cases).toHaveLength(3);
  expect(new Set(seen.cases).size).toBe(1);
  expect(seen).toMatchObject({ box: 'solid', rule: 'solid' });
  expect(complaints).toEqual({ policy: [], console: [], requests: [] });
  await close();
});

it('html-validate finds no error on any page', async () => {
  for (const path of pages()) expect(await htmlErrors(readFileSync(join(site, path), 'utf8')), path).toEqual([]);
});

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1440, 390].map((width) => ({ colorScheme, width })),
);

it.each(everyNth(3, looks))(
  'axe finds nothing on the pages, $colorScheme, $width pixels wide',
  async ({ colorScheme, width }) => {
    const { open, close } = await visit(browser, site, 'http', {
      ...{ colorScheme, bypassCSP: true, viewport: { width, height: 900 } },
    });
    const look = looks.findIndex((one) => one.colorScheme === colorScheme && one.width === width);
    // Each in one of the four ways, the page of figures in all of them; all in all with PAGES=all.
    const chosen = pages().filter((path, index) => inFull || path === 'index.html' || index % looks.length === look);
    for (const path of chosen) expect(await axeViolations(await open(path)), path).toEqual([]);
    await close();
  },
);
