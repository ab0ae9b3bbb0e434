/** The real command in a real process, and what it left behind. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256 } from '../src/shared/hash.js';
import { cli } from './program.js';

export { cli };

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command to its end. */
export function colophon(cwd: string, ...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** What cannot be the same twice, and the list that holds its digest. */
const different = /^(build-info\..*|\.colophon-site\.json)$/;

/** The digest of every file of a site that two builds must give alike. */
export function siteOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const digests = files.map(({ parentPath, name }): [string, string] => {
    const path = join(parentPath, name);
    return [relative(folder, path), sha256(readFileSync(path))];
  });
  return Object.fromEntries(digests.filter(([path]) => !different.test(path)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
