/** Pages in a real browser: strict, static, and the same from disk and from a server. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { launchChromium, visit } from './chromium.js';
import { unpackChromium } from './unpack-chromium.js';
import { colophon } from '../colophon.js';
import { everyNth } from '../every-nth.js';

let browser: Browser;
let site: string;

beforeAll(async () => {
  const folder = reportFolder({
    'report/index.md': page(waves, small, block('figure #fig-fit', 'show: small.fit', 'caption: The fit.'), '$x^2$'),
    'report/deep/other.md': page('[home](../index.md)'),
  });
  site = join(folder, 'site');
  expect(colophon(folder, 'build', join(folder, 'report'), '--out', site).code).toBe(0);
  browser = await launchChromium();
});
afterAll(async () => browser.close());

it('the browser finds every library it needs among those that came with it', () => {
  const { executable, env } = unpackChromium();
  expect(execFileSync('ldd', [executable], { env, encoding: 'utf8' })).not.toContain('not found');
});

describe.each(everyNth(2, ['http', 'file'] as const))('by %s', (by) => {
  it.each(['index.html', 'deep/other.html'])(
    '%s loads with its style, fonts and script, and complains of nothing',
    async (path) => {
      const { open, complaints, close } = await visit(browser, site, by);
      const loaded = await open(path);
      const fonts = await loaded.evaluate(async () => {
        const loading = await Promise.all(
          // Those of the machine are there or not.
          [...document.fonts].filter(({ family }) => !family.includes(' as ')).map((face) => face.load()),
        );
        return loading.map(({ status }) => status);
      });
      expect(fonts).toEqual(Array.from({ length: 7 }, () => 'loaded'));
      expect(complaints).toEqual({ policy: [], console: [], requests: [] });
      await close();
    },
  );

  it('a link into something folded opens it', async () => {
    const { open, close } = await visit(browser, site, by);
    const loaded = await open('index.html#exp-small');
    await loaded.waitForFunction(() => document.querySelector<HTMLDetailsElement>('details:target')?.open === true);
    await close();
  });

  it('the policy forbids inline scripts, inline styles and other hosts', async () => {
    const { open, complaints, close } = await visit(browser, site, by);
    const loaded = await open('index.html');
    await loaded.evaluate(() => {
      const add = (tag: string, properties: object): void => {
        document.body.append(Object.assign(document.createElement(tag), properties));
      };
      add('script', { textContent: 'document.title = "ran"' });
      add('style', { textContent: 'body { color: red }' });
      add('img', { src: 'https://example.org/x.png' });
    });
    await expect.poll(() => complaints.policy.length).toBe(3);
    expect(await loaded.title()).toBe('A page');
    await close();
  });
});
