/** What a reader waits for before figures move. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

it('the script of all figures that move has at most 25,000 bytes when compressed', () => {
  const script = readFileSync(new URL('../../dist/client/figure.js', import.meta.url));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(25_000);
});
