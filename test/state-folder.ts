/** The key by which results and sites are known again is the tests' own, not that of who runs them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the environment of tests calls the folder of who runs them; "" where the system's own stands. */
export const ownState = 'OWN_XDG_STATE_HOME';

/** Before the first worker of a run starts, which takes this environment; the returned function comes after the last. */
export default function ownStateFolder(): () => void {
  process.env[ownState] = process.env['XDG_STATE_HOME'] ?? '';
  const state = mkdtempSync(join(tmpdir(), 'colophon-state-'));
  process.env['XDG_STATE_HOME'] = state;
  return () => {
    rmSync(state, { recursive: true, force: true });
  };
}
