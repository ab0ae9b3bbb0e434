/** How npm is called on this machine. */

export interface NpmCommand {
  readonly program: string;
  /** The words before npm's own. */
  readonly words: readonly string[];
  readonly shell: boolean;
}

/** Where npm started this program it says where it is; on Windows npm itself is no program but a script of the shell. */
export function npmCommand(): NpmCommand {
  const npm = process.env['npm_execpath'];
  return npm !== undefined && /npm-cli\.c?js$/.test(npm)
    ? { program: process.execPath, words: [npm], shell: false }
    : { program: 'npm', words: [], shell: process.platform === 'win32' };
}
