/** The same random cases on every run, so that a failure is the change's own; `SEED=random npm test` looks further. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll } from 'vitest';

const seed = process.env['SEED'] === 'random' ? Date.now() : 20261125;
fc.configureGlobal({ seed });

// The key by which results and sites are known again is the tests' own, not that of who runs them.
const state = mkdtempSync(join(tmpdir(), 'colophon-state-'));
process.env['XDG_STATE_HOME'] = state;
afterAll(() => {
  rmSync(state, { recursive: true, force: true });
});
