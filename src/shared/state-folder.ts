/** The folder of what this user's machine keeps for all reports, which no report can write to. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** As the XDG folders say, elsewhere as the system does. */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>, home = homedir()): string {
  const state = environment['XDG_STATE_HOME'] ?? '';
  const local = environment['LOCALAPPDATA'] ?? '';
  const usual = process.platform === 'win32' && local !== '' ? local : join(home, '.local', 'state');
  // The specification has relative ones ignored.
  return join(isAbsolute(state) ? state : usual, 'colophon');
}
