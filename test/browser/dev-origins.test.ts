/** A draft under `colophon dev` and a website of someone else, both open in one browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../colophon.js';
import { page, reportFolder } from '../report-folder.js';
import { launchChromium } from './chromium.js';

let browser: Browser;
let child: ChildProcess | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  child?.kill('SIGINT');
  await browser.close();
});

it('no website reads it by a script, a request, a frame, an image or a stream; its author goes on seeing edits', async () => {
  const folder = reportFolder({ 'report/index.md': page('A secret draft.') });
  const running = spawn(process.execPath, [cli, 'dev', 'report', '--port', '0'], { cwd: folder });
  child = running;
  const draft = await new Promise<string>((resolve) => {
    running.stdout.on('data', (data: Buffer) => {
      const found = /http:\/\/localhost:\d+\//.exec(data.toString())?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  const context = await browser.newContext();
  const author = await context.newPage();
  await author.goto(draft);
  await author.locator('article', { hasText: 'A secret draft.' }).waitFor();

  const site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><body><script>
      window.colophon = { give: (name, data) => { window.got = [name, data]; } };
      window.done = Promise.all([
        new Promise((end) => { const script = document.createElement('script'); script.src = '${draft}search-index.js'; script.onload = () => end('script'); script.onerror = () => end(''); document.body.append(script); }),
        new Promise((end) => { const link = document.createElement('link'); link.rel = 'stylesheet'; link.href = '${draft}@colophon/dev.css'; link.onload = () => end('style'); link.onerror = () => end(''); document.body.append(link); }),
        fetch('${draft}').then((response) => response.text()).catch(() => ''),
        fetch('${draft}', { mode: 'no-cors' }).then(() => 'opaque').catch(() => ''),
        new Promise((end) => { const events = new EventSource('${draft}@colophon/events'); events.onmessage = () => end('events'); events.onerror = () => end(''); }),
      ]);
    </script><iframe src="${draft}"></iframe>`);
  });
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
  const { port } = site.address() as AddressInfo;
  // Another site, and another port of the same machine.
  for (const host of ['127.0.0.1', 'localhost']) {
    const theirs = await context.newPage();
    await theirs.goto(`http://${host}:${port}/`);
    const done = await theirs.evaluate('window.done');
    expect(done).toEqual(['', '', '', '', '']);
    expect(await theirs.evaluate('window.got')).toBeUndefined();
    const frame = theirs.frames().find((one) => one.url().startsWith(draft));
    expect((await frame?.content().catch(() => '')) ?? '').not.toContain('secret');
    await theirs.close();
  }
  site.close();
  writeFileSync(`${folder}/report/index.md`, page('Edited meanwhile.'));
  await author.locator('article', { hasText: 'Edited meanwhile.' }).waitFor();
}, 120_000);
