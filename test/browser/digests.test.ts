/** The wasm engine in a worker of a real browser. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { launchChromium } from './chromium.js';
import { serveFolder } from './serve-folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('a worker of headless Chromium computes the bits pinned for the profile, from the same module', async () => {
  const server = await serveFolder(root);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.address}test/digests/wasm.json`);
    const digests = await page.evaluate(
      () =>
        new Promise<unknown>((resolve, reject) => {
          const worker = new Worker('/test/digests/browser-worker.mjs', { type: 'module' });
          worker.onmessage = ({ data }) => {
            resolve(data);
          };
          worker.onerror = ({ message }) => {
            reject(new Error(message));
          };
        }),
    );
    expect(digests).toEqual(JSON.parse(readFileSync(new URL('../digests/wasm.json', import.meta.url), 'utf8')));
  } finally {
    await browser.close();
    await server.close();
  }
}, 120_000);
