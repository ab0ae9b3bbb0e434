/**
 * Hundreds of hostile texts in every place where an author's text gets into a site, opened in a real browser with all that is
 * alive: no script, no dialog, no request to another host, no violation of the policy. `CORPUS=all` takes all of them.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { contentOf } from '../../src/shared/content.js';
import { renderPages } from '../../src/render/render-pages.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { launchChromium } from '../browser/chromium.js';
import { colophon } from '../colophon.js';
import { nothing } from '../render/render-report.js';
import { block, reportFolder, small, temporaryFolder, waves } from '../report-folder.js';
import { payloads, sampleOf } from './payloads.js';
import { bibliography, computedPlaces, matter, proseplaces, settings } from './places.js';
import { actingParts, type Effects, readAll, watchSite } from './watch.js';
import { inFull } from '../every-nth.js';

const all = process.env['CORPUS'] === 'all';
/** Hours for all of them on a busy machine. */
const time = { timeout: all ? 4 * 3_600_000 : 180_000 };
const chosen = all ? payloads : [...sampleOf(inFull ? 8 : 4), 'constructor', '__proto__'];
/** Those that a text file may hold: one with a NUL is refused whole, and the texts beside it would be tested in vain. */
const readable = chosen.filter((text) => !text.includes('\0'));
/** A PNG of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const none: Effects = { scripts: [], requests: [], policy: [], parts: [] };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => browser.close());

it('there are hundreds of texts, and dozens of places', () => {
  expect(payloads.length).toBeGreaterThanOrEqual(500);
  expect(Object.keys(proseplaces).length + Object.keys(computedPlaces).length).toBeGreaterThanOrEqual(30);
});

it('the watch notes what acts: a page without policy and cleaning is caught in every way', async () => {
  const site = reportFolder({
    'bad.html':
      '<!doctype html><meta charset="utf-8"><article><img src=x onerror="hit()"><img src="http://evil.example:1/i.png"><a href="javascript:hit()">a</a><script>alert(1)</script></article>',
    'strict.html':
      '<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><script>hit()</script>',
  });
  const { effects, open, close } = await watchSite(browser, site, true);
  const page = await open('bad.html');
  await page.waitForTimeout(300);
  const parts = await actingParts(page);
  await open('strict.html');
  await close();
  expect(effects.scripts.join('\n')).toMatch(/dialog: 1[\s\S]*hit\(\)|hit\(\)[\s\S]*dialog: 1/);
  expect(effects.requests).toEqual(['http://evil.example:1/i.png']);
  expect(effects.policy.join()).toMatch(/script-src/);
  expect(parts).toHaveLength(4);
});

it('the watch lets JSON-LD stand once in the head, and no other script with a text', async () => {
  const page = await browser.newPage();
  const partsOf = async (head: string, body = ''): Promise<number> => {
    await page.setContent(`<!doctype html><head>${head}</head><body><article>${body}</article></body>`);
    return (await actingParts(page)).length;
  };
  const data = (text = '{"name":"a"}', type = 'application/ld+json', more = ''): string =>
    `<script type="${type}"${more}>${text}</script>`;
  expect(await partsOf(data())).toBe(0);
  for (const text of ['{"name":"<!--"}', '{"name":"a"', '"a"; hit()']) expect(await partsOf(data(text)), text).toBe(1);
  for (const type of ['', 'module', 'importmap', 'speculationrules', 'application/json', 'application/LD+json'])
    expect(await partsOf(data('{}', type)), type).toBe(1);
  expect(await partsOf(data('{}', undefined, ' id="a"'))).toBe(1);
  expect(await partsOf(data() + data())).toBe(1);
  expect(await partsOf('', data())).toBe(1);
  await page.close();
});

/** Leaves the site for a browser that Playwright does not drive (`npm run test:faults -- corpus`). */
function keepForOthers(site: string, paths: readonly string[]): void {
  const folder = process.env['CORPUS_SITES'];
  if (folder === undefined) return;
  const place = mkdtempSync(join(folder, 'site-'));
  cpSync(site, join(place, 'site'), { recursive: true });
  writeFileSync(join(place, 'paths.json'), JSON.stringify(paths));
}

/** Opens every page with JavaScript, and what a browser shows as a page without, all or every fourth; gives what came of it. */
async function visitAll(site: string, paths: readonly string[], terms: readonly string[] = []): Promise<Effects[]> {
  const met: Effects[] = [];
  keepForOthers(site, paths);
  for (const javaScript of [true, false]) {
    const { effects, open, close } = await watchSite(browser, site, javaScript);
    met.push(effects);
    const visited = javaScript ? paths : paths.filter(isDocument).filter((_, index) => all || index % 4 === 0);
    await inLanes(visited, async (path, index) => {
      const page = await open(path);
      if (javaScript) {
        if (path.endsWith('.html')) await readAll(page);
        if (index === 0) await searchFor(page, terms);
        if (isDocument(path)) effects.parts.push(...(await actingParts(page)));
      }
      await page.close();
    });
    await close();
  }
  return met;
}

/** Whether a browser builds a tree of it; text and data are shown or saved as they are, with and without JavaScript. */
const isDocument = (path: string): boolean => path.endsWith('.html') || path.endsWith('.svg');

/** Takes the items in their order, as many at a time as there are processors. */
async function inLanes<T>(items: readonly T[], take: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) await take(item, index);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

async function searchFor(page: Page, terms: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Search' }).click();
  for (const term of terms) {
    await page.getByRole('combobox').fill(term);
    await page.waitForTimeout(30);
  }
  await page.keyboard.press('Escape');
}

describe('rendered as they are, whatever a build would refuse', () => {
  it('in the prose, front matter, settings and bibliography', time, async () => {
    const files: Record<string, string | Uint8Array> = {
      'colophon.yaml': settings(readable[3] ?? ''),
      'works.bib': bibliography(readable),
      'picture.png': pixel,
      // The first page: its author is that of all without any, so that they have JSON-LD too; its own names all works.
      'cited.md': `---\nauthors: A\n---\n\n# Cited\n\n${readable.map((_, index) => `[@k${index + 1}]`).join(' ')}\n`,
    };
    for (const [index, [place, write]] of Object.entries(proseplaces).entries())
      files[`place-${index}.md`] = `# ${place}\n\n${readable.map((text, at) => write(text, at)).join('\n\n')}\n`;
    for (const [index, text] of readable.entries()) {
      const [second = '', third = ''] = [
        readable[(index + 1) % readable.length],
        readable[(index + 2) % readable.length],
      ];
      files[`matter-${index}.md`] = `${matter(text, second, third)}\nText.\n`;
    }
    const folder = reportFolder(files);
    const { report } = readReport(folder, directiveKinds);
    const site = temporaryFolder();
    const written: string[] = [];
    let withJsonLd = 0;
    for (const { path, content } of renderPages(report, nothing).files) {
      mkdirSync(dirname(join(site, path)), { recursive: true });
      writeFileSync(join(site, path), contentOf(content));
      // What is looked up by a name such as "constructor" finds nothing that JavaScript's objects inherit.
      if (path.endsWith('.html'))
        expect(Buffer.from(contentOf(content)).toString(), path).not.toMatch(/\[native code\]|\[object \w+\]/);
      if (Buffer.from(contentOf(content)).includes('<script type="application/ld+json">')) withJsonLd += 1;
      written.push(path);
    }
    const pages = written.filter((path) => path.endsWith('.html'));
    // What no page is made of would be tested in vain.
    expect(pages.length).toBeGreaterThan(readable.length + Object.keys(proseplaces).length);
    expect(withJsonLd).toBeGreaterThan(readable.length + Object.keys(proseplaces).length);
    const terms = readable.slice(0, 60).map((text) => text.replace(/\W+/g, ' ').trim());
    expect(await visitAll(site, pages, terms)).toEqual([none, none]);
  });
});

describe('in what is computed and built', () => {
  /** Puts so many on a page, and takes out again those that a build refuses: nothing would be published with them. */
  const perPage = 16;

  it('captions, alternative texts, specifications, tables and their downloads', time, async () => {
    const asked = Object.values(computedPlaces).flatMap((write) => chosen.map((text, index) => write(text, index)));
    let blocks = asked.map(([info = '', ...lines]) => block(info, ...lines));
    const linked = {
      'files/note.txt': chosen.join('\n'),
      'files/table.csv': chosen.join('\n'),
      'files/evil.svg': svg(chosen),
    };
    const first = [waves, small, ...Object.keys(linked).map((path) => `[a file](${path})`)].join('\n\n');
    let folder = '';
    // What an attempt has computed and drawn the next one takes from there.
    const store = join(temporaryFolder(), 'store');
    for (;;) {
      const made = pagesOf(blocks, first, linked);
      folder = made.folder;
      const { problems } = prepare(join(folder, 'report'), { memory: 4e9, engine: referenceEngine });
      const fatal = problems.filter(({ severity }) => severity !== 'warning');
      const bad = new Set(fatal.map(({ place }) => made.blockAt(place?.file ?? '', place?.line ?? 0)));
      if (fatal.length === 0) {
        const { code, err } = colophon(folder, 'build', 'report', '--store', store);
        const late = [...err.matchAll(/report\/(\S+?\.md):(\d+):\d+ {2}(?!figure-warning)/g)];
        for (const [, file = '', line] of late) bad.add(made.blockAt(file, Number(line)));
        if (code === 0) break;
        expect(late.length, err).toBeGreaterThan(0);
      }
      const before = blocks.length;
      blocks = blocks.filter((_, index) => !bad.has(index));
      expect(blocks.length, fatal.map(({ message }) => message).join('\n')).toBeLessThan(before);
    }
    // Texts are taken; what runs or paints is refused.
    expect(blocks.length).toBeGreaterThan(3 * chosen.length);
    const site = join(folder, 'site');
    const written = readdirSync(site, { recursive: true, encoding: 'utf8' });
    const pages = written.filter((path) => path.endsWith('.html'));
    const opened = written.filter((path) => /\.(?:svg|csv|txt)$/.test(path) || path.endsWith('.vl.json'));
    const some = all ? opened : opened.slice(0, 8);
    expect(await visitAll(site, [...pages.sort(), ...some])).toEqual([none, none]);
  });

  function pagesOf(blocks: readonly string[], first: string, linked: Readonly<Record<string, string>>) {
    const files: Record<string, string> = { 'report/index.md': `# First\n\n${first}\n` };
    const starts = new Map<string, number[]>();
    for (let from = 0; from < blocks.length; from += perPage) {
      const file = `figures-${from / perPage}.md`;
      let text = '# Figures\n\n';
      const lines: number[] = [];
      for (const one of blocks.slice(from, from + perPage)) {
        lines.push(text.split('\n').length);
        text += `${one}\n\n`;
      }
      files[`report/${file}`] = text;
      starts.set(file, lines);
    }
    for (const [path, content] of Object.entries(linked)) files[`report/${path}`] = content;
    return {
      folder: reportFolder(files),
      blockAt(file: string, line: number): number {
        const lines = starts.get(file) ?? [];
        const at = lines.findLastIndex((start) => start <= line);
        return Number(/\d+/.exec(file)?.[0] ?? 0) * perPage + at;
      },
    };
  }

  /** A picture of someone who means harm, as well-formed as XML has to be. */
  function svg(texts: readonly string[]): string {
    const escaped = texts.map((text) =>
      text
        .replace(/[^\t\n\r -~]/g, '')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;'),
    );
    return `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10"><title>${escaped.join(' ').replace(/>/g, '&gt;')}</title><rect width="5" height="5"/></svg>`;
  }
});
