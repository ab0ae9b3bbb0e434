/** The webgpu engine in a worker of a real browser, on navigator.gpu. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.js';
import { nodeGpu } from '../../src/engine/webgpu/node-gpu.js';
import { distance } from '../engine/agreement.js';
import { missingGpu } from '../engine/software-gpu.js';
import { launchChromium } from './chromium.js';
import { serveFolder } from './serve-folder.js';
import { computeOn } from './webgpu-training.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const missing = await missingGpu();

it.skipIf(missing !== undefined)(
  'a worker of headless Chromium trains and predicts through navigator.gpu as Node does through Dawn, within 1e-6',
  async () => {
    const found = await nodeGpu();
    if ('missing' in found) throw new Error(found.missing);
    const here = await computeOn(found.gpu, openEngine('wasm'));
    if ('missing' in here) throw new Error(here.missing);
    const server = await serveFolder(root);
    const browser = await launchChromium({ gpu: true });
    try {
      const page = await browser.newPage();
      await page.goto(`${server.address}test/digests/wasm.json`);
      const there = (await page.evaluate(
        () =>
          new Promise<unknown>((resolve, reject) => {
            const worker = new Worker('/test/browser/webgpu-worker.mjs', { type: 'module' });
            worker.onmessage = ({ data }) => {
              resolve(data);
            };
            worker.onerror = ({ message }) => {
              reject(new Error(message));
            };
          }),
      )) as typeof here;
      expect(there.profile).toBe('webgpu-software-f32/3');
      expect(there.profile).toBe(here.profile);
      expect(there.device).toMatch(/swiftshader/i);
      expect(there.checkpoints.map(([step]) => step)).toEqual([0, 1, 100]);
      const numbers = ({ checkpoints, outputs }: typeof here): Float64Array[] =>
        [...checkpoints, outputs].map((list) => Float64Array.from(list));
      const expected = numbers(here);
      numbers(there).forEach((list, index) => {
        expect(list.every(Number.isFinite)).toBe(true);
        expect(distance(list, expected[index]!)).toBeLessThan(1e-6);
      });
    } finally {
      await browser.close();
      await server.close();
    }
  },
  180_000,
);
