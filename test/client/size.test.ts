/** What a reader waits for before figures move, before they can be pointed at, and before tabs are arranged. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

it.each([
  ['of all figures that move', 'figure', 25_000],
  ['that follows a pointer over them', 'pointing', 5_000],
  ['of planes that move', 'fields', 4_500],
  ['of tabs', 'tabs', 1_100],
])('the script %s has at most the bytes that it may have when compressed', (_what, name, most) => {
  const script = readFileSync(new URL(`../../dist/client/${name}.js`, import.meta.url));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(most);
});
