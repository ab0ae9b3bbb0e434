/** Running npm where a project was made. */
import { spawnSync } from 'node:child_process';
import { npmCommand } from './npm-command.js';

/** Installs what the folder's package.json names; false where npm is not there or fails, which it says itself. */
export function installPackages(folder: string): boolean {
  const words = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const npm = npmCommand();
  const { status } = spawnSync(npm.program, [...npm.words, ...words], {
    ...{ cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: npm.shell },
  });
  return status === 0;
}
