/** Running npm where a project was made. */
import { spawnSync } from 'node:child_process';

/** Installs what the folder's package.json names; false where npm is not there or fails, which it says itself. */
export function installPackages(folder: string): boolean {
  const words = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[] };
  // Where npm started this program it says where it is; on Windows npm itself is no program but a script of the shell.
  const npm = process.env['npm_execpath'];
  const { status } =
    npm !== undefined && /npm-cli\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...words], options)
      : spawnSync('npm', words, { ...options, shell: process.platform === 'win32' });
  return status === 0;
}
