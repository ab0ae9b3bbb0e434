/** What a reader waits for before figures move, before they can be pointed at, before tabs are arranged, and when a lab is opened. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { english } from '../../src/languages/english.js';
import { labKernels } from '../../src/render/lab.js';

it.each([
  ['of all figures that move', 'figure', 25_000],
  ['that follows a pointer over them', 'pointing', 5_000],
  ['of planes that move', 'fields', 4_500],
  ['of elbows that a reader moves', 'drag', 5_500],
  ['of tabs', 'tabs', 1_100],
])('the script %s has at most the bytes that it may have when compressed', (_what, name, most) => {
  const script = readFileSync(new URL(`../../dist/client/${name}.js`, import.meta.url));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(most);
});

it('all that opening a lab loads, but for the data of its page, is at most 60 KB when compressed', () => {
  const dist = (name: string): Buffer => readFileSync(new URL(`../../dist/${name}`, import.meta.url));
  const parts = [dist('client/lab.js'), dist('client/lab-engine.js'), dist('lab.css'), Buffer.from(labKernels())];
  const loaded = [...parts, Buffer.from(JSON.stringify(english.lab))];
  const sizes = loaded.map((part) => gzipSync(part, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60_000);
});

it('all that opening a verification loads, but for the steps of its page, is at most 90 KB when compressed', () => {
  const dist = (name: string): Buffer => readFileSync(new URL(`../../dist/${name}`, import.meta.url));
  const parts = [dist('client/verify.js'), dist('client/verify-engine.js'), dist('lab.css'), Buffer.from(labKernels())];
  const sizes = parts.map((part) => gzipSync(part, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(90_000);
});
