/** `colophon dev` as a person has it: the real command, real files, a real browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves, writeFiles } from '../report-folder.js';
import { inFull } from '../every-nth.js';
import { launchChromium } from './chromium.js';
import { cli } from '../program.js';

let browser: Browser;
const children: ChildProcess[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGINT');
  await browser.close();
});

/** Starts the command on a report and opens it; gives the page, and what the command printed. */
async function write(
  folder: string,
  port = '0',
): Promise<{ here: Page; said: () => string; address: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [cli, 'dev', 'report', '--port', port], { cwd: folder });
  children.push(child);
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (text: string): void => {
      said += text;
      const found = /http:\/\/localhost:\d+\//.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', (data: Buffer) => {
      hear(data.toString());
    });
    child.stderr.on('data', (data: Buffer) => {
      hear(data.toString());
    });
    child.on('exit', () => {
      reject(new Error(`it ended: ${said}`));
    });
  });
  const here = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await here.goto(address);
  await here.locator('.bar').waitFor();
  return { here, said: () => said, address, child };
}

const paragraph = (number: number): string =>
  `Paragraph ${number} of a page about nothing in particular, $x_{${number}}^2$.`;
const chapter = (number: number): string =>
  `---\ntitle: Chapter ${number}\norder: ${number}\n---\n\n${Array.from({ length: 40 }, (_, index) => paragraph(index)).join('\n\n')}\n`;

describe('a report of 30 pages', () => {
  const files = Object.fromEntries(
    Array.from({ length: 29 }, (_, number) => [`report/chapter-${number}.md`, chapter(number)]),
  );
  const index = (sentence: string): string =>
    page(
      waves,
      block('figure #fig-data', 'show: waves.data', 'caption: Data'),
      ...Array.from({ length: 30 }, (_, number) => paragraph(number)),
      sentence,
      ...Array.from({ length: 30 }, (_, number) => paragraph(100 + number)),
    );

  it('shows an edit where the reader was, with what was unfolded, and says how soon', async () => {
    const folder = reportFolder({ ...files, 'report/index.md': index('Edit number none.') });
    const { here } = await write(folder);
    await here.locator('figure svg[viewBox]:not(.pending)').first().waitFor({ state: 'attached' });
    await here
      .locator('details.experiment')
      .first()
      .evaluate((fold: HTMLDetailsElement) => {
        fold.open = true;
      });
    const sentence = here.locator('article > p', { hasText: 'Edit number' });
    await sentence.evaluate((node) => {
      node.scrollIntoView({ block: 'center', behavior: 'instant' });
    });
    // The page notes the moment at which each new sentence is in it, on the clock that the test has too.
    await here.evaluate(() => {
      const seen: Record<string, number> = {};
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const text = /Edit number \d+\./.exec(document.querySelector('article')?.textContent ?? '')?.[0];
        if (text !== undefined) seen[text] ??= performance.timeOrigin + performance.now();
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    const times: number[] = [];
    for (let number = 0; number < (inFull ? 12 : 5); number += 1) {
      const saved = performance.timeOrigin + performance.now();
      writeFiles(folder, { 'report/index.md': index(`Edit number ${number}.`) });
      await here.locator('article > p', { hasText: `Edit number ${number}.` }).waitFor();
      const seen = await here.evaluate(
        (text) => (window as unknown as { seen: Record<string, number> }).seen[text] ?? Infinity,
        `Edit number ${number}.`,
      );
      times.push(seen - saved);
      await here.waitForTimeout(100);
    }
    const sorted = times.toSorted((a, b) => a - b);
    console.log(`an edit is in the browser after ${sorted.map((time) => time.toFixed(0)).join(', ')} ms`);
    // 100 ms are the aim, held to on an idle machine; here a bound that only a build of the whole would miss.
    expect(sorted[0]).toBeLessThan(1500);
    const top = await sentence.evaluate((node) => node.getBoundingClientRect().top);
    expect(top).toBeGreaterThan(200);
    expect(top).toBeLessThan(600);
    expect(await here.locator('details.experiment').first().getAttribute('open')).not.toBeNull();
    await here.context().close();
  });
});

it('shows a problem over the page with its place and lines, keeps the page, and puts it away when it is mended', async () => {
  const sound = page(waves, 'All is well.');
  const folder = reportFolder({ 'report/index.md': sound });
  const { here, said } = await write(folder);
  await here.getByText('All is well.').waitFor();
  const panel = here.locator('.colophon-problems');
  expect(await panel.isVisible()).toBe(false);
  writeFiles(folder, { 'report/index.md': sound.replace('samples: 20', 'smaples: 20') });
  await panel.getByText('unknown-option').waitFor();
  const text = (await panel.textContent()) ?? '';
  expect(text).toContain('index.md:7:1');
  expect(text).toContain('"smaples" is not an option of dataset; did you mean "samples"?');
  expect(text).toContain('> 7 | smaples: 20');
  expect(await here.getByText('All is well.').isVisible()).toBe(true);
  expect(said()).toContain('unknown-option');
  writeFiles(folder, { 'report/index.md': sound });
  await panel.waitFor({ state: 'hidden' });
  await here.context().close();
});

it('computes behind the page: prose stays live, progress shows, and the figure comes when it is there', async () => {
  const training = block(
    'train #slow',
    'data: waves',
    'network: { hidden: [60, 60] }',
    'optimizer: { kind: sgd, rate: 0.001 }',
    'batch: 20',
    'steps: 300000',
  );
  const text = (sentence: string): string =>
    page(
      waves,
      training,
      block('figure #fig-fit', 'show: slow.fit', 'at: [300000]'),
      sentence,
      'It is `= slow.test-error .3f`.',
    );
  const folder = reportFolder({ 'report/colophon.yaml': 'language: de\n', 'report/index.md': text('Before.') });
  const { here } = await write(folder);
  await here.getByText('Diese Abbildung wird gerade berechnet.').waitFor({ state: 'attached' });
  await here.locator('.colophon-progress', { hasText: /slow \d+%/ }).waitFor();
  writeFiles(folder, { 'report/index.md': text('After.') });
  await here.getByText('After.').waitFor();
  expect(await here.locator('svg.pending').count()).toBe(1);
  // The drawing, or what has come to life in its place.
  await here.locator('figure svg:not(.pending):visible').first().waitFor({ timeout: 60_000 });
  await here.getByText(/It is 0\.\d{3}\./).waitFor();
  await here.locator('.colophon-progress').waitFor({ state: 'hidden' });
  await here.context().close();
}, 90_000);

it('an edit that leaves a figure and a number as they were never shows them as being computed', async () => {
  const endless = block(
    'train #slow',
    'data: waves',
    'network: { hidden: [60, 60] }',
    'optimizer: { kind: sgd, rate: 0.001 }',
    'batch: 20',
    'steps: 100000000',
    'checkpoints: { every: 1000000 }',
  );
  // While something runs the pages are looked at before everything has been found again.
  const text = (caption: string): string =>
    page(
      waves,
      small,
      block('figure #fig-curves', 'show: small.learning-curves', 'facet: [hidden]', `caption: ${caption}`),
      'It ends at `= small[hidden=4].test-error .3f`.',
      endless,
    );
  const folder = reportFolder({ 'report/index.md': text('Edit none.') });
  const { here } = await write(folder);
  await here.getByText(/It ends at \d\.\d{3}/).waitFor({ timeout: 30_000 });
  await expect.poll(() => here.locator('svg.pending').count(), { timeout: 30_000 }).toBe(0);
  await here.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      if (document.querySelector('svg.pending') !== null) seen.push('a pending figure');
      if (document.querySelector('article')?.textContent.includes('…') === true) seen.push('a pending number');
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  for (let edit = 0; edit < 4; edit += 1) {
    writeFiles(folder, { 'report/index.md': text(`Edit ${edit}.`) });
    await here.locator('figcaption', { hasText: `Edit ${edit}.` }).waitFor();
    await here.waitForTimeout(300);
  }
  expect(await here.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
  await here.context().close();
}, 90_000);

it('what a reference to another page shows follows the edits of that page', async () => {
  const other = (text: string): string => `---\ntitle: Other\n---\n\n## Method {#sec-method}\n\n${text}\n`;
  const folder = reportFolder({
    'report/index.md': page('See @sec-method.'),
    'report/other.md': other('The first text.'),
  });
  const { here } = await write(folder);
  const preview = here.locator('.colophon-preview');
  const shown = async (): Promise<string> => {
    await here.mouse.move(0, 0);
    await expect.poll(() => preview.count()).toBe(0);
    await here.locator('a.reference').hover();
    await preview.waitFor();
    return preview.innerText();
  };
  expect(await shown()).toContain('The first text.');
  writeFiles(folder, { 'report/other.md': other('The second text.'), 'report/index.md': page('Now see @sec-method.') });
  await here.getByText('Now see').waitFor();
  await expect.poll(shown).toContain('The second text.');
  await here.context().close();
}, 60_000);

it('a figure whose data have changed is alive again, with the new data, without loading the page again', async () => {
  const text = (samples: number): string =>
    page(
      waves.replace('samples: 20', `samples: ${samples}`),
      block('figure #fig-data', 'show: waves.data', 'caption: Data'),
    );
  const folder = reportFolder({ 'report/index.md': text(20) });
  const { here } = await write(folder);
  /** As many dots as the living drawing has in its marks of samples. */
  const dots = (): Promise<number> => here.locator('#fig-data .colophon-redrawn .mark-symbol.role-mark path').count();
  await here.locator('#fig-data').scrollIntoViewIfNeeded();
  await expect.poll(dots, { timeout: 20_000 }).toBe(20);
  await here.evaluate(() => Object.assign(window, { same: true }));
  for (const samples of [31, 20, 42]) {
    writeFiles(folder, { 'report/index.md': text(samples) });
    await expect.poll(dots, { timeout: 20_000 }).toBe(samples);
  }
  // What the change moved is said in a corner, and in full when it is unfolded.
  const moved = here.locator('details.colophon-moved');
  await expect.poll(() => moved.locator('summary').textContent()).toBe('This change moved figures: 1 changed');
  await moved.locator('summary').click();
  expect(await moved.locator('p').textContent()).toMatch(
    /^index\.md:\d+ Figure 1, fig-data: \d+ rows → \d+ rows by #waves/,
  );
  expect(await here.evaluate(() => 'same' in window)).toBe(true);
  await here.context().close();
}, 60_000);

it('the account under a figure, its downloads and the buttons in a table’s head are there after an edit too, and no request fails', async () => {
  const text = (caption: string): string =>
    page(
      waves,
      small,
      block('figure #fig-data', 'show: waves.data', `caption: ${caption}`),
      block(
        'table #tbl-end',
        'rows: [small, { of: small, label: again }, { of: small, label: thrice }]',
        'columns: [test-error]',
        `caption: ${caption}`,
      ),
    );
  const folder = reportFolder({ 'report/index.md': text('Before') });
  const { here } = await write(folder);
  const failed: string[] = [];
  here.on('response', (response) => {
    if (response.status() >= 400) failed.push(response.url());
  });
  await here.locator('#fig-data figcaption', { hasText: 'Before' }).waitFor();
  for (const caption of ['After', 'Later']) {
    writeFiles(folder, { 'report/index.md': text(caption) });
    await here.locator('#fig-data figcaption', { hasText: caption }).waitFor();
    await here
      .locator('#fig-data details')
      .first()
      .evaluate((fold: HTMLDetailsElement) => (fold.open = true));
    await here.locator('#fig-data', { hasText: /Computed in [\d.]+ s on \w+ \d+, \d{4}/ }).waitFor();
    await here.locator('#fig-data .downloads button').waitFor();
    expect(await here.locator('#tbl-end thead button.colophon-sort').count()).toBe(
      await here.locator('#tbl-end thead th').count(),
    );
  }
  expect(failed).toEqual([]);
  const fonts = await here.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.woff2') ? [name] : [])),
  );
  expect(fonts.length).toBeGreaterThan(0);
  for (const font of fonts) expect((await fetch(font)).headers.get('cache-control')).toContain('immutable');
  await here.context().close();
}, 60_000);

it('says of a run that diverged what a build says', async () => {
  const bad = block(
    'train #bad',
    ...['data: waves', 'network: { hidden: [4] }', 'optimizer: { kind: sgd, rate: 50 }', 'steps: 100'],
  );
  const table = block('table #tbl-bad', 'rows: bad', 'columns: [test-error]');
  const picture = block('figure #fig-bad', 'show: bad.fit', 'alt: "It `= bad.test-error .2f`."');
  const claim = 'It is small `claim bad.test-error < 1`.';
  const text = page(waves, bad, table, picture, 'The error `= bad.test-error .2f`.', claim);
  const { here } = await write(reportFolder({ 'report/index.md': text }));
  await here.getByText('The error diverged at step 11.').waitFor();
  expect(await here.locator('#tbl-bad td').textContent()).toBe('diverged at step 11†');
  expect(await here.locator('#tbl-bad .table-note').textContent()).toContain('bad diverged at step 11.');
  // The drawing, or what stands in its place once Vega has drawn it again.
  await here.locator('#fig-bad svg[aria-label="It diverged at step 11."]').first().waitFor({ state: 'attached' });
  await here.getByText('(no number < 1: bad diverged at step 11)').first().waitFor();
  await here.context().close();
}, 60_000);

it('a page that changed while it was on its way to the browser shows what it is now', async () => {
  const { here, address } = await write(reportFolder({ 'report/index.md': page('As it is now.') }));
  // The first answer is that of a moment before, and later ones are the server's.
  const sendOlder = async (route: Route): Promise<void> => {
    const response = await route.fetch();
    const html = (await response.text()).replace('As it is now.', 'As it was.');
    await route.fulfill({ response, body: html.replace(/data-version="[^"]*"/, 'data-version="older"') });
  };
  await here.route(address, sendOlder, { times: 1 });
  // It may be asked for again before all of it is there.
  await here.goto(address, { waitUntil: 'commit' });
  await here.getByText('As it is now.').waitFor();
  await here.context().close();
}, 60_000);

it('shows an image whose file was edited, without loading the page again', async () => {
  const image = (width: number): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10" viewBox="0 0 ${width} 10"><path d="M0 0h9v9z"/></svg>`;
  const folder = reportFolder({
    'report/index.md': page('![A drawing](drawing.svg)'),
    'report/drawing.svg': image(20),
  });
  const { here } = await write(folder);
  const width = (): Promise<number> =>
    here.locator('article img').evaluate((img: HTMLImageElement) => img.naturalWidth);
  await expect.poll(width).toBe(20);
  await here.evaluate(() => Object.assign(window, { same: true }));
  for (const wide of [31, 42]) {
    writeFiles(folder, { 'report/drawing.svg': image(wide) });
    await expect.poll(width, { timeout: 20_000 }).toBe(wide);
  }
  expect(await here.evaluate(() => 'same' in window)).toBe(true);
  await here.context().close();
}, 60_000);

it('says that the server is gone, and follows the report again when it is back', async () => {
  const folder = reportFolder({ 'report/index.md': page('Before.') });
  const { here, address, child } = await write(folder);
  const note = here.locator('.colophon-lost');
  await here.getByText('Before.').waitFor();
  expect(await note.isVisible()).toBe(false);
  child.kill('SIGKILL');
  await here.getByText('colophon dev has ended').waitFor();
  writeFiles(folder, { 'report/index.md': page('After.') });
  await write(folder, new URL(address).port);
  await note.waitFor({ state: 'hidden', timeout: 30_000 });
  await here.getByText('After.').waitFor();
  await here.context().close();
}, 90_000);

it('answers to this machine’s own names alone, and its script is in no site', async () => {
  const { address } = await write(reportFolder({ 'report/index.md': page('x') }));
  const port = new URL(address).port;
  const { request } = await import('node:http');
  const status = await new Promise<number | undefined>((resolve) => {
    request({ host: '127.0.0.1', port, path: '/', headers: { host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });
  expect(status).toBe(403);
  expect((await fetch(new URL('nowhere.html', address))).status).toBe(404);
});
