import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.js';
import type { enginePool } from '../../src/engine/pool/index.js';
import { kernelDigests, largest } from '../digests/kernels.mjs';
import { everyNth } from '../every-nth.js';

const pinned = JSON.parse(readFileSync(new URL('../digests/wasm.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

describe('the bits of the wasm engine', () => {
  it('are those pinned for its profile: a change of any of them needs a new profile', async () => {
    expect(openEngine('wasm').profile).toBe('wasm-f32/4');
    expect(largest()).toBe(1841);
    expect(await kernelDigests(openEngine('wasm'))).toEqual(pinned);
  });
});

describe('the bits from worker threads', () => {
  // A worker thread needs a file that Node can run: the compiled project.
  const compiled = new URL('../../dist/engine/pool/index.js', import.meta.url).href;
  it.each(everyNth(2, [4, 2, 1]))('%i of them, several computations at once', async (workers) => {
    const { enginePool: compiledPool } = (await import(compiled)) as { enginePool: typeof enginePool };
    const pool = compiledPool('wasm', workers, new AbortController().signal);
    try {
      const all = await Promise.all([kernelDigests(pool), kernelDigests(pool), kernelDigests(pool)]);
      expect(all).toEqual([pinned, pinned, pinned]);
    } finally {
      await pool.close();
    }
  });
});
