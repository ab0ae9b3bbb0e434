/** The compiled command, which must not be older than what it is compiled from. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const cli = join(root, 'dist', 'cli.js');

const sources = ['src', 'templates', 'scripts'];

/** The newest file among them, and when it was written, in milliseconds. */
function newestOf(folders: readonly string[]): { readonly path: string; readonly time: number } {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .reduce((newest, one) => (one.time > newest.time ? one : newest));
}

const newest = newestOf(sources);
const compiled = statSync(cli, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (compiled < newest.time)
  throw new Error(`dist/ is older than ${newest.path}: this test spawns the command; run npm run compile`);
